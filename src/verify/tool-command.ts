import type { TestServer, TestDatabase } from '../database/test-server.ts';
import { UserError } from '../model/errors.ts';
import type { BlindSpot } from '../model/report.ts';
import { onLine, type History } from '../model/source.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { differences } from './structure.ts';
import type { Ran } from '../model/commands.ts';
import { filesIn, runTwice, type Runs, type Tool } from './tool-runs.ts';
import { listed } from '../findings/wording.ts';

/** A history, and the database to which its files were applied. */
export interface Applied {
  readonly history: History;
  readonly database: TestDatabase;
  /** Why that is not the whole schema; null when it is. */
  readonly lacks: string | null;
}

export interface ByCommand {
  readonly rawFindings: readonly RawFinding[];
  readonly blindSpots: readonly BlindSpot[];
  readonly notes: readonly string[];
}

/** What only a superuser may do, which the command's role is not. */
const BEYOND_US =
  /permission denied|must be (superuser|owner of)|\b42501\b|extension "[^"]+" (already exists|is not available)/i;
const UNREACHABLE = 'apply-command was not run: other programs cannot connect to the embedded Postgres.';
const NOTHING: ByCommand = { rawFindings: [], blindSpots: [], notes: [] };

/**
 * Lets the tool's own command apply the history to an empty database, holds what it leaves against what was measured,
 * and runs it once more, which should do nothing.
 */
export async function byCommand(
  place: TestServer,
  tool: Tool,
  { history, database, lacks }: Applied,
): Promise<ByCommand> {
  const ups = history.migrations.filter(({ direction }) => direction === 'up');
  const last = ups.at(-1);
  if (!last) return NOTHING;
  const span = onLine(last.file);
  const say = (rule: RawFinding['rule'], message: string): RawFinding => ({ rule, message, span, migration: last.id });
  const blind = (because: string): BlindSpot => ({ span, because, kind: 'unproven' });
  const files = await filesIn(database, place);
  const runs = await runTwice(place, tool, { ...files, applied: last.id });
  if (runs === null) throw new UserError(UNREACHABLE);
  if (!('once' in runs)) {
    const what = `apply-command ${reportedBy(runs)}`;
    const beyond = BEYOND_US.test(runs.output) ? ' It ran as a role without superuser rights.' : '';
    return { ...NOTHING, rawFindings: [say('failing-apply-command', `${what}${beyond}`)] };
  }
  const unreadCount = ups.filter(one => one.unread.length > 0).length;
  const why = lacks ?? (unreadCount > 0 ? `${unreadCount} of the migrations are not fully analyzed.` : null);
  const other = why === null ? differences(files.structure, runs.once.schema) : [];
  const again = second(runs);
  const rawFindings = [
    ...(other.length > 0
      ? [
          say(
            'apply-command-differs',
            `apply-command produces a different schema than the checked files: ${listed(other)}.`,
          ),
        ]
      : []),
    ...(again === null ? [] : [say('repeated-apply-command', `The second run of apply-command ${again}`)]),
  ];
  if (why !== null)
    return {
      ...NOTHING,
      rawFindings,
      blindSpots: [blind(`The schema that apply-command produces was not compared: ${why}`)],
    };
  const took = `apply-command took ${(runs.first.ms / 1000).toFixed(1)} s on an empty database`;
  const note = `${took}, produced the same schema as the files, and did nothing when it ran again.`;
  return { ...NOTHING, rawFindings, notes: rawFindings.length === 0 ? [note] : [] };
}

/** What the second run did; null when it did nothing. */
function second({ once, second: ran, twice }: Runs): string | null {
  if (ran.failure !== null) return reportedBy(ran);
  const changed = [...differences(once.whole, twice.whole), ...grown(once.rows, twice.rows)];
  return changed.length === 0 ? null : `makes changes: ${listed(changed)}.`;
}

const reportedBy = ({ failure, output }: Ran): string =>
  `${failure ?? ''}: ${output === '' ? 'it printed nothing.' : output}`;

const grown = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...before].flatMap(([table, count]) => {
    const now = after.get(table) ?? count;
    return now === count ? [] : [`${table} had ${count} rows and now has ${now}`];
  });
