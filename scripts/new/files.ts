/** A rule that fires on its example and can be told from a finished one by its severity. */
export const ruleFile = (id: string): string => `import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: '${id}',
  summary: 'A column of the type money.',
  category: 'style',
  severity: 'off',
  why: 'What goes wrong in production, and when it is fine.',
  examples: [
    {
      setup: '',
      bad: 'create table orders (id bigint primary key, price money);',
      good: ['create table orders (id bigint primary key, price numeric);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== 'money') continue;
      yield {
        message: \`\${quoteRelation(relation)}.\${column.name} is money.\`,
        remedy: { text: 'Write numeric.', steps: [] },
        evidence: [change],
      };
    }
  },
});
`;

/** A tool with numbered files below a mark of its own. */
export const frameworkFile = (id: string): string => `import { defineFramework } from '../model/framework.ts';
import { nameOf } from './shared/files.ts';
import { pairs, upDown } from './shared/up-down.ts';

export default defineFramework({
  id: '${id}',
  title: '${id}',
  link: 'https://example.org/${id}',
  historyTable: 'schema_migrations',
  transaction: 'whole-file',
  notes: \`\\\`NNN_name.up.sql\\\` and \\\`NNN_name.down.sql\\\` beside or below a \\\`${id}.json\\\`. Each file runs in a transaction.\`,
  async histories(repo) {
    if (!repo.paths.some(path => nameOf(path) === '${id}.json')) return [];
    return upDown(repo, '${id}', pairs(repo.paths), { transaction: 'whole-file', noTransaction: null });
  },
  examples: [
    {
      files: { '${id}.json': '{}', 'schema/1_orders.up.sql': 'select 1;' },
      expect: ['up 1_orders schema/1_orders.up.sql whole-file'],
    },
  ],
});
`;
