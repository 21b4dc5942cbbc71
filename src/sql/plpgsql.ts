import { parsePlPgSQLSync } from 'libpg-query';
import { constantText, type Bindings } from './constant-text.ts';
import { answersOf, type Answer, type Guard, type Test } from './guard.ts';

/** A statement that a body runs. */
export interface Part {
  /** Null when it is put together at run time. */
  readonly sql: string | null;
  /** What decides whether it runs; empty when it does whenever the body does. */
  readonly guards: readonly Guard[];
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
/** A RETURN or EXIT: what it leaves early, and the answers on which it is met; null when they cannot be told. */
interface Exit {
  readonly leaves: 'loop' | 'body';
  readonly answers: readonly Answer[] | null;
}

/** RAW_PARSE_PLPGSQL_EXPR (parser.h); those above it are assignments. */
const EXPRESSION = 2;

interface Place {
  readonly guards: readonly Guard[];
  readonly caught: boolean;
}

/** Inside something that decides. */
const under = ({ guards, caught }: Place, because: string, answers: readonly Answer[] | null = null): Place => ({
  guards: [...guards, { because, answers }],
  caught,
});

/** Past what may have left early. */
const past = ({ guards, caught }: Place, exits: readonly Exit[]): Place => ({
  guards: [...guards, ...exits.map(({ answers }): Guard => ({ because: SKIPPED, answers, unless: true }))],
  caught,
});

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
    const whole: Place = { guards: [], caught: false };
    for (const variable of this.variables) this.evaluate(inner(variable), whole);
    if (action) this.visit(action, whole);
    return this.parts;
  }

  private all(statements: unknown, place: Place): Exit[] {
    const exits: Exit[] = [];
    for (const statement of list(statements)) exits.push(...this.visit(statement, past(place, exits)));
    return exits;
  }

  private visit(statement: Node, place: Place): Exit[] {
    const [tag = ''] = Object.keys(statement);
    const s = inner(statement);
    this.evaluate(s, place);
    switch (tag.replace('PLpgSQL_stmt_', '')) {
      case 'block':
        return this.block(s, place);
      case 'if':
        return this.branches([s, ...list(s.elsif_list).map(inner)], s.else_body, place);
      case 'case': {
        const branch = under(place, 'a CASE decides whether it runs');
        return [
          ...list(s.case_when_list).flatMap(when => this.when(inner(when), branch)),
          ...this.all(s.else_stmts, branch),
        ];
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
        return [{ leaves: 'loop', answers: answersOf(s.cond === undefined ? place.guards : this.asking(s, place)) }];
      case 'return':
        return [{ leaves: 'body', answers: answersOf(place.guards) }];
      case 'execsql':
        this.run(queryOf(s.sqlstmt), place);
        return [];
      case 'perform':
        this.run((queryOf(s.expr) ?? '').replace(/^\s*perform\b/i, 'SELECT'), place);
        return [];
      case 'call':
        this.run(queryOf(s.expr), place);
        return [];
      case 'dynexecute':
        this.run(constantText(queryOf(s.query), this.bound), place);
        return [];
      case 'return_query':
      case 'open':
        this.open(s, place);
        return [];
      default:
        return [];
    }
  }

  /** IF and each ELSIF ask in turn until one holds. */
  private branches([first, ...rest]: readonly Fields[], otherwise: unknown, place: Place): Exit[] {
    const exits: Exit[] = [];
    const refused: Answer[] = [];
    const within = (answers: readonly Answer[]): Place => under(place, IF, answers);
    const branch = (s: Fields, body: unknown): void => {
      const test: Test = { sql: queryOf(s.cond) ?? '', bound: this.bound };
      exits.push(...this.all(body, within([...refused, { test, is: true }])));
      refused.push({ test, is: false });
    };
    if (first) branch(first, first.then_body);
    for (const elsif of rest) {
      this.evaluate(elsif, within([...refused]));
      branch(elsif, elsif.stmts);
    }
    return [...exits, ...this.all(otherwise, within(refused))];
  }

  /** EXIT WHEN and CONTINUE WHEN. */
  private asking({ cond }: Fields, place: Place): readonly Guard[] {
    const test: Test = { sql: queryOf(cond) ?? '', bound: this.bound };
    return under(place, SKIPPED, [{ test, is: true }]).guards;
  }

  /** WHEN has a condition of its own. */
  private when(s: Fields, place: Place): Exit[] {
    this.evaluate(s, place);
    return this.all(s.stmts, place);
  }

  /** The handlers of an EXCEPTION clause run when a statement of the block fails. */
  private block(s: Fields, place: Place): Exit[] {
    const handlers = list(inner(s.exceptions).exc_list);
    return [
      ...this.all(s.body, { ...place, caught: place.caught || handlers.length > 0 }),
      ...handlers.flatMap(handler =>
        this.all(inner(handler).action, under(place, 'only an exception handler runs it')),
      ),
    ];
  }

  private loop({ body }: Fields, place: Place): Exit[] {
    return this.all(body, place).filter(({ leaves }) => leaves === 'body');
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

const IF = 'an IF decides whether it runs';
const LOOP = 'a loop decides whether it runs';
const SKIPPED = 'an earlier RETURN or EXIT may skip it';
