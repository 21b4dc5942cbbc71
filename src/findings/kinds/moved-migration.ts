import { defineKind } from '../../model/finding-kind.ts';

export default defineKind({
  id: 'moved-migration',
  group: 'history',
  category: 'failure',
  severity: 'warning',
  summary: 'Merged migrations are moved to another folder.',
  why: 'Names and texts are unchanged, so the tool recognizes the migrations if its configuration names the new folder; otherwise it finds none. Whether it does is not checked. It is an error for a tool that treats the path as part of the name.',
});
