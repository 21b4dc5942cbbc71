import type { Client } from '../database/service.ts';
import type { LockMode } from '../model/lock.ts';

/**
 * A mode on tables, ACCESS SHARE on them and their indexes (planning takes it), wherever they are to be had at once. A
 * partitioned table is locked first and has no work done: there the mode that stops whatever stops anybody.
 */
const stand = (mode: LockMode): string => `do $$
  declare one text; its text;
  begin
    for one, its in select pg_catalog.format('%I.%I', n.nspname, c.relname),
        case c.relkind when 'p' then 'share row exclusive' else '${mode}' end
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and c.relpersistence <> 't'
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    loop
      begin
        execute 'select from only ' || one || ' limit 0';
      exception when others then null;
      end;
      begin
        execute 'lock table only ' || one || ' in ' || its || ' mode nowait';
      exception when others then null;
      end;
    end loop;
  end $$`;

/** An open transaction in the way of what changes tables. */
export class Blocker {
  private client: Client | null = null;
  private readonly open: () => Promise<Client>;
  private readonly mode: LockMode;

  constructor(open: () => Promise<Client>, mode: LockMode) {
    this.open = open;
    this.mode = mode;
  }

  get stands(): boolean {
    return this.client !== null;
  }

  /** Puts a new transaction in the way, and only then takes the last one out of it. */
  async renew(): Promise<void> {
    const next = await this.open();
    await next.query(`begin; set local lock_timeout = '10ms'`);
    await next.query(stand(this.mode));
    await this.leave();
    this.client = next;
  }

  async leave(): Promise<void> {
    const last = this.client;
    this.client = null;
    await last?.query('rollback');
    await last?.end();
  }
}
