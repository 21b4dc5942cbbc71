import { bare } from '../model/bare.ts';
/** What a tool does with migrations that are not what they were when it applied them. */
export interface ToolBehavior {
  /** An applied file whose text is another now: its checksum is refused, or nobody looks. */
  readonly edited: 'refused' | 'unseen';
  /** What counts as another text: any byte, lines, all but white space, or SQL without comments and white space. */
  readonly compares: 'bytes' | 'lines' | 'words' | 'sql';
  /** A new file that sorts before applied ones; `unordered` where names give no order. */
  readonly late: 'applied' | 'skipped' | 'refused' | 'unordered';
  /** An applied file that is gone. */
  readonly missing: 'refused' | 'unseen';
  /** What two migrations may not share: a number, or the whole name, which no two files can share. */
  readonly version: 'number' | 'name';
}

type Line = readonly [
  ToolBehavior['edited'],
  ToolBehavior['compares'],
  ToolBehavior['late'],
  ToolBehavior['missing'],
  ToolBehavior['version'],
];

/** By tool, as its own documentation and source say, or as a run of it showed. */
const LINES: Readonly<Record<string, Line>> = bare({
  alembic: ['unseen', 'sql', 'unordered', 'refused', 'name'],
  atlas: ['refused', 'bytes', 'refused', 'refused', 'number'],
  bun: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  'db-migrate': ['unseen', 'sql', 'applied', 'unseen', 'name'],
  dbmate: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  diesel: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  django: ['unseen', 'sql', 'unordered', 'unseen', 'name'],
  drizzle: ['unseen', 'sql', 'skipped', 'unseen', 'name'],
  ecto: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  'ef-core': ['unseen', 'sql', 'applied', 'unseen', 'name'],
  encore: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  flyway: ['refused', 'lines', 'refused', 'refused', 'number'],
  'golang-migrate': ['unseen', 'sql', 'skipped', 'unseen', 'number'],
  goose: ['unseen', 'sql', 'refused', 'unseen', 'number'],
  'graphile-migrate': ['unseen', 'bytes', 'refused', 'refused', 'number'],
  hasura: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  knex: ['unseen', 'sql', 'applied', 'refused', 'name'],
  kysely: ['unseen', 'sql', 'refused', 'refused', 'name'],
  liquibase: ['refused', 'words', 'applied', 'unseen', 'name'],
  'mikro-orm': ['unseen', 'sql', 'applied', 'unseen', 'name'],
  morph: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  mybatis: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  'node-pg-migrate': ['unseen', 'sql', 'refused', 'refused', 'name'],
  pgroll: ['unseen', 'sql', 'refused', 'refused', 'name'],
  pop: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  postgrator: ['refused', 'bytes', 'skipped', 'refused', 'number'],
  'postgres-migrations': ['refused', 'bytes', 'refused', 'refused', 'number'],
  prisma: ['unseen', 'sql', 'applied', 'unseen', 'name'],
  rails: ['unseen', 'sql', 'applied', 'unseen', 'number'],
  refinery: ['refused', 'bytes', 'refused', 'refused', 'number'],
  'sea-orm': ['unseen', 'sql', 'applied', 'refused', 'name'],
  sequelize: ['unseen', 'sql', 'applied', 'unseen', 'name'],
  sqitch: ['unseen', 'sql', 'refused', 'refused', 'name'],
  'sql-migrate': ['unseen', 'sql', 'applied', 'refused', 'name'],
  sqlx: ['refused', 'bytes', 'applied', 'refused', 'number'],
  supabase: ['unseen', 'sql', 'refused', 'refused', 'number'],
  tern: ['unseen', 'sql', 'skipped', 'unseen', 'number'],
  typeorm: ['unseen', 'sql', 'applied', 'unseen', 'name'],
});

const asBehavior = ([edited, compares, late, missing, version]: Line): ToolBehavior => ({
  edited,
  compares,
  late,
  missing,
  version,
});

/** Tools whose conduct is known. */
export const TOOLS_WITH_KNOWN_BEHAVIOR: readonly string[] = Object.keys(LINES);

/** Of a tool that is not known, as of files that somebody runs with psql, the mildest is taken for granted. */
export const behaviorOf = (framework: string): ToolBehavior =>
  asBehavior(LINES[framework] ?? ['unseen', 'sql', 'applied', 'unseen', 'name']);
