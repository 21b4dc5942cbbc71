import { embeddedTestServer } from '../../src/database/embedded-test-server.ts';
import type { Server } from '../../src/database/local.ts';
import type { TestDatabase } from '../../src/database/test-server.ts';
import { connect, type Client } from '../../src/database/service.ts';
import {
  measureOutsideTransaction,
  measureWithoutWatcher,
  type MeasureOutsideTransaction,
} from '../../src/measure/outside-transaction.ts';

/** Databases in which a superuser tries things out. */
export interface Cluster {
  /** Runs once, for what all databases share. */
  shared(sql: readonly string[]): Promise<void>;
  make(name: string, like?: string): Promise<void>;
  open(name: string): Promise<Client>;
  drop(name: string): Promise<void>;
  end(): Promise<void>;
  readonly byItself: MeasureOutsideTransaction;
}

/** On a server that is running, which stays. */
export async function serverCluster(server: Server): Promise<Cluster> {
  const admin = await connect(server.url);
  const order = async (sql: string): Promise<void> => {
    await admin.query(sql);
  };
  return {
    shared: async sql => {
      for (const one of sql) await order(one);
    },
    make: (name, like) => order(`create database ${name}${like === undefined ? '' : ` template ${like}`}`),
    open: name => connect(server.database(name)),
    drop: name => order(`drop database ${name} with (force)`),
    end: () => admin.end(),
    byItself: measureOutsideTransaction,
  };
}

/** On the embedded Postgres, where each database is a server, and copies have what the first one has. */
export function embeddedCluster(): Cluster {
  const place = embeddedTestServer();
  const databases = new Map<string, TestDatabase>();
  let first: readonly string[] = [];
  const open = async (name: string): Promise<Client> => {
    const client = await databases.get(name)?.open();
    if (!client) throw new Error(`there is no database ${name}`);
    await client.query('set session authorization postgres');
    return client;
  };
  return {
    shared: sql => {
      first = sql;
      return Promise.resolve();
    },
    make: async (name, like) => {
      databases.set(name, await place.create(like === undefined ? undefined : databases.get(like)));
      if (like !== undefined) return;
      const client = await open(name);
      for (const sql of first) await client.query(sql);
      await client.end();
    },
    open,
    drop: async name => {
      await databases.get(name)?.drop();
      databases.delete(name);
    },
    end: () => place.close(),
    byItself: measureWithoutWatcher,
  };
}
