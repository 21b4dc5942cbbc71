import { writeFile } from 'node:fs/promises';
import { startLocal } from '../src/database/local.ts';
import { connect } from '../src/database/service.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';

/** Writes src/effects/data/{routine,type,function}-data.ts from the newest server's catalog; what came when, from all. */
const ROUTINES = `
  select p.proname as name, string_agg(distinct p.provolatile::text, '' order by p.provolatile::text) as volatility
  from pg_catalog.pg_proc p
  where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind in ('f', 'w', 'a')
    and not p.proargtypes::oid[] && array['internal'::regtype::oid, 'cstring'::regtype::oid]
    and p.prorettype not in ('internal'::regtype, 'cstring'::regtype, 'event_trigger'::regtype,
      'language_handler'::regtype, 'fdw_handler'::regtype, 'index_am_handler'::regtype, 'tsm_handler'::regtype, 'table_am_handler'::regtype)
    and p.proname !~ '^(binary_upgrade_|pg_stat_get_|RI_FKey_|bt.*cmp$|hash.*extended$)'
  group by 1 order by 1`;
const CASTS = `
  select s.typname as source, t.typname as target, c.castmethod = 'b' as binary, c.castcontext as context
  from pg_catalog.pg_cast c join pg_catalog.pg_type s on s.oid = c.castsource join pg_catalog.pg_type t on t.oid = c.casttarget
  order by 1, 2`;
/** Array types and pseudo-types have the classes that are for any array, any enum. */
const CLASSES = `
  select a.amname as method, t.typname as type
  from pg_catalog.pg_opclass c join pg_catalog.pg_am a on a.oid = c.opcmethod join pg_catalog.pg_type t on t.oid = c.opcintype
  where c.opcdefault order by 1, 2`;
const TYPES = `
  select typname as name from pg_catalog.pg_type
  where typtype in ('b', 'r', 'm') and typcategory <> 'A' and typnamespace = 'pg_catalog'::regnamespace order by 1`;
const PLAIN = `
  select typname as name from pg_catalog.pg_type
  where typstorage = 'p' and typtype = 'b' and typnamespace = 'pg_catalog'::regnamespace order by 1`;

/** All names, also of what no one calls in SQL. */
const NAMES = `
  select distinct proname as name from pg_catalog.pg_proc
  where pronamespace = 'pg_catalog'::regnamespace and prokind <> 'p' order by 1`;
/** What the extensions of contrib bring that a statement may call. */
const EXTENDED = `
  select e.extname as extension, string_agg(distinct p.proname, ' ' order by p.proname) as names
  from pg_catalog.pg_depend d
  join pg_catalog.pg_extension e on d.refobjid = e.oid and d.refclassid = 'pg_extension'::regclass
  join pg_catalog.pg_proc p on d.objid = p.oid and d.classid = 'pg_proc'::regclass
  where d.deptype = 'e' and e.extname not like 'pl%'
    and not p.proargtypes::oid[] && array['internal'::regtype::oid, 'cstring'::regtype::oid]
    and p.prorettype not in ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype, 'language_handler'::regtype)
    and p.oid not in (select amproc from pg_catalog.pg_amproc)
    and not exists (select from pg_catalog.pg_proc o where o.proname = p.proname and o.pronamespace = 'pg_catalog'::regnamespace)
  group by 1 order by 1`;

const INNER =
  /^(binary_upgrade_|brin_|bt|hash|gist_|pg_stat_get_)|(_support|skipsupport|_(in|out|recv|send|transfn|finalfn|combine|serialize|deserialize|accum|accum_inv))$/;

interface Cast {
  readonly source: string;
  readonly target: string;
  readonly binary: boolean;
  readonly context: 'i' | 'a' | 'e';
}

const major = Math.max(...MAJORS);
const [oldest = major] = MAJORS;
const since = await newNames();
const server = await startLocal({ binaries: await postgresBinaries(major) });
try {
  const client = await connect(server.url);
  const routines = (await client.query<{ name: string; volatility: string }>(ROUTINES)).rows;
  const casts = (await client.query<Cast>(CASTS)).rows;
  const classes = (await client.query<{ method: string; type: string }>(CLASSES)).rows;
  const types = (await client.query<{ name: string }>(TYPES)).rows;
  const plain = (await client.query<{ name: string }>(PLAIN)).rows;
  const available = await client.query<{ name: string }>('select name from pg_available_extensions order by 1');
  for (const { name } of available.rows)
    await client.query(`create extension if not exists "${name}" cascade`).catch(() => undefined);
  const extended = (await client.query<{ extension: string; names: string }>(EXTENDED)).rows;
  await client.end();
  const names = (keep: (volatility: string) => boolean): string =>
    wrap(routines.filter(({ volatility }) => keep(volatility)).map(({ name }) => name));
  const pairs = (keep: (cast: Cast) => boolean): string =>
    wrap(casts.filter(keep).map(({ source, target }) => `${source}>${target}`));
  await write(
    'routine-data.ts',
    'pg_proc',
    `/** Functions of pg_catalog of which an overload is volatile (pg_proc.provolatile). */
export const VOLATILE = ${names(v => v.includes('v'))};

/** Functions of which an overload is stable and none is volatile. */
export const STABLE = ${names(v => v.includes('s') && !v.includes('v'))};

/** Functions all of whose overloads are immutable. */
export const IMMUTABLE = ${names(v => v === 'i')};

/** Functions of which an overload is immutable, and another is not. */
export const SOMETIMES_IMMUTABLE = ${names(v => v.includes('i') && v !== 'i')};
`,
  );
  await write(
    'type-data.ts',
    'pg_type, pg_cast and pg_opclass',
    `/** Casts that need no work (pg_cast.castmethod b): \`source>target\`. */
export const BINARY_CASTS = ${pairs(({ binary }) => binary)};

/** Casts that are made without being written, anywhere. */
export const IMPLICIT_CASTS = ${pairs(({ context }) => context === 'i')};

/** Casts that are made without being written only into a column. */
export const ASSIGNMENT_CASTS = ${pairs(({ context }) => context === 'a')};

/** Access methods, and the types that have a default operator class there: \`method:type\`. */
export const DEFAULT_CLASSES = ${wrap(classes.map(({ method, type }) => `${method}:${type}`))};

/** Types of pg_catalog that a column may have, arrays apart. */
export const TYPES = ${wrap(types.map(({ name }) => name))};

/** Types whose values are never compressed nor moved out of line (pg_type.typstorage p). */
export const PLAIN_TYPES = ${wrap(plain.map(({ name }) => name))};
`,
  );
  await write(
    'function-data.ts',
    'pg_proc and pg_extension',
    `/** Functions of pg_catalog that a major brought, by major: \`major name name …\`. */
export const SINCE = \`
${since.map(([since, names]) => `${since} ${names.join(' ')}`).join('\n')}
\`;

/** Functions of the extensions of contrib: \`extension name name …\`. */
export const OF_EXTENSIONS = \`
${extended.map(({ extension, names }) => `${extension} ${names}`).join('\n')}
\`;
`,
  );
} finally {
  await server.stop();
}

/** What each major has that none before it had, apart from what only the server itself calls. */
async function newNames(): Promise<[number, string[]][]> {
  const seen = new Set<string>();
  const all: [number, string[]][] = [];
  for (const version of MAJORS) {
    const one = await startLocal({ binaries: await postgresBinaries(version) });
    try {
      const client = await connect(one.url);
      const found = (await client.query<{ name: string }>(NAMES)).rows.map(({ name }) => name);
      await client.end();
      if (version > oldest) all.push([version, found.filter(name => !seen.has(name) && !INNER.test(name))]);
      for (const name of found) seen.add(name);
    } finally {
      await one.stop();
    }
  }
  return all;
}

async function write(file: string, from: string, text: string): Promise<void> {
  await writeFile(
    new URL(`../src/effects/data/${file}`, import.meta.url),
    `// Written by scripts/catalog-data.ts from ${from} of Postgres ${major}. Not to be edited.\n\n${text}`,
  );
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
