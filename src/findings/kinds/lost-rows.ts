import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'lost-rows',
  group: 'database',
  category: 'data-loss',
  severity: 'error',
  summary: 'Rows are lost on a real server, and no statement says so.',
  why: 'A trigger, a function, a view or SQL built at run time dropped or emptied a table, or deleted rows. This was measured while the migration ran; on tables with rows, the rows were counted before and after. Delete the rows explicitly in the migration, or suppress the finding with the reason why nobody needs them.',
});
