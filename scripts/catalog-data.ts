import { writeFile } from 'node:fs/promises';
import { startLocal } from '../src/database/local.ts';
import { connect } from '../src/database/service.ts';
import { MAJORS, postgresBinaries } from './postgres-binaries.ts';

/** Writes src/effects/data/catalog-data.ts from the newest server's pg_proc and pg_cast. */
const ROUTINES = `
  select p.proname as name, string_agg(distinct p.provolatile::text, '' order by p.provolatile::text) as volatility
  from pg_catalog.pg_proc p
  where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind in ('f', 'w', 'a')
    and not p.proargtypes::oid[] && array['internal'::regtype::oid, 'cstring'::regtype::oid]
    and p.prorettype not in ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype, 'event_trigger'::regtype,
      'language_handler'::regtype, 'fdw_handler'::regtype, 'index_am_handler'::regtype, 'tsm_handler'::regtype, 'table_am_handler'::regtype)
    and p.proname !~ '^(binary_upgrade_|pg_stat_get_|bt.*cmp$|hash.*extended$)'
  group by 1 order by 1`;
const CASTS = `
  select s.typname as source, t.typname as target
  from pg_catalog.pg_cast c join pg_catalog.pg_type s on s.oid = c.castsource join pg_catalog.pg_type t on t.oid = c.casttarget
  where c.castmethod = 'b' order by 1, 2`;

const major = Math.max(...MAJORS);
const server = await startLocal({ binaries: await postgresBinaries(major) });
try {
  const client = await connect(server.url);
  const routines = (await client.query<{ name: string; volatility: string }>(ROUTINES)).rows;
  const casts = (await client.query<{ source: string; target: string }>(CASTS)).rows;
  await client.end();
  const names = (keep: (volatility: string) => boolean): string =>
    wrap(routines.filter(({ volatility }) => keep(volatility)).map(({ name }) => name));
  await writeFile(
    new URL('../src/effects/data/catalog-data.ts', import.meta.url),
    `// Written by scripts/catalog-data.ts from pg_proc and pg_cast of Postgres ${major}. Not to be edited.

/** Functions of pg_catalog of which an overload is volatile (pg_proc.provolatile). */
export const VOLATILE = ${names(v => v.includes('v'))};

/** Functions of which an overload is stable and none is volatile. */
export const STABLE = ${names(v => v.includes('s') && !v.includes('v'))};

/** Functions all of whose overloads are immutable. */
export const IMMUTABLE = ${names(v => v === 'i')};

/** Casts that need no work (pg_cast.castmethod b): \`source>target\`. */
export const BINARY_CASTS = ${wrap(casts.map(({ source, target }) => `${source}>${target}`))};
`,
  );
} finally {
  await server.stop();
}

function wrap(words: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line.length + word.length > 108) {
      lines.push(line);
      line = '';
    }
    line += (line === '' ? '' : ' ') + word;
  }
  return `\`\n${[...lines, line].join('\n')}\n\``;
}
