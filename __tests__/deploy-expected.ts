import type { ScenarioName } from '../rig/deploy/steps.ts';

type Verdicts = Readonly<Record<ScenarioName, string>>;

/**
 * Written by hand, from what the tools are documented and measured to do: the verdict, then each migration, `−` where it has
 * no file, with what the tool does next unless that is nothing.
 */

/** Names in a set: no order, no checksum, what is missing is not looked at. */
const SET: Verdicts = {
  clean: 'go, alpha applied, bravo applied',
  pending: 'go, alpha applied, bravo applied, charlie pending → apply',
  edited: 'go, alpha applied, bravo applied, charlie pending → apply',
  renamed: 'block, −bravo missing, alpha applied, bravado pending → run twice',
  renumbered: 'block, −bravo missing, alpha applied, bravo pending → run twice',
  deleted: 'warn, −alpha missing, bravo applied, charlie pending → apply',
  'deleted-newest': 'warn, −bravo missing, alpha applied',
  late: 'warn, alpha applied, bravo out of order → apply late, charlie applied',
  failed: 'go, alpha applied, bravo pending → apply',
  'failed-and-fixed': 'go, alpha applied, bravo pending → apply',
  'two-heads': 'go, alpha applied, bravo pending → apply, charlie pending → apply',
  'same-number': 'go, alpha applied, bravo applied, charlie pending → apply',
};

/** The same, and what is missing or late is refused. */
const STRICT: Verdicts = {
  ...SET,
  renamed: 'block, −bravo missing → refuse, alpha applied, bravado pending → not reached',
  renumbered: 'block, −bravo missing → refuse, alpha applied, bravo pending → not reached',
  deleted: 'block, −alpha missing → refuse, bravo applied, charlie pending → not reached',
  'deleted-newest': 'block, −bravo missing → refuse, alpha applied',
  late: 'block, alpha applied, bravo out of order → refuse, charlie applied',
};

/** With checksums that the tool records and does not compare. */
const EDITED_UNSEEN = 'warn, alpha applied, bravo edited, charlie pending → apply';

export const EXPECTED: Readonly<Record<string, Verdicts>> = {
  // A driver adapter, as here, commits the statements one by one.
  prisma: {
    ...SET,
    edited: EDITED_UNSEEN,
    failed: 'block, alpha applied, bravo half-applied → refuse',
    'failed-and-fixed': 'block, alpha applied, bravo half-applied → refuse',
  },
  // The time of the journal is what identifies a migration, not the name of its file.
  drizzle: {
    ...SET,
    'same-number': 'block, alpha applied, bravo applied, charlie pending, skipped → skip saying ok',
    edited: EDITED_UNSEEN,
    renamed: 'go, alpha applied, bravado applied',
    renumbered: 'block, alpha applied, bravo pending → run twice',
    late: 'block, alpha applied, bravo pending, skipped → skip saying ok, charlie applied',
  },
  knex: { ...STRICT, late: SET.late },
  typeorm: SET,
  sequelize: SET,
  'db-migrate': SET,
  'mikro-orm': SET,
  kysely: STRICT,
  'node-pg-migrate': { ...STRICT, 'deleted-newest': SET['deleted-newest'] },
  // The number is what identifies a migration.
  dbmate: {
    ...SET,
    'same-number': 'block, alpha applied, bravo applied, charlie pending, skipped → skip saying ok',
    renamed: 'go, alpha applied, bravado applied',
    // The table has nothing but the number, so nothing says that it is the same migration.
    renumbered: 'warn, −bravo missing, alpha applied, bravo pending → apply',
  },
  postgrator: {
    ...SET,
    'same-number': 'block, alpha applied, bravo applied, charlie pending → refuse',
    edited: 'block, alpha applied, bravo edited → refuse, charlie pending → not reached',
    renamed: 'go, alpha applied, bravado applied',
    renumbered: 'block, alpha applied, bravo pending → run twice',
    late: 'block, alpha applied, bravo pending, skipped → skip saying ok, charlie applied',
  },
  // Files are numbered by their place here: without the first, the second has its number.
  'graphile-migrate': {
    ...SET,
    edited: EDITED_UNSEEN,
    renamed: 'go, alpha applied, bravado applied',
    renumbered: 'go, alpha applied, bravo applied',
    deleted:
      'block, −alpha missing, −bravo missing, bravo pending, skipped → skip saying ok, charlie pending, skipped → skip saying ok',
    late: 'block, −bravo missing, alpha applied, bravo pending, skipped → not reached, charlie pending → refuse',
  },
  // Numbers without gaps, and the name is part of the hash.
  'postgres-migrations': {
    ...SET,
    'same-number': 'block, alpha applied, bravo applied, charlie pending → refuse',
    edited: 'block, alpha applied, bravo edited → refuse, charlie pending → not reached',
    renamed: 'block, alpha applied, bravado edited → refuse',
    renumbered: 'block, −bravo missing, alpha applied, bravo pending → refuse',
    deleted: 'block, −alpha missing, bravo applied → refuse, charlie pending → not reached',
    late: 'could-not-judge',
  },
  liquibase: {
    ...SET,
    edited: 'block, alpha applied, bravo edited → refuse, charlie pending → not reached',
  },
  // The id of a change covers those before it.
  sqitch: {
    ...STRICT,
    edited: EDITED_UNSEEN,
    renumbered: SET.clean,
    failed: 'block, alpha applied, bravo half-applied → apply',
    'failed-and-fixed': 'block, alpha applied, bravo half-applied → apply',
  },
  // The table has the newest revision alone: without its file, nothing says what is applied.
  alembic: {
    ...SET,
    'same-number': 'block, alpha applied, bravo applied, charlie pending → refuse',
    renamed: 'go, alpha applied, bravado applied',
    renumbered: 'block, −bravo missing → refuse, alpha pending → not reached, bravo pending → not reached',
    deleted: 'go, bravo applied, charlie pending → apply',
    'deleted-newest': 'block, −bravo missing → refuse, alpha pending → not reached',
    late: 'block, alpha applied, bravo pending → refuse, charlie applied',
    'two-heads': 'block, alpha applied, bravo pending → refuse, charlie pending → refuse',
  },
  django: {
    ...SET,
    late: 'block, alpha applied, bravo pending → refuse, charlie applied',
    'two-heads': 'block, alpha applied, bravo pending → refuse, charlie pending → refuse',
  },
  own: {
    ...SET,
    'same-number': 'block, alpha applied, bravo applied, charlie pending, skipped → skip saying ok',
    edited: EDITED_UNSEEN,
    renamed: 'go, alpha applied, bravado applied',
  },
};
