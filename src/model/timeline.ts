import type { LockMode } from './lock.ts';
import type { Key } from './schema.ts';

/** From when to when, in milliseconds since the timeline's beginning. */
interface Stretch {
  readonly begin: number;
  readonly end: number;
}

/** What ran, what it held, and what it made others wait for. */
export interface Timeline {
  readonly statements: readonly (Stretch & { readonly sql: string; readonly failed: boolean })[];
  readonly locks: readonly (Stretch & { readonly relation: Key; readonly mode: LockMode; readonly granted: boolean })[];
  readonly blocked: readonly (Stretch & { readonly table: Key; readonly use: 'read' | 'write' })[];
}
