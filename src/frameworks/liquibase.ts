import { defineFramework } from '../model/framework.ts';
import type { Message, Migration } from '../model/source.ts';
import { blank } from './shared/blank.ts';
import { nameOf } from './shared/files.ts';
import { historyOf, type FoundMigration } from './shared/history.ts';
import { natural } from './shared/order.ts';
import { folderOf } from './shared/files.ts';
import { groupBy } from '../model/group-by.ts';
import { withLineFeeds } from './shared/line-ends.ts';
import { agreed } from './shared/settings.ts';
import { placeholders, type PlaceholderValues } from './shared/templates.ts';

const HEAD = /^\uFEFF?\s*--\s*liquibase\s*formatted\s+sql/i;
const CHANGESET = /^\s*--\s*changeset\s+("[^"]+"|[^:\s]+):\s*("[^"]+"|\S+)([^\n]*)$/i;
const ROLLBACK = /^\s*--\s*rollback\s(?!\s*(?:empty|not\s+required)\s*$)/i;

/** One changeset of a file; lines are counted from 0, the last excluded. */
interface Changeset {
  readonly id: string;
  readonly attributes: string;
  readonly from: number;
  readonly to: number;
}

function changesets(text: string): Changeset[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, from) => {
    const [, author = '', id = '', attributes = ''] = CHANGESET.exec(line) ?? [];
    return author === '' ? [] : [{ id: `${author}:${id}`.replaceAll('"', ''), attributes, from }];
  });
  return starts.map((start, at) => ({ ...start, to: starts[at + 1]?.from ?? lines.length }));
}

/** For Postgres, as far as it says for which database it is. */
const isOurs = ({ attributes }: Changeset): boolean => {
  const [, dbms = ''] = /\bdbms:\s*"?([^"\s]+)/i.exec(attributes) ?? [];
  return (
    dbms === '' ||
    (/(^|,)\s*(postgresql|all)\b/i.test(dbms) && !/!postgresql/i.test(dbms)) ||
    /^!(?!postgresql)/i.test(dbms)
  );
};

const delimiterOf = (attributes: string): string | undefined => /\bendDelimiter:\s*"?([^"\s]+)/i.exec(attributes)?.[1];

/**
 * Each part up to a delimiter of its own, or all of a changeset that is not split, is one call of the driver, which sends its
 * statements in a pipeline (pgjdbc): one transaction.
 */
function messagesOf(text: string, { from, to, attributes }: Changeset): Message[] {
  const delimiter = delimiterOf(attributes);
  const whole = /\bsplitStatements:\s*"?false/i.test(attributes);
  if (!whole && (delimiter === undefined || delimiter === ';')) return [];
  const messages: Message[] = [];
  let line = from + 1;
  for (const [index, written] of text.split('\n').slice(0, to).entries()) {
    const ends = index === to - 1 || (!whole && delimiter !== undefined && written.trimEnd().endsWith(delimiter));
    if (index <= from || !ends) continue;
    messages.push({ line, endLine: index + 1, pipelined: true });
    line = index + 2;
  }
  return messages;
}

/** The changeset's own lines in one direction, all others blanked; its own delimiter becomes a semicolon. */
function sqlOf(text: string, { from, to, attributes }: Changeset, direction: 'up' | 'down'): string {
  const delimiter = delimiterOf(attributes);
  const lines = text.split('\n').map((line, at) => {
    if (at < from || at >= to) return blank(line);
    if (direction === 'down') return ROLLBACK.test(line) ? line.replace(ROLLBACK, whole => blank(whole)) : blank(line);
    return delimiter !== undefined && delimiter !== ';' && line.trimEnd().endsWith(delimiter)
      ? `${line.trimEnd().slice(0, -delimiter.length)};`
      : line;
  });
  return lines.join('\n');
}

/** `--property name:x value:y`, where all that name it agree, for every database. */
function propertyIn(texts: readonly string[], name: string): string | null {
  const values = texts.flatMap(text =>
    [
      ...text.matchAll(
        /^[^\S\n]*--[^\S\n]*property[^\S\n]+name:"?([\w.-]+)"?[^\S\n]+value:(?:"([^"\n]*)"|(\S*))(.*)$/gim,
      ),
    ].flatMap(([, key, quoted, plain = '', rest = '']) =>
      key === name ? [rest.trim() === '' ? (quoted ?? plain) : null] : [],
    ),
  );
  const [only = null] = values;
  return values.every(value => value === only) ? only : null;
}

export default defineFramework({
  id: 'liquibase',
  title: 'Liquibase (formatted SQL)',
  link: 'https://docs.liquibase.com/',
  historyTable: 'databasechangelog',
  transaction: 'whole-file',
  notes: `SQL files that begin with \`--liquibase formatted sql\`, in directories whose path mentions changes, migrations, Liquibase or a database, in natural order. Each changeset runs in a transaction, unless it sets \`runInTransaction:false\`: its statements then commit individually, except that those that \`endDelimiter\` or \`splitStatements:false\` leaves together are sent together, which is a transaction; its \`--rollback\` lines are its down migration; changesets for other
databases (\`dbms:\`) are skipped. Parameters \`\${name}\` take their values from \`--property\` lines and \`liquibase*.properties\`; a parameter without a value that names the object of a statement is not analyzed. Changelogs in XML, YAML and JSON, and the order they define, are not read.`,
  markers: { pattern: HEAD, every: true },
  async histories(repo) {
    const files = repo.paths.filter(path => path.endsWith('.sql') && /change|migrat|liquibase|(^|\/)db\//i.test(path));
    const texts = new Map(
      await Promise.all(files.map(async file => [file, withLineFeeds(await repo.read(file))] as const)),
    );
    const own = files.filter(file => HEAD.test(texts.get(file) ?? '')).sort((a, b) => natural(nameOf(a), nameOf(b)));
    const base = {
      transaction: 'whole-file',
      noTransaction: {
        instruction: 'Add `runInTransaction:false` to the line of the changeset.',
        oneStatement: false,
      },
    } as const;
    const settings = repo.paths.filter(path => /^liquibase[\w.-]*\.properties$/.test(nameOf(path)));
    const properties = await Promise.all(settings.map(path => repo.read(path)));
    const lookup = (name: string): string | null =>
      agreed(properties, key => key === `parameter.${name}`) ?? propertyIn([...texts.values()], name);
    const values: PlaceholderValues = { lookup, created: new Set() };
    const migrationsOf = (file: string): FoundMigration[] => {
      const text = texts.get(file) ?? '';
      return changesets(text)
        .filter(isOurs)
        .flatMap((set): FoundMigration[] => {
          const transaction: Migration['transaction'] = /\brunInTransaction:\s*"?false/i.test(set.attributes)
            ? 'per-statement'
            : 'whole-file';
          const up = placeholders(sqlOf(text, set, 'up'), values);
          const down = placeholders(sqlOf(text, set, 'down'), values);
          const again = /\brun(OnChange|Always):\s*"?true/i.test(set.attributes) ? { repeatable: true as const } : {};
          const messages = messagesOf(text, set);
          const whole: FoundMigration = { id: set.id, file, direction: 'up', transaction, messages, ...up, ...again };
          return down.sql.trim() === '' ? [whole] : [whole, { ...whole, direction: 'down', ...down }];
        });
    };
    return Promise.all(
      [...groupBy(own, folderOf)].map(([root, paths]) =>
        historyOf(repo, 'liquibase', root, paths.flatMap(migrationsOf), base, (_, { sql = '', unread = [] }) => ({
          sql,
          unread,
        })),
      ),
    );
  },
  examples: [
    {
      files: {
        'db/changelog/1-users.sql':
          '--liquibase formatted sql\n--changeset ann:1\nselect 1;\n--rollback select 2;\n--changeset ann:2 runInTransaction:false\nselect 3;',
        'db/changelog/2-other.sql': '--liquibase formatted sql\n--changeset ann:3 dbms:mysql\nselect 1;',
      },
      expect: [
        'up ann:1 db/changelog/1-users.sql whole-file',
        'down ann:1 db/changelog/1-users.sql whole-file',
        'up ann:2 db/changelog/1-users.sql per-statement',
      ],
    },
  ],
});
