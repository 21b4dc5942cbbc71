import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'failing-on-rows',
  group: 'database',
  category: 'data',
  severity: 'warning',
  summary: 'The migration fails on tables with rows.',
  why: 'It succeeds on empty tables. The rows were generated within the limits of the schema, or come from your seed (then it is an error). The rows in production may be different, and only a query there can tell.',
});
