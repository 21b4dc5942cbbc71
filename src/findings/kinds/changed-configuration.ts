import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'changed-configuration',
  group: 'configuration',
  category: 'hygiene',
  severity: 'warning',
  summary: 'The change edits the configuration of the check.',
  why: 'The configuration of the base branch applies until the change is merged, so that a change cannot relax its own check. The finding says which errors of this change the new configuration would silence; it is a notice if there are none. `config-from: head` in the configuration of the base branch, or `--config-from head` on the command line, applies the new configuration at once.',
});
