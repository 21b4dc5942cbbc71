import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { bundle, top, translate } from './build/bundle.mjs';

const dist = join(top, 'dist');

/** Files that differ between two folders, by name. */
async function differences(a, b) {
  const [left, right] = [await filesIn(a), await filesIn(b)];
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.filter(name => !left.get(name)?.equals(right.get(name) ?? Buffer.of(0)));
}

async function filesIn(folder) {
  if (!existsSync(folder)) return new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(await Promise.all(paths.map(async path => [relative(folder, path), await readFile(path)])));
}

if (process.argv.includes('--check')) {
  const fresh = await mkdtemp(join(tmpdir(), 'migration-gate-dist-'));
  try {
    await bundle(fresh);
    const stale = await differences(fresh, dist);
    if (stale.length > 0) {
      console.error(`dist is not what src builds to: ${stale.join(', ')}. Run \`npm run build\`.`);
      process.exitCode = 1;
    }
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
} else if (process.argv.includes('--where')) {
  console.log(await translate(await text(process.stdin)));
} else {
  await rm(dist, { recursive: true, force: true });
  await bundle(dist);
}
