import { as, open, statement, veiled, type Wrapper } from '../work.ts';

const INSERT = "INSERT INTO notes (body) SELECT 'x'";

/** Statements that hold another statement. */
export const HOLDERS: readonly Wrapper[] = [
  open('with', ['dml'], (work, p) => {
    const d = p.name('d');
    if (work.sql.startsWith('MERGE')) return work;
    const part = `WITH ${d} AS (${work.sql} RETURNING 1 AS x)`;
    return p.one([
      as(work, 'query', `${part} SELECT count(*) FROM ${d}`),
      as(work, 'query', `${part} SELECT 1`),
      as(work, 'dml', `${part} ${INSERT} FROM ${d}`),
      as(work, 'dml', `WITH ${d} AS (${work.sql}) UPDATE settings SET value = 'w' WHERE id = 1`),
      as(work, 'query', `WITH a AS (SELECT 1), ${d} AS (${work.sql} RETURNING 1), c AS (SELECT * FROM a) TABLE c`),
      as(work, 'dml', `INSERT INTO notes (id) ${part} SELECT x FROM ${d}`),
      as(work, 'utility', `CREATE TABLE ${p.name('fresh')} AS ${part} SELECT x FROM ${d}`),
      as(work, 'query', `WITH RECURSIVE ${d} AS (${work.sql} RETURNING 1 AS x) SELECT x FROM ${d}`),
    ]);
  }),
  veiled('copy-statement', ['dml'], work => as(work, 'utility', `COPY (${work.sql} RETURNING 1) TO '/dev/null'`)),
  open('copy-statement-stdout', ['dml'], work => as(work, 'top', `COPY (${work.sql} RETURNING 1) TO STDOUT WITH CSV`)),
  open('explain-statement', ['dml', 'query'], (work, p) =>
    as(
      work,
      'utility',
      `EXPLAIN ${p.one(['ANALYZE', '(ANALYZE)', '(VERBOSE, ANALYZE TRUE)', '(ANALYZE on, TIMING off)', 'ANALYZE VERBOSE'])} ${work.sql}`,
    ),
  ),
  open('prepared-statement', ['dml', 'query'], (work, p) => {
    const c = p.name('c');
    return as(work, 'top', `EXECUTE ${c}`, [`PREPARE ${c} AS ${work.sql}`]);
  }),
  open('prepared-analyzed', ['dml', 'query'], (work, p) => {
    const c = p.name('c');
    return as(work, 'top', `EXPLAIN ANALYZE EXECUTE ${c}`, [`PREPARE ${c} AS ${work.sql}`]);
  }),
  open('cursor-statement', ['query'], (work, p) => {
    const c = p.name('c');
    return as(work, 'top', `DECLARE ${c} CURSOR WITH HOLD FOR ${work.sql}`);
  }),
  open('create-as-query', ['query'], (work, p) =>
    as(work, 'utility', `CREATE TABLE ${p.name('fresh')} AS ${work.sql}`),
  ),
  open('schema-element', ['utility'], work =>
    as(work, 'utility', work.sql, ['CREATE SCHEMA scene CREATE TABLE t (id int)']),
  ),
  veiled('batched', ['dml', 'utility', 'query', 'expression'], (work, p) =>
    as(
      work,
      'top',
      p.one([
        `BEGIN; ${statement(work)}; COMMIT`,
        `SAVEPOINT a; ${statement(work)}; RELEASE a`,
        `SAVEPOINT a; SELECT 1; ROLLBACK TO a; ${statement(work)}`,
        `COMMIT; BEGIN; ${statement(work)}`,
        `COMMIT; ${statement(work)}; BEGIN`,
        `START TRANSACTION; COMMIT AND CHAIN; ${statement(work)}; COMMIT`,
        `BEGIN; ROLLBACK; ${statement(work)}`,
        `SAVEPOINT a; ${statement(work)}; SAVEPOINT a; SELECT 1; ROLLBACK TO a`,
        `SAVEPOINT a; SELECT 1; ROLLBACK TO a; RELEASE a; ${statement(work)}`,
        `${statement(work)}; COMMIT; ROLLBACK`,
        `${statement(work)}; COMMIT; SELECT 1; ABORT`,
        `SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; ${statement(work)}`,
        `COMMIT; ${statement(work)}; SELECT 1 / 0`,
        `BEGIN; ${statement(work)}; SAVEPOINT z; SELECT 1; ROLLBACK TO z; END`,
      ]),
    ),
  ),
];
