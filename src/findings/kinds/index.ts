import { CONFIGURATION } from './configuration.ts';
import { DATABASE } from './database.ts';
import { HISTORY } from './history.ts';
import { SUPPRESSIONS } from './suppressions.ts';

/**
 * Every kind of finding that is no rule, in groups. A new kind is an entry in the table of its group; a new group is a
 * table in a file of its own and a line here. Whatever reports a finding names its kind by a `KindId`.
 */
export const GROUPS = {
  configuration: CONFIGURATION,
  database: DATABASE,
  history: HISTORY,
  suppressions: SUPPRESSIONS,
} as const;

export type GroupId = keyof typeof GROUPS;
type Tables = (typeof GROUPS)[GroupId];
export type KindId = Tables extends infer Table ? (Table extends Table ? keyof Table : never) : never;

export const KINDS = { ...CONFIGURATION, ...DATABASE, ...HISTORY, ...SUPPRESSIONS } as const satisfies Readonly<
  Record<KindId, unknown>
>;
