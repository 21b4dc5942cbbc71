import { REACTIONS, type Reactions } from '../frameworks/shared/reactions.ts';
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

type Line = readonly [ToolBehavior['compares'], ToolBehavior['version']];

/** By tool, as its own documentation and source say: what it compares, and what identifies a migration. */
const LINES: Readonly<Record<string, Line>> = bare({
  alembic: ['sql', 'name'],
  atlas: ['bytes', 'number'],
  bun: ['sql', 'number'],
  'db-migrate': ['sql', 'name'],
  dbmate: ['sql', 'number'],
  diesel: ['sql', 'number'],
  django: ['sql', 'name'],
  drizzle: ['sql', 'name'],
  ecto: ['sql', 'number'],
  'ef-core': ['sql', 'name'],
  encore: ['sql', 'number'],
  flyway: ['lines', 'number'],
  'golang-migrate': ['sql', 'number'],
  goose: ['sql', 'number'],
  'graphile-migrate': ['bytes', 'number'],
  hasura: ['sql', 'number'],
  knex: ['sql', 'name'],
  kysely: ['sql', 'name'],
  liquibase: ['words', 'name'],
  'mikro-orm': ['sql', 'name'],
  morph: ['sql', 'number'],
  mybatis: ['sql', 'number'],
  'node-pg-migrate': ['sql', 'name'],
  pgroll: ['sql', 'name'],
  pop: ['sql', 'number'],
  postgrator: ['bytes', 'number'],
  'postgres-migrations': ['bytes', 'number'],
  prisma: ['sql', 'name'],
  rails: ['sql', 'number'],
  refinery: ['bytes', 'number'],
  'sea-orm': ['sql', 'name'],
  sequelize: ['sql', 'name'],
  sqitch: ['sql', 'name'],
  'sql-migrate': ['sql', 'name'],
  sqlx: ['bytes', 'number'],
  supabase: ['sql', 'number'],
  tern: ['sql', 'number'],
  typeorm: ['sql', 'name'],
});

const OF_NEXT: Readonly<Record<Reactions['late'][0], Exclude<ToolBehavior['late'], 'unordered'>>> = {
  'apply late': 'applied',
  'skip saying ok': 'skipped',
  refuse: 'refused',
};

/** Tools whose conduct is known. */
export const TOOLS_WITH_KNOWN_BEHAVIOR: readonly string[] = Object.keys(LINES);

const KNOWN: Readonly<Record<string, Reactions>> = bare({ ...REACTIONS });

/** Of a tool that is not known, as of files that somebody runs with psql, the mildest is taken for granted. */
export function behaviorOf(framework: string): ToolBehavior {
  const [compares, version] = LINES[framework] ?? ['sql', 'name'];
  const { late, edited, missing, unordered } = KNOWN[framework] ?? REACTIONS['plain-sql'];
  return {
    edited: edited[0] === 'refuse' ? 'refused' : 'unseen',
    compares,
    late: unordered ? 'unordered' : OF_NEXT[late[0]],
    missing: missing[0] === 'refuse' ? 'refused' : 'unseen',
    version,
  };
}
