import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

type Sources = ReadonlyMap<string, string>;

/** Who may import whom: a room may import itself and these. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  'errors.ts': ['model'],
  'rule.ts': ['model'],
  'framework.ts': ['model'],
  'glob.ts': [],
  'version.ts': [],
  sql: ['model', 'errors.ts'],
  repo: ['model', 'framework.ts', 'errors.ts'],
  catalog: ['model'],
  effects: ['model', 'sql', 'catalog'],
  findings: ['model', 'rules'],
  rules: ['model', 'rule.ts', 'sql'],
  programs: ['model', 'framework.ts', 'sql'],
  frameworks: ['model', 'framework.ts', 'programs', 'sql', 'errors.ts'],
  database: ['model', 'errors.ts'],
  trace: ['model', 'sql', 'database', 'catalog', 'errors.ts'],
  prove: ['model', 'findings', 'database', 'trace', 'sql', 'canary', 'fill', 'integrity', 'errors.ts'],
  canary: ['model', 'database', 'errors.ts'],
  fill: ['model', 'database'],
  integrity: ['model', 'database', 'errors.ts'],
  diff: ['model'],
  config: ['model', 'errors.ts', 'glob.ts'],
  'command-line': ['model', 'config', 'findings', 'render', 'errors.ts'],
  render: ['model'],
  github: ['model', 'render', 'errors.ts'],
  history: ['model', 'diff', 'sql', 'frameworks', 'collect', 'framework.ts', 'judge.ts', 'prove'],
  'transaction.ts': ['model', 'catalog'],
  'analyze.ts': ['model', 'catalog', 'effects', 'transaction.ts'],
  'blind-spots.ts': ['model'],
  'judge.ts': ['model', 'sql', 'catalog', 'analyze.ts', 'blind-spots.ts', 'transaction.ts'],
  'base-schema.ts': ['model', 'diff', 'sql', 'dump.ts', 'errors.ts', 'framework.ts', 'prove'],
  'judge-all.ts': ['model', 'diff', 'errors.ts', 'judge.ts', 'base-schema.ts', 'ways-back.ts', 'prove'],
  'ways-back.ts': ['model', 'diff', 'judge.ts', 'prove', 'sql', 'foretold-rollback.ts'],
  'foretold-rollback.ts': ['model', 'diff', 'judge.ts', 'analyze.ts', 'prove', 'sql'],
  'dump.ts': ['model', 'sql', 'catalog', 'analyze.ts'],
  'check.ts': ['model', 'rule.ts', 'allow.ts'],
  'allow.ts': ['model', 'sql', 'config', 'findings', 'judge.ts'],
  'report.ts': [
    'model',
    'allow.ts',
    'check.ts',
    'config',
    'findings',
    'judge.ts',
    'prove',
    'rules',
    'statement-report.ts',
  ],
  'statement-report.ts': ['model', 'trace'],
  collect: ['model', 'frameworks', 'framework.ts', 'glob.ts', 'errors.ts', 'config', 'sql', 'ways-down.ts'],
  'ways-down.ts': ['model', 'frameworks', 'framework.ts', 'sql'],
  'change.ts': ['github', 'repo', 'input', 'errors.ts'],
  'change-here.ts': ['model', 'repo', 'input', 'errors.ts'],
  input: ['model', 'config', 'findings', 'errors.ts', 'framework.ts', 'judge.ts', 'commands.ts', 'prove', 'repo'],
  'commands.ts': ['config', 'errors.ts', 'repo', 'printed.ts', 'prove'],
  'graded.ts': ['config', 'findings', 'prove', 'report.ts'],
  'notes.ts': ['model', 'judge.ts'],
  'printed.ts': ['model', 'frameworks', 'framework.ts'],
  'show.ts': [
    'model',
    'commands.ts',
    'judge.ts',
    'config',
    'database',
    'prove',
    'errors.ts',
    'framework.ts',
    'rehearsal-data.ts',
    'tool-tables.ts',
  ],
  'tool-tables.ts': ['frameworks'],
  'rehearsal-data.ts': ['model', 'config', 'integrity', 'prove', 'errors.ts', 'framework.ts', 'glob.ts'],
  'explain.ts': ['model', 'rule.ts', 'config', 'errors.ts'],
};
/** run.ts imports everything but the doors and what they alone use. */
const DOORS = ['action.ts', 'cli.ts'];

const PACKAGES: Readonly<Record<string, RegExp>> = {
  sql: /^(libpg-query(\/.*)?|pg-query-emscripten(\/.*)?|pgsql-deparser|@pgsql\/types)$/,
  programs: /^@babel\/(parser|types)$/,
  repo: /^(node:.*|@actions\/exec)$/,
  database: /^(pg|node:.*)$/,
  trace: /^node:.*$/,
  config: /^(yaml|node:util)$/,
  github: /^(@actions\/(core|github)|node:.*)$/,
  'report.ts': /^node:crypto$/,
  input: /^node:(fs|path)$/,
  'command-line': /^node:.*$/,
  'action.ts': /^node:.*$/,
  'cli.ts': /^node:.*$/,
};
/** A package that is imported dynamically may turn into CommonJS with any release, and then has no names in the bundle. */
const LAZY = /^(?!node:)/;
const LONGEST = 300;

const home = (file: string): string => file.split('/')[1] ?? '';

function violations(sources: Sources): string[] {
  const found: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [file, text] of sources) {
    const own: string[] = [];
    if (text.split('\n').length > LONGEST && !file.includes('/data/'))
      found.push(`${file} has more than ${LONGEST} lines`);
    if (
      /(^|\/)(utils?|helpers?|common|types|constants|misc)(\/|\.ts$)/.test(
        file.replace(/^src\/(effects|catalog)\/(read|price|apply)\/types\.ts$/, ''),
      )
    )
      found.push(`${file} is named for nothing`);
    for (const [, spec = ''] of text.matchAll(/(?:^(?:import|export)[^'";]*?from |import\()'([^']+)'/gm)) {
      if (!spec.startsWith('.')) {
        if (text.includes(`import('${spec}')`) && LAZY.test(spec))
          found.push(`${file} loads ${spec} lazily: import it in a module of ours, and load that`);
        if (PACKAGES[home(file)]?.test(spec) !== true) found.push(`${file} may not import ${spec}`);
        continue;
      }
      const target = normalize(`${dirname(file)}/${spec}`);
      own.push(target);
      found.push(...room(file, target));
    }
    edges.set(file, own);
  }
  return [...found, ...cycles(edges)];
}

function room(file: string, target: string): string[] {
  const [from, to] = [home(file), home(target)];
  const list = /\/(rules|frameworks)\/[^/]+\.ts$/;
  if (from === to) {
    const alike = list.test(file) && list.test(target) && !file.endsWith('index.ts');
    return alike ? [`${file}: one of them may not import another`] : [];
  }
  if (DOORS.includes(from)) return [];
  if (from === 'run.ts')
    return [...DOORS, 'change.ts', 'change-here.ts', 'github', 'repo'].includes(to)
      ? [`${file} may not import ${target}`]
      : [];
  return MAY_IMPORT[from]?.includes(to) === true ? [] : [`${file} may not import ${target}`];
}

function cycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push(`cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      return;
    }
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const tree: Sources = new Map(
  readdirSync(join(top, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map(name => [`src/${name}`, readFileSync(join(top, 'src', name), 'utf8')]),
);

test('the house is in order', () => {
  expect(violations(tree)).toEqual([]);
});

test('seeded violations are seen', () => {
  const seeded = new Map([
    [
      'src/rules/a.ts',
      "import { trace } from '../trace/trace.ts';\nimport b from './b.ts';\nimport pg from 'pg';\nconst yaml = await import('yaml');\n",
    ],
    ['src/rules/b.ts', "import a from './a.ts';\n"],
    ['src/trace/trace.ts', ''],
    ['src/utils/text.ts', ''],
    ['src/model/long.ts', '\n'.repeat(LONGEST + 1)],
  ]);
  expect(violations(seeded)).toEqual([
    'src/rules/a.ts may not import src/trace/trace.ts',
    'src/rules/a.ts: one of them may not import another',
    'src/rules/a.ts may not import pg',
    'src/rules/a.ts loads yaml lazily: import it in a module of ours, and load that',
    'src/rules/a.ts may not import yaml',
    'src/rules/b.ts: one of them may not import another',
    'src/utils/text.ts is named for nothing',
    'src/model/long.ts has more than 300 lines',
    'cycle: src/rules/a.ts → src/rules/b.ts → src/rules/a.ts',
  ]);
});

test('the doors and the sequence are short', () => {
  const lines = (file: string): number => (tree.get(file) ?? '').split('\n').length;
  expect(lines('src/run.ts')).toBeLessThanOrEqual(80);
  for (const door of DOORS) expect(lines(`src/${door}`)).toBeLessThanOrEqual(60);
});

test('a table that is asked for names of other people has no prototype', () => {
  const open = [...tree].filter(([, text]) =>
    /^(?:export )?const [A-Z_]+: Readonly<Record<string, .*> = \{/m.test(text),
  );
  expect(open.map(([file]) => file)).toEqual([]);
});
