// Ratios, never absolute times: every figure is measured in the same run as the one it is divided by.
//   npm run bench                              the bundled CLI against bare node, growth of history, memory
//   npm run bench -- --squawk PATH             and against squawk linting the three changed files
//   npm run bench -- --corpus DIR              and throughput over every .sql file below DIR against the bare parser
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const args = process.argv.slice(2);
const option = name => (args.includes(name) ? args[args.indexOf(name) + 1] : null);
const RUNS = 15;

/** A shop that grows: a table, then columns, indexes and keys on it. */
const migration = n =>
  n % 5 === 0
    ? `CREATE TABLE "orders_${n}" ("id" bigserial PRIMARY KEY, "customer_id" bigint NOT NULL, "status" text NOT NULL DEFAULT 'open', "note" varchar(80));\nCREATE INDEX "orders_${n}_customer_id_idx" ON "orders_${n}" ("customer_id");\n`
    : `ALTER TABLE "orders_${n - (n % 5)}" ADD COLUMN "c${n}" integer;\nALTER TABLE "orders_${n - (n % 5)}" ALTER COLUMN "note" SET DATA TYPE varchar(${80 + (n % 5)});\nUPDATE "orders_${n - (n % 5)}" SET "c${n}" = 0 WHERE "id" < 100;\n`;

function shop(files) {
  const root = mkdtempSync(join(tmpdir(), 'migration-gate-bench-'));
  const paths = [];
  for (let n = 0; n < files; n += 1) {
    const path = `prisma/migrations/${String(20200101000000 + n)}_m/migration.sql`;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), migration(n));
    paths.push(path);
  }
  writeFileSync(join(root, 'prisma/migrations/migration_lock.toml'), 'provider = "postgresql"\n');
  return { root, changed: paths.slice(-3) };
}

function time(command, parameters, cwd) {
  const started = process.hrtime.bigint();
  const { status, error } = spawnSync(command, parameters, { cwd, stdio: 'ignore' });
  if (error || status > 1) throw new Error(`${command} ${parameters.join(' ')} ended with ${error ?? status}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const median = values => values.sort((a, b) => a - b)[values.length >> 1];

/** Rounds of all commands in turn, so that a slow moment of the machine slows all of them. */
function race(commands) {
  const times = commands.map(() => []);
  for (let run = 0; run < RUNS; run += 1)
    commands.forEach(([command, parameters, cwd], at) => times[at].push(time(command, parameters, cwd)));
  return times.map(median);
}

const check = ({ root, changed }) => [
  process.execPath,
  [cli, 'check', '--fail-on', 'never', ...changed.flatMap(path => ['--changed', path])],
  root,
];
const small = shop(500);
const large = shop(5000);
try {
  const squawk = option('--squawk');
  const commands = [
    [process.execPath, ['-e', '0'], small.root],
    check(small),
    ...(squawk ? [[squawk, ['--assume-in-transaction', ...small.changed], small.root]] : []),
  ];
  const [bare, ours, theirs] = race(commands);
  console.log(`3 changed files after 500: ${(ours / bare).toFixed(2)} times bare node`);
  if (theirs) console.log(`3 changed files after 500: ${(ours / theirs).toFixed(2)} times squawk on the 3 files`);
  const [five, fifty] = race([check(small), check(large)]);
  console.log(
    `5,000 files of history against 500: ${((fifty - bare) / (five - bare)).toFixed(2)} times the work (10 would be linear)`,
  );
  const corpus = option('--corpus');
  if (corpus) await throughput(corpus);
} finally {
  rmSync(small.root, { recursive: true, force: true });
  rmSync(large.root, { recursive: true, force: true });
}

/** CPU of judging every file, against the parser alone on the same text. */
async function throughput(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile() && entry.name.endsWith('.sql'));
  const texts = files.map(entry => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'));
  const { loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  const cpu = () => process.cpuUsage().user + process.cpuUsage().system;
  const parse = () => {
    for (const text of texts) {
      try {
        if (text !== '') parseSync(text);
      } catch {
        // Text that does not parse costs both the same.
      }
    }
  };
  parse();
  const before = cpu();
  parse();
  const bare = cpu() - before;
  const { status, stderr } = spawnSync(
    '/usr/bin/env',
    [
      'bash',
      '-c',
      'TIMEFORMAT="%U %S"; time "$@"',
      'bench',
      process.execPath,
      cli,
      'check',
      '**/*.sql',
      '--all',
      '--framework',
      'plain-sql',
      '--fail-on',
      'never',
      '--format',
      'json',
      '--output',
      '/dev/null',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const [user = 0, system = 0] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  console.log(`${texts.length} files: ${(((user + system) * 1e6) / bare).toFixed(2)} times the CPU of the bare parser`);
}
