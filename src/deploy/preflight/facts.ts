import type { Catalog } from '../../model/schema.ts';

/** Rows of one query, or why there are none. */
export interface Part<T> {
  readonly rows: readonly T[];
  /** Null if they were read. */
  readonly problem: string | null;
}

export interface ServerFacts {
  /** `server_version_num`. */
  readonly version: number;
  /** A standby. */
  readonly recovering: boolean;
  /** The role of the connection. */
  readonly session: string;
  /** The role that runs the migrations; null if it does not exist. */
  readonly role: string | null;
  readonly super: boolean;
  /** The role has CREATE on the database. */
  readonly createsSchemas: boolean;
  /** `autovacuum_freeze_max_age`, in transactions. */
  readonly freezeAge: number;
  /** Seconds that the counters of tables have been counting for. */
  readonly statsSeconds: number;
  /** `default_transaction_read_only` of the role or the database. */
  readonly readOnly: boolean;
}

export interface TableFacts {
  readonly schema: string;
  readonly name: string;
  /** `pg_class.reltuples`: an estimate; negative where nothing was counted (14+). */
  readonly rows: number;
  /** With indexes and TOAST; 0 for a partitioned table. */
  readonly bytes: number;
  readonly owner: string;
  /** The role that runs the migrations has the rights of the owner. */
  readonly owned: boolean;
  readonly inserts: boolean;
  /** `age(relfrozenxid)`, in transactions. */
  readonly age: number;
  /** `autovacuum_freeze_max_age` of the table. */
  readonly freezeAge: number | null;
  /** Rows inserted, updated and deleted, and scans begun, since the counters were reset. */
  readonly writes: number;
  readonly reads: number;
}

/** Another session, or a prepared transaction. */
export interface SessionFacts {
  readonly pid: number | null;
  /** Age of its transaction; null if it has none, or the role may not see it. */
  readonly seconds: number | null;
  readonly state: string | null;
  readonly user: string | null;
  /** The role may not see more of it than that it is there. */
  readonly hidden: boolean;
}

export interface LockFacts extends SessionFacts {
  readonly schema: string;
  readonly name: string;
  /** As pg_locks spells it. */
  readonly mode: string;
  readonly granted: boolean;
  /** Of a prepared transaction. */
  readonly gid: string | null;
  readonly backend: string | null;
  /** An autovacuum that does not give way to others. */
  readonly wraparound: boolean;
}

interface PreparedFacts {
  readonly gid: string;
  readonly seconds: number;
  readonly user: string;
}

export interface AdvisoryFacts {
  readonly high: number;
  readonly low: number;
  /** 1: one key of 64 bits; 2: two of 32 (`pg_locks.objsubid`). */
  readonly parts: number;
  readonly pid: number;
}

interface ReplicaFacts {
  readonly name: string;
  readonly state: string | null;
  readonly sync: string | null;
  readonly hidden: boolean;
  readonly seconds: number | null;
  readonly bytes: number | null;
}

interface SlotFacts {
  readonly name: string;
  readonly type: string;
  readonly active: boolean;
  readonly status: string | null;
  readonly temporary: boolean;
  readonly bytes: number | null;
}

interface ExtensionFacts {
  readonly name: string;
  readonly superuser: boolean;
  readonly trusted: boolean;
  /** Version; null if it is not installed. */
  readonly installed: string | null;
}

interface SchemaFacts {
  readonly name: string;
  readonly creates: boolean;
}

/** Where a pooler stands between us and the server, and what it does. */
export type Pooling =
  | { readonly mode: 'none' }
  | { readonly mode: 'session' }
  | { readonly mode: 'transaction'; readonly because: string }
  | { readonly mode: 'unknown'; readonly because: string };

/** All that was read of the live database, in one transaction; `pooling` before it. */
export interface Facts {
  readonly pooling: Pooling;
  readonly server: ServerFacts;
  readonly tables: Part<TableFacts>;
  readonly locks: Part<LockFacts>;
  readonly snapshots: Part<SessionFacts>;
  readonly prepared: Part<PreparedFacts>;
  readonly advisory: Part<AdvisoryFacts>;
  readonly replicas: Part<ReplicaFacts>;
  readonly slots: Part<SlotFacts>;
  readonly extensions: Part<ExtensionFacts>;
  readonly schemas: Part<SchemaFacts>;
  /** The schema; null where it could not be read, for this reason. */
  readonly live:
    { readonly catalog: Catalog; readonly problem: null } | { readonly catalog: null; readonly problem: string };
}
