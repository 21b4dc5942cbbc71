import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';

/** A YAML document that is a map: its entries as plain data, with their lines; or what is wrong with it. */
export interface Document {
  readonly entries: readonly { readonly name: string; readonly line: number; readonly value: unknown }[];
  readonly faults: readonly { readonly line: number; readonly what: string }[];
}

export function readDocument(text: string): Document {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineAt = (offset: number | undefined): number => (offset === undefined ? 1 : lines.linePos(offset).line);
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => ({
      line: lineAt(pos[0]),
      what: message.split('\n', 1)[0] ?? '',
    }));
    return { entries: [], faults };
  }
  if (document.contents === null) return { entries: [], faults: [] };
  if (!isMap(document.contents))
    return { entries: [], faults: [{ line: lineAt(0), what: 'must be a mapping of option names to values.' }] };
  const entries = document.contents.items.map(({ key, value }) => ({
    name: isScalar(key) ? String(key.value) : '',
    line: lineAt(isScalar(key) ? key.range[0] : undefined),
    value: toJson(value),
  }));
  return { entries, faults: [] };
}

/** A node of the document as plain data. */
const toJson = (node: unknown): unknown => {
  const { toJSON } = (node ?? {}) as { toJSON?: () => unknown };
  return toJSON ? toJSON.call(node) : null;
};
