import { commit, endSession } from '../catalog/commit.ts';
import { markUncertain, hides } from '../catalog/uncertain.ts';
import { isHeld, same, type Change, type ChangeOf, type CostOf, type Relation } from '../model/effect.ts';
import { keyOf, type Catalog } from '../model/schema.ts';
import type { Delivery } from '../model/source.ts';
import type { Step, Transaction, WholeTransaction } from '../model/step.ts';

/** What a rollback brings back. */
interface State {
  readonly catalog: Catalog;
  readonly heldLocks: readonly CostOf<'lock'>[];
  readonly session: ReadonlyMap<string, string>;
  readonly local: ReadonlyMap<string, string>;
}

interface Savepoint extends State {
  readonly name: string;
}

/** Filled while the transaction goes on. */
interface Recorded extends WholeTransaction {
  after: Catalog;
  readonly steps: Step[];
}

/** The age that objects get when their transaction commits. */
export type Commits = 'existing' | 'this-pr';

/**
 * One connection of the migration tool: the schema it sees, what its open transaction holds, its settings. The tool's
 * way of delivering a file decides which statements share a transaction (Delivery).
 */
export class Connection {
  catalog: Catalog;
  /** Replaced when one is added, so that a step may keep it. */
  heldLocks: readonly CostOf<'lock'>[] = [];
  previous: Step | null = null;
  settings: ReadonlyMap<string, string> = new Map();
  whole: WholeTransaction;
  private recorded: Recorded;
  private readonly delivery: Delivery;
  private readonly commits: Commits;
  private session: ReadonlyMap<string, string> = new Map();
  private local: ReadonlyMap<string, string> = new Map();
  private readonly opened: Catalog;
  /** A block that the tool, or the server for its message, has opened. */
  private wrapped: boolean;
  /** Postgres has made it by itself. */
  private implicit: boolean;
  private begun = false;
  private position = 0;
  private atStart: State;
  /** The innermost last. */
  private savepoints: readonly Savepoint[] = [];

  constructor(
    catalog: Catalog,
    { delivery, statements, commits }: { delivery: Delivery; statements: number; commits: Commits },
  ) {
    this.catalog = catalog;
    this.opened = catalog;
    this.delivery = delivery;
    this.commits = commits;
    this.wrapped = OPENS[delivery](statements);
    this.implicit = IMPLICIT.has(delivery);
    this.atStart = this.state;
    this.recorded = this.whole = recording(catalog);
  }

  get transaction(): Transaction {
    return {
      block: this.wrapped || this.begun,
      implicit: this.wrapped && !this.begun && this.implicit,
      explicit: this.begun,
      position: this.position,
    };
  }

  /** After a statement's changes were applied: settings, transaction control, and the commit of one that stands alone. */
  after(step: Step): void {
    this.catalog = step.after;
    let control = false;
    for (const change of step.changes) {
      control ||= change.kind === 'transaction' && !change.within;
      this.follow(change);
      // psql goes on after a statement that failed: what it should have made hides nothing for certain.
      if (this.delivery === 'as-written' && hides(change, step.before))
        this.catalog = markUncertain(this.catalog, change);
    }
    if (control) return;
    this.recorded.steps.push(step);
    this.previous = step;
    this.position += 1;
    // Nobody waits for a relation that nobody can see yet.
    const lasting = step.costs
      .filter(cost => cost.kind === 'lock')
      .filter(({ until, relation }) => until === 'commit' && relation.age !== 'this-transaction');
    for (const lock of lasting) if (!isHeld(lock, this.heldLocks)) this.heldLocks = [...this.heldLocks, lock];
    for (const change of step.changes) this.heldLocks = renamed(this.heldLocks, change, step.before);
    if (!this.transaction.block) this.end();
  }

  /** The next statements are sent in one message, which is a transaction of its own unless one is open. */
  beginMessage(): void {
    if (this.transaction.block) return;
    this.wrapped = true;
    this.implicit = true;
  }

  endMessage(): void {
    if (IMPLICIT.has(this.delivery) || !this.implicit) return;
    this.wrapped = false;
    this.implicit = false;
    if (!this.begun) this.end();
  }

  /** The connection closes, or the tool commits what it wrapped. */
  close(): Catalog {
    this.end();
    return endSession(this.catalog, this.opened);
  }

  /** The schema as it is once the tool commits, while the transaction goes on into the next file. */
  get committed(): Catalog {
    return endSession(commit(this.catalog, this.atStart.catalog, this.commits), this.opened);
  }

  /** What a file that was not read as a whole leaves open. */
  revise(update: (catalog: Catalog) => Catalog): void {
    this.catalog = update(this.catalog);
  }

  /** BEGIN without COMMIT: the work is rolled back when the tool disconnects. */
  get open(): boolean {
    return this.begun;
  }

  private follow(change: Change): void {
    // A setting that may not have been made protects nobody.
    if (change.condition !== undefined && change.kind === 'set') return;
    if (change.kind === 'set') this.set(change.setting, change.value, change.local);
    if (change.kind === 'reset') this.reset(change.setting);
    if (change.kind === 'discard' && change.what === 'all') this.reset(null);
    if (change.kind === 'transaction' && !change.within) this.control(change);
  }

  private control({ verb, savepoint = '', chain }: ChangeOf<'transaction'>): void {
    if (verb === 'begin') this.begun = true;
    if (verb === 'savepoint') this.savepoints = [...this.savepoints, { ...this.state, name: savepoint }];
    // A name stands for the newest savepoint that has it.
    const at = this.savepoints.findLastIndex(({ name }) => name === savepoint);
    const target = this.savepoints[at];
    if (verb === 'release' && target) this.savepoints = this.savepoints.slice(0, at);
    if (verb === 'rollback-to' && target) {
      this.savepoints = this.savepoints.slice(0, at + 1);
      this.restore(target);
    }
    if (verb !== 'commit' && verb !== 'rollback' && verb !== 'prepare') return;
    if (verb === 'rollback') this.restore(this.atStart);
    this.begun = chain ?? false;
    // A COMMIT ends the tool's own BEGIN; a message of several statements stays an implicit block (measured, 15).
    if (!this.implicit) this.wrapped = false;
    this.end();
  }

  /** What a rollback brings back. */
  private get state(): State {
    const { catalog, heldLocks, session, local } = this;
    return { catalog, heldLocks, session, local };
  }

  /** Prepared statements are the session's, and outlive it. */
  private restore({ catalog, heldLocks, session, local }: State): void {
    this.catalog = { ...catalog, prepared: this.catalog.prepared };
    this.heldLocks = heldLocks;
    this.session = session;
    this.local = local;
    this.settle();
  }

  private set(setting: string, value: string | null, local: boolean): void {
    if (local && !this.transaction.block) return;
    const map = new Map(local ? this.local : this.session);
    if (value === null) map.delete(setting);
    else map.set(setting, value);
    if (local) this.local = map;
    else this.session = map;
    this.settle();
  }

  private reset(setting: string | null): void {
    const without = (map: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
      new Map([...map].filter(([name]) => setting !== null && name !== setting));
    this.session = without(this.session);
    this.local = without(this.local);
    this.settle();
  }

  /** The settings that the next statement starts with. */
  private settle(): void {
    if (this.settings.size + this.session.size + this.local.size > 0)
      this.settings = new Map([...this.session, ...this.local]);
  }

  private end(): void {
    this.recorded.after = this.catalog;
    this.catalog = commit(this.catalog, this.atStart.catalog, this.commits);
    this.heldLocks = [];
    this.previous = null;
    this.position = 0;
    if (this.local.size > 0) this.local = new Map();
    this.settle();
    this.savepoints = [];
    this.atStart = this.state;
    this.recorded = this.whole = recording(this.catalog);
  }
}

const recording = (catalog: Catalog): Recorded => ({ before: catalog, after: catalog, steps: [] });

/** A lock is held on the relation, whatever that is called by now. */
function renamed(heldLocks: readonly CostOf<'lock'>[], change: Change, catalog: Catalog): readonly CostOf<'lock'>[] {
  const [is, to] = renaming(change, catalog);
  return to === null
    ? heldLocks
    : heldLocks.map(lock => (is(lock.relation) ? { ...lock, relation: { ...lock.relation, ...to } } : lock));
}

type Renaming = readonly [(relation: Relation) => boolean, Partial<Relation> | null];

function renaming(change: Change, catalog: Catalog): Renaming {
  switch (change.kind) {
    case 'rename-relation':
      return [relation => same(relation, change.relation), { name: change.to }];
    case 'move-relation':
      // The sequences that it owns move along.
      return [
        relation =>
          same(relation, change.relation) ||
          catalog.relations.get(keyOf(relation))?.ownedBy?.table === keyOf(change.relation),
        { schema: change.schema_to },
      ];
    case 'rename-index':
      return [relation => same(relation, { ...change.relation, name: change.index }), { name: change.to }];
    case 'rename-schema':
      return [({ schema }) => schema === change.schema, { schema: change.to }];
    default:
      return [() => false, null];
  }
}

const IMPLICIT: ReadonlySet<Delivery> = new Set(['one-message', 'pipeline']);

/** Is a block open when the first statement runs? */
const OPENS: Readonly<Record<Delivery, (statements: number) => boolean>> = {
  'all-files': () => true,
  'whole-file': () => true,
  'one-message': statements => statements > 1,
  pipeline: () => true,
  'per-statement': () => false,
  'as-written': () => false,
};
