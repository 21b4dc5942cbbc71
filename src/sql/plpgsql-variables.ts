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

  at(place: number): Fields {
    return inner(this.datums[place]);
  }

  /** What is bound outside and not declared here, and what is declared with a constant that it keeps. */
  bind(outside: Bindings): Bindings {
    const own = new Map(this.datums.map(inner).map(datum => [String(datum.refname), datum]));
    const bound = new Map([...outside].filter(([name]) => !own.has(name)));
    for (const [name, { default_val }] of own) {
      const isKept = !this.assigned.has(name) && !this.looped.has(name);
      const value = isKept ? constantText(queryOf(default_val), bound) : null;
      if (value !== null) bound.set(name, value);
    }
    return bound;
  }

  /** What a loop calls the columns of its rows; null when its body assigns them. */
  namesOf({ var: variable, varno }: Fields, columns: readonly string[]): string[] | null {
    const names = typeof varno === 'number' ? [nameOf(this.at(varno))] : this.targets(variable);
    if (names.some(name => this.assigned.has(name))) return null;
    const isRecord = (variable as Node | undefined)?.PLpgSQL_rec !== undefined;
    return isRecord ? columns.map(column => `${names[0] ?? ''}.${column}`) : names;
  }

  /** A record, a variable, its place, or a list of them. */
  private targets(target: unknown): string[] {
    if (typeof target === 'number') return [nameOf(this.at(target))];
    const { refname, fields } = inner(target);
    return Array.isArray(fields) ? (fields as readonly Fields[]).map(({ name }) => String(name)) : [String(refname)];
  }

  private collect(node: unknown): void {
    if (Array.isArray(node)) for (const item of node) this.collect(item);
    else if (typeof node === 'object' && node !== null)
      for (const [key, value] of Object.entries(node)) {
        if (key === 'target') for (const name of this.targets(value)) this.assigned.add(name);
        if (key === 'var') for (const name of this.targets(value)) this.looped.add(name);
        if (key === 'PLpgSQL_stmt_assign') this.assign(value as Fields);
        this.collect(value);
      }
  }

  /** A field of a record is the record. */
  private assign({ varno }: Fields): void {
    const { refname, recparentno } = this.at(Number(varno));
    this.assigned.add(typeof recparentno === 'number' ? nameOf(this.at(recparentno)) : String(refname));
  }
}

const nameOf = ({ refname }: Fields): string => String(refname);
