import type { ChangeOf } from '../model/effect.ts';
import type { Severity } from '../model/report.ts';
import { defineRule } from '../model/rule.ts';

type Setting = ChangeOf<'server-setting'>;

/** With these, running code fails, or rows are written that nobody checks. */
const BREAKS: ReadonlySet<string> = new Set([
  'default_transaction_read_only',
  'session_replication_role',
  'search_path',
  'role',
  'row_security',
  'session_preload_libraries',
]);
/** They change what is shown, or bound waits. */
const MILD: ReadonlySet<string> = new Set([
  'application_name',
  'timezone',
  'datestyle',
  'lock_timeout',
  'statement_timeout',
  'idle_in_transaction_session_timeout',
  'client_min_messages',
  'log_statement',
  'log_min_duration_statement',
]);

function severity({ scope, setting, value }: Setting): Severity {
  if (scope === 'system') return 'error';
  if (setting !== null && BREAKS.has(setting) && value !== null) return setting === 'search_path' ? 'warning' : 'error';
  return setting !== null && MILD.has(setting) ? 'notice' : 'warning';
}

const WHOM: Readonly<Record<Setting['scope'], (target: string) => string>> = {
  system: () => 'the whole server, including every database',
  database: target => `every new connection to ${target}`,
  role: target => `every new connection of ${target}`,
};

export default defineRule({
  id: 'server-setting',
  summary: 'A setting of the server, a database or a role is changed.',
  category: 'compatibility',
  severity: 'warning',
  why: `
\`ALTER SYSTEM\`, \`ALTER DATABASE … SET\` and \`ALTER ROLE … SET\` outlast the migration and affect other sessions:
with \`default_transaction_read_only\` the application can no longer write, with another \`search_path\` its names
resolve differently. \`ALTER SYSTEM\` writes a file of the server, which a rollback does not undo.`,
  aliases: ['alter-system', 'alter-database-set', 'alter-role-set'],
  examples: [
    {
      setup: '',
      bad: 'alter database shop set default_transaction_read_only = on;',
      good: ["set local statement_timeout = '5s';"],
    },
    { setup: '', bad: '-- migration-gate: transaction per-statement\nalter system set fsync = off;', good: null },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'server-setting') continue;
      yield {
        message: `${change.setting ?? 'Every setting'} ${change.value === null ? 'is reset to its default' : `is set to ${change.value === '' ? "''" : change.value}`} for ${WHOM[change.scope](change.of)}, not only for this migration.`,
        remedy: {
          text: 'Use SET LOCAL for the migration, and manage server settings in the server configuration.',
          steps: [],
        },
        evidence: [change],
        severity: severity(change),
      };
    }
  },
});
