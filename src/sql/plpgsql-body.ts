import { parsePlpgsql } from './parser.ts';
import type { Node } from './plpgsql-nodes.ts';
import { scannable } from './scannable.ts';

/** A body as the parser has it. */
export interface ParsedBody {
  readonly datums: readonly Node[];
  readonly action: Node | undefined;
}

/** A PL/pgSQL body parsed by itself: what it returns and which parameters it has is tried out. The message where it does not parse. */
export function parseBody(body: string): ParsedBody | string {
  const tag = ['$body$', '$migration_gate$'].find(mark => !body.includes(mark));
  if (tag === undefined) return 'its dollar quotes are ambiguous';
  let message = '';
  const parameters: string[] = [];
  for (let nth = 0; nth < RETURNS.length;) {
    const parameterList = parameters.map(name => `${name} text`).join(', ');
    try {
      const [parsed] = parsePlpgsql(
        `CREATE FUNCTION body(${parameterList}) RETURNS ${RETURNS[nth]} LANGUAGE plpgsql AS ${tag}${scannable(body)}${tag}`,
      );
      const { datums, action } = (parsed?.PLpgSQL_function ?? {}) as { datums?: readonly Node[]; action?: Node };
      return { datums: datums ?? [], action };
    } catch (error) {
      const text = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
      const unknown = UNKNOWN.exec(text)?.[1];
      if (unknown !== undefined && parameters.length < MOST && !parameters.includes(`"${unknown}"`)) {
        parameters.push(`"${unknown}"`);
        continue;
      }
      message ||= text;
      nth += 1;
    }
  }
  return message;
}

/** What a body assigns to and does not declare is a parameter: of what type does not matter here. */
const UNKNOWN = /^"([^".]+)" is not a known variable/;
/** Parameters that a function can have (FUNC_MAX_ARGS). */
const MOST = 100;

/** What a body returns decides which RETURN it may hold; a DO block returns nothing. */
const RETURNS = ['void', 'int4', 'SETOF int4', 'trigger'];
