import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { reportOf } from './helpers/run-cli.ts';
import { GitRepo } from './helpers/git-repo.ts';

/** Comments that suppress findings, through the bundled command line. */
let repo: GitRepo;
beforeEach(() => {
  repo = new GitRepo();
  repo.commit({
    'migrations/001_shop.sql':
      'CREATE TABLE carts (id int PRIMARY KEY);\nCREATE TABLE orders (id int PRIMARY KEY, note text, cart int);\n',
  });
  repo.git('checkout', '-q', '-b', 'topic');
});
afterEach(() => repo.remove());

/** `rule@line` of what is live, `(rule@line)` of what is suppressed, `?line` of what was not analysed, and the verdict. */
function said(sql: string): string[] {
  repo.commit({ 'migrations/002_change.sql': sql });
  const { findings, blindSpots, conclusion } = reportOf(repo.root, '--base', 'main');
  const marks = findings.map(({ rule, span, allowed }) =>
    allowed ? `(${rule}@${span.line})` : `${rule}@${span.line}`,
  );
  const spots = blindSpots.map(({ span, allowed }) => (allowed ? `(?${span?.line})` : `?${span?.line}`));
  return [...marks, ...spots, conclusion].sort();
}

const ALLOW = 'migration-gate: allow';
const SLOW = "SET lock_timeout = '2s';";

test.each([
  [
    'two statements on a line: the one after the comment',
    `${SLOW}\n/* ${ALLOW} dropped-table: empty */ DROP TABLE carts; DROP TABLE orders;`,
    ['(dropped-table@2)', 'dropped-table@2', 'fail'],
  ],
  [
    'two statements on a line: the one before the comment',
    `${SLOW}\nDROP TABLE orders; DROP TABLE carts; -- ${ALLOW} dropped-table: empty`,
    ['(dropped-table@2)', 'dropped-table@2', 'fail'],
  ],
  [
    'a comment before a line with two statements',
    `${SLOW}\n-- ${ALLOW} dropped-table: empty\nDROP TABLE carts; DROP TABLE orders;`,
    ['(dropped-table@3)', 'dropped-table@3', 'fail'],
  ],
  [
    'accepted data loss accepts no lock',
    `-- ${ALLOW} dropped-table: empty\nDROP TABLE carts; ALTER TABLE orders ADD COLUMN seen boolean;`,
    ['(dropped-table@2)', 'lock-without-timeout@2', 'warn'],
  ],
  [
    'an accepted rewrite is not said again by a general rule',
    `${SLOW}\n-- ${ALLOW} retyped-column: ten rows\nALTER TABLE orders ALTER id TYPE bigint;`,
    ['(retyped-column@3)', 'pass'],
  ],
  [
    'without a reason nothing is allowed',
    `${SLOW}\n-- ${ALLOW} dropped-table\nDROP TABLE carts;`,
    ['allow-without-reason@2', 'dropped-table@3', 'fail'],
  ],
  ['a dynamic EXECUTE fails', 'DO $$ BEGIN EXECUTE (SELECT note FROM orders LIMIT 1); END $$;', ['?1', 'fail']],
  [
    'a dynamic EXECUTE is accepted with a reason',
    `-- ${ALLOW} unread: the text is a comment\nDO $$ BEGIN EXECUTE (SELECT note FROM orders LIMIT 1); END $$;`,
    ['(?2)', 'warn'],
  ],
  ['another language fails', 'DO LANGUAGE plpython3u $$ pass $$;', ['?1', 'fail']],
  [
    'what does not parse cannot be accepted',
    `-- ${ALLOW} unread: it is right\nDROP TABEL orders;`,
    ['?2', 'fail', 'unused-allow@1'],
  ],
  ['a statement whose effect is not written in it fails', 'DROP OWNED BY shop;', ['?1', 'fail']],
])('%s', (_, sql, expected) => {
  expect(said(sql)).toEqual([...expected].sort());
});
