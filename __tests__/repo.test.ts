import { mkdtempSync, rmSync, symlinkSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { UserError } from '../src/model/errors.ts';
import { localChange } from '../src/input/local-change.ts';
import { baseOf } from '../src/repo/base.ts';
import { changedBy } from '../src/repo/changed-by.ts';
import { checkout } from '../src/repo/checkout.ts';
import type { ChangedFile } from '../src/model/source.ts';
import { decode } from '../src/repo/decode.ts';
import { differences } from '../src/repo/differences.ts';
import { Objects } from '../src/repo/objects.ts';
import { GitRepo } from './helpers/git-repo.ts';

const made: { remove(): void }[] = [];
const repository = (root?: string): GitRepo => {
  const repo = new GitRepo(root);
  made.push(repo);
  return repo;
};
const folder = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'migration-gate-folder-'));
  made.push({ remove: () => rmSync(root, { recursive: true, force: true }) });
  return root;
};
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

const changedFile = ({ path, status, previous }: ChangedFile): ChangedFile => ({
  path,
  status,
  ...(previous === undefined ? {} : { previous }),
});
const changedSince = async (root: string, base: string): Promise<object[]> =>
  (await localChange({ all: false, changed: [], base }, { top: realpathSync(root), below: '' })).changed.map(
    changedFile,
  );
const changedByEvent = async (root: string, change: Parameters<typeof changedBy>[1]): Promise<object[] | null> =>
  (await changedBy(root, change))?.map(changedFile) ?? null;

const BRANCH = { kind: 'branch', ref: 'main', tip: null } as const;

describe('decode', () => {
  test.each([
    ['UTF-8', Buffer.from('select 1;\r\n-- naïve')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffselect 1;\r\n-- naïve')],
    ['UTF-16, little end first', Buffer.from('\ufeffselect 1;\r\n-- naïve', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffselect 1;\r\n-- naïve', 'utf16le').swap16()],
  ])('reads %s, line ends kept', (_, bytes) => {
    expect(decode(bytes, 'a.sql')).toBe('select 1;\r\n-- naïve');
  });

  test('replaces invalid UTF-8 and keeps what follows', () => {
    expect(decode(Buffer.from([0x2d, 0x2d, 0xe9, 0x0a, 0x3b]), 'a.sql')).toBe('--\ufffd\n;');
  });

  test('refuses a NUL byte, naming file and line', () => {
    const read = (): string => decode(Buffer.from('select 1;\n\0drop table users;'), 'db/a.sql');
    expect(read).toThrow(UserError);
    expect(read).toThrow('"db/a.sql", line 2: NUL byte.');
  });
});

describe('checkout', () => {
  test('lists what git tracks or would track, and reads it', async () => {
    const repo = repository();
    repo.commit({
      '.gitignore': 'ignored.sql\n',
      'db/1.sql': 'select 1;',
      'gone.sql': '',
      'logo.png': Buffer.from([0, 1]),
    });
    repo.write({ 'db/2\nnew "é".sql': 'select 2;', 'ignored.sql': '' });
    repo.git('rm', '-q', '--cached', 'gone.sql');
    rmSync(join(repo.root, 'gone.sql'));
    const found = await checkout(repo.root);
    expect(found.paths).toEqual(['.gitignore', 'db/1.sql', 'db/2\nnew "é".sql', 'logo.png']);
    await expect(found.read('db/2\nnew "é".sql')).resolves.toBe('select 2;');
    await expect(found.read('../secret')).rejects.toThrow('does not exist in the checkout');
  });

  test('leaves out a tracked file that was deleted from the working tree', async () => {
    const repo = repository();
    repo.commit({ 'db/1.sql': '', 'db/2.sql': '' });
    rmSync(join(repo.root, 'db/1.sql'));
    expect((await checkout(repo.root)).paths).toEqual(['db/2.sql']);
  });

  test('follows links to files inside, never outside', async () => {
    const secret = join(folder(), 'secret.sql');
    const repo = repository();
    repo.commit({ 'db/1.sql': 'select 1;' });
    symlinkSync('db/1.sql', join(repo.root, 'inside.sql'));
    symlinkSync(secret, join(repo.root, 'outside.sql'));
    symlinkSync('/etc/passwd', join(repo.root, 'passwd.sql'));
    repo.commit({});
    expect((await checkout(repo.root)).paths).toEqual(['db/1.sql', 'inside.sql']);
  });

  test('skips submodules', async () => {
    const repo = repository();
    const commit = repo.commit({ 'db/1.sql': '' });
    repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},vendor/shop`);
    expect((await checkout(repo.root)).paths).toEqual(['db/1.sql']);
  });

  test('walks a folder that is no work tree, without node_modules', async () => {
    const repo = repository();
    repo.write({ 'db/1.sql': '', 'node_modules/x/1.sql': '' });
    rmSync(join(repo.root, '.git'), { recursive: true });
    expect((await checkout(repo.root)).paths).toEqual(['db/1.sql']);
  });
});

describe('what changed', () => {
  test('counts from the merge base, not from what main became since', async () => {
    const repo = repository();
    repo.commit({
      'db/1.sql': 'create table users (id bigint);\n',
      'db/old.sql': 'create table orders (id bigint);\n',
      'db/drop.sql': '-- one\n',
    });
    repo.git('checkout', '-q', '-b', 'topic');
    repo.git('mv', 'db/old.sql', 'db/new name\t"x".sql');
    repo.git('rm', '-q', 'db/drop.sql');
    repo.commit({ 'db/1.sql': 'create table users (id int);\n', '-rf.sql': 'select 2;\n' });
    repo.git('checkout', '-q', 'main');
    repo.commit({ 'db/elsewhere.sql': 'select 3;\n' });
    repo.git('checkout', '-q', 'topic');
    repo.write({ 'db/untracked.sql': 'select 4;\n' });
    expect(await changedSince(repo.root, 'main')).toEqual([
      { path: '-rf.sql', status: 'added' },
      { path: 'db/1.sql', status: 'modified' },
      { path: 'db/drop.sql', status: 'removed' },
      { path: 'db/new name\t"x".sql', status: 'renamed', previous: 'db/old.sql' },
      { path: 'db/untracked.sql', status: 'added' },
    ]);
  });

  test('a reference that is none is the user’s to fix, even when it looks like a flag', async () => {
    const repo = repository();
    repo.commit({});
    await expect(changedSince(repo.root, '--output=/tmp/x')).rejects.toThrow(UserError);
  });

  test('a pull request’s merge commit is compared with its first parent, also in a shallow clone', async () => {
    const origin = repository();
    origin.commit({ 'db/1.sql': 'select 1;\n' });
    const { head, merge } = origin.pullRequest({ 'db/2.sql': 'select 2;\n' });
    const clone = repository();
    clone.git('remote', 'add', 'origin', `file://${origin.root}`);
    clone.git('fetch', '-q', '--depth=1', 'origin', 'refs/pull/7/merge');
    clone.git('checkout', '-q', '--detach', merge);
    expect(await changedByEvent(clone.root, { head, base: { ...BRANCH, tip: 'f'.repeat(40) } })).toEqual([
      { path: 'db/2.sql', status: 'added' },
    ]);
  });

  test('a shallow clone of the branch itself is deepened to the merge base', async () => {
    const origin = repository();
    origin.commit({ 'db/1.sql': 'select 1;\n' });
    const { head } = origin.pullRequest({ 'db/2.sql': 'select 2;\n' });
    origin.git('checkout', '-q', 'main');
    origin.commit({ 'db/elsewhere.sql': 'select 3;\n' });
    const clone = repository();
    clone.git('remote', 'add', 'origin', `file://${origin.root}`);
    clone.git('fetch', '-q', '--depth=1', 'origin', 'topic');
    clone.git('checkout', '-q', '--detach', head);
    expect(await changedByEvent(clone.root, { head, base: BRANCH })).toEqual([{ path: 'db/2.sql', status: 'added' }]);
  });

  test('a checkout that does not hold the pull request is refused', async () => {
    const repo = repository();
    repo.commit({ 'db/1.sql': 'select 1;\n' });
    await expect(changedBy(repo.root, { head: 'a'.repeat(40), base: BRANCH })).rejects.toThrow(
      'The checked-out commit is not the one',
    );
  });

  test('a force-pushed branch whose old commit is gone is compared with where it left main', async () => {
    const repo = repository();
    repo.commit({ 'db/1.sql': 'select 1;\n' });
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repo.commit({ 'db/2.sql': 'select 2;\n' });
    const base = { kind: 'commit', sha: 'b'.repeat(40), ref: 'main' } as const;
    expect(await changedByEvent(repo.root, { head: null, base })).toEqual([{ path: 'db/2.sql', status: 'added' }]);
  });

  test('on the default branch itself it is what the newest commit brought', async () => {
    const repo = repository();
    repo.commit({ 'db/1.sql': 'select 1;\n' });
    repo.commit({ 'db/2.sql': 'select 2;\n' });
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(await changedByEvent(repo.root, { head: null, base: BRANCH })).toEqual([
      { path: 'db/2.sql', status: 'added' },
    ]);
  });

  test('without git it is not known', async () => {
    expect(await changedByEvent(folder(), { head: null, base: BRANCH })).toBeNull();
  });

  test('the files at the base: edited, moved, removed and added ones as they were', async () => {
    const repo = repository();
    const kept = { 'kept.sql': 'select 0;\n' };
    const base = repo.commit({ ...kept, '1.sql': 'select 1;\n', '2.sql': 'select 2;\n', '3.sql': 'select 3;\n' });
    repo.git('mv', '2.sql', 'moved.sql');
    repo.git('rm', '-q', '3.sql');
    repo.commit({ '1.sql': 'select 10;\n', 'new.sql': 'select 5;\n' });
    const found = await differences(repo.root, base);
    const before = baseOf(new Objects(repo.root), await checkout(repo.root), found);
    const texts = await Promise.all(before.paths.map(async path => [path, await before.read(path)]));
    expect(Object.fromEntries(texts)).toEqual({
      ...kept,
      '1.sql': 'select 1;\n',
      '2.sql': 'select 2;\n',
      '3.sql': 'select 3;\n',
    });
  });
});
