import type { Forecast, Rehearsal } from '../model/rehearsal.ts';
import type { MigrationReport, Report, StatementReport } from '../model/report.ts';
import { block, code, inline } from './escape.ts';
import { renderGantt } from './timeline-gantt.ts';
import { duration } from './timeline-rows.ts';

type Rehearsed = MigrationReport & { readonly rehearsal: Rehearsal };

const isRehearsed = (migration: MigrationReport): migration is Rehearsed => migration.rehearsal !== null;

/** The longest waits of a migration, worst first: `reads of orders for 180 ms`. What is below the resolution is left out. */
function waits({ statements, rehearsal }: Rehearsed): string[] {
  const longest = new Map<string, number>();
  for (const { rehearsed } of statements)
    for (const { table, use, longest: ms } of rehearsed?.blocked ?? []) {
      const what = `${use}s of ${displayName(table)}`;
      longest.set(what, Math.max(ms, longest.get(what) ?? 0));
    }
  return [...longest]
    .filter(([, ms]) => ms >= rehearsal.resolutionMs)
    .sort(([, a], [, b]) => b - a)
    .map(([what, ms]) => `${what} for ${duration(ms)}`);
}

/** One line for each rehearsed migration that has something to say, for a terminal. */
export function rehearsalLines(report: Report): string[] {
  return report.migrations.filter(isRehearsed).flatMap(migration => {
    const blocked = waits(migration);
    const { readerMs } = migration.rehearsal;
    const stopped = blocked.length > 0 ? [`blocks ${blocked.join(', ')}${behind(readerMs)}`] : [];
    const lines = [
      ...stopped,
      ...migration.statements.flatMap(({ sql, span, rehearsed }) => [
        ...(rehearsed?.lockTimeout ? [`line ${span.line} gives up at lock_timeout: ${head(sql)}`] : []),
        ...(rehearsed?.deadlock ? [`line ${span.line} deadlocks with a writer: ${head(sql)}`] : []),
        ...(rehearsed?.forecasts ?? []).map(one => `line ${span.line}: ${sayForecast(one)}`),
      ]),
    ];
    return lines.map(line => `${migration.file}: ${line}`);
  });
}

const behind = (readerMs: number): string => (readerMs === 0 ? '' : `, behind a transaction of ${duration(readerMs)}`);

/** A folded section for each rehearsed migration: what its statements took, and the timeline where somebody waited. */
export function rehearsalSections(report: Report, { diagrams }: { diagrams: boolean }): string[] {
  return report.migrations.filter(isRehearsed).map(migration => {
    const { rehearsal, statements, file } = migration;
    const blocked = waits(migration);
    const summary = blocked.length > 0 ? `blocked ${blocked.slice(0, 2).join(', ')}` : 'blocked nothing';
    const rows = statements.flatMap(statement => row(statement));
    const table = [
      '| Statement | Took | Blocked | WAL | Size | In production |',
      '| --- | --: | --- | --: | --: | --- |',
    ];
    const parts = [
      circumstances(rehearsal),
      [...table, ...rows.slice(0, MOST_ROWS)].join('\n'),
      ...(rows.length > MOST_ROWS ? [`${rows.length - MOST_ROWS} more statements are in the report file.`] : []),
      ...(diagrams && blocked.length > 0 ? [block(renderGantt(rehearsal.timeline), 'mermaid')] : []),
    ];
    return `<details><summary>Dry run: ${inline(file)} ${inline(summary)}</summary>\n\n${parts.join('\n\n')}\n\n</details>`;
  });
}

const MOST_ROWS = 20;

function row({ sql, rehearsed }: StatementReport): string[] {
  if (rehearsed === null) return [];
  const { ms, walBytes, bytesBefore, bytesAfter, blocked, lockTimeout, deadlock, forecasts } = rehearsed;
  const stopped = [
    ...blocked.map(({ table, use, longest }) => `${use}s of ${code(displayName(table))} ${duration(longest)}`),
    ...(lockTimeout ? ['gives up at `lock_timeout`'] : []),
    ...(deadlock ? ['deadlocks with a writer'] : []),
  ];
  const grown = bytesAfter === null ? null : bytesAfter - bytesBefore;
  const cells = [
    code(head(sql)),
    duration(ms),
    stopped.length > 0 ? stopped.join('<br>') : 'nothing',
    walBytes === null ? '' : bytes(walBytes),
    grown === null ? 'failed' : grown === 0 ? 'same' : `${grown > 0 ? '+' : '-'}${bytes(Math.abs(grown))}`,
    forecasts.map(one => inline(sayForecast(one))).join('<br>'),
  ];
  return [`| ${cells.join(' | ')} |`];
}

function circumstances({
  rowsFrom,
  tables,
  unfilled,
  inUse,
  readerMs,
  unwatched,
  resolutionMs,
  lost,
}: Rehearsal): string {
  const filled = tables.map(({ name, rows }) => `${rows.toLocaleString('en')} in ${code(displayName(name))}`);
  const most =
    filled.length > MOST_TABLES ? [...filled.slice(0, MOST_TABLES), `${filled.length - MOST_TABLES} more`] : filled;
  const rows =
    filled.length === 0
      ? 'On empty tables'
      : `On ${rowsFrom === 'seed' ? 'rows of the seed' : 'generated rows'}: ${most.join(', ')}`;
  const use = inUse
    ? `A reader and a writer used each table${readerMs > 0 ? `, and a transaction that had read them stayed open for the first ${duration(readerMs)}` : ''}. Waits of less than ${duration(resolutionMs)} may be missing.`
    : 'There was no concurrent load.';
  return [
    `${rows}. ${use}`,
    ...(unfilled.length > 0
      ? [
          `Left empty: ${unfilled.map(({ name, because }) => `${code(displayName(name))} (${inline(because)})`).join(', ')}.`,
        ]
      : []),
    ...(unwatched.length > 0
      ? [`Without concurrent load: ${unwatched.map(table => code(displayName(table))).join(', ')}.`]
      : []),
    ...(lost.length > 0 ? [`Afterwards, ${lost.map(inline).join('; ')}.`] : []),
  ].join(' ');
}

const MOST_TABLES = 6;
const sayForecast = ({ table, rows, ms, fit, samples: [small, large] }: Forecast): string =>
  `about ${duration(ms)} at ${rows.toLocaleString('en')} rows of ${displayName(table)} (${fit}; ${duration(small.ms)} at ${small.rows.toLocaleString('en')} rows, ${duration(large.ms)} at ${large.rows.toLocaleString('en')})`;

const displayName = (key: string): string => key.replace(/^public\./, '');
const LONGEST = 60;
const head = (sql: string): string => {
  const flat = sql.replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat;
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** As pg_size_pretty shows sizes: 1 kB is 1,024 bytes. */
function bytes(size: number): string {
  let value = size;
  let unit = 0;
  for (; value >= 10_240 && unit < UNITS.length - 1; unit += 1) value /= 1024;
  return `${Math.round(value)} ${UNITS[unit] ?? ''}`;
}
