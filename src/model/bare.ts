/**
 * A table that is asked for names of other people's: without a prototype, so that a column called `constructor` or
 * `__proto__` is not in it.
 */
export const bare = <T extends object>(table: T): T => Object.setPrototypeOf(table, null) as T;
