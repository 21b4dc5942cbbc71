import { constant, type Picks } from '../picks.ts';
import { as, inBody, open, statement, STATEMENTS, type Wrapper } from '../work.ts';

const ANY = [...STATEMENTS, 'plpgsql'] as const;

/** A constant that is no dollar quote: escapes, other letters, in two parts. */
function spelled(text: string, p: Picks): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const at = Math.max(1, text.indexOf(' '));
  return p.one([
    constant(text),
    `E'${escaped}'`,
    `E'${escaped.replace(/[a-z]/i, letter => `\\x${letter.charCodeAt(0).toString(16)}`)}'`,
    `U&${constant(text.replaceAll('\\', '\\\\'))}`,
    `${constant(text.slice(0, at))}\n${constant(text.slice(at))}`,
  ]);
}

/** Functions and procedures: the statement runs when they are called. */
export const ROUTINES: readonly Wrapper[] = [
  open('sql-function', STATEMENTS, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` ${statement(work)}; SELECT 1 `);
    return as(work, 'expression', `${f}()`, [`CREATE FUNCTION ${f}() RETURNS int LANGUAGE sql AS ${body}`]);
  }),
  open('sql-function-string', STATEMENTS, (work, p) => {
    const f = p.name('f');
    const text = `${statement(work)}; SELECT 1`;
    const body = spelled(text, p);
    return as(work, 'expression', `${f}()`, [`CREATE FUNCTION ${f}() RETURNS int AS ${body} LANGUAGE "sql"`]);
  }),
  open('sql-function-rows', ['dml'], (work, p) => {
    const f = p.name('f');
    const body = p.dollar(`${work.sql} RETURNING 1`);
    return as(work, 'query', p.one([`SELECT * FROM ${f}()`, `SELECT count(*) FROM ${f}() AS t (x)`]), [
      `CREATE FUNCTION ${f}() RETURNS SETOF int LANGUAGE sql AS ${body}`,
    ]);
  }),
  open('atomic-function', ['dml', 'expression', 'query'], (work, p) => {
    const f = p.name('f');
    const body = `BEGIN ATOMIC ${statement(work)}; SELECT 1; END`;
    return as(work, 'expression', `${f}()`, [`CREATE FUNCTION ${f}() RETURNS int LANGUAGE sql ${body}`]);
  }),
  open('return-function', ['expression'], (work, p) => {
    const f = p.name('f');
    return as(work, 'expression', `${f}()`, [`CREATE FUNCTION ${f}() RETURNS int LANGUAGE sql RETURN ${work.sql}`]);
  }),
  open('plpgsql-function', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', `${f}()`, [`CREATE FUNCTION ${f}() RETURNS int LANGUAGE plpgsql AS ${body}`]);
  }),
  open('definer-function', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    const how = `LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, store`;
    return as(work, 'expression', `${f}()`, [`CREATE FUNCTION ${f}() RETURNS int ${how} AS ${body}`]);
  }),
  open('default-arguments', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    const call = p.one([`${f}()`, `${f}(2)`, `${f}(b => 'y')`, `${f}(a := 3)`, `${f}(1, 'z')`]);
    return as(work, 'expression', call, [
      `CREATE FUNCTION ${f}(a int DEFAULT 1, b text DEFAULT 'x') RETURNS int LANGUAGE plpgsql AS ${body}`,
    ]);
  }),
  open('default-argument-calls', ['expression'], (work, p) => {
    const f = p.name('f');
    return as(work, 'expression', `${f}()`, [
      `CREATE FUNCTION ${f}(a int DEFAULT ${work.sql}) RETURNS int LANGUAGE sql AS 'SELECT a'`,
    ]);
  }),
  open('variadic', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    const call = p.one([`${f}(1)`, `${f}(1, 2, 3)`, `${f}(VARIADIC ARRAY[1, 2])`]);
    return as(work, 'expression', call, [
      `CREATE FUNCTION ${f}(VARIADIC a int[]) RETURNS int LANGUAGE plpgsql AS ${body}`,
    ]);
  }),
  open('overload', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    const harmless = `CREATE FUNCTION ${f}(a text) RETURNS int LANGUAGE sql AS 'SELECT 1'`;
    const harmful = `CREATE FUNCTION ${f}(a int) RETURNS int LANGUAGE plpgsql AS ${body}`;
    return as(
      work,
      'expression',
      `${f}(1)`,
      p.one([
        [harmless, harmful],
        [harmful, harmless],
      ]),
    );
  }),
  open('polymorphic', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', p.one([`${f}(1)`, `${f}('x'::text)`, `${f}(NULL::orders)`]), [
      `CREATE FUNCTION ${f}(a anyelement) RETURNS int LANGUAGE plpgsql AS ${body}`,
    ]);
  }),
  open('out-argument', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} x := 1; END `);
    return as(work, 'expression', p.one([`${f}()`, `(SELECT x FROM ${f}())`]), [
      `CREATE FUNCTION ${f}(OUT x int) LANGUAGE plpgsql AS ${body}`,
    ]);
  }),
  open('table-function', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN QUERY SELECT 1; END `);
    const call = p.one([`(SELECT x FROM ${f}())`, `(SELECT x FROM ROWS FROM (${f}()) AS t (x))`]);
    return as(work, 'expression', call, [`CREATE FUNCTION ${f}() RETURNS TABLE (x int) LANGUAGE plpgsql AS ${body}`]);
  }),
  open('replaced', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', `${f}()`, [
      `CREATE FUNCTION ${f}() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      `CREATE OR REPLACE FUNCTION ${f}() RETURNS int LANGUAGE plpgsql AS ${body}`,
    ]);
  }),
  open('renamed-function', ANY, (work, p) => {
    const [f, g, s] = [p.name('f'), p.name('g'), p.name('s')];
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    const made = `CREATE FUNCTION ${g}() RETURNS int LANGUAGE plpgsql AS ${body}`;
    return p.rarely(2)
      ? as(work, 'expression', `${f}()`, [made, `ALTER FUNCTION ${g}() RENAME TO ${f}`])
      : as(work, 'expression', `${s}.${g}()`, [made, `CREATE SCHEMA ${s}`, `ALTER ROUTINE ${g} SET SCHEMA ${s}`]);
  }),
  open('swapped-function', ANY, (work, p) => {
    const [f, g] = [p.name('f'), p.name('g')];
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', `${f}()`, [
      `CREATE FUNCTION ${f}() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      `CREATE FUNCTION ${g}() RETURNS int LANGUAGE plpgsql AS ${body}`,
      `ALTER FUNCTION ${f}() RENAME TO ${f}_old`,
      `ALTER FUNCTION ${g}() RENAME TO ${f}`,
    ]);
  }),
  open('shadowing-function', ANY, (work, p) => {
    const s = p.name('s');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', 'length(5)', [
      `CREATE SCHEMA ${s}`,
      `CREATE FUNCTION ${s}.length(a int) RETURNS int LANGUAGE plpgsql AS ${body}`,
      `SELECT set_config('search_path', 'public, ${s}', false)`,
    ]);
  }),
  open('function-over-system', ANY, (work, p) => {
    const s = p.name('s');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', 'abs(5)', [
      `CREATE SCHEMA ${s}`,
      `CREATE FUNCTION ${s}.abs(a int) RETURNS int LANGUAGE plpgsql AS ${body}`,
      `SET search_path = ${s}, pg_catalog, public`,
    ]);
  }),
  open('operator-over-system', ANY, (work, p) => {
    const s = p.name('s');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', '(1 + 2)', [
      `CREATE SCHEMA ${s}`,
      `CREATE FUNCTION ${s}.f(a int, b int) RETURNS int LANGUAGE plpgsql AS ${body}`,
      `CREATE OPERATOR ${s}.+ (FUNCTION = ${s}.f, LEFTARG = int, RIGHTARG = int)`,
      `SET search_path = ${s}, pg_catalog, public`,
    ]);
  }),
  open('quoted-function', ANY, (work, p) => {
    const [f, s] = [`"F ${p.name('x')}()"`, p.name('S')];
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', `"${s}" . ${f} ()`, [
      `CREATE SCHEMA "${s}"`,
      `CREATE FUNCTION "${s}".${f}() RETURNS int LANGUAGE 'plpgsql' AS ${body}`,
    ]);
  }),
  open('procedure', ANY, (work, p) => {
    const f = p.name('p');
    const [args, given] = p.one([
      ['', ''],
      ['INOUT a int', '1'],
      ['a int DEFAULT 2', ''],
    ] as const);
    const body = p.dollar(` BEGIN ${inBody(work, p)} END `);
    return as(work, 'utility', `CALL ${f}(${given})`, [`CREATE PROCEDURE ${f}(${args}) LANGUAGE plpgsql AS ${body}`]);
  }),
  open('sql-procedure', STATEMENTS, (work, p) => {
    const f = p.name('p');
    const body = p.dollar(statement(work));
    return as(work, 'utility', `CALL ${f}()`, [`CREATE PROCEDURE ${f}() LANGUAGE sql AS ${body}`]);
  }),
  open('do-string', ANY, (work, p) => as(work, 'utility', `DO ${spelled(` BEGIN ${inBody(work, p)} END `, p)}`)),
  open('recursive', ANY, (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN IF n > 0 THEN RETURN ${f}(n - 1); END IF; ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', `${f}(2)`, [`CREATE FUNCTION ${f}(n int) RETURNS int LANGUAGE plpgsql AS ${body}`]);
  }),
  open('long-name', ANY, (work, p) => {
    const f = p.name('f').padEnd(63, 'x');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN 1; END `);
    return as(work, 'expression', `${f}_called()`, [
      `CREATE FUNCTION ${f}_made() RETURNS int LANGUAGE plpgsql AS ${body}`,
    ]);
  }),
  open('pragma', ANY, (work, p) => {
    const body = p.dollar(
      `\n#variable_conflict use_column\n<<top>>\nDECLARE a int := 1; b CONSTANT text DEFAULT 'x'; BEGIN ${inBody(work, p)} END top`,
    );
    return as(work, 'utility', `DO ${body}`);
  }),
  open('returned-query', ['dml'], (work, p) => {
    const f = p.name('f');
    const body = p.dollar(` BEGIN RETURN QUERY ${work.sql} RETURNING 1; END `);
    return as(work, 'expression', `(SELECT count(*)::int FROM ${f}())`, [
      `CREATE FUNCTION ${f}() RETURNS SETOF int LANGUAGE plpgsql AS ${body}`,
    ]);
  }),
  open('packed', ANY, (work, p) => {
    const all = [...work.before, statement(work)];
    const body = all.map(sql => (p.rarely(2) ? `EXECUTE ${p.dollar(sql)};` : `EXECUTE ${constant(sql)};`));
    return { kind: 'utility', sql: `DO ${p.dollar(` BEGIN ${body.join(' ')} END `)}`, before: [], after: work.after };
  }),
  open('do', ANY, (work, p) => {
    const body = p.dollar(` BEGIN ${inBody(work, p)} END `);
    return as(work, 'utility', p.one([`DO ${body}`, `DO LANGUAGE plpgsql ${body}`, `DO ${body} LANGUAGE plpgsql`]));
  }),
];
