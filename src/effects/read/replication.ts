import type { Change } from '../../model/effect.ts';
import type { Table } from '../../model/schema.ts';
import { keyOf } from '../../model/schema.ts';
import { all, as, constant, type Pg } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { resolve } from '../../catalog/resolve.ts';

/** Publications and subscriptions: what replicas no longer get, and what other servers write here. */

const replication = (harm: 'data' | 'server', does: string): Change => ({ kind: 'replication', harm, does });

const inert = (statement: string, noTransactionBlock = false): Change => ({
  kind: 'inert',
  statement,
  alone: noTransactionBlock,
});

export const dropPublication = (name: string): Change[] => [
  inert('DROP PUBLICATION'),
  replication(
    'server',
    `Dropping the publication ${name} stops replication to its subscribers, which miss all later changes`,
  ),
];

export const renamePublication = (name: string, to: string): Change[] => [
  inert('ALTER PUBLICATION'),
  replication(
    'server',
    `Renaming the publication ${name} to ${to} stops replication to subscribers that use the old name`,
  ),
];

const NO_IDENTITY = 'reject UPDATE and DELETE';

function published(s: Pg.CreatePublicationStmt | Pg.AlterPublicationStmt, at: Reading): Change[] {
  const objects = all(s.pubobjects, 'PublicationObjSpec');
  const relations = objects.flatMap(({ pubtable }) => {
    const range = pubtable?.relation;
    return range ? [{ relation: resolve(range, at.catalog), only: range.inh !== true }] : [];
  });
  return [
    inert('PUBLICATION'),
    ...relations.map(({ relation, only }): Change => ({
      kind: 'note-relation',
      relation,
      ...{ what: 'publication', mode: 'SHARE UPDATE EXCLUSIVE', name: null },
      ...(only && { only: true }),
      ...publishing(s),
    })),
  ];
}

/** Does a publication send what needs a replica identity? */
const sendsChanges = (options: readonly Pg.Node[] | undefined): boolean => {
  const publish = all(options, 'DefElem').find(({ defname }) => defname === 'publish');
  return !publish || /update|delete/i.test(constant(publish.arg) ?? 'update');
};

const publishing = (s: Pg.CreatePublicationStmt | Pg.AlterPublicationStmt): { publishes?: boolean } =>
  'action' in s && s.action === 'AP_DropObjects'
    ? { publishes: false }
    : sendsChanges(s.options)
      ? { publishes: true }
      : {};

/** What a publication sends is refused by tables that have nothing to name a row by. */
function withoutIdentity(s: Pg.CreatePublicationStmt | Pg.AlterPublicationStmt, at: Reading): Change[] {
  if (!sendsChanges(s.options)) return [];
  const objects = all(s.pubobjects, 'PublicationObjSpec');
  const unnamed =
    s.for_all_tables === true || objects.some(({ pubobjtype }) => pubobjtype?.endsWith('_SCHEMA') === true);
  const bare = objects.flatMap(({ pubtable }): Table[] => {
    const table = pubtable?.relation && at.catalog.relations.get(keyOf(resolve(pubtable.relation, at.catalog)));
    return table && table.kind !== 'view' && !table.constraints.some(({ type }) => type === 'primary-key')
      ? [table]
      : [];
  });
  return [
    ...(unnamed
      ? [
          {
            kind: 'replication' as const,
            harm: 'server' as const,
            does: `Tables that are not named are published: those without a replica identity ${NO_IDENTITY}`,
            ...(s.for_all_tables === true && { all: true as const }),
          },
        ]
      : []),
    ...bare.map(({ name }) =>
      replication(
        'server',
        `${name} is published without a primary key: unless it has a replica identity, ${NO_IDENTITY.replace('reject', 'it rejects')}`,
      ),
    ),
  ];
}

function altered(s: Pg.AlterPublicationStmt, at: Reading): Change[] {
  const name = s.pubname ?? '';
  const less = `The publication ${name} no longer sends all that it sent before: its subscribers miss later changes`;
  const isLess = s.action !== 'AP_AddObjects' || all(s.options, 'DefElem').length > 0;
  const adds = s.action === 'AP_DropObjects' ? [] : withoutIdentity(s, at);
  return [...published(s, at), ...(isLess ? [replication('server', less)] : []), ...adds];
}

const isOff = (options: readonly Pg.Node[] | undefined, ...names: readonly string[]): boolean =>
  all(options, 'DefElem').some(
    ({ defname, arg }) => names.includes(defname ?? '') && ['false', 'off', '0', 'none'].includes(constant(arg) ?? ''),
  );

const otherServer = (statement: string): Change => ({
  kind: 'opaque',
  because: `${statement} lets another server write rows that are not in this repository`,
  dynamic: false,
});

/** CREATE SUBSCRIPTION makes a slot at the publisher, which cannot be undone, unless an option says otherwise. */
function subscribe(s: Pg.CreateSubscriptionStmt): Change[] {
  const statement = 'CREATE SUBSCRIPTION';
  const created = inert(statement, !isOff(s.options, 'connect', 'create_slot'));
  if (!isOff(s.options, 'connect')) return [created, otherServer(statement)];
  return [
    created,
    replication(
      'server',
      `The subscription ${s.subname ?? ''} is created: when it is enabled, another server writes rows to this database`,
    ),
  ];
}

const STOPS = 'later rows are not replicated';

const isDisabled = ({ options }: Pg.AlterSubscriptionStmt): boolean =>
  all(options, 'DefElem').some(
    ({ defname, arg }) =>
      defname === 'enabled' && as(arg, 'Boolean') !== undefined && as(arg, 'Boolean')?.boolval !== true,
  );

function subscription(s: Pg.AlterSubscriptionStmt): Change[] {
  const name = `The subscription ${s.subname ?? ''}`;
  const statement = 'ALTER SUBSCRIPTION';
  const own = inert(statement);
  switch (s.kind) {
    case 'ALTER_SUBSCRIPTION_ENABLED':
      return isDisabled(s)
        ? [own, replication('server', `${name} is stopped: ${STOPS}`)]
        : [own, otherServer(`${statement} … ENABLE`)];
    case 'ALTER_SUBSCRIPTION_SKIP':
      return [own, replication('data', `${name} skips a transaction of the publisher: its changes are lost here`)];
    case 'ALTER_SUBSCRIPTION_OPTIONS':
      return [
        own,
        replication('server', `${name} changes options that decide which rows it receives and which slot keeps them`),
      ];
    case 'ALTER_SUBSCRIPTION_DROP_PUBLICATION':
      return [own, replication('server', `${name} leaves publications: ${STOPS}`)];
    default:
      return [own, otherServer(statement)];
  }
}

export const replicating: Readers = {
  CreatePublicationStmt: (s, at) => [...published(s, at), ...withoutIdentity(s, at)],
  AlterPublicationStmt: altered,
  CreateSubscriptionStmt: subscribe,
  AlterSubscriptionStmt: subscription,
  DropSubscriptionStmt: s => [
    inert('DROP SUBSCRIPTION', true),
    replication(
      'data',
      `Dropping the subscription ${s.subname ?? ''} drops its slot: what the publisher has kept for it is lost`,
    ),
  ],
};
