import { constantText, type Bindings } from './constant-text.ts';
import { inner, queryOf, type Fields, type Node } from './plpgsql-nodes.ts';

/** What a body declares, loop variables included, and which of it is assigned on the way. */
export class Variables {
  readonly datums: readonly Node[];
  private readonly assigned = new Set<string>();
  private readonly looped = new Set<string>();

  constructor(datums: readonly Node[], action: Node | undefined) {
    this.datums = datums;
    this.collect(action);
  }

  /** Whether anything but `:=` in the text assigns to the name. */
  assigns(name: string): boolean {
    return this.assigned.has(name) || this.looped.has(name);
  }

  at(place: number): Fields {
    return inner(this.datums[place]);
  }

  /**
   * What is bound outside and not declared here, and what is declared with a constant that it keeps. Which of several
   * variables of one name a statement means depends on its block: none of them is bound.
   */
  bind(outside: Bindings): Bindings {
    const own = new Map(this.datums.map(inner).map(datum => [String(datum.refname), datum]));
    const bound = new Map([...outside].filter(([name]) => !own.has(name) && !this.assigned.has(name)));
    for (const [name, { default_val }] of own) {
      const isKept =
        !this.assigned.has(name) && !this.looped.has(name) && !outside.has(name) && this.of(name).length === 1;
      const value = isKept ? constantText(queryOf(default_val), bound) : null;
      if (value !== null) bound.set(name, value);
    }
    return bound;
  }

  /** What a loop calls the columns of its rows; null when its body assigns them. */
  namesOf({ var: variable, varno }: Fields, columns: readonly string[]): string[] | null {
    const row = inner(variable).fields as readonly Fields[] | undefined;
    const names = typeof varno === 'number' ? [this.nameAt(varno)] : (row?.map(nameIn) ?? this.targets(variable));
    if (names.some(name => this.assigned.has(name) || this.isHidden(name))) return null;
    const isRecord = (variable as Node | undefined)?.PLpgSQL_rec !== undefined;
    return isRecord ? columns.map(column => `${names[0] ?? ''}.${column}`) : names;
  }

  /** Variables of that name, each in a block or loop of its own. */
  private of(name: string): Fields[] {
    return this.datums.map(inner).filter(datum => nameOf(datum) === name);
  }

  /** A block within a loop may declare the name of the loop's variable again. */
  private isHidden(name: string): boolean {
    const known = this.of(name);
    return known.length > 1 && known.some(({ default_val }) => default_val !== undefined);
  }

  /** A record, a variable, its place, or a list of them. */
  private targets(target: unknown): string[] {
    if (typeof target === 'number') return [this.nameAt(target)];
    const { refname, fields } = inner(target);
    return Array.isArray(fields)
      ? (fields as readonly Fields[]).flatMap(({ name, varno }) => [String(name), this.nameAt(Number(varno))])
      : [String(refname)];
  }

  /** A field of a record is the record. */
  private nameAt(place: number): string {
    const datum = this.at(place);
    return nameOf(typeof datum.recparentno === 'number' ? this.at(datum.recparentno) : datum);
  }

  private collect(node: unknown): void {
    if (Array.isArray(node)) for (const item of node) this.collect(item);
    else if (typeof node === 'object' && node !== null)
      for (const [key, value] of Object.entries(node)) {
        if (key === 'target') for (const name of this.targets(value)) this.assigned.add(name);
        if (key === 'var') for (const name of this.targets(value)) this.looped.add(name);
        if (key === 'PLpgSQL_stmt_assign') this.assigned.add(this.nameAt(Number((value as Fields).varno)));
        if (key === 'PLpgSQL_stmt_foreach_a')
          for (const name of this.targets((value as Fields).varno)) this.looped.add(name);
        // CALL assigns to the variables that it hands over as INOUT or OUT.
        if (key === 'PLpgSQL_stmt_call')
          for (const name of identifiers(queryOf((value as Fields).expr) ?? '')) this.assigned.add(name);
        this.collect(value);
      }
  }
}

const nameIn = ({ name }: Fields): string => String(name);
const nameOf = ({ refname }: Fields): string => String(refname);

/** Every name in a statement, as it is folded. */
const identifiers = (sql: string): string[] =>
  [...sql.matchAll(/\$\d+|"((?:[^"]|"")+)"|[\p{L}_][\p{L}\p{N}_$]*/gu)].map(
    ([word, quoted]) => quoted?.replaceAll('""', '"') ?? word.toLowerCase(),
  );
