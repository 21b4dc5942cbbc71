/** Loaded when first asked for. */
export { deparseSync } from 'pgsql-deparser';
