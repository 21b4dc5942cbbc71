import { apply } from '../../catalog/apply.ts';
import type { Change } from '../../model/effect.ts';
import { keyOf, type Key } from '../../model/schema.ts';
import { all, as, constant, type Pg, strings } from '../../sql/nodes.ts';
import { parseAgain } from '../../sql/parse-now.ts';
import type { Guard, Test } from '../../sql/guard.ts';
import { plpgsqlStatements, type Part } from '../../sql/plpgsql.ts';
import { decide } from '../conditions/decide.ts';
import { statementInBody } from './statement-in-body.ts';
import { ownCalls } from './own-calls.ts';
import { wholeTable } from './row-bounds.ts';
import { exists } from '../../catalog/resolve.ts';
import type { Reading } from '../reader.ts';

/** DO: every branch of its body is read. */
export function readDo(s: Pg.DoStmt, at: Reading): readonly Change[] {
  const options = new Map(all(s.args, 'DefElem').map(option => [option.defname ?? '', option.arg]));
  const language = constant(options.get('language')) ?? 'plpgsql';
  const body = constant(options.get('as')) ?? strings(as(options.get('as'), 'List')?.items)[0] ?? '';
  if (language !== 'plpgsql') return [notAnalyzed(`DO in ${language} is not analyzed`)];
  return readParts(plpgsqlStatements(body, ownCalls(at.catalog)), at);
}

/** What a body runs, in order, on the schema that it leaves on the way. */
export function readParts(parts: readonly Part[] | string, at: Reading): Change[] {
  if (typeof parts === 'string') return [notAnalyzed(`the PL/pgSQL body was not analyzed: ${parts}`)];
  if (depth === 0) spent = 0;
  depth += 1;
  try {
    return followed(parts, at);
  } finally {
    depth -= 1;
  }
}

/** Statements of bodies that one statement may run: bodies that call each other multiply. */
const MOST = 10_000;
let [depth, spent] = [0, 0];

function followed(parts: readonly Part[], at: Reading): Change[] {
  let { catalog } = at;
  const changes: Change[] = [];
  const answer = memoized(test => decide(test, { ...at, catalog }));
  for (const { sql, nodes: read, unread: limit, guards, caught, together, repeats, rowsOf } of parts) {
    spent += 1;
    if (limit !== undefined || spent > MOST) {
      const because = limit ?? `it runs more than ${MOST} statements in function bodies`;
      changes.push({ kind: 'opaque', because, dynamic: true, unread: true });
      if (limit !== undefined) continue;
      break;
    }
    const condition = conditionOf(guards, answer);
    if (condition === 'never') continue;
    const nodes = read ?? (sql === null ? null : parseAgain(sql));
    if (nodes === null) {
      const what = sql === null ? 'EXECUTE of SQL built at run time' : `it does not parse: ${sql}`;
      changes.push({ ...notAnalyzed(what), ...(condition !== null && { condition }) });
      continue;
    }
    const whole = rowsOf === undefined ? null : wholeTable(parseAgain(rowsOf)?.[0], catalog);
    for (const node of nodes) {
      const once = statementInBody(node, { ...at, catalog });
      const repeated = repeats ? once.map(inOneTransaction) : once;
      const applied = whole === null ? repeated : repeated.map(change => ofEveryRow(change, whole));
      // A handler swallows the failure, and what the statement did before goes with it.
      const undone = caught && fails(applied, { ...at, catalog });
      if (undone && !applied.some(change => UNMAKES.has(change.kind))) continue;
      for (const change of applied) {
        // Where it would fail, the condition is what keeps it from being run.
        if ((condition !== null || undone) && wouldFail(change, { ...at, catalog })) continue;
        const why = condition ?? (undone ? FORESEEN : caught && isUnseen(change, catalog) ? UNDONE : null);
        const ends = change.kind === 'transaction' && { within: true as const };
        const part = {
          ...change,
          ...ends,
          ...(why !== null && { condition: why }),
          ...(caught && { caught, ...(together && { together }) }),
        };
        changes.push(part);
        catalog = apply(catalog, part);
      }
    }
  }
  return changes;
}

/** Batches that a loop makes are one change of all their rows, which no COMMIT divides. */
const inOneTransaction = (change: Change): Change =>
  change.kind === 'change-rows'
    ? { ...change, batched: false, repeats: true, bounded: change.bounded && change.piecewise === undefined }
    : change;

/** What a loop over all rows of a table does to the rows of that table, it does to all of them. */
const ofEveryRow = (change: Change, whole: Key): Change =>
  change.kind === 'change-rows' && keyOf(change.relation) === whole ? { ...change, bounded: false } : change;

/** Asks each test once, when it is first reached. */
function memoized(ask: (test: Test) => boolean | null): (test: Test) => boolean | null {
  const answers = new Map<Test, boolean | null>();
  return test => {
    if (!answers.has(test)) answers.set(test, ask(test));
    return answers.get(test) ?? null;
  };
}

/** Why a statement may not run: null where it does, `never` where it does not. */
function conditionOf(guards: readonly Guard[], ask: (test: Test) => boolean | null): string | null {
  let condition: string | null = null;
  for (const { because, answers, unless } of guards) {
    const met = answers === null ? null : every(answers.map(({ test, is }) => agrees(ask(test), is)));
    const runs = unless && met !== null ? !met : met;
    if (runs === false) return 'never';
    if (runs === null) condition ??= because;
  }
  return condition;
}

const agrees = (answer: boolean | null, is: boolean): boolean | null => (answer === null ? null : answer === is);
const every = (answers: readonly (boolean | null)[]): boolean | null =>
  answers.includes(false) ? false : answers.includes(null) ? null : true;

/** The handler's block is a subtransaction: what fails there gives up its locks. */
const UNDONE = 'the table is not in the migrations, and an exception handler would roll it back';

const isUnseen = (change: Change, catalog: Reading['catalog']): boolean =>
  change.kind === 'change-rows' && !catalog.relations.has(keyOf(change.relation));

/** A statement's changes one after the other: what one of them drops another may make anew. */
function fails(applied: readonly Change[], at: Reading): boolean {
  let { catalog } = at;
  for (const change of applied) {
    if (wouldFail(change, { ...at, catalog })) return true;
    catalog = apply(catalog, change);
  }
  return false;
}

/** A failure that is foreseen wrongly must not hide these. */
const UNMAKES: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'change-rows',
  'detach-partition',
  'drop-column',
  'drop-relation',
  'drop-schema',
  'drop-type',
  'fire-triggers',
  'move-relation',
  'opaque',
  'rename-column',
  'rename-relation',
  'rename-schema',
  'retype-column',
  'truncate',
  'write-catalog',
]);
const FORESEEN = 'the statement is expected to fail, and an exception handler would roll it back';

/** It makes what is there, or works on a table that is not. */
function wouldFail(change: Change, { catalog, pg }: Pick<Reading, 'catalog' | 'pg'>): boolean {
  if (change.kind === 'create-table') return exists(change.relation, { catalog });
  if (change.kind === 'create-type') {
    const { kind } = catalog.relations.get(keyOf(change.type)) ?? {};
    // A relation has a type of its name, but since 14 for a sequence.
    return catalog.types.has(keyOf(change.type)) || (kind !== undefined && (kind !== 'sequence' || pg < 14));
  }
  if (!ON_A_TABLE.has(change.kind) || !('relation' in change)) return false;
  const table = catalog.relations.get(keyOf(change.relation));
  if (!table) return catalog.partial.length === 0;
  if (change.kind === 'add-column') return table.columns.some(({ name }) => name === change.column.name);
  if (change.kind !== 'add-constraint') return false;
  const { name, type } = change.constraint;
  return table.constraints.some(
    existing => existing.name === name || (type === 'primary-key' && existing.type === type),
  );
}

const ON_A_TABLE: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'add-column',
  'drop-column',
  'rename-column',
  'add-constraint',
  'drop-constraint',
  'rename-constraint',
  'rename-relation',
]);

export const notAnalyzed = (because: string): Change => ({ kind: 'opaque', because, dynamic: true });
