import { defineFramework } from '../framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const tool: CodeTool = {
  id: 'alembic',
  title: 'Alembic',
  file: /(^|\/)versions\/[^/]+\.py$/,
  says: /^down_revision\b/m,
  transaction: 'all-files',
  outside: /autocommit_block\(\)/,
  how: 'Put the statement into `with op.get_context().autocommit_block():`.',
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://alembic.sqlalchemy.org/',
  historyTable: 'alembic_version',
  transaction: tool.transaction,
  notes: codeNotes(
    '`versions/<revision>_name.py`; all pending files are one transaction, except what is in an `autocommit_block()`.',
  ),
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: { 'alembic/versions/a1_users.py': 'down_revision = None\n' },
      expect: ['up a1_users alembic/versions/a1_users.py all-files'],
    },
    {
      files: {
        'alembic/versions/a1_users.py': 'down_revision = None\nwith op.get_context().autocommit_block():\n    pass',
      },
      expect: ['up a1_users alembic/versions/a1_users.py per-statement'],
    },
  ],
});
