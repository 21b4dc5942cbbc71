import type { Picks } from './picks.ts';

/** What stands around the statements of a file. */
export interface Frame {
  readonly id: string;
  /** Which layouts it makes sense in; all but those of psql where it is not said. */
  readonly only?: readonly string[];
  readonly statements?: (all: readonly string[], p: Picks) => readonly string[];
  readonly text?: (text: string, p: Picks) => string;
}

const FOREIGN = [
  '-- +migrate Down',
  '-- +goose Down',
  '-- migrate:down',
  '---- create above / drop below ----',
  '-- Down Migration',
  '--rollback',
  '-- //@UNDO',
  '-- +goose StatementEnd',
  '-- rollback:',
  '-- Down',
  '--! Message: x',
  '--changeset a:1 dbms:oracle',
  '--liquibase formatted sql',
  '-- +migrate Up\n-- +migrate Down',
  '-- migrate:up\n-- migrate:down',
  '-- +goose Up\n-- +goose Down',
  '-- //\n-- //@UNDO',
  '-- atlas:txmode none',
  '-- migration-gate: down',
  '-- Undo',
];

/** With a semicolon: each is a statement of its own, the disguised one behind it. */
const NOISE = [
  "SELECT 'it''s; -- /* '",
  'SELECT 1 AS "a; -- b"',
  "SELECT E'\\'; DROP TABLE x; --'",
  "SELECT $a$ ; $b$ ' -- $a$",
  'SELECT 1 /* ; */',
  'SELECT 1 -- ;\n',
  "SELECT 'a'\n'b; /*'",
  "SELECT U&'\\0027; /*'",
  'SELECT $$\n-- +goose Down\n$$',
  "SELECT 1 /* /* nested */ ' */",
  "SELECT B'1', X'1F', N'x--'",
  "SELECT '\n-- migrate:down\n'",
  'SELECT 1::int4 AS "/*"',
  "SELECT $é$ ' $é$",
  'SELECT 1 AS a$$, 2 AS b$$',
  "SELECT 'x\\'",
];

const SWALLOWED: readonly ((inner: string) => string)[] = [
  t => `/*\nCOPY notes (body) FROM stdin;\n*/\n${t}\n/*\n\\.\n*/\n`,
  t => `/*\n\\if false\n*/\n${t}\n/*\n\\endif\n*/\n`,
  t => `-- x\n/*\n\\q\n*/\n${t}`,
  t => `SELECT '\n\\if false\n';\n${t}\nSELECT '\n\\endif\n';\n`,
  t => `SELECT $c$\nCOPY notes FROM stdin;\n$c$;\n${t}\nSELECT $c$\n\\.\n$c$;\n`,
  t => `SELECT '\nCOPY notes FROM stdin;\n';\n${t}\nSELECT '\n\\.\n';\n`,
  t => `SELECT $c$\n\\echo\n$c$;\n${t}`,
  t => `SELECT 1 AS "\n\\set x\n";\n${t}`,
  t => `SELECT E'\\\n\\c x\n';\n${t}`,
  t => `-- COPY notes FROM stdin;\n${t}`,
  t => `/* COPY notes FROM stdin; */\n${t}`,
  t => `/*\n{{ if false }}\n*/\n${t}\n/*\n{{ end }}\n*/\n`,
  t => `-- {{\n${t}-- }}\n`,
  t => `/* {{ */\n${t}/* }} */\n`,
  t => `/* \${ */\n${t}/* } */\n`,
  t => `-- \${x:-\n${t}-- }\n`,
];

/** A backslash line whose statement goes on: the server gets it all, psql would not. */
const BACKSLASHED: readonly ((inner: string) => string)[] = [
  t => `SELECT '\n\\'; ${t.replaceAll('\n', ' ')} SELECT '\n';\n`,
  t => `/*\n\\echo */ ${t.replaceAll('\n', ' ')}\n`,
  t => `SELECT $b$\n\\x $b$; ${t.replaceAll('\n', ' ')}\n`,
];

export const FRAMES: readonly Frame[] = [
  { id: 'noise', statements: (all, p) => [p.one(NOISE), ...all] },
  { id: 'noise-between', statements: (all, p) => all.flatMap(sql => [p.one(NOISE), sql]) },
  { id: 'foreign-mark', text: (text, p) => splice(text, p.one(FOREIGN), p) },
  { id: 'foreign-mark-in-comment', text: (text, p) => splice(text, `/*\n${p.one(FOREIGN)}\n*/`, p) },
  { id: 'swallowed', text: (text, p) => inside(text, p.one(SWALLOWED)) },
  { id: 'backslashed', text: (text, p) => inside(text, p.one(BACKSLASHED)) },
  { id: 'carriage-return', statements: all => all.map(sql => `-- x\r${sql}`) },
  { id: 'carriage-returns', text: text => text.replaceAll('\n', '\r\n') },
  { id: 'form-feed', statements: all => all.map(sql => `\f\t\v${sql}\f`.replace('\v', '')) },
  { id: 'one-line', text: text => inside(text, t => `${t.replace(/;\n/g, '; ').trim()}\n`) },
  { id: 'leading-semicolons', text: text => inside(text, t => `;;\n;${t}`) },
  {
    id: 'comment-before',
    statements: (all, p) =>
      all.map(
        sql =>
          `${p.one(['/* /* */ */', '/**/', '/* ; */', '/* -- */', "/* ' */", '/*\n*/', '-- ;\n', '/*--\n*/', '--\n', '/* $$ */'])}${sql}`,
      ),
  },
  {
    id: 'strings-off',
    statements: (all, p) => [
      p.one([
        'SET standard_conforming_strings = off',
        "SELECT set_config('standard_conforming_strings', 'off', false)",
      ]),
      "SELECT '\\''",
      ...all,
    ],
  },
  { id: 'no-newline-at-end', text: text => text.replace(/;\n$/, '') },
  { id: 'guards', statements: all => ["SET lock_timeout = '1s'", "SET statement_timeout = '5s'", ...all] },
  {
    id: 'psql-gexec',
    only: ['sqitch'],
    statements: all => all.map((sql, n) => (n === all.length - 1 ? `SELECT $gx$${sql}$gx$ \\gexec\nSELECT 1` : sql)),
  },
  { id: 'psql-variable', only: ['sqitch'], text: text => `\\set word orders\n${text.replace(/\borders\b/, ':word')}` },
  { id: 'psql-if', only: ['sqitch'], text: text => `\\if true\n${text}\\endif\n` },
  { id: 'psql-else', only: ['sqitch'], text: text => `\\if false\nSELECT 1;\n\\else\n${text}\\endif\n` },
  { id: 'psql-g', only: ['sqitch'], text: text => text.replace(/;\n$/, ' \\g\n') },
  {
    id: 'psql-gset',
    only: ['sqitch'],
    text: text => `SELECT 'orders' AS word \\gset\n${text.replace(/\borders\b/, ':"word"')}`,
  },
  { id: 'psql-copy-data', only: ['sqitch'], text: text => `COPY notes (body) FROM stdin;\nx\n\\.\n${text}` },
  { id: 'psql-off', only: ['sqitch'], text: text => `\\set ON_ERROR_STOP off\nSELECT 1/0;\n${text}` },
];

const START = /^(-- \+goose Up|-- migrate:up|-- Up Migration)\n/;
const END = /\n*(-- \+goose Down|-- migrate:down|---- create above|-- Down Migration)[\s\S]*$/;

/** Changes the part of the file that is sent, not the tool's own marks. */
function inside(text: string, change: (inner: string) => string): string {
  const head = START.exec(text)?.[0] ?? '';
  const tail = END.exec(text)?.[0] ?? '';
  const inner = text.slice(head.length, text.length - tail.length);
  return `${head}${change(inner.endsWith('\n') ? inner : `${inner}\n`)}${tail}`;
}

const splice = (text: string, line: string, p: Picks): string =>
  inside(text, inner => (p.rarely(3) ? inner.replace(/;\n/, `;\n${line}\n`) : `${line}\n${inner}`));
