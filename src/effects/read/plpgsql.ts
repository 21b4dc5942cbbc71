import { apply } from '../../catalog/apply.ts';
import type { Change } from '../../model/effect.ts';
import type { Routine } from '../../model/schema.ts';
import { all, as, constant, type Pg, strings } from '../../sql/nodes.ts';
import { parseNow } from '../../sql/parse-now.ts';
import { plpgsqlStatements, type Part } from '../../sql/plpgsql.ts';
import { nested } from './nested.ts';
import type { Reading } from '../reader.ts';

/** DO: the statements of its body count as run. */
export function readDo(s: Pg.DoStmt, at: Reading): readonly Change[] {
  const options = new Map(all(s.args, 'DefElem').map(option => [option.defname ?? '', option.arg]));
  const language = constant(options.get('language')) ?? 'plpgsql';
  const body = constant(options.get('as')) ?? strings(as(options.get('as'), 'List')?.items)[0] ?? '';
  if (language !== 'plpgsql') return [{ kind: 'opaque', because: `DO in ${language} is not read`, dynamic: true }];
  return readParts(plpgsqlStatements(body), at);
}

let depth = 0;

/** A function that a migration defines and then calls. */
export function readBody(routine: Routine, at: Reading): Change[] {
  if (routine.body === null || depth > 4) return [];
  depth += 1;
  try {
    if (routine.language === 'plpgsql') return readParts(plpgsqlStatements(routine.body), at);
    if (routine.language === 'sql') return readParts([{ sql: routine.body, dynamic: false }], at);
    return [];
  } finally {
    depth -= 1;
  }
}

function readParts(parts: readonly Part[] | string, at: Reading): Change[] {
  if (typeof parts === 'string')
    return [{ kind: 'opaque', because: `the PL/pgSQL body was not read: ${parts}`, dynamic: true }];
  let { catalog } = at;
  const changes: Change[] = [];
  for (const part of parts) {
    if (part.sql === null) {
      changes.push({ kind: 'opaque', because: 'EXECUTE of a text that is put together when it runs', dynamic: true });
      continue;
    }
    for (const node of parseNow(part.sql) ?? []) {
      for (const change of nested(node, { ...at, catalog })) {
        changes.push(change);
        catalog = apply(catalog, change);
      }
    }
  }
  return changes;
}
