import { defineFramework } from '../model/framework.ts';
import { folderOf } from './shared/files.ts';
import { digitsOf, numbered } from './shared/one-file.ts';
import { numberedFiles } from './shared/numbered-files.ts';
import { sections } from './shared/sections.ts';
import { placeholders } from './shared/templates.ts';

const UNDO = /^\s*--\s*\/\/\s*@UNDO\b/i;
const START = '-- up';

export default defineFramework({
  id: 'mybatis',
  title: 'MyBatis Migrations',
  link: 'https://mybatis.org/migrations/',
  historyTable: 'changelog',
  transaction: 'whole-file',
  notes: `Numbered files in directories where one contains \`-- //@UNDO\`: what follows that line is the down migration. Each file runs in a transaction; a placeholder \`\${name}\` that names the object of a statement is not analyzed.`,
  markers: { pattern: /^\s*--\s*\/\/\s*@UNDO\b/im, every: false },
  async histories(repo) {
    const files = numbered(repo.paths);
    const texts = new Map(await Promise.all(files.map(async file => [file, await repo.read(file)] as const)));
    const undoes = (file: string): boolean => (texts.get(file) ?? '').split('\n').some(line => UNDO.test(line));
    const own = new Set(files.filter(undoes).map(folderOf));
    return numberedFiles(
      repo,
      'mybatis',
      files.filter(file => own.has(folderOf(file))),
      { transaction: 'whole-file', noTransaction: null },
      file => {
        const up = { id: digitsOf(file), file, direction: 'up' as const };
        return undoes(file) ? [up, { ...up, direction: 'down' as const }] : [up];
      },
      (text, { direction }) => {
        // A first line of its own kind makes everything before the marker the up part.
        const parts = sections(`${START}\n${text}`, /^-- up$/, UNDO);
        const part = direction === 'up' ? parts.up : parts.down;
        return placeholders(part.slice(part.indexOf('\n') + 1));
      },
    );
  },
  examples: [
    {
      files: { 'scripts/20240101000000_users.sql': '-- // users\nselect 1;\n-- //@UNDO\nselect 2;' },
      expect: [
        'up 20240101000000 scripts/20240101000000_users.sql whole-file',
        'down 20240101000000 scripts/20240101000000_users.sql whole-file',
      ],
    },
  ],
});
