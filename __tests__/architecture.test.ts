import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

type Sources = ReadonlyMap<string, string>;

/** Who may import whom: a room may import itself, and these. The entry points and run.ts, which put them together, are apart. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  sql: ['model'],
  rules: ['model', 'sql'],
  config: ['model'],
  diff: ['model'],
  database: ['model'],
  repo: ['model'],
  render: ['model'],
  rehearse: ['model', 'database'],
  programs: ['model', 'sql'],
  catalog: ['model', 'sql'],
  frameworks: ['model', 'sql', 'programs'],
  effects: ['model', 'sql', 'catalog'],
  measure: ['model', 'database', 'catalog'],
  findings: ['model', 'sql', 'config', 'rules'],
  github: ['model', 'render'],
  migrations: ['model', 'sql', 'config', 'frameworks'],
  analysis: ['model', 'sql', 'catalog', 'effects', 'diff', 'findings'],
  input: ['model', 'config', 'repo', 'render', 'github', 'rehearse', 'findings'],
  history: ['model', 'sql', 'diff', 'frameworks', 'migrations', 'findings', 'analysis'],
  verify: ['model', 'sql', 'config', 'database', 'frameworks', 'measure', 'rehearse', 'findings'],
  report: ['model', 'config', 'rules', 'measure', 'findings', 'verify'],
  deploy: [
    ...['model', 'sql', 'config', 'database', 'repo', 'render', 'catalog', 'diff', 'measure', 'analysis'],
    ...['frameworks', 'migrations', 'input', 'github'],
  ],
};
/** run.ts imports everything but the entry points and what they alone use. */
const ENTRY_POINTS = ['action.ts', 'cli.ts'];

const PACKAGES: Readonly<Record<string, RegExp>> = {
  sql: /^(libpg-query(\/.*)?|pg-query-emscripten(\/.*)?|pgsql-deparser|@pgsql\/types)$/,
  programs: /^@babel\/(parser|types)$/,
  repo: /^(node:.*|@actions\/exec)$/,
  database: /^(pg|node:.*)$/,
  measure: /^node:.*$/,
  config: /^(yaml|node:util)$/,
  github: /^(@actions\/(core|github)|node:.*)$/,
  report: /^node:crypto$/,
  input: /^node:.*$/,
  deploy: /^node:.*$/,
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
        file.replace(/^src\/(effects|catalog)\/(read|predict|apply)\/types\.ts$/, ''),
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
  const list = /\/(rules|frameworks|deploy\/tools)\/[^/]+\.ts$/;
  if (from === to) {
    const alike = list.test(file) && list.test(target) && !file.endsWith('index.ts');
    return alike ? [`${file}: one of them may not import another`] : [];
  }
  if (ENTRY_POINTS.includes(from)) return [];
  if (from === 'run.ts')
    return [...ENTRY_POINTS, 'github', 'repo'].includes(to) ? [`${file} may not import ${target}`] : [];
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

test('the rooms stand above each other, and none is empty', () => {
  expect(cycles(new Map(Object.entries(MAY_IMPORT)))).toEqual([]);
  const rooms = new Set([...tree.keys()].filter(file => file.split('/').length > 2).map(home));
  expect(Object.keys(MAY_IMPORT).sort()).toEqual([...rooms].sort());
  const unused = Object.entries(MAY_IMPORT).flatMap(([from, allowed]) =>
    allowed.filter(to => !importsAcross(from, to)).map(to => `${from} need not import ${to}`),
  );
  expect(unused).toEqual([]);
});

const importsAcross = (from: string, to: string): boolean =>
  [...tree].some(([file, text]) => home(file) === from && new RegExp(`'(\\.\\./)+${to}/`).test(text));

test('at the top of src are the entry points, the sequence, and nothing that has a room', () => {
  expect([...tree.keys()].filter(file => file.split('/').length === 2).sort()).toEqual(
    ['action.ts', 'cli.ts', 'run.ts', 'version.ts'].map(file => `src/${file}`),
  );
});

test('seeded violations are seen', () => {
  const seeded = new Map([
    [
      'src/rules/a.ts',
      "import { trace } from '../measure/trace.ts';\nimport b from './b.ts';\nimport pg from 'pg';\nconst yaml = await import('yaml');\n",
    ],
    ['src/rules/b.ts', "import a from './a.ts';\n"],
    ['src/measure/trace.ts', ''],
    ['src/utils/text.ts', ''],
    ['src/model/long.ts', '\n'.repeat(LONGEST + 1)],
  ]);
  expect(violations(seeded)).toEqual([
    'src/rules/a.ts may not import src/measure/trace.ts',
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
  for (const door of ENTRY_POINTS) expect(lines(`src/${door}`)).toBeLessThanOrEqual(60);
});

test('a table that is asked for names of other people has no prototype', () => {
  const open = [...tree].filter(([, text]) =>
    /^(?:export )?const [A-Z_]+: Readonly<Record<string, .*> = \{/m.test(text),
  );
  expect(open.map(([file]) => file)).toEqual([]);
});

test('tests and scripts share the rig, and do not import each other', () => {
  const files = ['__tests__', 'scripts', 'rig'].flatMap(folder =>
    readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => ({ file: `${folder}/${name}`, text: readFileSync(join(top, folder, name), 'utf8') })),
  );
  const across = files.filter(({ text }) => /from '(\.\.\/)+(scripts|__tests__)\//.test(text));
  expect(across.map(({ file }) => file)).toEqual([]);
});
