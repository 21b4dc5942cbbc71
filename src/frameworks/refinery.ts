import { defineFramework } from '../model/framework.ts';
import { folderOf, nameOf } from './shared/files.ts';
import { numberedFiles } from './shared/numbered-files.ts';

const FILE = /^[UV](\d+(?:\.\d+)?)__\w+\.sql$/;
const JVM = /(^|\/)(pom\.xml|build\.gradle(\.kts)?|flyway\.(toml|conf))$/;

export default defineFramework({
  id: 'refinery',
  title: 'refinery (Rust)',
  link: 'https://github.com/rust-db/refinery',
  historyTable: 'refinery_schema_history',
  transaction: 'whole-file',
  notes: `\`V1__name.sql\` in a Rust crate without a Flyway configuration, in numeric order. Each file runs in a transaction, which cannot be turned off.`,
  async histories(repo) {
    const crates = repo.paths.filter(path => nameOf(path) === 'Cargo.toml');
    if (crates.length === 0 || repo.paths.some(path => JVM.test(path))) return [];
    const within = crates.map(folderOf);
    const files = repo.paths.filter(
      path => FILE.test(nameOf(path)) && within.some(folder => folder === '' || path.startsWith(`${folder}/`)),
    );
    return numberedFiles(repo, 'refinery', files, { transaction: 'whole-file', noTransaction: null }, file => [
      { id: FILE.exec(nameOf(file))?.[1] ?? '', file, direction: 'up' },
    ]);
  },
  examples: [
    {
      files: { 'Cargo.toml': '', 'migrations/V10__orders.sql': 'select 1;', 'migrations/V2__users.sql': 'select 1;' },
      expect: ['up 2 migrations/V2__users.sql whole-file', 'up 10 migrations/V10__orders.sql whole-file'],
    },
  ],
});
