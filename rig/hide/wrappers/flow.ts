import { constant, type Picks } from '../picks.ts';
import { as, inBody, open, statement, STATEMENTS, veiled, type Work, type Wrapper } from '../work.ts';

const ANY = [...STATEMENTS, 'plpgsql'] as const;
const flow = (id: string, write: (inner: string, p: Picks) => string): Wrapper =>
  open(id, ANY, (work, p) => as(work, 'plpgsql', write(block(inBody(work, p)), p)));

/** A declaration must open a block of its own. */
const block = (body: string): string => (body.startsWith('DECLARE') ? body : body.replace(/^\s+/, ''));

/** Control structures of PL/pgSQL. */
export const FLOW: readonly Wrapper[] = [
  flow('if', (s, p) =>
    p.one([
      `IF true THEN ${s} END IF;`,
      `IF EXISTS (SELECT FROM orders) THEN ${s} END IF;`,
      `IF 1 = 2 THEN NULL; ELSE ${s} END IF;`,
      `IF (SELECT count(*) FROM settings) = 0 THEN NULL; ELSIF current_setting('server_version_num')::int > 1 THEN ${s} END IF;`,
    ]),
  ),
  flow('loop', s => `LOOP ${s} EXIT; END LOOP;`),
  flow('for', s => `FOR i IN 1..1 LOOP ${s} END LOOP;`),
  flow('for-query', (s, p) => {
    const row = p.name('r');
    return `DECLARE ${row} record; BEGIN FOR ${row} IN SELECT 1 AS x LOOP ${s} END LOOP; END;`;
  }),
  flow('foreach', (s, p) => {
    const i = p.name('i');
    return `DECLARE ${i} int; BEGIN FOREACH ${i} IN ARRAY ARRAY[1] LOOP ${s} END LOOP; END;`;
  }),
  flow('while', (s, p) => {
    const go = p.name('go');
    return `DECLARE ${go} boolean := true; BEGIN WHILE ${go} LOOP ${s} ${go} := false; END LOOP; END;`;
  }),
  flow('case', (s, p) =>
    p.one([`CASE 1 WHEN 2 THEN NULL; ELSE ${s} END CASE;`, `CASE WHEN 1 > 0 THEN ${s} ELSE NULL; END CASE;`]),
  ),
  flow('exception', s => `BEGIN RAISE EXCEPTION 'x'; EXCEPTION WHEN OTHERS THEN ${s} END;`),
  flow('exception-cause', s => `BEGIN PERFORM 1 / 0; EXCEPTION WHEN division_by_zero THEN ${s} END;`),
  flow('exception-guarded', s => `BEGIN ${s} EXCEPTION WHEN undefined_table THEN NULL; END;`),
  flow('block', s => `<<outer_block>> BEGIN BEGIN ${s} END; EXIT outer_block; END;`),
  flow('skipped-first', s => `LOOP EXIT WHEN false; ${s} EXIT; END LOOP;`),
  flow('continue', s => `FOR i IN 1..2 LOOP CONTINUE WHEN i = 1; ${s} END LOOP;`),
  flow('committed', s => `${s} COMMIT;`),
  flow('caught-later', s => `BEGIN ${s} EXCEPTION WHEN OTHERS THEN RAISE; END;`),
  flow('declared', (s, p) => {
    const v = p.name('v');
    return `DECLARE ${v} text; ${v}_n int := 0; BEGIN SELECT 'x' INTO ${v}; GET DIAGNOSTICS ${v}_n = ROW_COUNT; ${s} END;`;
  }),
  flow('assertion', s => `ASSERT true; ${s}`),
];

const dynamic = (id: string, readable: boolean, write: (text: string, p: Picks) => string): Wrapper =>
  (readable ? open : veiled)(id, STATEMENTS, (work: Work, p) => as(work, 'plpgsql', write(statement(work), p)));

const pieces = (text: string, p: Picks): string[] => {
  const at = 1 + p.int(Math.max(1, text.length - 1));
  return [text.slice(0, at), text.slice(at)];
};

/** EXECUTE of text. */
export const EXECUTES: readonly Wrapper[] = [
  dynamic('execute', true, text => `EXECUTE ${constant(text)};`),
  dynamic('execute-dollar', true, (text, p) => `EXECUTE ${p.dollar(text)};`),
  dynamic('execute-concatenated', true, (text, p) => `EXECUTE ${pieces(text, p).map(constant).join(' || ')};`),
  dynamic('execute-format', true, text => `EXECUTE format('%s', ${constant(text)});`),
  dynamic('execute-variable', true, (text, p) => {
    const v = p.name('v');
    return `DECLARE ${v} text := ${constant(text)}; BEGIN EXECUTE ${v}; END;`;
  }),
  dynamic('execute-assigned', true, (text, p) => {
    const v = p.name('v');
    const [a = '', b = ''] = pieces(text, p);
    return `DECLARE ${v} text; BEGIN ${v} := ${constant(a)}; ${v} := ${v} || ${constant(b)}; EXECUTE ${v}; END;`;
  }),
  dynamic('execute-looped', true, (text, p) => {
    const v = p.name('v');
    return `DECLARE ${v} text; BEGIN FOREACH ${v} IN ARRAY ARRAY['SELECT 1', ${constant(text)}] LOOP EXECUTE ${v}; END LOOP; END;`;
  }),
  dynamic('execute-chr', false, text => {
    const codes = Array.from(text).map(letter => `chr(${letter.codePointAt(0) ?? 32})`);
    return `EXECUTE ${codes.join('||')};`;
  }),
  dynamic('execute-decoded', false, text => {
    const hex = Buffer.from(text).toString('hex');
    return `EXECUTE convert_from(decode('${hex}', 'hex'), 'UTF8');`;
  }),
  dynamic('execute-reversed', false, text => `EXECUTE reverse(${constant(Array.from(text).reverse().join(''))});`),
  dynamic('execute-selected', false, (text, p) => {
    const v = p.name('v');
    return `DECLARE ${v} text; BEGIN SELECT ${constant(text)} INTO ${v}; EXECUTE ${v}; END;`;
  }),
  veiled('execute-stored', STATEMENTS, (work, p) =>
    as(work, 'plpgsql', `EXECUTE (SELECT value FROM settings WHERE id = 50);`, [
      `INSERT INTO settings (id, value) VALUES (50, ${p.dollar(statement(work))}) ON CONFLICT (id) DO UPDATE SET value = excluded.value`,
    ]),
  ),
  dynamic('execute-for', true, (text, p) => {
    const row = p.name('r');
    return `DECLARE ${row} record; BEGIN FOR ${row} IN EXECUTE ${constant(text)} LOOP NULL; END LOOP; END;`;
  }),
  dynamic('execute-cursor', true, (text, p) => {
    const c = p.name('c');
    return `DECLARE ${c} refcursor; BEGIN OPEN ${c} FOR EXECUTE ${constant(text)}; MOVE NEXT FROM ${c}; END;`;
  }),
  dynamic('execute-into', true, (text, p) => {
    const v = p.name('v');
    return `DECLARE ${v} record; BEGIN EXECUTE ${constant(text)} INTO ${v}; END;`;
  }),
  veiled('execute-names', ['utility', 'dml'], (work, p) => {
    const row = p.name('r');
    return as(
      work,
      'plpgsql',
      `DECLARE ${row} record; BEGIN FOR ${row} IN SELECT relname FROM pg_class WHERE relname IN ('orders', 'items') AND relkind = 'r' LOOP EXECUTE format('DELETE FROM %s', (SELECT oid::regclass FROM pg_class WHERE relname = ${row}.relname AND relkind = 'r')); END LOOP; END;`,
    );
  }),
  veiled('execute-own-function', STATEMENTS, (work, p) => {
    const [s, name] = [p.name('s'), p.one(['lower', 'upper', 'reverse', 'btrim', 'quote_ident'])];
    const made = `CREATE FUNCTION ${s}.${name}(text) RETURNS text LANGUAGE sql AS ${p.dollar(`SELECT ${constant(statement(work))}::text`)}`;
    const path = p.rarely(2) ? [`SET search_path = ${s}, pg_catalog, public`] : [];
    const call = path.length > 0 ? name : `${s}.${name}`;
    return as(work, 'plpgsql', `EXECUTE ${call}('SELECT 1');`, [`CREATE SCHEMA ${s}`, made, ...path]);
  }),
  dynamic('execute-width', false, text => `EXECUTE format('-- %1$2s', E'\\n' || ${constant(text)});`),
  dynamic('execute-cut', false, text => `EXECUTE ${constant(`${text} -- more`)}::varchar(${text.length});`),
  dynamic('execute-using', true, text => `EXECUTE ${constant(text)} USING 1;`),
  dynamic('query-to-xml', false, text => `PERFORM query_to_xml(${constant(text)}, true, false, '');`),
];
