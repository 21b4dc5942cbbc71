import type { Bench } from '../ground-truth/live.ts';
import type { Entry } from './entry.ts';

/** Open transactions that are made to stand beside a statement. */
export type Other = 'writers' | 'readers' | 'older snapshots';

/** They touched every table, or only one that no such statement names. */
const OTHERS: Readonly<Record<Other, string>> = {
  writers: lockAll('row exclusive'),
  readers: lockAll('access share'),
  'older snapshots': 'begin isolation level repeatable read; select from reviews limit 1',
};
const TIMEOUT = `set lock_timeout = '300ms'`;

/** For whom the statement waits: what runs into lock_timeout, which bounds the waits for transactions, too. */
export async function waitsOf(live: Bench, { setup = '', sql, setting = '' }: Entry): Promise<Other[]> {
  const found: Other[] = [];
  for (const [other, begin] of Object.entries(OTHERS)) {
    const waits = await live.copied({ setup, setting }, async open => {
      const [beside, client] = [await open(), await open()];
      await beside.query(begin);
      await client.query(TIMEOUT);
      const code = await client.query(sql).then(
        () => null,
        (error: unknown) => (error as { code?: string }).code,
      );
      await Promise.all([beside.end(), client.end()]);
      return code === '55P03';
    });
    if (waits === true) found.push(other as Other);
  }
  return found;
}

/** On every table, and ACCESS SHARE on its indexes, as planning takes it. */
function lockAll(mode: string): string {
  return `begin; do $$ declare one regclass; begin
    for one in select oid from pg_class where relkind in ('r', 'p')
      and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
    loop execute format('select from only %s limit 0', one); execute format('lock table only %s in ${mode} mode', one); end loop; end $$`;
}
