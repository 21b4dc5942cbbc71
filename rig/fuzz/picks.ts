import { nat, type GeneratorValue } from 'fast-check';
import { keyOf, type Catalog, type Column, type Constraint, type Index, type Table } from '../../src/model/schema.ts';

/** Thrown where the schema holds nothing of what a template needs: another template is tried. */
export class Nothing extends Error {}

/** How a statement is written: from what there is. */
export type Template = readonly [weight: number, write: (p: Picks) => string];

/** One in so many names is wrong on purpose: what the server refuses is to be predicted, too. */
const WRONG = 40;
const HOLDS_ROWS: ReadonlySet<Table['kind']> = new Set(['table', 'partitioned-table']);

const PLAIN = /^[a-z_][a-z0-9_]*$/;
const RESERVED = new Set(['user', 'order', 'table', 'check', 'default', 'primary']);

/** A name as SQL takes it. */
export const quote = (name: string): string =>
  PLAIN.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** A relation or type as SQL takes it. */
export const n = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  schema === 'public' ? quote(name) : `${quote(schema)}.${quote(name)}`;

/** Random choices, and choices among what a schema holds. */
export class Picks {
  readonly catalog: Catalog;
  private readonly value: GeneratorValue;

  constructor(value: GeneratorValue, catalog: Catalog) {
    this.value = value;
    this.catalog = catalog;
  }

  /** 0 to `below` - 1. */
  int(below: number): number {
    return this.value(nat, below - 1);
  }

  /** True once in `of` times. */
  rarely(of: number): boolean {
    return this.int(of) === 0;
  }

  one<T>(of: readonly T[]): T {
    const picked = of[this.int(Math.max(of.length, 1))];
    if (picked === undefined) throw new Nothing();
    return picked;
  }

  /** Text or nothing: `maybe(3, 'cascade')` is `cascade` once in three times. */
  maybe(of: number, text: string): string {
    return this.rarely(of) ? ` ${text}` : '';
  }

  weighted(templates: readonly Template[]): Template {
    let at = this.int(templates.reduce((sum, [weight]) => sum + weight, 0));
    for (const template of templates) {
      at -= template[0];
      if (at < 0) return template;
    }
    throw new Nothing();
  }

  some<T>(of: readonly T[], count: number): T[] {
    const left = [...of];
    const picked: T[] = [];
    for (let nth = 0; nth < count && left.length > 0; nth += 1) picked.push(...left.splice(this.int(left.length), 1));
    if (picked.length === 0) throw new Nothing();
    return picked;
  }

  relation(...kinds: readonly Table['kind'][]): Table {
    return this.one(this.catalog.relations.values().filter(({ kind }) => kinds.includes(kind)));
  }

  /** A table or partitioned table; rarely another relation. */
  table(): Table {
    const wrong = this.rarely(WRONG);
    return this.one(this.catalog.relations.values().filter(({ kind }) => wrong || HOLDS_ROWS.has(kind)));
  }

  /** Two tables, which may be the same. */
  pair(): [Table, Table] {
    return [this.table(), this.table()];
  }

  column(table: Table, fits: (column: Column) => boolean = () => true): Column {
    if (this.rarely(WRONG)) return { ...this.one(table.columns), name: 'missing' };
    return this.one(table.columns.filter(fits));
  }

  constraint(table: Table, fits: (constraint: Constraint) => boolean = () => true): string {
    if (this.rarely(WRONG)) return 'missing';
    return quote(this.one(table.constraints.filter(fits)).name);
  }

  /** An index of any table, as SQL takes it, with its table. */
  index(fits: (index: Index, table: Table) => boolean = () => true): { index: Index; table: Table; sql: string } {
    const all = this.catalog.relations
      .values()
      .flatMap(table =>
        table.indexes
          .filter(index => fits(index, table))
          .map(index => ({ index, table, sql: n({ schema: table.schema, name: index.name }) })),
      );
    return this.one(all);
  }

  /** A name that nothing has; rarely one that is taken. */
  fresh(stem: string): string {
    if (this.rarely(WRONG)) return quote(this.one(this.catalog.relations.values()).name);
    return `${stem}_${this.int(1000)}`;
  }

  /** Partitions and their parents. */
  partition(): { parent: Table; partition: Table } {
    const partition = this.one(this.catalog.relations.values().filter(table => table.partitionOf !== null));
    const parent = this.catalog.relations.get(partition.partitionOf?.parent ?? '');
    if (!parent) throw new Nothing();
    return { parent, partition };
  }

  isReferenced(table: Table): boolean {
    return this.catalog.relations
      .values()
      .some(other => other.constraints.some(({ references }) => references && keyOf(references) === keyOf(table)));
  }
}
