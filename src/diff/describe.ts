import { keyOf, type Catalog, type Key, type Routine, type Table, type Type } from '../model/schema.ts';
import type { ObjectKind } from '../model/schema-diff.ts';
import { tableParts, tableText, type Described, type DescribedPart } from './describe-table.ts';
import { list, display, typeText, words } from './wording.ts';

/**
 * `exact`: both sides were read in the same way. `gist`: they were not (a history's text, a dump, a server), so that only
 * what every spelling has in common is compared: no expressions, no constants of types that a server rewrites.
 */
export type Closeness = 'exact' | 'gist';

/** An object of a catalog, in words. */
export interface DescribedObject extends Described {
  readonly kind: ObjectKind;
  /** False when its creation was not seen: then what is absent may still exist. */
  readonly whole: boolean;
  readonly parts: readonly DescribedPart[];
}

/** A value of the catalog, and the words for it: they are asked for only where the sides differ. */
export interface Named {
  readonly value: unknown;
  readonly describe: () => DescribedObject;
}

/** Everything in a catalog by its identity. Sequences that a column owns are the column's default. */
export function objectsOf(catalog: Catalog, closeness: Closeness): Map<string, Named> {
  const objects = new Map<string, Named>();
  const put = (id: string, value: unknown, describe: () => DescribedObject): void =>
    void objects.set(id, { value, describe });
  const plain = (kind: ObjectKind, name: string) => (): DescribedObject => ({
    ...{ kind, name, text: `${kind} ${name}`, gist: `${kind} ${name}`, whole: true, parts: [] },
  });
  for (const [name] of catalog.schemas.entries()) put(`schema ${name}`, name, plain('schema', name));
  for (const [name] of catalog.extensions.entries()) put(`extension ${name}`, name, plain('extension', name));
  for (const [key, type] of catalog.types.entries()) put(`type ${key}`, type, () => describeType(type));
  for (const [key, overloads] of catalog.routines.entries())
    for (const [id, routine] of numbered(key, overloads, closeness)) put(id, routine, () => describeRoutine(routine));
  for (const [key, table] of catalog.relations.entries())
    if (table.ownedBy === null && table.kind !== 'index' && table.persistence !== 'temporary')
      put(`relation ${key}`, table, () => describeTable(table, table.kind as ObjectKind));
  return objects;
}

/** Overloads by their argument types; where these may not be known, in order. */
function numbered(key: Key, overloads: readonly Routine[], closeness: Closeness): [string, Routine][] {
  const counts = new Map<string, number>();
  return overloads.map(routine => {
    const id = `routine ${key}${closeness === 'exact' ? list(routine.arguments.map(typeText)) : ''}`;
    const nth = (counts.get(id) ?? 0) + 1;
    counts.set(id, nth);
    return [nth === 1 ? id : `${id} ${nth}`, routine];
  });
}

const describeTable = (table: Table, kind: ObjectKind): DescribedObject => ({
  kind,
  ...tableText(table),
  whole: table.complete,
  parts: tableParts(table),
});

function describeType({ schema, name, kind, base, notNull, labels, constraints }: Type): DescribedObject {
  const text = words(
    `${kind} ${display({ schema, name })}`,
    base !== null && `as ${typeText(base)}`,
    notNull && 'not null',
  );
  return {
    kind,
    name: display({ schema, name }),
    text,
    gist: text,
    whole: true,
    parts: [
      ...labels.map(label => ({ part: 'label' as const, name: label, text: `'${label}'`, gist: label })),
      ...constraints
        .filter(constraint => !constraint.notNull)
        .map(constraint => {
          const check = words(`constraint ${constraint.name} check`, !constraint.valid && 'not valid');
          return { part: 'constraint' as const, name: constraint.name, text: check, gist: check };
        }),
    ],
  };
}

function describeRoutine(routine: Routine): DescribedObject {
  const { kind, language, volatility, arguments: types, returns, body } = routine;
  const name = `${display(routine)}${list(types.map(typeText))}`;
  const attributes = words(`language ${language}`, kind === 'function' && volatility);
  const text = words(`${kind} ${name}`, returns !== null && `returns ${typeText(returns)}`, attributes);
  const lines = body === null ? 0 : body.trim().split('\n').length;
  const bodyText = { text: `body of ${lines} line${lines === 1 ? '' : 's'}`, gist: (body ?? '').trim() };
  const parts = body === null ? [] : [{ part: 'body' as const, name: keyOf(routine), ...bodyText }];
  return { kind, name, text, gist: words(`${kind} ${display(routine)}`, attributes), whole: true, parts };
}
