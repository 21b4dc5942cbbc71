import type { HistoryExport, HistoryTable } from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';

/**
 * What `migration-gate history` has printed. The file may come from anywhere: all of it is checked.
 * @throws UserError where it is something else
 */
export function readExport(text: string, path: string): HistoryExport {
  const fail = (what: string): UserError =>
    new UserError(`--history: ${JSON.stringify(path)} ${what}.`, {
      hint: 'Create it with: migration-gate history > history.json',
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw Object.assign(fail('is not valid JSON'), { cause });
  }
  if (!isRecord(parsed) || parsed.format !== 1) throw fail('is not an output of migration-gate history');
  const { version, database, tables } = parsed;
  if (typeof version !== 'string' || !isDatabase(database) || !Array.isArray(tables) || !tables.every(isTable))
    throw fail('is incomplete or was edited');
  return { format: 1, version, database, tables };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

const isDatabase = (value: unknown): value is HistoryExport['database'] =>
  isRecord(value) && isText(value.name) && typeof value.serverVersion === 'number' && isText(value.readAt);

const isTable = (value: unknown): value is HistoryTable =>
  isRecord(value) &&
  isText(value.schema) &&
  isText(value.name) &&
  Array.isArray(value.columns) &&
  value.columns.every(isText) &&
  (value.problem === null || isText(value.problem)) &&
  Array.isArray(value.rows) &&
  value.rows.every(row => isRecord(row) && Object.values(row).every(one => one === null || isText(one)));
