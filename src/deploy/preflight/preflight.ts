import { display } from '../../diff/wording.ts';
import type { Options } from '../../config/options.ts';
import type { DeployReport, HistoryExport, HistoryTable } from '../../model/deploy-report.ts';
import { PREFLIGHT_CHECKS, type PreflightCheck } from '../../model/preflight.ts';
import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import type { Expectation } from '../answer.ts';
import { printed } from '../pick.ts';
import type { HistoryTool } from '../tool.ts';
import type { Inspection, Size } from './check.ts';
import { CHECKS } from './checks.ts';
import type { Facts, TableFacts } from './facts.ts';
import { actionsOf, limitsOf } from './limits.ts';
import { pendingOn } from './pending.ts';
import { touchedBy } from './touched.ts';

interface Given {
  readonly expected: readonly Expectation[];
  readonly recorded: HistoryExport;
  readonly facts: Facts;
  readonly options: Options;
}

/** Whether the live database is in a state in which the pending migrations can run; checks that are off are left out. */
export async function preflight(
  report: DeployReport,
  { expected, recorded, facts, options }: Given,
): Promise<PreflightCheck[]> {
  const actions = actionsOf(options);
  const { server, live, tables } = facts;
  const histories = expected.flatMap(one => one.histories);
  const pg = Math.min(18, Math.max(13, Math.floor(server.version / 10_000)));
  const pending = await pendingOn(histories, report.migrations, { live: live.catalog, pg });
  const steps = pending.analyzed.flatMap(one => one.steps);
  const used = recorded.tables.filter(table => report.histories.some(one => one.table === printed(table)));
  const tools = new Map(expected.flatMap(({ framework, tool }) => (tool === null ? [] : [[framework, tool] as const])));
  const byKey = new Map(tables.rows.map(table => [keyOf(table), table]));
  const at: Inspection = {
    ...{ facts, pending, steps, tools, limits: limitsOf(options), states: report.migrations },
    touched: touchedBy(steps, pending.base),
    own: ownOf([...tools.values()], { used, tables: tables.rows, replayed: pending.replayed }),
    roleIsKnown:
      options['migration-role'] !== null || server.super || used.some(one => byKey.get(keyOf(one))?.inserts === true),
    sizeOf: sizes(byKey, pending.base),
  };
  return PREFLIGHT_CHECKS.flatMap(id => (actions.get(id) === 'off' ? [] : [{ id, ...CHECKS[id].run(at) }]));
}

interface Around {
  /** The history tables. */
  readonly used: readonly HistoryTable[];
  readonly tables: readonly TableFacts[];
  readonly replayed: Catalog;
}

/** What the tools themselves create: their tables, and schemas of their own that no migration creates. */
function ownOf(tools: readonly HistoryTool[], { used, tables, replayed }: Around): Inspection['own'] {
  const schemas = new Set(
    used.map(({ schema }) => schema).filter(name => name !== 'public' && !replayed.schemas.has(name)),
  );
  const beside = tools.flatMap(({ lock, failures }) => [lock?.table, failures?.table].filter(one => one !== undefined));
  const others = tables.filter(
    table =>
      (used.some(({ schema }) => schema === table.schema) && beside.includes(table.name)) ||
      tools.some(tool => tool.beside?.test(table.name) === true),
  );
  const created = others.filter(table => !replayed.relations.has(keyOf(table)));
  return { tables: new Set([...used, ...created].map(display)), schemas };
}

/** Sizes and traffic of tables with their partitions. */
function sizes(tables: ReadonlyMap<Key, TableFacts>, { children }: Catalog): Inspection['sizeOf'] {
  const sizeOf = (key: Key): Size | null => {
    const own = tables.get(key);
    if (own === undefined) return null;
    return (children.get(key) ?? []).reduce<Size>((sum, child) => {
      const part = sizeOf(child);
      if (part === null) return sum;
      return {
        rows: sum.rows < 0 || part.rows < 0 ? Math.max(sum.rows, part.rows) : sum.rows + part.rows,
        bytes: sum.bytes + part.bytes,
        writes: sum.writes + part.writes,
        reads: sum.reads + part.reads,
      };
    }, own);
  };
  return sizeOf;
}
