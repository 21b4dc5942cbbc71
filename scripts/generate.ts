import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lists } from './generate/lists.ts';

const top = fileURLToPath(new URL('..', import.meta.url));
const checking = process.argv.includes('--check');
const stale: string[] = [];

async function put(files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    const full = join(top, path);
    const now = existsSync(full) ? await readFile(full, 'utf8') : null;
    if (now === text) continue;
    stale.push(path);
    if (checking) continue;
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
  }
}

// The lists come first, and what is made of them is loaded only then: a module is read once.
const listed = await lists(top);
await put(listed);
const { documents } = await import('./generate/documents.ts');
const written = await documents(top);
await put(written);
for (const folder of ['docs/rules', 'docs/frameworks'])
  for (const name of existsSync(join(top, folder)) ? await readdir(join(top, folder)) : []) {
    const path = `${folder}/${basename(name)}`;
    if (written.has(path)) continue;
    stale.push(path);
    if (!checking) await rm(join(top, path));
  }
if (checking && stale.length > 0) {
  console.error(`Not what the generator writes: ${stale.join(', ')}. Run \`npm run generate\`.`);
  process.exitCode = 1;
}
