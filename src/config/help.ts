import { OPTIONS, type OptionSpec } from './options.ts';

const flag = (name: string, spec: OptionSpec): string => {
  const value =
    spec.type === 'enum' ? spec.values.join('|') : spec.type === 'integer' ? `${spec.least}..${spec.most}` : 'TEXT';
  const fallback =
    spec.default === null || (Array.isArray(spec.default) && spec.default.length === 0)
      ? ''
      : ` (default ${String(spec.default)})`;
  const spelled = spec.type === 'boolean' ? `--${name}, --no-${name}` : `--${name} ${value}`;
  return `  ${spelled}\n        ${spec.doc.replaceAll('`', '')}${fallback}`;
};

/** What --help prints. */
export const help =
  (): string => `migration-gate: what Postgres migrations lock, rewrite, lose and break, before they are merged.

Usage
  migration-gate check [PATH...]      judge the migrations that this branch changed
  migration-gate check --all          judge every migration, each as its own pull request
  migration-gate explain ID...        what a rule or finding is about, and the safe way

Examples
  migration-gate check --base origin/main
  migration-gate check --changed prisma/migrations/20240601090000_email/migration.sql
  migration-gate check 'db/*.sql' --all --format json --output report.json

What is judged
  PATH...               globs of the migrations, where they are not found by their tool's marks
  --base REF            what changed since the branch left REF (default: the default branch)
  --changed FILE        this file is the change, no git needed; may be repeated
  --all                 every file, on the schema that the files before it left

What comes out
  -f, --format text|json|markdown|sarif|github   (default text)
  -o, --output FILE     write it there instead of to the terminal
  --schema              with what becomes of the schema, also as text
  -h, --help            this
  -v, --version         the version

Options
${Object.entries(OPTIONS as Readonly<Record<string, OptionSpec>>)
  .filter(([name, spec]) => spec.places.includes('flag') && name !== 'paths')
  .map(([name, spec]) => flag(name, spec))
  .join('\n')}

Exit status: 0 the gate passes, 1 it fails, 2 the job could not be done.
A rule is allowed with a comment beside the statement: -- migration-gate: allow RULE: reason
`;
