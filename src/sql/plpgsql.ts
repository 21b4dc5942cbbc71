import type { Node as SqlNode } from '../model/source.ts';
import { constantArray, constantRange, constantRows, type ConstantRows } from './constant-rows.ts';
import { constantText, type Bindings } from './constant-text.ts';
import { answersOf, undecided, type Answer, type Guard, type Test } from './guard.ts';
import { parseBody } from './plpgsql-body.ts';
import { isAssigned, unassigned } from './plpgsql-parameters.ts';
import { commits, inner, list, queryOf, several, type Fields, type Node } from './plpgsql-nodes.ts';
import { Variables } from './plpgsql-variables.ts';

/** A statement that a body runs. */
export interface Part {
  /** Null when it is put together at run time. */
  readonly sql: string | null;
  /** The statements of the text, where they come as such. */
  readonly nodes?: readonly SqlNode[];
  /** Why what would run here was not followed: a limit of ours. */
  readonly unread?: string;
  /** What decides whether it runs; empty when it does whenever the body does. */
  readonly guards: readonly Guard[];
  /** It stands in a block with an exception handler, which may swallow its failure. */
  readonly caught: boolean;
  /** So do others, with whose failure its effect would go. */
  readonly together?: true;
  /** A loop runs it again and again, without a COMMIT in between. */
  readonly repeats?: true;
  /** The query for each of whose rows a loop runs it. */
  readonly rowsOf?: string;
}

/**
 * The SQL that a PL/pgSQL body runs, in order, with what its parameters are bound to; every branch counts. The parser's
 * message when it does not parse.
 */
export function plpgsqlStatements(body: string, bound: Bindings = new Map()): Part[] | string {
  const parsed = parseBody(body);
  if (typeof parsed === 'string') return parsed;
  const variables = new Variables(parsed.datums, parsed.action);
  const parts = new Walk(variables).read(
    parsed.action,
    unassigned(bound, name => variables.assigns(name) || isAssigned(name, body)),
  );
  return VARIABLES_FIRST.test(body) ? parts.map(undecided) : parts;
}

/** A variable may then stand where a condition seems to name a column (manual, 43.11.1). */
const VARIABLES_FIRST = /#\s*variable_conflict\s+use_variable/i;

/** A RETURN or EXIT: what it leaves early, and the answers on which it is met; null where that is unknown. */
interface Exit {
  readonly leaves: 'iteration' | 'loop' | 'body';
  /** The block or loop that EXIT and CONTINUE name; else the innermost loop. */
  readonly label: unknown;
  readonly answers: readonly Answer[] | null;
}

/** RAW_PARSE_PLPGSQL_EXPR (parser.h); those above it are assignments. */
const EXPRESSION = 2;

interface Place {
  readonly guards: readonly Guard[];
  readonly caught: boolean;
  readonly together?: boolean;
  readonly repeats?: boolean;
  readonly rowsOf?: string | null;
  /** The constants that names stand for here. */
  readonly bound: Bindings;
}

/** Inside something that decides. */
const under = (place: Place, because: string, answers: readonly Answer[] | null = null): Place => ({
  ...place,
  guards: [...place.guards, { because, answers }],
});

/** Past what may have left early. */
const past = (place: Place, exits: readonly Exit[]): Place => ({
  ...place,
  guards: [...place.guards, ...exits.map(({ answers }): Guard => ({ because: SKIPPED, answers, unless: true }))],
});

/** Follows a body's control flow (pl_exec.c) and notes what is run on the way. */
class Walk {
  private readonly parts: Part[] = [];
  /** Rounds of loops over constants that may still be followed one by one: loops in loops multiply. */
  private roundsLeft = ROUNDS;
  private readonly variables: Variables;

  constructor(variables: Variables) {
    this.variables = variables;
  }

  read(action: Node | undefined, bound: Bindings): Part[] {
    const whole: Place = { guards: [], caught: false, bound: this.variables.bind(bound) };
    for (const datum of this.variables.datums) this.evaluate(inner(datum), whole);
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
        return this.rounds(s, constantRows(queryOf(s.query), place.bound), { ...place, rowsOf: queryOf(s.query) });
      case 'dynfors':
        this.run(constantText(queryOf(s.query), place.bound), place);
        return this.loop(s, under(place, LOOP));
      case 'forc':
        this.open(s, place);
        return this.loop(s, under(place, LOOP));
      case 'while':
        return this.loop(s, under(place, LOOP));
      case 'fori':
        return this.rounds(s, range(s, place.bound), place);
      case 'foreach_a':
        return this.rounds(s, constantArray(queryOf(s.expr), place.bound), place);
      case 'exit':
        return [
          {
            leaves: s.is_exit === true ? 'loop' : 'iteration',
            label: s.label,
            answers: answersOf(s.cond === undefined ? place.guards : this.asking(s, place)),
          },
        ];
      case 'return':
        return [{ leaves: 'body', label: undefined, answers: answersOf(place.guards) }];
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
        this.run(constantText(queryOf(s.query), place.bound), place);
        return [];
      case 'commit':
      case 'rollback':
        this.run(tag.endsWith('commit') ? 'COMMIT' : 'ROLLBACK', place);
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
      const test: Test = { sql: queryOf(s.cond) ?? '', bound: place.bound };
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
    const test: Test = { sql: queryOf(cond) ?? '', bound: place.bound };
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
    const caught = place.caught || handlers.length > 0;
    const together = place.together === true || (handlers.length > 0 && several(s.body));
    const exits = this.all(s.body, { ...place, caught, together });
    const within = [
      // What fails before it is met goes on after the handler.
      ...(handlers.length > 0 ? exits.map(exit => ({ ...exit, answers: null })) : exits),
      ...handlers.flatMap(handler =>
        this.all(inner(handler).action, under(place, 'only an exception handler runs it')),
      ),
    ];
    return within.filter(exit => exit.leaves === 'body' || !isOf(s, exit));
  }

  /** Once, for every round. */
  private loop(s: Fields, place: Place): Exit[] {
    const repeats = !commits(s.body);
    return this.all(s.body, { ...place, repeats }).filter(exit => passes(s, exit));
  }

  /** A loop over constants, round by round. */
  private rounds(s: Fields, constants: ConstantRows | null, place: Place): Exit[] {
    const names = constants && this.variables.namesOf(s, constants.columns);
    if (names === null) return this.loop(s, under(place, LOOP));
    if (this.roundsLeft === 0) return [];
    const exits: Exit[] = [];
    for (const row of constants?.rows ?? []) {
      if (this.roundsLeft === 0) break;
      this.roundsLeft -= 1;
      if (this.roundsLeft === 0) this.parts.push({ sql: null, unread: OVER, guards: [], caught: false });
      const bound = new Map(place.bound);
      for (const [nth, name] of names.entries()) {
        const value = row[nth] ?? null;
        if (value === null) bound.delete(name);
        else bound.set(name, value);
      }
      const bodyExits = this.all(s.body, past({ ...place, bound }, exits));
      exits.push(...bodyExits.filter(exit => exit.leaves !== 'iteration' || passes(s, exit)));
    }
    return exits.filter(exit => passes(s, exit));
  }

  /** A query given here, put together here, or the one of a declared cursor. */
  private open({ query, dynquery, curvar }: Fields, place: Place): void {
    if (query !== undefined) this.run(queryOf(query), place);
    else if (dynquery !== undefined) this.run(constantText(queryOf(dynquery), place.bound), place);
    else if (typeof curvar === 'number') this.run(queryOf(this.variables.at(curvar).cursor_explicit_expr), place);
  }

  /** Expressions may read tables and call functions. */
  private evaluate(s: Fields, place: Place): void {
    for (const value of [
      ...Object.values(s),
      ...list(s.params),
      ...list(s.options).flatMap(o => Object.values(inner(o))),
    ]) {
      const { query, parseMode } = ((value as Node | null)?.PLpgSQL_expr ?? {}) as {
        query?: string;
        parseMode?: number;
      };
      if (query === undefined || parseMode === undefined || parseMode < EXPRESSION) continue;
      const [target = '', assigned] = parseMode === EXPRESSION ? [] : (/^([^=]*?):?=/.exec(query)?.slice(0, 2) ?? []);
      this.run(`SELECT ${query.slice(target.length)}`, place);
      // A subscript is an expression, too.
      if (assigned?.includes('[')) this.run(`SELECT ${assigned}`, place);
    }
  }

  private run(sql: string | null, { guards, caught, together = false, repeats = false, rowsOf = null }: Place): void {
    const how = { ...(together && { together }), ...(repeats && { repeats }), ...(rowsOf !== null && { rowsOf }) };
    this.parts.push({ sql, guards, caught, ...how });
  }
}

const isOf = ({ label }: Fields, exit: Exit): boolean => exit.label !== undefined && exit.label === label;

/** It leaves what is around the loop, too. */
const passes = (loop: Fields, exit: Exit): boolean =>
  exit.leaves === 'body' || (exit.label !== undefined && !isOf(loop, exit));

/** `FOR i IN 1..9`; steps and REVERSE are not counted. */
const range = ({ lower, upper, step, reverse }: Fields, bound: Bindings): ConstantRows | null =>
  step === undefined && reverse === undefined
    ? constantRange(
        Number(constantText(queryOf(lower), bound) ?? NaN),
        Number(constantText(queryOf(upper), bound) ?? NaN),
      )
    : null;

/** Each takes a millisecond or less. */
const ROUNDS = 1000;
const OVER = `loops over constants make more than ${ROUNDS} iterations; the rest is not analyzed`;
const IF = 'an IF decides whether it runs';
const LOOP = 'a loop decides whether it runs';
const SKIPPED = 'an earlier RETURN or EXIT may skip it';
