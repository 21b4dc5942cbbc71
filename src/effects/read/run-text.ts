import type { Change } from '../../model/effect.ts';
import { valueOf } from '../../sql/constant-text.ts';
import type { Tree } from '../../sql/nodes.ts';
import { parseNow } from '../../sql/parse-now.ts';
import type { Reading } from '../reader.ts';
import { resolveName } from '../../catalog/resolve.ts';
import { dottedName } from '../../sql/dotted-name.ts';
import { statementInBody } from './statement-in-body.ts';
import { ownCalls } from './own-calls.ts';
import { keyOf } from '../../model/schema.ts';

type Runs = (args: readonly Tree[], at: Reading) => readonly Change[];

const notAnalyzed = (because: string): Change => ({ kind: 'opaque', because, dynamic: true });

/** The text is an argument: it is read when it is a constant. */
const argument =
  (name: string, place: number): Runs =>
  (args, at) => {
    const node = args[place];
    if (!node) return [];
    const text = valueOf(node, ownCalls(at.catalog));
    const nodes = text === null ? null : parseNow(text);
    if (nodes === null) return [notAnalyzed(`${name}() runs SQL built at run time`)];
    return nodes.flatMap(node => statementInBody(node, at));
  };

const elsewhere =
  (name: string): Runs =>
  () => [notAnalyzed(`${name}() runs SQL over a separate connection`)];

const several =
  (name: string, what: string): Runs =>
  () => [notAnalyzed(`${name}() runs ${what}, which are not analyzed`)];

/** A table or view that is read. */
const relation: Runs = ([node], { catalog }) => {
  const text = valueOf(node, ownCalls(catalog));
  const parts = text === null ? null : dottedName(text);
  if (parts === null) return [notAnalyzed('it reads a table or view whose name is known only at run time')];
  const read = resolveName({ schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' }, catalog);
  return [{ kind: 'read-rows', reads: [{ relation: keyOf(read), columns: null }], locking: false }];
};

/** Functions that run SQL which they are given as text, or which is kept elsewhere (xml.c, tsvector_op.c, dblink, tablefunc). */
export const RUN_TEXT: ReadonlyMap<string, Runs> = new Map<string, Runs>([
  ['query_to_xml', argument('query_to_xml', 0)],
  ['query_to_xmlschema', argument('query_to_xmlschema', 0)],
  ['query_to_xml_and_xmlschema', argument('query_to_xml_and_xmlschema', 0)],
  ['ts_stat', argument('ts_stat', 0)],
  // The form of three arguments takes no text.
  ['ts_rewrite', (args, at) => (args.length === 2 ? argument('ts_rewrite', 1)(args, at) : [])],
  ['table_to_xml', relation],
  ['table_to_xml_and_xmlschema', relation],
  ['schema_to_xml', several('schema_to_xml', 'the views of the schema')],
  ['schema_to_xml_and_xmlschema', several('schema_to_xml_and_xmlschema', 'the views of the schema')],
  ['database_to_xml', several('database_to_xml', 'the views of the database')],
  ['database_to_xml_and_xmlschema', several('database_to_xml_and_xmlschema', 'the views of the database')],
  ['crosstab', argument('crosstab', 0)],
  ['crosstab2', argument('crosstab2', 0)],
  ['crosstab3', argument('crosstab3', 0)],
  ['crosstab4', argument('crosstab4', 0)],
  ['dblink', elsewhere('dblink')],
  ['dblink_exec', elsewhere('dblink_exec')],
  ['dblink_open', elsewhere('dblink_open')],
  ['dblink_send_query', elsewhere('dblink_send_query')],
  ['pg_background_launch', elsewhere('pg_background_launch')],
]);
