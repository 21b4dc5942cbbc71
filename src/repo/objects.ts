import { git, succeeded } from './git.ts';

/** Reads git's objects by their names: whatever is asked for at the same time is one `git cat-file --batch`. */
export class Objects {
  private readonly root: string;
  private pending = new Set<string>();
  private next: Promise<ReadonlyMap<string, Buffer>> | null = null;

  constructor(root: string) {
    this.root = root;
  }

  /** The bytes of one; null when git has no such object. */
  async read(name: string): Promise<Buffer | null> {
    this.pending.add(name);
    this.next ??= new Promise(resolve => setImmediate(resolve)).then(() => this.fetch());
    return (await this.next).get(name) ?? null;
  }

  private async fetch(): Promise<ReadonlyMap<string, Buffer>> {
    const names = [...this.pending];
    this.pending = new Set();
    this.next = null;
    const answer = await git(this.root, ['cat-file', '--batch'], `${names.join('\n')}\n`);
    return parts(names, succeeded('cat-file', this.root, answer));
  }
}

/** `<name> <type> <size>`, a line end, the bytes, a line end; or `<name> missing` (git-cat-file manual, "Batch output"). */
function parts(names: readonly string[], output: Buffer): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  let at = 0;
  for (const name of names) {
    const end = output.indexOf('\n', at);
    const size = /^\S+ \S+ (\d+)$/.exec(output.toString('utf8', at, end))?.[1];
    at = end + 1;
    if (size === undefined) continue;
    contents.set(name, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
