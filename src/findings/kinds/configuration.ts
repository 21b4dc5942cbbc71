import type { KindTable } from '../../model/finding-kind.ts';

/** What a change does to the configuration that it is checked by. */
export const CONFIGURATION = {
  'changed-configuration': {
    category: 'hygiene',
    severity: 'warning',
    summary: 'The change edits the configuration of the check.',
    why: 'The configuration of the base branch applies until the change is merged, so that a change cannot relax its own check. The finding says which errors of this change the new configuration would silence; it is a notice if there are none. `config-from: head` in the configuration of the base branch, or `--config-from head` on the command line, applies the new configuration at once.',
  },
  'changed-rehearsal': {
    category: 'hygiene',
    severity: 'warning',
    summary: 'The change edits the integrity checks, seeds or programs that check it.',
    why: 'The integrity checks and seeds of the base branch apply until the change is merged, together with the checks that the change adds, so that a change cannot relax its own check. The finding lists what the change removes. The programs of `sql-command`, `apply-command`, `seed-command` and `schema-command` run in the checkout: if the change edits a file that such a command names, review the edit. Files that those files load are not followed.',
  },
  'invalid-configuration': {
    category: 'hygiene',
    severity: 'error',
    summary: 'The change leaves a configuration file that cannot be read.',
    why: 'The configuration of the base branch still applies to this change. After the merge, every check would stop at the new file. `docs/config.md` lists every option.',
  },
} as const satisfies KindTable;
