/** The parser of Postgres 16, loaded when first asked for. */
export { default as PgQuery } from 'pg-query-emscripten/pg_query_wasm.js';
