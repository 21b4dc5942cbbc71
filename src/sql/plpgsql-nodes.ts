/** A statement or another node of the PL/pgSQL parser: `{ PLpgSQL_stmt_if: { … } }`. */
export type Node = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, unknown>>;

export const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as readonly Node[]) : []);

/** What is in a node's one key. */
export const inner = (node: unknown): Fields => Object.values((node ?? {}) as Record<string, Fields>)[0] ?? {};

/** The text of an expression. */
export const queryOf = (expression: unknown): string | null => {
  const { query } = inner(expression);
  return typeof query === 'string' ? query : null;
};

/** Does a COMMIT stand in it? */
export const commits = (body: unknown): boolean => JSON.stringify(list(body)).includes('"PLpgSQL_stmt_commit"');

/** Does it hold more than one statement? */
export const several = (body: unknown): boolean => JSON.stringify(list(body)).split('"PLpgSQL_stmt_').length > 2;
