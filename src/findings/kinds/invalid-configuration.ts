import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'invalid-configuration',
  group: 'configuration',
  category: 'hygiene',
  severity: 'error',
  summary: 'The change leaves a configuration file that cannot be read.',
  why: 'The configuration of the base branch still applies to this change. After the merge, every check would stop at the new file. `docs/config.md` lists every option.',
});
