import type { Statement } from '../model/source.ts';

/** Words of the grammars of 17 and 18 that the grammar of 16 lacks (gram.y); without one the two read a text alike. */
const NEW_WORDS =
  /\b(?:virtual|enforced|json_table|json_exists|json_query|json_value|json_scalar|json_serialize|period|overlaps|merge|split|generated\s+always\s+as\s*\([^)]*\)(?!\s*stored)|not\s+null\s+\w+\s*(?:no\s+inherit|not\s+valid|[,;)]|$)|set\s+expression|returning\s+with|force_null|log_verbosity|on_error)\b|constraint\s+\S+\s+not\s+null/i;

/**
 * What a server of 16 or older says of the statement's syntax; null when it accepts it. Asked only where a word of a newer
 * grammar is there, and each time of a fresh module: this parser keeps every tree in a heap that cannot grow.
 */
export async function refusedBefore17({ sql, node }: Statement): Promise<string | null> {
  if (node === null || !NEW_WORDS.test(sql)) return null;
  const { default: PgQuery } = await import('pg-query-emscripten/pg_query_wasm.js');
  const module = await new PgQuery();
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
