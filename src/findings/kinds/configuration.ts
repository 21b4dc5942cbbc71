import type { KindTable } from '../../model/finding-kind.ts';

/** What a change does to the configuration that it is judged by. */
export const CONFIGURATION = {
  'changed-configuration': {
    category: 'hygiene',
    severity: 'warning',
    summary: 'The change edits the configuration of the check.',
    why: 'The configuration of the base branch applies until the change is merged, so that a change cannot decide how it is judged. The finding says which errors of this change the new configuration would silence; it is a notice where there are none. `config-from: head` in the configuration of the base branch, or `--config-from head` on the command line, applies the new one at once.',
  },
  'changed-rehearsal': {
    category: 'hygiene',
    severity: 'warning',
    summary: 'The change edits the integrity checks, seeds or programs by which it is judged.',
    why: 'The integrity checks and seeds of the base branch are used until the change is merged, and the checks that it adds besides, so that a change cannot weaken what it is judged by; the finding says what the change takes away. The programs of `sql-command`, `apply-command`, `seed-command` and `schema-command` run in the checkout: where the change edits a file that the command names, somebody should read the edit. What those files load in turn is not followed.',
  },
  'invalid-configuration': {
    category: 'hygiene',
    severity: 'error',
    summary: 'The change leaves a configuration file that cannot be read.',
    why: 'The configuration of the base branch still applies to this change. After the merge, every check would stop at the new file. `docs/config.md` lists every option.',
  },
} as const satisfies KindTable;
