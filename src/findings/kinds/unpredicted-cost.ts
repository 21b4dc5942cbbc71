import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'unpredicted-cost',
  group: 'database',
  category: 'locks',
  severity: 'error',
  summary: 'A statement took a lock or did work that was not predicted.',
  why: 'The trace of a real server takes precedence over the prediction. An incomplete prediction is a bug of Migration Gate: please report the statement.',
});
