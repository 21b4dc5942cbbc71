import { as } from '../sql/nodes.ts';
import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import { keyOf } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { addColumn, alter, constraintNode } from './shared/alter.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { howOutside, migration, outside } from './shared/remedy.ts';
import { checkFor } from './shared/set-not-null.ts';

const WORDS = { unique: 'unique constraint', 'primary-key': 'primary key', exclude: 'exclusion constraint' } as const;
type Keyed = keyof typeof WORDS;
const isKeyed = (type: string): type is Keyed => Object.hasOwn(WORDS, type);

/** The index first, concurrently; then the constraint takes it over in a moment. */
function remedyFor(step: Step, change: ChangeOf<'add-constraint'>): Remedy {
  const { relation, constraint, inline } = change;
  if (constraint.type === 'exclude')
    return {
      text: 'An exclusion constraint cannot be built concurrently. Create a new table with the constraint and move the rows, or add the constraint in a maintenance window with lock_timeout set.',
      steps: [],
    };
  const node = constraintNode(step, change);
  const columns = constraint.columns.map(quote).join(', ');
  const including = (node?.including ?? []).map(key => quote(as(key, 'String')?.sval ?? '')).join(', ');
  const nulls = node?.nulls_not_distinct === true ? ' NULLS NOT DISTINCT' : '';
  const covering = including === '' ? '' : ` INCLUDE (${including})`;
  const what = constraint.type === 'unique' ? 'UNIQUE' : 'PRIMARY KEY';
  const column = constraint.columns[0] ?? '';
  const added = inline ? addColumn(step, column, type => type !== 'CONSTR_UNIQUE' && type !== 'CONSTR_PRIMARY') : null;
  const table = step.before.relations.get(keyOf(relation));
  const nullable =
    constraint.type === 'primary-key'
      ? constraint.columns.filter(name =>
          table?.columns.some(candidate => candidate.name === name && !candidate.notNull),
        )
      : [];
  const rawFindings = nullable.flatMap(name => {
    const rawFinding = checkFor(relation, name);
    return [
      migration(
        `Require ${quote(name)} in new rows`,
        alter(relation, `ADD CONSTRAINT ${rawFinding} CHECK (${quote(name)} IS NOT NULL) NOT VALID`),
      ),
      migration('Validate existing rows', alter(relation, `VALIDATE CONSTRAINT ${rawFinding}`)),
    ];
  });
  return {
    text: `Build a unique index CONCURRENTLY, then add the constraint with USING INDEX, which takes only a moment.${howOutside(step)}`,
    steps: [
      ...(added === null ? [] : [migration('Add the column', added)]),
      ...rawFindings,
      ...outside(
        step,
        'Build the index',
        `CREATE UNIQUE INDEX CONCURRENTLY ${quote(constraint.name)} ON ${quoteRelation(relation)} (${columns})${covering}${nulls}`,
      ),
      migration(
        'Add the constraint',
        alter(relation, `ADD CONSTRAINT ${quote(constraint.name)} ${what} USING INDEX ${quote(constraint.name)}`),
        ...nullable.map(name => alter(relation, `DROP CONSTRAINT ${checkFor(relation, name)}`)),
      ),
    ],
  };
}

export default defineRule({
  id: 'constraint-index-build',
  summary: 'A unique, primary key or exclusion constraint builds its index while the table is locked.',
  category: 'locks',
  severity: 'error',
  why: `
\`ADD CONSTRAINT … UNIQUE\`, \`PRIMARY KEY\` and \`EXCLUDE\` build an index under an \`ACCESS EXCLUSIVE\` lock: the
table cannot even be read until the build finishes. A unique index built \`CONCURRENTLY\` becomes the constraint
quickly with \`USING INDEX\`. The columns of a primary key must be \`NOT NULL\` first; otherwise the table is scanned
again to check this.`,
  aliases: [
    'disallowed-unique-constraint',
    'adding-primary-key-constraint',
    'add-constraint-unique',
    'add-pk-without-using-index',
  ],
  examples: [
    {
      setup: 'create table users (id bigint primary key, email text);',
      bad: 'alter table users add constraint users_email_key unique (email);',
      good: [
        '-- migration-gate: transaction per-statement\ncreate unique index concurrently users_email_key on users (email);',
        'alter table users add constraint users_email_key unique using index users_email_key;',
      ],
    },
    { setup: 'create table orders (id bigint);', bad: 'alter table orders add primary key (id);', good: null },
    {
      setup: 'create table orders (id bigint primary key);',
      bad: 'alter table orders add column code text unique;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-constraint' || !isKeyed(change.constraint.type) || change.constraint.usingIndex !== null)
        continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      yield {
        message: `Adding the ${WORDS[change.constraint.type]} ${quote(change.constraint.name)} builds its index on ${quoteRelation(change.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
