/** What a tool sends: one transaction around the messages, or each by itself; or psql reads the text. */
export interface Sending {
  readonly by: 'wire' | 'psql';
  readonly block: boolean;
  readonly messages: readonly string[];
}

/** A migration tool: where its files are, and what it makes of an author's text. */
export interface Layout {
  readonly id: string;
  /** Files by which it is known. */
  marks(migrations: readonly string[]): Readonly<Record<string, string>>;
  /** The path of a migration, by its number and name. */
  path(nth: number, name: string): string;
  write(statements: readonly string[]): string;
  /** From the raw text of the file; throws where the tool would refuse it. */
  send(text: string): Sending;
}

const lines = (statements: readonly string[]): string => statements.map(sql => `${sql};\n`).join('');
const message = (text: string): Sending => ({ by: 'wire', block: false, messages: [text] });
const block = (...messages: string[]): Sending => ({ by: 'wire', block: true, messages });
const digits = (nth: number, width: number): string => String(nth).padStart(width, '0');
const layout = (
  id: string,
  path: Layout['path'],
  send: Layout['send'],
  { marks = () => ({}), write = lines }: Partial<Layout> = {},
): Layout => ({ id, path, send, marks, write });

/** Text from the first line that fits `up` to the next that fits `down`. */
function section(text: string, up: RegExp, down: RegExp): string {
  const all = text.split('\n');
  const from = all.findIndex(line => up.test(line));
  if (from < 0) throw new Error('no section');
  const rest = all.slice(from + 1);
  const to = rest.findIndex(line => down.test(line));
  return rest.slice(0, to < 0 ? undefined : to).join('\n');
}

/** As goose's parser does: a statement ends where a line's last word before a comment ends with a semicolon. */
function goose(text: string): string[] {
  const found: string[] = [];
  let [buffer, held, up] = ['', false, false];
  for (const line of text.split('\n')) {
    if (line.startsWith('--')) {
      const command = /^--\s*\+goose\s+(.*?)\s*$/.exec(line)?.[1]?.toLowerCase();
      if (command === 'down') break;
      if (command === 'up') up = true;
      if (command === 'statementbegin') held = true;
      if (command === 'statementend') {
        held = false;
        found.push(buffer);
        buffer = '';
      }
      if (command !== undefined || !held) continue;
    }
    if (!up) continue;
    buffer += `${line}\n`;
    const words = line.split(/\s+/);
    const comment = words.findIndex(word => word.startsWith('--'));
    const last = words
      .slice(0, comment < 0 ? undefined : comment)
      .filter(word => word !== '')
      .at(-1);
    if (!held && last?.endsWith(';')) {
      found.push(buffer);
      buffer = '';
    }
  }
  if (buffer.trim() !== '') throw new Error('unfinished SQL query');
  return found;
}

/** What a template would make of it is not tried. */
function rendered(text: string): string {
  if (text.includes('{{')) throw new Error('a template');
  return text;
}

const gooseText = (statements: readonly string[]): string =>
  `-- +goose Up\n${statements
    .map(sql =>
      sql.includes('$') || sql.includes('\n') || sql.includes(';')
        ? `-- +goose StatementBegin\n${sql};\n-- +goose StatementEnd\n`
        : `${sql};\n`,
    )
    .join('')}-- +goose Down\nSELECT 1;\n`;

export const LAYOUTS: readonly Layout[] = [
  layout('golang-migrate', (nth, name) => `db/migrations/${digits(nth, 6)}_${name}.up.sql`, message),
  layout('prisma', (nth, name) => `prisma/migrations/2024010${nth}000000_${name}/migration.sql`, message, {
    marks: () => ({ 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' }),
  }),
  layout(
    'flyway',
    (nth, name) => `src/main/resources/db/migration/V${nth}__${name}.sql`,
    text => block(text),
  ),
  layout(
    'goose',
    (nth, name) => `sql/${digits(nth, 5)}_${name}.sql`,
    text => block(...goose(text)),
    { write: gooseText },
  ),
  layout(
    'dbmate',
    (nth, name) => `db/migrations/2024010${nth}000000_${name}.sql`,
    text => block(section(text, /^--\s*migrate:up(\s|$)/, /^--\s*migrate:down(\s|$)/)),
    { write: all => `-- migrate:up\n${lines(all)}-- migrate:down\nSELECT 1;\n` },
  ),
  layout(
    'sqlx',
    (nth, name) => `migrations/2024010${nth}000000_${name}.sql`,
    text => block(text),
    {
      marks: () => ({ 'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\nsqlx = "0.8"\n' }),
    },
  ),
  layout(
    'diesel',
    (nth, name) => `migrations/2024-01-0${nth}-000000_${name}/up.sql`,
    text => block(text),
    {
      marks: () => ({ 'diesel.toml': '[migrations_directory]\ndir = "migrations"\n', 'Cargo.toml': '[package]\n' }),
    },
  ),
  layout(
    'drizzle',
    (nth, name) => `drizzle/${digits(nth, 4)}_${name}.sql`,
    text => block(...text.split('--> statement-breakpoint')),
    {
      marks: all => ({
        'drizzle/meta/_journal.json': JSON.stringify({
          entries: [...all].sort().map((path, idx) => ({ idx, when: idx, tag: path.slice('drizzle/'.length, -4) })),
        }),
      }),
      write: all => `${all.join(';\n--> statement-breakpoint\n')};\n`,
    },
  ),
  layout(
    'plain-sql',
    (nth, name) => `migrations/${digits(nth, 3)}_${name}.sql`,
    text => block(text),
  ),
  layout(
    'tern',
    (nth, name) => `migrations/${digits(nth, 3)}_${name}.sql`,
    text => block(rendered(text).split(/^---- create above \/ drop below ----\s*$/m)[0] ?? ''),
    {
      marks: () => ({ 'migrations/tern.conf': '[database]\n' }),
      write: all => `${lines(all)}\n---- create above / drop below ----\n\nSELECT 1;\n`,
    },
  ),
  layout('postgrator', (nth, name) => `migrations/${digits(nth, 3)}.do.${name}.sql`, message),
  layout(
    'node-pg-migrate',
    (nth, name) => `migrations/170000000000${nth}_${name}.sql`,
    text => block(text.split(/^\s*--[\s-]*down\s+migration.*$/im)[0] ?? ''),
    {
      marks: () => ({ 'package.json': '{"dependencies":{"node-pg-migrate":"8.0.0"}}\n' }),
      write: all => `-- Up Migration\n${lines(all)}\n-- Down Migration\nSELECT 1;\n`,
    },
  ),
  layout(
    'sqitch',
    (nth, name) => `deploy/s${nth}_${name}.sql`,
    text => ({ by: 'psql', block: false, messages: [text] }),
    {
      marks: all => ({
        'sqitch.conf': '[core]\n\tengine = pg\n',
        'sqitch.plan': `%syntax-version=1.0.0\n%project=shop\n\n${[...all]
          .sort()
          .map((path, n) => `${path.slice('deploy/'.length, -4)} 2024-01-0${n + 1}T00:00:00Z A <a@b.c> # x\n`)
          .join('')}`,
      }),
    },
  ),
];
