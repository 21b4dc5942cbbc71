import type { Change, ChangeOf } from '../../model/effect.ts';
import { isCertain } from '../../catalog/uncertain.ts';
import { keyOf, signature, type Catalog, type Key, type Table } from '../../model/schema.ts';
import { present, isTaken, whole } from './seen-relations.ts';
import { errorOf, type PredictedError, type ErrorTable, type ErrorContext } from './predicted-error.ts';

interface Named {
  readonly schema: string;
  readonly name: string;
}

const relation = (object: Named, catalog: Catalog): PredictedError | null =>
  isTaken(object, catalog) ? errorOf('42P07', `a relation ${keyOf(object)} already exists`) : null;

/** Types share their names with the row types of relations, which sequences have none of (14). */
const type = (object: Named, catalog: Catalog): PredictedError | null => {
  const key = keyOf(object);
  const { kind } = catalog.relations.get(key) ?? { kind: 'sequence' };
  return isCertain(key, catalog) &&
    ((catalog.types.has(key) && catalog.types.get(key)?.shell !== true) || kind !== 'sequence')
    ? errorOf('42710', `a type ${key} already exists`)
    : null;
};

const strict =
  <C extends Change>(check: (change: C, catalog: Catalog) => PredictedError | null) =>
  (change: C, { catalog }: ErrorContext): PredictedError | null =>
    change.lenient ? null : check(change, catalog);

const created = (object: Named, catalog: Catalog): PredictedError | null =>
  relation(object, catalog) ?? type(object, catalog);

/** An object of a table that there is already, or that there is not. */
const onTable =
  <C extends Change & { readonly relation: Named }>(
    what: string,
    nameOf: (change: C) => string,
    namesOf: (table: Table) => readonly string[],
  ) =>
  (is: 'new' | 'there') =>
  (change: C, { catalog }: ErrorContext): PredictedError | null => {
    const table = (is === 'new' ? present : whole)(change.relation, catalog);
    const name = nameOf(change);
    if (!table || change.lenient || namesOf(table).includes(name) !== (is === 'new')) return null;
    return is === 'new'
      ? errorOf('42710', `${table.name} already has a ${what} ${name}`)
      : errorOf('42704', `${table.name} has no ${what} ${name}`);
  };

const triggers = (table: Table): string[] => table.triggers.map(({ name }) => name);
const policies = (table: Table): string[] => table.policies.map(({ name }) => name);
const rules = (table: Table): readonly string[] => table.rules;

const anyOf = new Set(['all', 'user']);

const inSchema = (change: ChangeOf<'rename-relation'>): Named => ({ ...change.relation, name: change.to });

/** CREATE FUNCTION (ProcedureCreate, pg_proc.c). */
function routine(
  { routine: definition, replaces }: ChangeOf<'create-routine'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const key = keyOf(definition);
  const existing = isCertain(key, catalog)
    ? catalog.routines.get(key)?.find(other => signature(other.arguments) === signature(definition.arguments))
    : undefined;
  // What a server tells of a routine leaves out its arguments.
  if (existing?.body == null || existing.parameters.length !== existing.arguments.length) return null;
  if (!replaces) return errorOf('42723', `a function ${definition.name} with these arguments already exists`);
  if (existing.kind !== definition.kind) return errorOf('42809', `${definition.name} is a ${existing.kind}`);
  const renamed = existing.parameters.find((name, nth) => name !== '' && name !== definition.parameters[nth]);
  if (renamed !== undefined) return errorOf('42P13', `the argument ${renamed} of ${definition.name} cannot be renamed`);
  return existing.returns && definition.returns && signature([existing.returns]) !== signature([definition.returns])
    ? errorOf('42P13', `${definition.name} cannot return another type: drop it first`)
    : null;
}

const labelled = (key: Key, { catalog }: ErrorContext): readonly string[] | undefined =>
  isCertain(key, catalog) ? catalog.types.get(key)?.labels : undefined;

const domainConstraint = (
  change: ChangeOf<'validate-domain-constraint' | 'drop-domain-constraint'>,
  { catalog, pg }: ErrorContext,
): PredictedError | null => {
  const domain = isCertain(change.key, catalog) ? catalog.types.get(change.key) : undefined;
  const missing =
    domain?.kind === 'domain' &&
    change.name !== null &&
    !domain.constraints.some(({ name }) => name === change.name) &&
    !(pg >= 17 && domain.notNull);
  return missing && !change.lenient ? errorOf('42704', `${domain.name} has no constraint ${change.name}`) : null;
};

const trigger = {
  create: onTable<ChangeOf<'create-trigger'>>('trigger', change => change.trigger.name, triggers),
  drop: onTable<ChangeOf<'drop-trigger' | 'rename-trigger' | 'enable-trigger'>>(
    'trigger',
    change => change.trigger,
    triggers,
  ),
};
const policy = {
  create: onTable<ChangeOf<'create-policy'>>('policy', change => change.policy.name, policies),
  alter: onTable<ChangeOf<'alter-policy'>>('policy', change => change.policy.name, policies),
  drop: onTable<ChangeOf<'drop-policy'>>('policy', change => change.policy, policies),
};
const rule = {
  create: onTable<ChangeOf<'create-rule'>>('rule', change => change.rule, rules),
  drop: onTable<ChangeOf<'drop-rule' | 'enable-rule'>>('rule', change => change.rule, rules),
};

/** Names that are taken, and names that nothing has. */
export const names: ErrorTable = {
  'create-sequence': [strict(({ sequence }, catalog) => created(sequence, catalog))],
  'create-view': [
    strict(({ view, replaces }, catalog) => (replaces ? null : created(view, catalog))),
    ({ relation: view, replaces }, { catalog }) => {
      const existing = replaces ? present(view, catalog) : undefined;
      return existing && existing.kind !== 'view' ? errorOf('42809', `${existing.name} is not a view`) : null;
    },
  ],
  'rename-relation': [
    (change, { catalog }) => (change.to === change.relation.name ? null : created(inSchema(change), catalog)),
  ],
  'rename-index': [(change, { catalog }) => relation({ ...change.relation, name: change.to }, catalog)],
  'create-trigger': [(change, at) => (change.replaces ? null : trigger.create('new')(change, at))],
  'drop-trigger': [trigger.drop('there')],
  'rename-trigger': [trigger.drop('there')],
  'enable-trigger': [(change, at) => (anyOf.has(change.trigger) ? null : trigger.drop('there')(change, at))],
  'create-policy': [policy.create('new')],
  'alter-policy': [policy.alter('there')],
  'drop-policy': [policy.drop('there')],
  'create-rule': [rule.create('new')],
  'drop-rule': [rule.drop('there')],
  'enable-rule': [rule.drop('there')],
  'create-routine': [routine],
  'create-type': [strict((change, catalog) => type(change.type, catalog))],
  'rename-type': [
    ({ key, to }, { catalog }) => {
      const existing = catalog.types.get(key);
      return existing && to !== existing.name ? type({ ...existing, name: to }, catalog) : null;
    },
  ],
  'add-enum-value': [
    ({ key, label, lenient }, at) =>
      !lenient && labelled(key, at)?.includes(label) ? errorOf('42710', `the label ${label} already exists`) : null,
  ],
  'rename-enum-value': [
    ({ key, label, to }, at) => {
      const labels = labelled(key, at);
      if (labels?.includes(label) === false) return errorOf('22023', `the label ${label} does not exist`);
      return labels?.includes(to) ? errorOf('42710', `the label ${to} already exists`) : null;
    },
  ],
  'add-domain-constraint': [
    ({ key, name, notNull }, { catalog }) =>
      !notNull &&
      isCertain(key, catalog) &&
      catalog.types.get(key)?.constraints.some(existing => existing.name === name)
        ? errorOf('42710', `a constraint ${name} already exists`)
        : null,
  ],
  'validate-domain-constraint': [domainConstraint],
  'drop-domain-constraint': [domainConstraint],
  'create-schema': [
    // A dump makes the schema public, whether it is there or not.
    strict(({ schema }, catalog) =>
      schema !== 'public' && isCertain(schema, catalog) && catalog.schemas.has(schema)
        ? errorOf('42P06', `the schema ${schema} already exists`)
        : null,
    ),
  ],
  'rename-schema': [
    ({ to }, { catalog }) =>
      isCertain(to, catalog) && catalog.schemas.has(to) ? errorOf('42P06', `the schema ${to} already exists`) : null,
  ],
  'create-extension': [
    strict(({ extension }, catalog) =>
      isCertain(extension, catalog) && catalog.extensions.has(extension)
        ? errorOf('42710', `the extension ${extension} already exists`)
        : null,
    ),
  ],
};

/** Of CREATE TABLE. */
export const newTable = strict<ChangeOf<'create-table'>>(({ table }, catalog) => created(table, catalog));
