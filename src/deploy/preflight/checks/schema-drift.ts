import { drift } from '../../../diff/drift.ts';
import type { ObjectDiff } from '../../../model/schema-diff.ts';
import { pass, unknown, warn, type Inspection, type PreflightSpec } from '../check.ts';
import { counted } from '../words.ts';

/** Where the live schema is not what the applied files leave. The pending migrations are analyzed on the live one. */
export default {
  id: 'schema-drift',
  ifUnknown: 'warn',
  run: at => {
    const { facts, pending, states } = at;
    if (facts.live.catalog === null) return unknown('The live schema could not be read, so it was not compared.');
    const { partial } = pending.replayed;
    if (partial.length > 0)
      return unknown(
        `The applied migrations are not understood completely, so the live schema was not compared: ${partial[0] ?? ''}.`,
      );
    if (states.some(({ state, file }) => file === null && state !== 'rolled back'))
      return unknown('Applied migrations have no file here, so the live schema was not compared.');
    const found = drift(pending.replayed, facts.live.catalog, []).filter(one => !isOwn(one, at));
    if (found.length === 0) return pass('The live schema is the one that the applied migrations leave.');
    return warn(`${counted(found.length, 'object')} of the live schema differ from the applied migrations.`, {
      objects: found.flatMap(textsOf),
      hint: 'Put each difference into a migration, or revert it on the server.',
    });
  },
} satisfies PreflightSpec;

/** What a migration tool keeps for itself: its tables, and a schema that holds nothing else. */
const isOwn = ({ kind, name }: ObjectDiff, { own }: Inspection): boolean => {
  const schema = name.includes('.') ? name.slice(0, name.indexOf('.')) : 'public';
  return own.tables.has(name) || own.schemas.has(kind === 'schema' ? name : schema);
};

function textsOf({ kind, name, before, after, parts }: ObjectDiff): string[] {
  if (before === null) return [`${kind} ${name} is in no applied migration`];
  if (after === null) return [`${kind} ${name} is missing on the server`];
  const whole = before === after ? [] : [`${before} is ${after}`];
  return [
    ...whole,
    ...parts.map(({ part, name: own, before: was, after: is }) => {
      if (was === null) return `${part} ${own} of ${name} is in no applied migration`;
      return is === null
        ? `${part} ${own} of ${name} is missing on the server`
        : `${part} ${own} of ${name}: ${was} is ${is}`;
    }),
  ];
}
