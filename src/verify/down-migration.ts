import type { TestServer, TestDatabase } from '../database/test-server.ts';
import type { BlindSpot } from '../model/report.ts';
import { onLine, type Migration, type Statement } from '../model/source.ts';
import { isIrreversible } from '../sql/declarations.ts';
import { parse } from '../sql/parse.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { roundTrip, type Direction } from './round-trip.ts';
import { isEnvironmentLimitation } from './send.ts';
import { differences, type Structure } from './structure.ts';
import { listed } from '../findings/wording.ts';
import { sentenceOf } from './wording.ts';

/** A down migration that the server accepts. */
export interface AppliedDown {
  readonly migration: Migration;
  readonly direction: Direction;
}

/** A migration with its statements. */
export interface Sent {
  readonly migration: Migration;
  readonly statements: readonly Statement[];
}

/** What was found out about a down migration. */
export interface RolledBack {
  readonly rawFindings: readonly RawFinding[];
  readonly blindSpots: readonly BlindSpot[];
  readonly downMigration: AppliedDown | null;
}

const NOTHING: RolledBack = { rawFindings: [], blindSpots: [], downMigration: null };

/** Takes a migration that has been applied down and up again. `down` is undefined where the migration has no down migration. */
export async function rollBack(
  place: TestServer,
  database: TestDatabase,
  { migration, statements: ups, down }: Sent & { readonly down: Migration | undefined },
  { before, after }: { before: Structure; after: Structure },
): Promise<RolledBack> {
  if (isIrreversible(migration) || (down && isIrreversible(down))) return NOTHING;
  // A program may hold a down migration that is not read.
  if (!down && (migration.unread.length > 0 || migration.printed)) return NOTHING;
  const unverified = ({ file }: Migration, line: number, why: string): RolledBack => {
    const because = `The down migration could not be verified: ${why}`;
    return { ...NOTHING, blindSpots: [{ span: onLine(file, line), because, kind: 'unproven' }] };
  };
  const [unread] = down?.unread ?? [];
  if (down && unread) return unverified(down, unread.line, unread.because);
  const say = (rule: RawFinding['rule'], message: string, { file }: Migration, line = 1): RolledBack => {
    return { ...NOTHING, rawFindings: [{ rule, message, span: onLine(file, line), migration: migration.id }] };
  };
  const statements = down ? await parse(down.sql, down.file) : [];
  if (!down || statements.length === 0) {
    if (differences(before, after).length === 0) return NOTHING;
    const what = down ? 'an empty down migration' : 'no down migration';
    return say('missing-rollback', `${migration.id} changes the schema but has ${what}.`, down ?? migration);
  }
  const first = statements[0]?.span.line ?? 1;
  const up: Direction = { statements: ups, delivery: migration.transaction };
  const downMigration = { migration: down, direction: { statements, delivery: down.transaction } };
  const trip = await roundTrip(place, database, { up, down: downMigration.direction, before, after });
  if (trip.down) {
    if (!isEnvironmentLimitation(trip.down))
      return say(
        'failing-rollback',
        `The down migration of ${migration.id} fails: ${sentenceOf(trip.down)}`,
        down,
        first,
      );
    return unverified(down, first, sentenceOf(trip.down));
  }
  const { rawFindings } =
    trip.leftBy.length > 0
      ? say('incomplete-rollback', `After the down migration of ${migration.id}, ${listed(trip.leftBy)}.`, down, first)
      : trip.up
        ? say('failing-reapply', `${migration.id} cannot be applied again: ${sentenceOf(trip.up)}`, migration)
        : trip.after.length > 0
          ? say(
              'failing-reapply',
              `Applied again, ${migration.id} produces a different schema: ${listed(trip.after)}.`,
              migration,
            )
          : NOTHING;
  return { ...NOTHING, rawFindings, downMigration };
}
