import type { Change } from '../../model/effect.ts';
import { keyOf, type Key, type Routine } from '../../model/schema.ts';
import type { Node } from '../../model/source.ts';
import type { Bindings } from '../../sql/constant-text.ts';
import { as } from '../../sql/nodes.ts';
import { plpgsqlStatements, type Part } from '../../sql/plpgsql.ts';
import { Recent } from '../../sql/recent.ts';
import type { Reading } from '../reader.ts';
import { SERVER_FUNCTIONS } from '../data/server-functions.ts';
import { isBuiltin } from '../volatility.ts';
import { ownCalls } from './own-calls.ts';
import { readParts, notAnalyzed } from './plpgsql.ts';
import { RUN_TEXT } from './run-text.ts';

/** What a call hands over: constants by place, null for what is none, and how many arguments are written. */
export interface Arguments {
  readonly values: readonly (string | null)[];
  readonly count: number;
}
export const NOTHING: Arguments = { values: [], count: 0 };

/** Bodies that are being read, each with what it was given: recursion is followed once. */
const open: { readonly routine: Routine; readonly id: string }[] = [];
/** Bodies read since the outermost was begun. */
let bodies = 0;
const DEEPEST = 50;
const MOST = 1000;

/** What a function does that a migration defines and that is then called. */
export function readBody(routine: Routine, at: Reading, args: Arguments = NOTHING, outside?: Bindings): Change[] {
  const bound = bindings(routine, args, outside);
  const id = JSON.stringify([...bound]);
  if (open.some(other => other.routine === routine && other.id === id)) return [];
  if (open.length >= DEEPEST) return [notAnalyzed(`${routine.name}() is called more than ${DEEPEST} levels deep`)];
  if (open.length === 0) bodies = 0;
  bodies += 1;
  if (bodies > MOST) return [notAnalyzed(`the statement calls more than ${MOST} functions`)];
  open.push({ routine, id });
  try {
    const defaults = args.count < routine.arguments.length || routine.kind === 'aggregate' ? (routine.runs ?? []) : [];
    return [...run(defaults, at, null), ...inSearchPath(routine, at, inside => bodyOf(routine, inside, bound))];
  } finally {
    open.pop();
  }
}

/** Functions that run, whatever they are given: all of the names. */
export function run(keys: readonly Key[], at: Reading, condition: string | null): Change[] {
  const routines = [...new Set(keys)].flatMap(key => at.catalog.routines.get(key) ?? []);
  const changes = routines.flatMap(routine => readBody(routine, at)).filter(hasEffect);
  return condition === null ? changes : changes.map(change => ({ condition, ...asSideEffect(change) }));
}

/** A reading or a setting of what only may be called is of no weight. */
const WITHOUT_EFFECT: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'read-rows',
  'note-relation',
  'inert',
  'set',
  'reset',
  'transaction',
]);
export const hasEffect = ({ kind }: Change): boolean => !WITHOUT_EFFECT.has(kind);

export const asSideEffect = (change: Change): Change =>
  change.kind === 'opaque' ? { ...change, beside: true } : change;

/** SET search_path of the function: it ends with the call. */
function inSearchPath({ searchPath }: Routine, at: Reading, body: (inside: Reading) => Change[]): Change[] {
  if (!searchPath) return body(at);
  return body({ ...at, catalog: { ...at.catalog, searchPath, otherPaths: [] } }).filter(
    change => !((change.kind === 'set' || change.kind === 'reset') && change.setting === 'search_path'),
  );
}

function bodyOf(routine: Routine, at: Reading, bound: Bindings): Change[] {
  const { language, body, statements, kind } = routine;
  if (statements) return readParts([{ ...ALWAYS, nodes: statements.map(asQuery) }], at);
  if (body === null || kind === 'aggregate') return [];
  if (language === 'plpgsql') return readParts(partsOf(body, new Map([...bound, ...ownCalls(at.catalog)])), at);
  if (language === 'sql') return readParts([{ ...ALWAYS, sql: body }], at);
  if (language === 'internal' && isBuiltin(body) && !RUN_TEXT.has(body) && !SERVER_FUNCTIONS.has(body)) return [];
  return [notAnalyzed(`${keyOf(routine)}() is written in ${language}, which is not analyzed`)];
}

const recent = new Recent<ReturnType<typeof plpgsqlStatements>>(500);

/** A trigger's body comes again with each statement that fires it. */
const partsOf = (body: string, bound: Bindings): ReturnType<typeof plpgsqlStatements> =>
  recent.get(JSON.stringify([body, ...bound]), () => plpgsqlStatements(body, bound));

const ALWAYS: Part = { sql: '', guards: [], caught: false };

/** RETURN of a body in standard SQL. */
function asQuery(node: Node): Node {
  const returned = as(node, 'ReturnStmt');
  return returned ? { SelectStmt: { targetList: [{ ResTarget: { val: returned.returnval } }] } } : node;
}

/** What the parameters stand for in a call with constants. */
function bindings({ parameters }: Routine, { values }: Arguments, outside: Bindings = new Map()): Map<string, string> {
  const bound = new Map(outside);
  for (const [nth, value] of values.entries()) {
    if (value === null) continue;
    bound.set(`$${nth + 1}`, value);
    const name = parameters[nth];
    if (name) bound.set(name, value);
  }
  return bound;
}
