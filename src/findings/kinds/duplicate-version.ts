import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'duplicate-version',
  group: 'history',
  category: 'failure',
  severity: 'error',
  summary: 'Two migrations have the same version.',
  why: 'A tool that identifies migrations by version rejects both, or applies only one of them. Give the new one a unique version.',
});
