/** A statement that may touch relations, and cannot be priced from the text of the migrations. */
export interface Unread {
  readonly sql: string;
  readonly why: string;
}

/** All that is left: each is a blind spot of the report. */
export const UNREAD: readonly Unread[] = [
  {
    sql: "do $$ declare t text; begin for t in select relname from pg_class where relname like 'payments_%' loop execute format('alter table %I add note text', t); end loop; end $$",
    why: 'The statement is assembled at run time. Constant text in the body is analyzed, also if it is concatenated.',
  },
  { sql: 'do language plpython3u $$ plpy.execute("drop table orders") $$', why: 'Another language than PL/pgSQL.' },
  { sql: 'call archive_orders()', why: 'The procedure is not defined in the migrations.' },
  { sql: 'execute add_note', why: 'PREPARE names the statement, possibly in another session.' },
  { sql: 'fetch next from orders_cursor', why: 'DECLARE names the query, possibly in another session.' },
  { sql: "load 'auto_explain'", why: 'A library of the server is loaded, and its code runs.' },
  { sql: 'drop owned by intern', why: 'Who owns what is not in the migrations.' },
  { sql: 'reassign owned by intern to accounting', why: 'Who owns what is not in the migrations.' },
  { sql: 'alter table all in tablespace slow set tablespace fast', why: 'The tables are not named.' },
  { sql: 'import foreign schema public from server stock into shop', why: 'The tables are described elsewhere.' },
  { sql: "copy orders from program 'fetch-orders'", why: 'A program runs on the server.' },
  {
    sql: "create subscription orders_copy connection 'host=shop' publication orders",
    why: 'Another server writes the rows.',
  },
  { sql: 'alter subscription orders_copy refresh publication', why: 'Another server writes the rows.' },
];
