import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startLocal } from '../src/database/local.ts';
import { testServerAt } from '../src/database/test-server.ts';
import { collect } from '../src/migrations/collect.ts';
import { checkout } from '../src/repo/checkout.ts';
import { loadParser } from '../src/sql/parse.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { figures, grouped, heading } from '../rig/replay/printed.ts';
import { replayHistory } from '../rig/replay/replay-history.ts';

/**
 * `npm run replay -- DIR… [--postgres 17] [--framework ID] [--path GLOB]…`: applies the migrations of repositories to a
 * live server, next to the analysis, and prints where the two differ.
 */
const { values, positionals } = parseArgs({
  options: {
    postgres: { type: 'string', default: '17' },
    framework: { type: 'string', default: 'auto' },
    path: { type: 'string', multiple: true },
  },
  allowPositionals: true,
});
const server = await startLocal({ binaries: await postgresBinaries(Number(values.postgres)) });
const place = await testServerAt(server);
try {
  await loadParser();
  console.log(heading());
  for (const folder of positionals) {
    const repo = await checkout(resolve(folder));
    const { framework, path = null } = values;
    const { histories } = await collect(repo, { framework, paths: path, changed: new Set(), all: true });
    for (const history of histories) {
      const replayed = await replayHistory(place, history);
      console.log(figures(`${basename(resolve(folder))} ${history.root}`, replayed));
      for (const line of grouped(replayed)) console.log(`    ${line}`);
      if (replayed.differences.length > 0) process.exitCode = 1;
    }
  }
} finally {
  await place.close();
}
