import type { Change, ChangeOf } from '../../model/effect.ts';
import { keyOf, type Trigger } from '../../model/schema.ts';
import type { Reading } from '../reader.ts';
import { readBody } from './plpgsql.ts';

type Verb = ChangeOf<'change-rows'>['verb'];

const EVENTS: Readonly<Record<Verb, readonly Trigger['events'][number][]>> = {
  insert: ['insert'],
  copy: ['insert'],
  update: ['update'],
  delete: ['delete'],
  merge: ['insert', 'update', 'delete'],
};

/** What the triggers of a change of rows do: those whose functions the migrations define. */
export function fired({ relation, verb }: Pick<ChangeOf<'change-rows'>, 'relation' | 'verb'>, at: Reading): Change[] {
  const triggers = at.catalog.relations.get(keyOf(relation))?.triggers ?? [];
  const changes = triggers
    .filter(({ enabled, events }) => enabled && events.some(event => EVENTS[verb].includes(event)))
    .flatMap(trigger => at.catalog.routines.get(trigger.function)?.slice(0, 1) ?? [])
    .flatMap(routine => readBody(routine, at));
  return changes.length > 0 ? [{ kind: 'fire-triggers', relation, changes }] : [];
}
