import { describe, expect, test } from '@jest/globals';
import { emptyCatalog } from '../src/catalog/empty.ts';
import { schemaDiff } from '../src/diff/schema-diff.ts';
import type { Report } from '../src/model/report.ts';
import type { SchemaDiff } from '../src/model/schema-diff.ts';
import { renderErDiagram } from '../src/render/er-diagram.ts';
import { renderMarkdown } from '../src/render/markdown.ts';
import { schemaDiffSections } from '../src/render/schema-diff.ts';
import { renderText } from '../src/render/text.ts';
import { replay } from '../rig/ground-truth/predict.ts';

const SHOP = `
create table users (id bigint primary key, email text, name text);
create table orders (id bigint primary key, user_id bigint not null references users, total numeric(10, 2));
create table profiles (user_id bigint primary key references users, bio text);
create table audit (what text);`;
/** No double quote inside: it is written between them. */
const HOSTILE = '\n```\n@team <img src=x> %%{init: {}}%% ]} ; click t0 https://evil.example';

const change = async (sql: string): Promise<SchemaDiff | null> => {
  const before = await replay(SHOP, emptyCatalog(), 17);
  return schemaDiff('migrations', before, await replay(sql, before, 17));
};
const diagram = async (sql: string) => {
  const drawn = (await change(sql))?.diagram;
  return drawn ? renderErDiagram(drawn).split('\n') : null;
};

describe('the diagram of a schema diff', () => {
  test('draws what changes, and of the tables around it the keys', async () => {
    expect(await diagram('alter table orders add note text, drop total')).toEqual([
      'erDiagram',
      '  t0["orders (changed)"] {',
      '    bigint id PK',
      '    bigint user_id FK',
      '    text note "new"',
      '    numeric(10_2) total "dropped"',
      '  }',
      '  t1["users"] {',
      '    bigint id PK',
      '    _ and_2_more',
      '  }',
      '  t1 ||--o{ t0 : "user_id"',
    ]);
  });

  test('a foreign key on a key links one row to one', async () => {
    expect(await diagram('alter table profiles add seen date')).toContain('  t1 ||--o| t0 : "user_id"');
  });

  test('is not drawn where no column and no foreign key changes', async () => {
    expect(await diagram('create index on orders (total)')).toBeNull();
  });

  test('stays small', async () => {
    const columns = Array.from({ length: 60 }, (_, nth) => `c${nth} int`).join();
    const tables = Array.from({ length: 30 }, (_, nth) => `create table wide_${nth} (${columns})`).join(';');
    const drawn = (await change(tables))?.diagram;
    expect(drawn).toMatchObject({ omitted: 18 });
    expect(drawn?.entities).toHaveLength(12);
    expect(drawn?.entities[0]).toMatchObject({ omitted: 44 });
  });

  test('words of the grammar are names like others', async () => {
    const lines = await diagram('create table "direction LR" (pk int, "FK(1)" int)');
    expect(lines).toEqual([
      'erDiagram',
      '  t0["direction_LR (new)"] {',
      '    integer _pk "pk"',
      '    integer _FK(1) "FK(1)"',
      '  }',
    ]);
  });

  test('hostile names end neither label, line nor block', async () => {
    const lines = await diagram(`create table "${HOSTILE}" ("${HOSTILE}" int references users, "1" text)`);
    expect(lines).toHaveLength(10);
    for (const line of lines ?? []) expect(line).toMatch(/^[\p{L}\p{N}_ .…$()[\]{}|:"-]*$/u);
    expect(lines?.join('\n')).not.toMatch(/`|@|<|https:|%%|;/);
  });
});

describe('a comment with a schema diff', () => {
  const span = { file: 'migrations/2.sql', line: 1, endLine: 1 };
  const finding = { rule: 'dropped-column', severity: 'error', category: 'data-loss', message: 'm', span } as const;
  const remedy = { text: 'Later.', steps: [{ title: 'Then', sql: 'select 1' }] };
  const comment = async (limit: number): Promise<string> => {
    const diff = await change('alter table orders drop total');
    const report: Report = {
      version: '1',
      conclusion: 'fail',
      pg: 17,
      migrations: [
        { id: '2', file: span.file, framework: 'plain-sql', changed: true, statements: [], rehearsal: null },
      ],
      findings: [{ ...finding, remedy, evidence: [], fingerprint: 'f', allowed: null }],
      schemaDiffs: diff ? [diff] : [],
      blindSpots: [],
      allowances: [],
      history: 1,
      notes: [],
    };
    return renderMarkdown(report, { limit });
  };

  test('gives up the diagram, then the diff, then what is said of findings', async () => {
    const full = await comment(Infinity);
    const lean = await comment(full.length);
    const short = await comment(lean.length);
    const has = (text: string): boolean[] => ['```mermaid', '```diff', 'select 1'].map(part => text.includes(part));
    expect([full, lean, short].map(has)).toEqual([
      [true, true, true],
      [false, true, true],
      [false, false, false],
    ]);
  });
});

test('as text it is told when asked for, and moves no cursor', async () => {
  const diff = await change('alter table orders drop total, add "no\u001b[2Jte" text');
  const report = { findings: [], allowances: [], blindSpots: [], notes: [], migrations: [], conclusion: 'pass' };
  const all = { ...report, schemaDiffs: diff ? [diff] : [] } as unknown as Report;
  expect(renderText(all)).not.toContain('total');
  expect(renderText(all, { schema: true })).toContain(
    'Schema of migrations\n    table orders\n  -   total numeric(10, 2)\n  +   no\\u{1b}[2Jte text\n\n',
  );
});

describe('the section of a schema diff', () => {
  const section = async (sql: string, lines = 200): Promise<string> => {
    const diff = await change(sql);
    return schemaDiffSections(diff ? [diff] : [], { lines, diagrams: false }).join('\n');
  };

  test('is a diff block', async () => {
    expect(await section('alter table orders add note text')).toBe(
      '<details><summary>Schema changes: 1 object</summary>\n\n```diff\n  table orders\n+   note text\n```\n\n</details>',
    );
  });

  test('says that a statement which was not understood may change more', async () => {
    const said = 'Statements that were not analyzed may change more.';
    expect(await section('alter table orders add note text; do language plperl $$ $$')).toContain(said);
    expect(await section('alter table orders add note text')).not.toContain(said);
  });

  test('says how much is left out', async () => {
    expect(await section('drop table audit, profiles, orders', 3)).toContain('\n  … 10 more lines\n');
  });

  test('hostile names stay in their line of the block', async () => {
    const lines = (await section(`create table "${HOSTILE}" (id int)`)).split('\n');
    expect(lines[2]).toBe('````diff');
    expect(lines.slice(3, -3).every(line => line.startsWith('+ '))).toBe(true);
  });
});
