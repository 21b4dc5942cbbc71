import { beforeAll, describe, expect, test } from '@jest/globals';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import { check, type Candidate } from '../src/findings/check.ts';
import { Suppressions } from '../src/findings/suppressions.ts';
import { DEFAULTS } from '../src/config/options.ts';
import { collect } from '../src/migrations/collect.ts';
import type { Repo } from '../src/model/framework.ts';
import type { RemedyStep, Severity } from '../src/model/report.ts';
import type { Example } from '../src/model/rule.ts';
import { rules } from '../src/rules/index.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';
import { parse } from '../src/sql/parse.ts';
import { LAYOUTS, type Layout } from '../rig/hide/layouts.ts';

/** Every remedy with SQL, pasted into the files of every tool: the tool reads it, and the gate passes it. */

const ALL_ON: ReadonlyMap<string, Severity> = new Map(
  rules.filter(rule => rule.severity === 'off').map(rule => [rule.id, 'notice']),
);
/** What the way out has to do all the same, one deploy later and on purpose. */
const INTENDED = new Set(['dropped-column', 'dropped-table', 'renamed-table']);

/** Words by which a text is a whole file of the tool, and what a text without them is put under. */
const HEADS: Readonly<Record<string, { readonly mark: RegExp; readonly head: string }>> = {
  goose: { mark: /^-- \+goose Up/m, head: '-- +goose Up\n' },
  dbmate: { mark: /^-- migrate:up/m, head: '-- migrate:up\n' },
  'node-pg-migrate': { mark: /^-- Up Migration/m, head: '-- Up Migration\n' },
  'graphile-migrate': { mark: /^--! Previous/m, head: '--! Previous: -\n--! Hash: sha1:0\n\n' },
  'sql-migrate': { mark: /^-- \+migrate Up/m, head: '-- +migrate Up\n' },
};
const bare: Pick<Layout, 'write'> = { write: all => all.map(sql => `${sql};\n`).join('') };
const MORE: readonly Pick<Layout, 'id' | 'marks' | 'path' | 'write'>[] = [
  {
    id: 'sql-migrate',
    marks: () => ({ 'dbconfig.yml': 'development:\n  dialect: postgres\n  dir: migrations\n' }),
    path: (nth, name) => `migrations/${nth}-${name}.sql`,
    write: all => `-- +migrate Up\n${bare.write(all)}`,
  },
  {
    id: 'hasura',
    marks: () => ({ 'config.yaml': 'version: 3\nendpoint: http://localhost\nmetadata_directory: metadata\n' }),
    path: (nth, name) => `migrations/default/170000000000${nth}_${name}/up.sql`,
    write: bare.write,
  },
  {
    id: 'supabase',
    marks: () => ({ 'supabase/config.toml': 'project_id = "shop"\n' }),
    path: (nth, name) => `supabase/migrations/2024010${nth}000000_${name}.sql`,
    write: bare.write,
  },
  {
    id: 'atlas',
    marks: () => ({ 'migrations/atlas.sum': 'h1:abc=\n', 'atlas.hcl': 'env "local" {}\n' }),
    path: (nth, name) => `migrations/2024010${nth}000000_${name}.sql`,
    write: bare.write,
  },
  {
    id: 'graphile-migrate',
    marks: () => ({ '.gmrc': '{}\n' }),
    path: (nth, name) => `migrations/committed/${String(nth).padStart(6, '0')}-${name}.sql`,
    write: all => `--! Previous: -\n--! Hash: sha1:0\n\n${bare.write(all)}`,
  },
];
const TOOLS = [...LAYOUTS, ...MORE];
type Tool = (typeof TOOLS)[number];

const repoOf = (files: Readonly<Record<string, string>>): Repo => ({
  paths: Object.keys(files).sort(),
  read: path => Promise.resolve(files[path] ?? ''),
});

type Files = Readonly<Record<string, string>>;

/** What the gate says of one of these files, the others merged before it. */
async function gate(
  tool: Tool,
  written: Files,
  last: string,
  pg: number,
): Promise<{ found: Candidate[]; blind: string[] }> {
  const files = { ...tool.marks(Object.keys(written)), ...written };
  const { histories, blindSpots } = await collect(repoOf(files), {
    framework: 'auto',
    paths: null,
    changed: new Set([last]),
  });
  const own = histories.filter(({ migrations }) => migrations.some(({ file }) => file === last));
  expect(own.map(({ framework }) => framework)).toEqual([tool.id]);
  const analyzed = (
    await Promise.all(own.map(history => analyzeHistory(history, { pg, mode: 'pull-request' })))
  ).flat();
  const ups = analyzed.filter(({ migration }) => migration.direction === 'up' && migration.file === last);
  expect(ups).not.toEqual([]);
  const suppressions = new Suppressions(analyzed, { suppressions: DEFAULTS.suppressions, approved: false });
  return {
    found: ups.flatMap(one => check(rules, one.steps, { severities: ALL_ON, suppressions })),
    blind: [
      ...[...blindSpots, ...ups.flatMap(one => one.blindSpots)].map(({ because }) => because),
      ...ups.flatMap(({ migration }) => migration.unread.map(({ because }) => because)),
    ],
  };
}

async function write(tool: Tool, sql: string): Promise<string> {
  return tool.write((await parse(sql, 'x.sql')).map(statement => statement.sql));
}

/** As somebody pastes it into a new file. */
function pasted(tool: Tool, sql: string): string {
  const { mark, head } = HEADS[tool.id] ?? { mark: /^/, head: '' };
  return mark.test(sql) ? `${sql}\n` : `${head}${sql}\n`;
}

/** Not for a file of migrations: for psql, or for the start of one, or to be repeated until nothing is left. */
const isFile = ({ title }: RemedyStep): boolean =>
  !/^At the (top|end)|^Repeat|with psql, before the deploy$/.test(title);

/** What a tool needs beside the text to run a file outside a transaction, as its sentence in the remedy says. */
const OUTSIDE: Readonly<Record<string, (path: string, sql: string) => Readonly<Record<string, string>>>> = {
  diesel: (path, sql) => ({
    [path]: sql,
    [path.replace(/[^/]*$/, 'metadata.toml')]: 'run_in_transaction = false\n',
  }),
  flyway: (path, sql) => ({
    [path]: sql,
    ...(/index concurrently/i.test(sql) ? {} : { [`${path}.conf`]: 'executeInTransaction=false\n' }),
  }),
  'node-pg-migrate': (path, sql) => ({
    [path.replace(/sql$/, 'js')]: `exports.up = pgm => {\n  pgm.noTransaction();\n  pgm.sql(\`${sql}\`);\n};\n`,
  }),
};

function fileOf(tool: Tool, nth: number, { title, sql }: RemedyStep): Readonly<Record<string, string>> {
  const path = tool.path(nth, `step${nth}`);
  const special = title.endsWith('outside a transaction') ? OUTSIDE[tool.id] : undefined;
  return special ? special(path, sql) : { [path]: pasted(tool, sql) };
}

async function alarms(tool: Tool, example: Example, base: Files, steps: readonly RemedyStep[]): Promise<string[]> {
  let files = base;
  const wrong: string[] = [];
  for (const step of steps.filter(isFile)) {
    const fresh = fileOf(tool, Object.keys(files).length + 1, step);
    files = { ...files, ...fresh };
    const { found, blind } = await gate(tool, files, Object.keys(fresh)[0] ?? '', example.pg ?? 17);
    wrong.push(
      ...blind.map(because => `${step.title}: ${because}`),
      ...found
        .filter(one => one.severity === 'error' && !one.allow && !INTENDED.has(one.rule.id))
        .map(({ rule, violation }) => `${step.title}: ${rule.id}: ${violation.message}`),
    );
  }
  return wrong;
}

const CASES = rules.flatMap(rule =>
  rule.examples.map(example => [`${rule.id}: ${example.bad.slice(0, 80)}`, rule.id, example] as const),
);

beforeAll(async () => {
  await Promise.all([loadParser(), loadDeparser()]);
});

describe.each(TOOLS.map(tool => [tool.id, tool] as const))('%s', (_, tool) => {
  test.each(CASES)('%s', async (_name, id, example) => {
    const first = tool.path(1, 'step1');
    const base = { [first]: await write(tool, example.setup === '' ? 'select 1' : example.setup) };
    const bad = tool.path(2, 'step2');
    const { found } = await gate(tool, { ...base, [bad]: await write(tool, example.bad) }, bad, example.pg ?? 17);
    const shown = found.find(one => one.rule.id === id);
    const steps = shown?.violation.remedy?.steps ?? [];
    for (const { sql } of steps)
      for (const statement of await parse(sql, 'remedy.sql')) expect(statement.error ?? null).toBeNull();
    const instead = await alarms(tool, example, base, steps);
    if (instead.length === 0) return;
    // It stands for all of the migration, or goes on from what that does before the statement.
    const written = await parse(example.bad, '1.sql');
    const at = written.findIndex(({ sql }) => sql === shown?.step.statement.sql);
    const earlier = tool.write(written.slice(0, Math.max(0, at)).map(({ sql }) => sql));
    const after = at > 0 ? await alarms(tool, example, { ...base, [bad]: earlier }, steps) : instead;
    expect(after).toEqual([]);
  });
});
