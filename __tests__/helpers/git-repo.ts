import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type Files = Readonly<Record<string, string | Buffer>>;

/** A repository in a temporary folder. */
export class GitRepo {
  readonly root: string;

  constructor(root = mkdtempSync(join(tmpdir(), 'migration-gate-repo-'))) {
    this.root = root;
    this.git('init', '-q', '-b', 'main');
  }

  git(...args: readonly string[]): string {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...who, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  link(target: string, path: string): void {
    symlinkSync(target, join(this.root, path));
  }

  /** Writes the files and commits everything; the commit's name. */
  commit(files: Files, message = 'change'): string {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** As GitHub prepares a pull request: a branch off main, merged into it as refs/pull/7/merge, which is checked out. */
  pullRequest(files: Files): { base: string; head: string; merge: string } {
    const base = this.git('rev-parse', 'main');
    this.git('checkout', '-q', '-B', 'topic', 'main');
    const head = this.commit(files);
    this.git('checkout', '-q', '--detach', 'main');
    this.git('merge', '-q', '--no-ff', '-m', 'merge', 'topic');
    const merge = this.git('rev-parse', 'HEAD');
    this.git('update-ref', 'refs/pull/7/merge', merge);
    return { base, head, merge };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
