import { parsePlPgSQLSync } from 'libpg-query';
import { constantText, type Bindings } from './constant-text.ts';

/** A statement that a body runs. */
export interface Part {
  /** Null when it is put together at run time. */
  readonly sql: string | null;
  /** Why it may not run; null when it does whenever the body does. */
  readonly condition: string | null;
  /** It stands in a block with an exception handler, which may swallow its failure. */
  readonly caught: boolean;
}

/**
 * The SQL that a PL/pgSQL body runs, in order, with what its parameters are bound to; every branch counts. The parser's
 * message when it does not parse.
 */
export function plpgsqlStatements(body: string, bound: Bindings = new Map()): Part[] | string {
  const tag = ['$body$', '$migration_gate$'].find(mark => !body.includes(mark));
  if (tag === undefined) return 'its dollar quotes cannot be told apart';
  let message = '';
  for (const returns of RETURNS) {
    try {
      const { plpgsql_funcs: [parsed] = [] } = parsePlPgSQLSync(
        `CREATE FUNCTION body() RETURNS ${returns} LANGUAGE plpgsql AS ${tag}${body}${tag}`,
      ) as { plpgsql_funcs?: readonly Node[] };
      const { datums, action } = (parsed?.PLpgSQL_function ?? {}) as { datums?: readonly Node[]; action?: Node };
      return new Walk(datums ?? [], unassigned(bound, body)).read(action);
    } catch (error) {
      message ||= error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    }
  }
  return message;
}

/** Parameters that the body seems to assign to keep no value. */
const unassigned = (bound: Bindings, body: string): Bindings =>
  new Map(
    [...bound].filter(([name]) => !new RegExp(`(?<![\\w$.])${name.replace(/\W/g, '\\$&')}\\s*:?=`, 'i').test(body)),
  );

/** What a body returns decides which RETURN it may hold; a DO block returns nothing. */
const RETURNS = ['void', 'int4', 'SETOF int4', 'trigger'];

/** A statement or another node: `{ PLpgSQL_stmt_if: { … } }`. */
type Node = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, unknown>>;
/** What a statement may leave early: nothing, the loop around it or the whole body. */
type Exit = 'none' | 'loop' | 'body';

const EXITS: readonly Exit[] = ['none', 'loop', 'body'];
const farthest = (exits: readonly Exit[]): Exit =>
  EXITS[Math.max(0, ...exits.map(exit => EXITS.indexOf(exit)))] ?? 'none';

/** RAW_PARSE_PLPGSQL_EXPR (parser.h); those above it are assignments. */
const EXPRESSION = 2;

interface Place {
  readonly condition: string | null;
  readonly caught: boolean;
}

/** Inside something that decides; what stands around it has decided before. */
const under = (place: Place, condition: string): Place => ({ ...place, condition: place.condition ?? condition });

const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as readonly Node[]) : []);
const inner = (node: unknown): Fields => Object.values((node ?? {}) as Record<string, Fields>)[0] ?? {};
const queryOf = (expression: unknown): string | null => {
  const { query } = inner(expression);
  return typeof query === 'string' ? query : null;
};

/** Follows a body's control flow (pl_exec.c) and notes what is run on the way. */
class Walk {
  private readonly parts: Part[] = [];
  private readonly variables: readonly Node[];
  private readonly bound: Bindings;

  constructor(variables: readonly Node[], bound: Bindings) {
    this.variables = variables;
    const own = new Set(variables.map(variable => inner(variable).refname));
    this.bound = new Map([...bound].filter(([name]) => !own.has(name)));
  }

  read(action: Node | undefined): Part[] {
    const whole: Place = { condition: null, caught: false };
    for (const variable of this.variables) this.evaluate(inner(variable), whole);
    if (action) this.visit(action, whole);
    return this.parts;
  }

  private all(statements: unknown, place: Place): Exit {
    let exit: Exit = 'none';
    for (const statement of list(statements)) {
      const here = exit === 'none' ? place : under(place, 'an earlier RETURN or EXIT may skip it');
      exit = farthest([exit, this.visit(statement, here)]);
    }
    return exit;
  }

  private visit(statement: Node, place: Place): Exit {
    const [tag = ''] = Object.keys(statement);
    const s = inner(statement);
    this.evaluate(s, place);
    switch (tag.replace('PLpgSQL_stmt_', '')) {
      case 'block':
        return this.block(s, place);
      case 'if': {
        const branch = under(place, 'an IF decides whether it runs');
        return farthest([
          this.all(s.then_body, branch),
          ...list(s.elsif_list).map(elsif => this.branch(inner(elsif), branch)),
          this.all(s.else_body, branch),
        ]);
      }
      case 'case': {
        const branch = under(place, 'a CASE decides whether it runs');
        return farthest([
          ...list(s.case_when_list).map(when => this.branch(inner(when), branch)),
          this.all(s.else_stmts, branch),
        ]);
      }
      case 'loop':
        return this.loop(s, place);
      case 'fors':
        this.run(queryOf(s.query), place);
        return this.loop(s, under(place, LOOP));
      case 'dynfors':
        this.run(constantText(queryOf(s.query), this.bound), place);
        return this.loop(s, under(place, LOOP));
      case 'forc':
        this.open(s, place);
        return this.loop(s, under(place, LOOP));
      case 'while':
      case 'fori':
      case 'foreach_a':
        return this.loop(s, under(place, LOOP));
      case 'exit':
        return 'loop';
      case 'return':
        return 'body';
      case 'execsql':
        this.run(queryOf(s.sqlstmt), place);
        return 'none';
      case 'perform':
        this.run((queryOf(s.expr) ?? '').replace(/^\s*perform\b/i, 'SELECT'), place);
        return 'none';
      case 'call':
        this.run(queryOf(s.expr), place);
        return 'none';
      case 'dynexecute':
        this.run(constantText(queryOf(s.query), this.bound), place);
        return 'none';
      case 'return_query':
      case 'open':
        this.open(s, place);
        return 'none';
      default:
        return 'none';
    }
  }

  /** ELSIF and WHEN have a condition of their own. */
  private branch(s: Fields, place: Place): Exit {
    this.evaluate(s, place);
    return this.all(s.stmts, place);
  }

  /** The handlers of an EXCEPTION clause run when a statement of the block fails. */
  private block(s: Fields, place: Place): Exit {
    const handlers = list(inner(s.exceptions).exc_list);
    return farthest([
      this.all(s.body, { ...place, caught: place.caught || handlers.length > 0 }),
      ...handlers.map(handler => this.all(inner(handler).action, under(place, 'only an exception handler runs it'))),
    ]);
  }

  private loop({ body }: Fields, place: Place): Exit {
    return this.all(body, place) === 'body' ? 'body' : 'none';
  }

  /** A query given here, put together here, or the one of a declared cursor. */
  private open({ query, dynquery, curvar }: Fields, place: Place): void {
    if (query !== undefined) this.run(queryOf(query), place);
    else if (dynquery !== undefined) this.run(constantText(queryOf(dynquery), this.bound), place);
    else if (typeof curvar === 'number') this.run(queryOf(inner(this.variables[curvar]).cursor_explicit_expr), place);
  }

  /** Expressions may read tables and call functions. */
  private evaluate(s: Fields, place: Place): void {
    for (const value of [...Object.values(s), ...list(s.params)]) {
      const { query, parseMode } = ((value as Node | null)?.PLpgSQL_expr ?? {}) as {
        query?: string;
        parseMode?: number;
      };
      if (query === undefined || parseMode === undefined || parseMode < EXPRESSION) continue;
      this.run(`SELECT ${parseMode === EXPRESSION ? query : query.replace(/^[^=]*=/, '')}`, place);
    }
  }

  private run(sql: string | null, place: Place): void {
    this.parts.push({ sql, ...place });
  }
}

const LOOP = 'a loop decides whether it runs';
