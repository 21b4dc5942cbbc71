import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startLocal, type Server } from '../../src/database/local.ts';
import { connect, type Client } from '../../src/database/service.ts';
import type { Case } from './histories.ts';
import type { Sending } from './layouts.ts';
import { BASE } from './shop.ts';

/** What of the base a pull request took away. */
export type Harm = 'table gone' | 'column gone' | 'rows gone or changed' | 'catalog broken';

export interface Outcome {
  readonly harm: Harm | null;
  /** The server's message where it refused something. */
  readonly refused: string | null;
}

const LEFTOVERS = `
  select format('drop event trigger %I', evtname) as sql from pg_event_trigger
  union all select 'alter role postgres reset all'
  union all select format('drop schema %I cascade', nspname) from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'`;
/** What wrappers write to (notes, settings) counts as long as it is there. */
const SHAPE = `
  select n.nspname || '.' || c.relname || '.' || a.attname as column, format_type(a.atttypid, a.atttypmod) as type
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and (n.nspname, c.relname) in
    (('public', 'customers'), ('public', 'orders'), ('public', 'notes'), ('public', 'settings'), ('store', 'items'))`;
const ROWS = `
  select (select string_agg((id, name)::text, ' ' order by id) from public.customers where id < 9)
      || (select string_agg((id, customer_id, note, total)::text, ' ' order by id) from public.orders)
      || (select string_agg((id, note, total)::text, ' ' order by id) from store.items) as rows`;
const TIMEOUT = "set statement_timeout = '8s'";
const COMMIT_MS = 10_000;
const run = promisify(execFile);

/** A server with a database that holds the base, before each case. */
export class Bench {
  readonly major: number;
  private readonly server: Server;
  private readonly psql: string | null;
  private client: Client;
  private name = 'postgres';
  private made = 0;
  private clean = false;
  private shape = new Map<string, string>();
  private rows = '';

  private constructor(server: Server, client: Client, psql: string | null) {
    this.major = server.major;
    this.server = server;
    this.client = client;
    this.psql = psql;
  }

  static async on(server: Server): Promise<Bench> {
    const psql = await run('psql', ['--version']).then(
      () => 'psql',
      () => null,
    );
    const bench = new Bench(server, await connect(server.url), psql);
    await bench.client.query('create role app; grant create on database postgres to app');
    await bench.reset();
    bench.shape = await bench.columns();
    bench.rows = await bench.content();
    return bench;
  }

  static async start(binaries: string): Promise<Bench> {
    return Bench.on(await startLocal({ binaries }));
  }

  async stop(): Promise<void> {
    await this.client.end();
    await this.server.stop();
  }

  /** Sends what the tool would send, and says what is gone; null where this machine cannot (psql). */
  async try({ ran, sends }: Case): Promise<Outcome | null> {
    if (this.psql === null && sends.some(({ by }) => by === 'psql')) return null;
    if (!this.clean) await this.reset();
    if (ran.length > 0) {
      this.clean = false;
      const failed = await this.client.query(ran.join(';\n')).then(() => null, reported);
      await this.client.query('discard all');
      if (failed !== null) return { harm: null, refused: `the history: ${failed}` };
    }
    const refused = await this.send(sends);
    const texts = sends.flatMap(({ messages }) => messages).join('\n');
    const whole = sends.length === 1 && !/\b(commit|rollback|end|abort|prepare|chain)\b/i.test(texts);
    this.clean = refused !== null && whole && sends[0]?.by === 'wire' && ran.length === 0;
    if (this.clean) return { harm: null, refused };
    return { harm: await this.harm(), refused };
  }

  private async send(sends: readonly Sending[]): Promise<string | null> {
    const url = this.server.database(this.name);
    if (sends.some(({ by }) => by === 'psql')) {
      for (const { messages } of sends) {
        const how = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-f', '-'];
        const child = run(this.psql ?? 'psql', how, { timeout: 10_000 });
        child.child.stdin?.end(messages.join('\n'));
        const refused = await child.then(() => null, reported);
        if (refused !== null) return refused;
      }
      return null;
    }
    const client = await connect(url);
    let end: NodeJS.Timeout | undefined;
    try {
      await client.query(TIMEOUT);
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      // No timeout of the server's counts while a transaction commits.
      end = setTimeout(() => void this.client.query('select pg_terminate_backend($1)', [rows[0]?.pid]), COMMIT_MS);
      for (const { block, messages } of sends)
        for (const message of block ? ['BEGIN', ...messages, 'COMMIT'] : messages) await client.query(message);
      return null;
    } catch (error) {
      return reported(error);
    } finally {
      clearTimeout(end);
      await client.end().catch(() => undefined);
    }
  }

  private async harm(): Promise<Harm | null> {
    try {
      const now = await this.columns();
      const tables = (of: ReadonlyMap<string, string>): Set<string> =>
        new Set([...of.keys()].map(key => key.slice(0, key.lastIndexOf('.'))));
      const there = tables(now);
      if ([...tables(this.shape)].some(table => !there.has(table))) return 'table gone';
      if ([...this.shape].some(([column, type]) => now.get(column) !== type)) return 'column gone';
      return (await this.content()) === this.rows ? null : 'rows gone or changed';
    } catch {
      return 'catalog broken';
    }
  }

  private async columns(): Promise<Map<string, string>> {
    const { rows } = await this.client.query<{ column: string; type: string }>(SHAPE);
    return new Map(rows.map(({ column, type }) => [column, type]));
  }

  private async content(): Promise<string> {
    const { rows } = await this.client.query<{ rows: string | null }>(ROWS);
    return rows[0]?.rows ?? '';
  }

  private async reset(): Promise<void> {
    try {
      await this.client
        .query(`set client_min_messages = error; ${TIMEOUT}; set event_triggers = on`)
        .catch(() => undefined);
      await this.client.query(`set client_min_messages = error; ${TIMEOUT}`);
      const { rows } = await this.client.query<{ sql: string }>(LEFTOVERS);
      await this.client.query([...rows.map(({ sql }) => sql), 'create schema public', ...BASE.flat()].join(';'));
      await this.client.query('drop owned by store cascade; drop role store').catch(() => undefined);
      if (this.shape.size > 0 && (await this.harm()) !== null) throw new Error('not as it was');
    } catch {
      await this.anew();
    }
    this.clean = true;
  }

  /** Where a catalog is broken beyond repair. */
  private async anew(): Promise<void> {
    await this.client.end().catch(() => undefined);
    this.made += 1;
    const admin = await connect(this.server.database('template1'));
    try {
      this.name = `shop_${this.made}`;
      await admin.query(`create database ${this.name} template template0`);
    } finally {
      await admin.end();
    }
    this.client = await connect(this.server.database(this.name));
    await this.client.query('set client_min_messages = error');
    await this.client.query(BASE.flat().join(';'));
  }
}

const reported = (error: unknown): string => (error instanceof Error ? error.message : String(error));
