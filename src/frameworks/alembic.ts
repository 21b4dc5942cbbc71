import { defineFramework } from '../model/framework.ts';
import { codeHistories, codeNotes, type CodeTool } from './shared/code.ts';

const QUOTED = /['"]([^'"]+)['"]/g;

/** The id of a revision, and those it follows. `down_revision`: one, several after a merge, or None. */
export function links(text: string): { id: string; after: string[] } | null {
  const id = /^revision\b[^=\n]*=\s*['"]([^'"]+)['"]/m.exec(text)?.[1];
  const after = /^down_revision\b[^=\n]*=\s*(\([^)]*\)|\[[^\]]*\]|[^\n]*)/m.exec(text)?.[1] ?? '';
  return id === undefined ? null : { id, after: [...after.matchAll(QUOTED)].map(([, name = '']) => name) };
}

const tool: CodeTool = {
  id: 'alembic',
  title: 'Alembic',
  file: /(^|\/)versions\/[^/]+\.py$/,
  pattern: /^down_revision\b/m,
  transaction: 'all-files',
  settings: {
    file: /(^|\/)env\.py$/,
    patterns: [[/\btransaction_per_migration\s*=\s*True\b/, 'whole-file']],
  },
  outside: /autocommit_block\(\)/,
  instruction: 'Put the statement into a `with op.get_context().autocommit_block():` block.',
  links,
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://alembic.sqlalchemy.org/',
  historyTable: 'alembic_version',
  transaction: tool.transaction,
  notes: codeNotes(
    '`versions/<revision>_name.py`, in the order of `down_revision`; all pending files run in one transaction, except what is in an `autocommit_block()`, unless `env.py` sets `transaction_per_migration=True`.',
    '`alembic upgrade {previous}:{id} --sql`',
  ),
  previous: text => links(text)?.after[0] ?? 'base',
  histories: repo => codeHistories(repo, tool),
  examples: [
    {
      files: {
        'alembic/versions/1b_orders.py': "revision = '1b'\ndown_revision: str | None = '2a'\n",
        'alembic/versions/2a_users.py': "revision: str = '2a'\ndown_revision = None\n",
        'alembic/versions/0c_merge.py': "revision = '0c'\ndown_revision = ('1b', '2a')\n",
      },
      expect: [
        'up 2a alembic/versions/2a_users.py all-files',
        'up 1b alembic/versions/1b_orders.py all-files',
        'up 0c alembic/versions/0c_merge.py all-files',
      ],
    },
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
