import type { Change } from '../model/effect.ts';
import type { BlindSpot, Settlement } from '../model/report.ts';
import type { Span } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { as } from '../sql/nodes.ts';
import type { Measured } from '../measure/session.ts';

/** What decides, by the data or by chance, what is done. */
const DECIDES = /\b(if|case|when|while|loop|foreach|exception|where|random)\b/i;

type Opaque = Extract<Change, { kind: 'opaque' }>;

/**
 * How far a measurement replaces what was not read: in part where the run took one of several paths, which only a
 * body that is available can rule out. Null where nothing was measured in full.
 */
export function settlementOf({ statement, changes }: Step, measured: Measured | undefined): Settlement | null {
  const opaque = changes.filter((change): change is Opaque & Change => change.kind === 'opaque');
  if (opaque.length === 0 || statement.node === null || !measured?.complete || measured.failure) return null;
  const calls =
    as(statement.node, 'DoStmt') === undefined && /"(FuncCall|CallStmt)"/.test(JSON.stringify(statement.node));
  // A text that is put together may hold any condition.
  const decides =
    opaque.some(({ condition, dynamic }) => dynamic || condition !== undefined) || DECIDES.test(statement.sql);
  return calls || decides ? 'in part' : 'measured';
}

const SAID: Readonly<Record<Settlement, string>> = {
  measured: 'It was run on a server; its measured effects are used.',
  'in part': 'It was run on a server; its measured effects are used. With other data it may have other effects.',
};

/** A blind spot, with what a measurement says of it. */
export function settled(spot: BlindSpot, settlements: ReadonlyMap<Span, Settlement>): BlindSpot {
  const settlement = spot.span === null ? undefined : settlements.get(spot.span);
  if (settlement === undefined || (spot.kind !== 'dynamic' && spot.kind !== 'opaque')) return spot;
  return { ...spot, because: `${spot.because.replace(/\.?$/, '.')} ${SAID[settlement]}`, settled: settlement };
}
