import type { Statement } from '../model/source.ts';

/** What the grammars of 17 and 18 brought (gram.y); a text without it reads alike in that of 16. */
const NEW =
  /\bvirtual\b|\benforced\b|\bjson_(?:table|exists|query|value|scalar|serialize)\b|\bwithout\s+overlaps\b|\bperiod\s+\w+\s*\)|\bset\s+expression\b|\bmerge\s+into\b[^;]*\breturning\b|\breturning\s+with\b|\b(?:add|constraint\s+\S+)\s+not\s+null\b|\b(?:log_verbosity|on_error|force_null)\b/i;

/** A generated column of the kind that 18 takes for granted: neither STORED nor VIRTUAL. */
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const isNew = (sql: string): boolean =>
  NEW.test(sql) || count(sql, /\bgenerated\s+always\s+as\s*\(/gi) > count(sql, /\bstored\b/gi);

/** What a server of this major version says of the statement's syntax; null when it reads it. */
export const grammarErrorOf = async (statement: Statement, pg: number): Promise<string | null> =>
  statement.error ?? (pg >= 17 ? null : await refusedBefore17(statement));

const nothing = (): void => undefined;

/**
 * What a server of 16 or older says of the statement's syntax; null when it accepts it. Asked only where a word of a newer
 * grammar is there, and each time of a fresh module: this parser keeps every tree in a heap that cannot grow.
 */
async function refusedBefore17({ sql, node }: Statement): Promise<string | null> {
  if (node === null || !isNew(sql)) return null;
  const { PgQuery } = await import('./grammar-16.ts');
  const module = await new PgQuery({ print: nothing, printErr: nothing });
  const text = new TextEncoder().encode(sql);
  const bytes = new Uint8Array(text.length + 1);
  bytes.set(text);
  // parse() copies its input to a stack of 64 KiB; allocate() takes the heap.
  const pointer = module.allocate(bytes, 0);
  try {
    const { message } = module.raw_parse(pointer).error;
    return message === '' ? null : message;
  } finally {
    module._free(pointer);
  }
}
