import { analyzeMigration, type AnalyzedStatements } from '../../src/analysis/analyze-migration.ts';
import { emptyCatalog } from '../../src/catalog/empty.ts';
import { connect, type Client } from '../../src/database/service.ts';
import { startLocal, type Server } from '../../src/database/local.ts';
import { keyOf, type Catalog } from '../../src/model/schema.ts';
import type { Delivery, Migration, Statement } from '../../src/model/source.ts';
import type { Step } from '../../src/model/step.ts';
import { parse } from '../../src/sql/parse.ts';
import { introspect } from '../../src/measure/introspect.ts';
import { backend } from '../../src/measure/session.ts';
import { outline } from '../ground-truth/outline.ts';

const ROLE = 'reader';
/** What an earlier history may have left. */
const LEFTOVERS = `
  select format('drop schema %I cascade', nspname) as sql from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'
  union all select format('drop publication %I', pubname) from pg_publication`;

/** A server with one session, on which a schema is made, tried and made anew. */
export class Bench {
  readonly major: number;
  readonly client: Client;
  readonly pid: number;
  /** What the committed statements left, as they are understood. */
  catalog: Catalog = emptyCatalog();
  private readonly server: Server;

  private constructor(server: Server, client: Client, pid: number) {
    this.major = server.major;
    this.server = server;
    this.client = client;
    this.pid = pid;
  }

  static async on(server: Server): Promise<Bench> {
    const client = await connect(server.url);
    await client.query(`create role ${ROLE}`);
    return new Bench(server, client, await backend(client));
  }

  static async start(binaries: string): Promise<Bench> {
    return Bench.on(await startLocal({ binaries }));
  }

  open = (): Promise<Client> => connect(this.server.url);

  async stop(): Promise<void> {
    await this.client.end();
    await this.server.stop();
  }

  /** An empty database. */
  async reset(): Promise<void> {
    await this.client.query('discard all');
    await this.client.query('set client_min_messages = error');
    const { rows } = await this.client.query<{ sql: string }>(LEFTOVERS);
    await this.client.query([...rows.map(({ sql }) => sql), 'create schema public'].join(';'));
    this.catalog = emptyCatalog();
  }

  /** Commits a statement; false when the server refuses it. */
  async commit(sql: string): Promise<boolean> {
    try {
      await this.client.query(sql);
    } catch {
      return false;
    }
    // A history's files have sessions of their own.
    await this.client.query('discard temp');
    const how = { delivery: 'per-statement', commits: 'existing' } as const;
    this.catalog = this.understand(await parse(sql, FILE), this.catalog, how).catalog;
    return true;
  }

  /** Commits what the server accepts of a history, and says what that is. */
  async history(statements: readonly string[]): Promise<string[]> {
    await this.reset();
    const accepted: string[] = [];
    for (const sql of statements) if (await this.commit(sql)) accepted.push(sql);
    return accepted;
  }

  /** Predicts the last of some statements on the schema that is committed now, as often as it is asked to. */
  predicted(statements: readonly Statement[], delivery: Delivery): () => Step {
    const { catalog } = this;
    return () => {
      const step = this.understand(statements, catalog, { delivery, commits: 'this-pr' }).steps.at(-1);
      if (!step) throw new Error('no statement was understood');
      return step;
    };
  }

  private understand(
    statements: readonly Statement[],
    catalog: Catalog,
    { delivery, commits }: { delivery: Delivery; commits: 'existing' | 'this-pr' },
  ): AnalyzedStatements {
    const migration = { ...MIGRATION, transaction: delivery };
    return analyzeMigration(statements, catalog, { migration, pg: this.major, commits });
  }

  /** Lines of the schema that only the server has (`+`) or only the analysis (`-`). */
  async difference(predicted: Catalog): Promise<string[]> {
    // What a query yields is not typed; temporary tables are not introspected, nor how a function is
    // inlined.
    const untyped = predicted.relations.values().flatMap(table => (table.complete ? [] : `${keyOf(table)} `));
    const lines = (catalog: Catalog): string[] =>
      outline(catalog)
        .map(line => line.replace(/ default (steady|volatile)/, ' default'))
        .filter(line => !/(^| )pg_temp\./.test(line) && !untyped.some(key => line.startsWith(key)));
    const [here, there] = [lines(predicted), lines(await introspect(this.client))];
    const [ours, theirs] = [new Set(here), new Set(there)];
    return [
      ...there.filter(line => !ours.has(line)).map(line => `+ ${line}`),
      ...here.filter(line => !theirs.has(line)).map(line => `- ${line}`),
    ];
  }
}

export const FILE = 'fuzz.sql';
const MIGRATION: Migration = {
  id: 'fuzz',
  framework: 'none',
  file: FILE,
  sql: '',
  changed: true,
  direction: 'up',
  transaction: 'whole-file',
  noTransaction: null,
  unread: [],
};
