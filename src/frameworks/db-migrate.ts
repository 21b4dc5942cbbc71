import { defineFramework } from '../model/framework.ts';
import { codeHistories, literalNotes, readPrograms, type CodeTool } from './shared/code.ts';
import { nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';

const SQL_FILE = /(^|\/)sqls\/(\d{14}-[^/]+)-(up|down)\.sql$/;

const tool: CodeTool = {
  id: 'db-migrate',
  title: 'db-migrate',
  file: /(^|\/)\d{14}-[^/]+\.[cm]?[jt]s$/,
  pattern:
    /^(?![\s\S]*\bqueryInterface\b)[\s\S]*(\bdbm\b|\bdbmigrate\b|\bdb\s*\.\s*(runSql|all|createTable|addColumn|addIndex|removeColumn|insert)\b)/,
  project: { packages: ['db-migrate'] },
  transaction: 'whole-file',
  instruction: 'Run db-migrate with `--non-transactional`.',
  dialect: { sends: ['runSql', 'all'], when: 'call', fills: 'marks', looks: [], outside: () => false },
};

export default defineFramework({
  id: tool.id,
  title: tool.title,
  link: 'https://db-migrate.readthedocs.io/',
  historyTable: 'migrations',
  transaction: tool.transaction,
  notes: literalNotes(
    `\`<14 digits>-name.js\`, with \`sqls/<14 digits>-name-up.sql\` and \`-down.sql\` if the program reads them, in name order. Each runs in a transaction, unless db-migrate is run with \`--non-transactional\`.`,
  ),
  async histories(repo) {
    const programs = await codeHistories(repo, tool);
    const read = new Set(programs.flatMap(({ root, migrations }) => migrations.map(({ id }) => `${root}/sqls/${id}`)));
    const unlinked = repo.paths.filter(path => SQL_FILE.test(path) && !read.has(path.replace(/-(up|down)\.sql$/, '')));
    const base = {
      transaction: tool.transaction,
      noTransaction: { instruction: tool.instruction, oneStatement: true },
    };
    const files = await numberedFiles(repo, tool.id, unlinked, base, file => {
      const [, , id = nameOf(file), verb] = SQL_FILE.exec(file) ?? [];
      return [{ id, file, direction: verb === 'up' ? 'up' : 'down' }];
    });
    return [...programs, ...files];
  },
  read: (repo, history) => readPrograms(repo, history, tool),
  examples: [
    {
      files: {
        'migrations/sqls/20240101000000-users-up.sql': 'select 1;',
        'migrations/sqls/20240101000000-users-down.sql': 'select 1;',
      },
      expect: [
        'down 20240101000000-users migrations/sqls/20240101000000-users-down.sql whole-file',
        'up 20240101000000-users migrations/sqls/20240101000000-users-up.sql whole-file',
      ],
    },
    {
      files: {
        'migrations/20240101000000-users.js': `var path = require('path');
var fs = require('fs');
var Promise;
exports.setup = function (options) { Promise = options.Promise; };
exports.up = function (db) {
  var filePath = path.join(__dirname, 'sqls', '20240101000000-users-up.sql');
  return new Promise(function (resolve, reject) {
    fs.readFile(filePath, { encoding: 'utf-8' }, function (err, data) {
      if (err) return reject(err);
      console.log('received data: ' + data);
      resolve(data);
    });
  }).then(function (data) {
    return db.runSql(data);
  });
};
`,
        'migrations/sqls/20240101000000-users-up.sql': 'create table users (\n  id bigint\n);\n',
        'migrations/20240102000000-email.js':
          "exports.up = (db, callback) => db.runSql('alter table users add column email text', callback);\n",
      },
      expect: [
        'up 20240101000000-users migrations/20240101000000-users.js whole-file',
        'up 20240101000000-users migrations/sqls/20240101000000-users-up.sql whole-file',
        'up 20240102000000-email migrations/20240102000000-email.js whole-file',
      ],
      sends: ['', 'create table users ( id bigint );', 'alter table users add column email text;'],
    },
  ],
});
