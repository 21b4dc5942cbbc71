import { isVisible, type Change } from '../../model/effect.ts';
import type { Node } from '../../model/source.ts';
import { valueOf } from '../../sql/constant-text.ts';
import { constant, holds, strings, type Body, type Tree } from '../../sql/nodes.ts';
import { parseNow } from '../../sql/parse-now.ts';
import { SCHEDULES, SERVER_FUNCTIONS } from '../data/server-functions.ts';
import type { Reading } from '../reader.ts';
import { locate, relationAt } from '../../catalog/resolve.ts';
import { ownCalls } from './own-calls.ts';
import { statementInBody } from './statement-in-body.ts';
import { sequenceNamed } from './sequence-named.ts';

/** What a function of the server, or of an extension, does besides yielding a value; null for all others. */
export function serverCall({ funcname, args = [] }: Body<'FuncCall'>, at: Reading): Change[] | null {
  const parts = strings(funcname);
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2) ?? null;
  if (name === 'setval') return setval(args, at);
  if (schema === 'cron' && SCHEDULES.has(name)) {
    const place = name === 'schedule' ? args.length - 1 : (SCHEDULES.get(name) ?? 0);
    return text(args[place], 'a pg_cron job runs it', at);
  }
  const definition = SERVER_FUNCTIONS.get(`${schema ?? ''}.${name}`) ?? SERVER_FUNCTIONS.get(name);
  if (!definition) return null;
  // A function of the migrations has the name, too.
  if (locate({ schema, name }, at.catalog, key => at.catalog.routines.has(key)) !== null) return null;
  if (definition.harm === 'outside')
    return [{ kind: 'opaque', because: `${parts.join('.')}() ${definition.does}`, dynamic: true }];
  if (isShort(name, args[0])) return [];
  return [{ kind: 'call-server', name, harm: definition.harm, does: definition.does }];
}

/** A second is no wait that anybody notices. */
const isShort = (name: string, seconds: Tree | undefined): boolean => {
  const value = name === 'pg_sleep' ? constant(seconds) : null;
  return value !== null && Number(value) <= 1;
};

/** Text that is run: now, or on some condition. */
function text(argument: Tree | undefined, condition: string, at: Reading): Change[] {
  const sql = argument ? valueOf(argument, ownCalls(at.catalog)) : null;
  const nodes = sql === null ? null : parseNow(sql);
  if (nodes === null) return [{ kind: 'opaque', because: 'SQL built at run time is executed', dynamic: true }];
  return nodes.flatMap((node: Node) => statementInBody(node, at).map(change => ({ condition, ...change })));
}

/** A number that is written down, not one that the rows tell. */
function setval([sequenceNode, value]: readonly Tree[], at: Reading): Change[] {
  const sequence = sequenceNamed(sequenceNode, at.catalog);
  if (sequence === null) return [];
  const relation = relationAt(sequence, at.catalog, 'sequence');
  const changes: Change[] = [{ kind: 'note-relation', relation, what: 'sequence', mode: 'ROW EXCLUSIVE', name: null }];
  return holds([value], ['RangeVar', 'ColumnRef']) || !isVisible(relation)
    ? changes
    : [...changes, { kind: 'reset-sequence', relation }];
}
