import { defineFramework, type Repo } from '../model/framework.ts';
import { folderOf } from './shared/files.ts';
import { templates } from './shared/templates.ts';
import { pairs, upDown } from './shared/up-down.ts';

const OUTSIDE = /^\s*--\s*morph:nontransactional\b/m;

async function isNamed(repo: Repo): Promise<boolean> {
  const modules = repo.paths.filter(path => /(^|\/)go\.mod$/.test(path));
  return (await Promise.all(modules.map(path => repo.read(path)))).some(text => text.includes('mattermost/morph'));
}

export default defineFramework({
  id: 'morph',
  title: 'morph',
  link: 'https://github.com/mattermost/morph',
  historyTable: 'db_migrations',
  transaction: 'whole-file',
  notes: `\`NNN_name.up.sql\` and \`.down.sql\` in directories where a file contains \`-- morph:nontransactional\`, or in a repository whose \`go.mod\` requires morph. Each file runs in a transaction, unless it contains that line. Go templates are not rendered; those that affect the SQL are reported as not analyzed.`,
  markers: {
    pattern: OUTSIDE,
    every: false,
    settled: async repo => isNamed(repo),
  },
  async histories(repo) {
    const files = pairs(repo.paths);
    if (files.length === 0) return [];
    const isUsed = await isNamed(repo);
    const marked = new Set<string>();
    if (!isUsed) for (const file of files) if (OUTSIDE.test(await repo.read(file))) marked.add(folderOf(file));
    const own = isUsed ? files : files.filter(file => marked.has(folderOf(file)));
    const noTransaction = {
      instruction: 'Add the line below to the file.',
      marker: '-- morph:nontransactional',
      oneStatement: true,
    };
    return upDown(repo, 'morph', own, { transaction: 'whole-file', noTransaction }, text =>
      OUTSIDE.test(text) ? { ...templates(text), transaction: 'one-message' } : templates(text),
    );
  },
  examples: [
    {
      files: {
        'db/migrations/postgres/000001_users.up.sql': 'select 1;',
        'db/migrations/postgres/000002_index.up.sql': '-- morph:nontransactional\nselect 1;',
      },
      expect: [
        'up 000001_users db/migrations/postgres/000001_users.up.sql whole-file',
        'up 000002_index db/migrations/postgres/000002_index.up.sql one-message',
      ],
    },
  ],
});
