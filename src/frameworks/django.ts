import { defineFramework } from '../model/framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'django',
  title: 'Django',
  file: /(^|\/)migrations\/\d{4}_\w+\.py$/,
  pattern: /migrations\.Migration\b/,
  transaction: 'whole-file',
  outside: /^\s+atomic\s*=\s*False\b/m,
  instruction: 'Put `atomic = False` into the migration class.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://docs.djangoproject.com/en/stable/topics/migrations/',
  historyTable: 'django_migrations',
  transaction: tool.transaction,
  notes: codeNotes(
    '`<app>/migrations/NNNN_name.py`; each runs in a transaction, unless it sets `atomic = False`.',
    '`python manage.py sqlmigrate {app} {migration}`',
  ),
  previous: (_, before) => before ?? 'zero',
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'shop/migrations/0001_users.py': 'class Migration(migrations.Migration):\n    pass' },
      expect: ['up 0001_users shop/migrations/0001_users.py whole-file'],
    },
    {
      files: { 'shop/migrations/0001_users.py': 'class Migration(migrations.Migration):\n    atomic = False' },
      expect: ['up 0001_users shop/migrations/0001_users.py per-statement'],
    },
  ],
});
