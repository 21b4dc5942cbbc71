import type { Picks } from '../picks.ts';
import { as, inBody, open, statement, STATEMENTS, veiled, type Kind, type Wrapper } from '../work.ts';

const ANY = [...STATEMENTS, 'plpgsql'] as const;
const INSERT = "INSERT INTO notes (id, body) VALUES (9, 'x')";

const trigger = (id: string, kind: Kind, fires: string, write: (f: string, p: Picks) => readonly string[]): Wrapper =>
  open(id, ANY, (work, p) => {
    const f = p.name('trg');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN NULL; END `);
    return as(work, kind, fires, [
      `CREATE FUNCTION ${f}() RETURNS trigger LANGUAGE plpgsql AS ${body}`,
      ...write(f, p),
    ]);
  });

/** What another statement sets off. */
export const TRIGGERS: readonly Wrapper[] = [
  trigger('trigger-row', 'dml', INSERT, (f, p) => [
    `CREATE TRIGGER ${f} ${p.one(['BEFORE', 'AFTER'])} INSERT ON notes FOR EACH ROW EXECUTE FUNCTION ${f}()`,
  ]),
  trigger('trigger-statement', 'dml', INSERT, (f, p) => [
    `CREATE TRIGGER ${f} ${p.one(['BEFORE', 'AFTER'])} INSERT OR UPDATE ON notes EXECUTE PROCEDURE ${f}()`,
  ]),
  trigger('trigger-update', 'dml', "UPDATE notes SET body = 'y' WHERE id = 1", f => [
    `CREATE TRIGGER ${f} AFTER UPDATE OF body ON notes FOR EACH ROW WHEN (new.body = 'y') EXECUTE FUNCTION ${f}()`,
  ]),
  trigger('trigger-no-rows', 'dml', 'DELETE FROM notes WHERE false', f => [
    `CREATE TRIGGER ${f} AFTER DELETE ON notes FOR EACH STATEMENT EXECUTE FUNCTION ${f}()`,
  ]),
  open('trigger-deferred', ANY, (work, p) => {
    // A table of its own: two of these on one table would set each other off for ever.
    const [f, t] = [p.name('trg'), p.name('fresh')];
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN NULL; END `);
    return as(work, 'dml', `INSERT INTO ${t} VALUES (1)`, [
      `CREATE FUNCTION ${f}() RETURNS trigger LANGUAGE plpgsql AS ${body}`,
      `CREATE TABLE ${t} (id int)`,
      `CREATE CONSTRAINT TRIGGER ${f} AFTER INSERT ON ${t} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ${f}()`,
    ]);
  }),
  trigger('trigger-enabled', 'dml', INSERT, f => [
    `CREATE TRIGGER ${f} AFTER INSERT ON notes EXECUTE FUNCTION ${f}()`,
    `ALTER TABLE notes DISABLE TRIGGER ALL`,
    `ALTER TABLE notes ENABLE ALWAYS TRIGGER ${f}`,
  ]),
  trigger('trigger-truncate', 'utility', 'TRUNCATE fresh_notes', f => [
    'CREATE TABLE fresh_notes (id int)',
    `CREATE TRIGGER ${f} BEFORE TRUNCATE ON fresh_notes EXECUTE FUNCTION ${f}()`,
  ]),
  trigger('trigger-new-table', 'dml', 'INSERT INTO fresh_rows VALUES (1)', f => [
    'CREATE TABLE fresh_rows (id int)',
    `CREATE TRIGGER ${f} AFTER INSERT ON fresh_rows EXECUTE FUNCTION ${f}()`,
  ]),
  trigger('trigger-copied', 'dml', 'INSERT INTO fresh_part VALUES (1)', f => [
    'CREATE TABLE fresh_whole (id int) PARTITION BY RANGE (id)',
    `CREATE TRIGGER ${f} AFTER INSERT ON fresh_whole FOR EACH ROW EXECUTE FUNCTION ${f}()`,
    'CREATE TABLE fresh_part PARTITION OF fresh_whole DEFAULT',
  ]),
  trigger('trigger-by-key', 'dml', 'UPDATE customers SET id = 50 WHERE id = 99', f => [
    'CREATE TABLE fresh_key (id int REFERENCES customers (id) ON UPDATE CASCADE)',
    "INSERT INTO customers VALUES (99, 'x')",
    'INSERT INTO fresh_key VALUES (99)',
    `CREATE TRIGGER ${f} AFTER UPDATE ON fresh_key FOR EACH ROW EXECUTE FUNCTION ${f}()`,
  ]),
  trigger(
    'trigger-by-merge',
    'dml',
    'MERGE INTO settings s USING (SELECT 1 AS id) n ON s.id = n.id WHEN MATCHED THEN UPDATE SET value = NULL',
    f => [`CREATE TRIGGER ${f} AFTER UPDATE ON settings FOR EACH ROW EXECUTE FUNCTION ${f}()`],
  ),
  trigger(
    'trigger-by-upsert',
    'dml',
    "INSERT INTO settings VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET value = 'y'",
    f => [`CREATE TRIGGER ${f} BEFORE UPDATE ON settings EXECUTE FUNCTION ${f}()`],
  ),
  trigger('trigger-replaced', 'dml', INSERT, (f, p) => [
    `CREATE FUNCTION ${f}_w() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
    `CREATE TRIGGER ${f} AFTER INSERT ON notes EXECUTE FUNCTION ${f}_w()`,
    `CREATE OR REPLACE TRIGGER ${f} ${p.one(['AFTER', 'BEFORE'])} INSERT ON notes EXECUTE FUNCTION ${f}()`,
  ]),
  trigger('trigger-on-parent', 'dml', 'INSERT INTO fresh_top VALUES (1)', f => [
    'CREATE TABLE fresh_top (id int) PARTITION BY RANGE (id)',
    'CREATE TABLE fresh_below (id int)',
    `CREATE TRIGGER ${f} AFTER INSERT ON fresh_below FOR EACH ROW EXECUTE FUNCTION ${f}()`,
    'ALTER TABLE fresh_top ATTACH PARTITION fresh_below DEFAULT',
  ]),
  trigger('trigger-renamed', 'dml', 'INSERT INTO fresh_now VALUES (1)', f => [
    'CREATE TABLE fresh_then (id int)',
    `CREATE TRIGGER ${f} AFTER INSERT ON fresh_then EXECUTE FUNCTION ${f}()`,
    'ALTER TABLE fresh_then RENAME TO fresh_now',
    `ALTER TRIGGER ${f} ON fresh_now RENAME TO ${f}_now`,
    `ALTER FUNCTION ${f}() RENAME TO ${f}_then`,
  ]),
  trigger('trigger-by-alter', 'utility', 'ALTER TABLE notes ADD COLUMN fresh_column int', f => [
    'CREATE TABLE fresh_log (id int)',
    `CREATE TRIGGER ${f} AFTER INSERT ON fresh_log EXECUTE FUNCTION ${f}()`,
    `CREATE FUNCTION ${f}_e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO fresh_log VALUES (1); END'`,
    `CREATE EVENT TRIGGER ${f} ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION ${f}_e()`,
  ]),
  trigger('trigger-instead', 'dml', 'INSERT INTO notes_view (id) VALUES (8)', f => [
    'CREATE VIEW notes_view AS SELECT * FROM notes',
    `CREATE TRIGGER ${f} INSTEAD OF INSERT ON notes_view FOR EACH ROW EXECUTE FUNCTION ${f}()`,
  ]),
  trigger('trigger-through-view', 'dml', 'INSERT INTO notes_view2 (id) VALUES (8)', f => [
    'CREATE VIEW notes_view2 AS SELECT * FROM notes',
    `CREATE TRIGGER ${f} AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION ${f}()`,
  ]),
  trigger('trigger-cascade', 'dml', 'DELETE FROM customers WHERE id = 99', f => [
    'CREATE TABLE fresh_child (id int REFERENCES customers (id) ON DELETE CASCADE)',
    "INSERT INTO customers VALUES (99, 'x')",
    'INSERT INTO fresh_child VALUES (99)',
    `CREATE TRIGGER ${f} AFTER DELETE ON fresh_child FOR EACH ROW EXECUTE FUNCTION ${f}()`,
  ]),
  veiled('trigger-by-copy', ANY, (work, p) => {
    const f = p.name('trg');
    const body = p.dollar(` BEGIN ${inBody(work, p)} RETURN NULL; END `);
    return as(work, 'utility', "COPY notes (body) FROM PROGRAM 'echo x'", [
      `CREATE FUNCTION ${f}() RETURNS trigger LANGUAGE plpgsql AS ${body}`,
      `CREATE TRIGGER ${f} AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION ${f}()`,
    ]);
  }),
  open('rule', ['dml', 'query', 'expression'], (work, p) => {
    const rule = p.name('rule');
    const does = p.one(['ALSO', 'INSTEAD']);
    return as(work, 'dml', INSERT, [`CREATE RULE ${rule} AS ON INSERT TO notes DO ${does} ${statement(work)}`]);
  }),
  open('rule-several', ['dml', 'query', 'expression'], (work, p) => {
    const rule = p.name('rule');
    return as(work, 'dml', "UPDATE notes SET body = 'z' WHERE id = 2", [
      `CREATE RULE ${rule} AS ON UPDATE TO notes DO ALSO (SELECT 1; ${statement(work)})`,
    ]);
  }),
  open('event-trigger', ANY, (work, p) => {
    const f = p.name('evt');
    const body = p.dollar(
      ` BEGIN IF to_regclass('${f}_done') IS NULL THEN CREATE TEMP TABLE ${f}_done (); ${inBody(work, p)} END IF; END `,
    );
    const event = p.one(['ddl_command_end', 'ddl_command_start']);
    return as(work, 'utility', 'CREATE TABLE fresh_event (id bigint PRIMARY KEY)', [
      `CREATE FUNCTION ${f}() RETURNS event_trigger LANGUAGE plpgsql AS ${body}`,
      `CREATE EVENT TRIGGER ${f} ON ${event} EXECUTE FUNCTION ${f}()`,
    ]);
  }),
];
