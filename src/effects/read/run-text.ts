import type { Change } from '../../model/effect.ts';
import { keyOf } from '../../model/schema.ts';
import { valueOf } from '../../sql/constant-text.ts';
import { dottedName } from '../../sql/dotted-name.ts';
import type { Tree } from '../../sql/nodes.ts';
import { RUNS_TEXT } from '../data/server-functions.ts';
import type { Reading } from '../reader.ts';
import { resolveName } from '../resolve.ts';
import { runText } from './server-calls.ts';

type Runs = (args: readonly Tree[], at: Reading) => readonly Change[];

const several =
  (name: string, what: string): Runs =>
  () => [{ kind: 'opaque', because: `${name}() runs ${what}, which are not followed`, dynamic: true }];

/** A table or view that is read. */
const relation: Runs = ([given], { catalog }) => {
  const parts = dottedName(valueOf(given, new Map()) ?? '');
  if (parts === null) return [];
  const read = resolveName({ schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' }, catalog);
  return [{ kind: 'read-rows', reads: [{ relation: keyOf(read), columns: null }], locking: false }];
};

/** Functions that read what they are given the name of, or run a text in one of their forms (xml.c, tsvector_op.c). */
export const READS_NAMED: ReadonlyMap<string, Runs> = new Map<string, Runs>([
  ['ts_rewrite', (args, at) => (args.length === 2 ? runText(args[1], null, at) : [])],
  ['table_to_xml', relation],
  ['table_to_xml_and_xmlschema', relation],
  ['schema_to_xml', several('schema_to_xml', 'the views of the schema')],
  ['schema_to_xml_and_xmlschema', several('schema_to_xml_and_xmlschema', 'the views of the schema')],
  ['database_to_xml', several('database_to_xml', 'the views of the database')],
  ['database_to_xml_and_xmlschema', several('database_to_xml_and_xmlschema', 'the views of the database')],
]);

/** Does a function of the server run more than its own code? */
export const runsOthers = (name: string): boolean => READS_NAMED.has(name) || RUNS_TEXT.has(name);
