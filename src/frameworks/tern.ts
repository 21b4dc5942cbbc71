import { defineFramework } from '../model/framework.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';
import { sections } from './shared/sections.ts';
import { templates } from './shared/templates.ts';

const MARKER = /^---- create above \/ drop below ----\s*$/;
const UP = '-- up';

export default defineFramework({
  id: 'tern',
  title: 'tern',
  link: 'https://github.com/jackc/tern',
  historyTable: 'public.schema_version',
  transaction: 'whole-file',
  notes: `\`NNN_name.sql\` next to a \`tern.conf\`, or with \`---- create above / drop below ----\`. Each file runs in a transaction, unless it contains the line
\`---- tern: disable-tx ----\`; then its statements commit individually. Go templates are not rendered; each is reported as not analyzed.`,
  markers: {
    pattern: /^---- create above \/ drop below ----\s*$/m,
    every: false,
    settled: (repo, folder) =>
      Promise.resolve(repo.paths.some(path => nameOf(path) === 'tern.conf' && folderOf(path) === folder)),
  },
  async histories(repo) {
    const conf = new Set(repo.paths.filter(path => nameOf(path) === 'tern.conf').map(folderOf));
    const files = repo.paths.filter(path => /^\d+_.+\.sql$/.test(nameOf(path)) && !/\.(up|down)\.sql$/.test(path));
    const texts = new Map(await Promise.all(files.map(async file => [file, await repo.read(file)] as const)));
    const marked = new Set(conf);
    for (const [file, text] of texts) if (text.split('\n').some(line => MARKER.test(line))) marked.add(folderOf(file));
    return numberedFiles(
      repo,
      'tern',
      files.filter(file => marked.has(folderOf(file))),
      {
        transaction: 'whole-file',
        noTransaction: {
          instruction: 'Add the line below; tern then runs the statements of the file individually.',
          marker: '---- tern: disable-tx ----',
          oneStatement: false,
        },
      },
      file => {
        const id = /^\d+/.exec(nameOf(file))?.[0] ?? '';
        const down = (texts.get(file) ?? '').split('\n').some(line => MARKER.test(line));
        return down
          ? [
              { id, file, direction: 'up' },
              { id, file, direction: 'down' },
            ]
          : [{ id, file, direction: 'up' }];
      },
      (text, { direction }) => {
        // The first line is a section of its own marker, so that text before any marker is the up part.
        const parts = sections(`${UP}\n${text}`, /^-- up$/, MARKER);
        const part = (direction === 'up' ? parts.up : parts.down).split('\n').slice(1).join('\n');
        const rendered = templates(part);
        return /^---- tern: disable-tx ----\s*$/m.test(text) ? { ...rendered, transaction: 'per-statement' } : rendered;
      },
    );
  },
  examples: [
    {
      files: {
        'db/001_users.sql': 'select 1;\n---- create above / drop below ----\nselect 2;',
        'db/002_index.sql': '---- tern: disable-tx ----\nselect 1;',
      },
      expect: [
        'up 001 db/001_users.sql whole-file',
        'down 001 db/001_users.sql whole-file',
        'up 002 db/002_index.sql per-statement',
      ],
    },
  ],
});
