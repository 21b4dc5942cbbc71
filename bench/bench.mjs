// Ratios, never absolute times: every figure is measured in the same run as the one it is divided by.
//   npm run bench                                    the bundled CLI against bare node, growth of history, memory
//   npm run bench -- --squawk PATH --pgfence PATH --migrationpilot PATH/cli.cjs    and against peers on the 3 files
//   npm run bench -- --postgres BIN                   and the start of a local cluster from the binaries in a folder
//   npm run bench -- --corpus DIR                    and throughput over every .sql file below DIR
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpu, peak, race } from './measure.mjs';
import { MANY, PEERS } from './peers.mjs';
import { shop } from './shop.mjs';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const args = process.argv.slice(2);
const option = name => (args.includes(name) ? args[args.indexOf(name) + 1] : null);
const peers = Object.entries(PEERS).flatMap(([name, lint]) => {
  const at = option(`--${name}`);
  return at === null ? [] : [{ name, lint: files => lint(at, files) }];
});
const say = (what, ratio, than) => console.log(`${what}: ${ratio.toFixed(2)} times ${than}`);

const check = ({ root, changed }) => [
  process.execPath,
  [cli, 'check', '--fail-on', 'never', ...changed.flatMap(path => ['--changed', path])],
  root,
];
const small = shop(500);
const large = shop(5000);
try {
  const [bare, ours, ...theirs] = race([
    [process.execPath, ['-e', '0'], small.root],
    check(small),
    ...peers.map(({ lint }) => [...lint(small.changed), small.root]),
  ]);
  say('3 changed files after 500', ours / bare, 'bare node');
  peers.forEach(({ name }, at) =>
    say('3 changed files after 500', ours / theirs[at], `${name} on ${MANY.has(name) ? 'the 3 files' : 'one of them'}`),
  );
  const [five, fifty] = race([check(small), check(large)]);
  say('5,000 files of history against 500', (fifty - bare) / (five - bare), 'the work (10 would be linear)');
  console.log(
    `peak memory: ${peak(check(small)).toFixed(0)} MiB after 500 files, ${peak(check(large)).toFixed(0)} after 5,000; bare node ${peak([null, ['-e', '0'], small.root]).toFixed(0)}`,
  );
  start();
  const corpus = option('--corpus');
  if (corpus) await throughput(corpus);
} finally {
  rmSync(small.root, { recursive: true, force: true });
  rmSync(large.root, { recursive: true, force: true });
}

/** What a server adds to the check of one file: its start, the proof of one small table, its end. */
function start() {
  const one = shop(1);
  const postgres = option('--postgres');
  if (postgres !== null) process.env.PATH = `${postgres}${delimiter}${process.env.PATH}`;
  const on = database => {
    const [command, parameters, root] = check(one);
    return [command, [...parameters, '--postgres-version', '18', '--generate-rows', '0', '--database', database], root];
  };
  try {
    const databases = ['embedded', ...(postgres === null ? [] : ['local'])];
    const [bare, none, ...proven] = race(
      [[process.execPath, ['-e', '0'], one.root], ...['none', ...databases].map(on)],
      7,
    );
    databases.forEach((database, at) =>
      say(`${database}: start to the first statement`, (proven[at] - none) / bare, 'bare node'),
    );
  } finally {
    rmSync(one.root, { recursive: true, force: true });
  }
}

/** CPU of judging every file, against the parser alone and the peers on the same text. */
async function throughput(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.sql'))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name));
  const audit = ['check', '**/*.sql', '--all', '--framework', 'plain-sql', '--fail-on', 'never', '--format', 'json'];
  const ours = cpu([[process.execPath, [cli, ...audit, '--output', '/dev/null'], folder]]);
  say(`${files.length} files`, ours / (await parsing(files)), 'the CPU of the bare parser');
  for (const { name, lint } of peers.filter(peer => MANY.has(peer.name))) {
    const batches = Array.from({ length: Math.ceil(files.length / 500) }, (_, at) =>
      files.slice(at * 500, at * 500 + 500),
    );
    say(`${files.length} files`, ours / cpu(batches.map(batch => [...lint(batch), folder])), `the CPU of ${name}`);
  }
  console.log(
    `peak memory of the audit: ${peak([null, [cli, ...audit, '--output', '/dev/null'], folder]).toFixed(0)} MiB`,
  );
}

/** Seconds of CPU that the parser alone needs for the files, once it is warm. */
async function parsing(files) {
  const { loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  const texts = files.map(file => readFileSync(file, 'utf8')).filter(text => text.trim() !== '');
  const parse = () => {
    for (const text of texts) {
      try {
        parseSync(text);
      } catch {
        // Text that does not parse costs both the same.
      }
    }
  };
  parse();
  const before = process.cpuUsage();
  parse();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
