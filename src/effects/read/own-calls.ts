import type { Catalog } from '../../model/schema.ts';
import { COMPUTED, OWN, type Bindings } from '../../sql/constant-text.ts';
import { ofOperator } from './uses.ts';

const NONE: Bindings = new Map();
const bindingsOf = new WeakMap<Catalog['routines'], Bindings>();

/** Functions and operators that put a text together, of which the migrations have their own. */
export function ownCalls({ routines, support }: Catalog): Bindings {
  if (routines.size === 0) return NONE;
  let own = bindingsOf.get(routines);
  if (!own) {
    const names = routines.values().flatMap(overloads => overloads.map(({ name }) => name));
    own = new Map(names.filter(name => COMPUTED.has(name)).map(name => [OWN(name), '']));
    bindingsOf.set(routines, own);
  }
  return support.has(ofOperator('||')) ? new Map([...own, [OWN('||'), '']]) : own;
}
