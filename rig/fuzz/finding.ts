import { identity, type Cost } from '../../src/model/effect.ts';
import type { Statement } from '../../src/model/source.ts';
import type { Step } from '../../src/model/step.ts';
import { all, as, tagOf } from '../../src/sql/nodes.ts';
import type { Failure } from '../../src/database/failure.ts';
import { compare } from '../../src/measure/compare.ts';
import type { Measured } from '../../src/measure/session.ts';

/** Where the two sides differ. Findings of one group have, most likely, one cause. */
export interface Finding {
  /** `error`: a errors that nothing predicted. */
  readonly kind: 'cost' | 'catalog' | 'error';
  readonly group: string;
  readonly text: string;
}

/** The kind of a statement: `AlterTableStmt AT_DropColumn`. */
function shapeOf({ node }: Statement): string {
  if (!node) return 'unparsed';
  const commands = all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').map(({ subtype }) => subtype ?? '');
  const kind = as(node, 'DropStmt')?.removeType ?? as(node, 'RenameStmt')?.renameType ?? '';
  return [tagOf(node), kind, ...new Set(commands)].join(' ').trim();
}

const finding = (kind: Finding['kind'], group: string, text: string): Finding => ({ kind, group, text });

/** Where a prediction and what the server did differ. */
export function findingsOf(step: Step, measured: Measured): Finding[] {
  const { statement, costs, heldLocks } = step;
  if (measured.failure) return unpredictedError(step, measured.failure);
  const { unpredicted, unconfirmed } = compare(costs, measured, heldLocks);
  return [
    ...falseAlarms(step),
    ...unpredicted.map(cost => costFinding(statement, '+', cost)),
    ...unconfirmed.map(cost => costFinding(statement, '-', cost)),
  ];
}

const costFinding = (statement: Statement, sign: '+' | '-', cost: Cost): Finding =>
  finding(
    'cost',
    `${shapeOf(statement)}: ${sign}${cost.kind} ${cost.kind === 'lock' ? cost.mode : ''} on ${cost.relation?.kind ?? ''}`,
    `${sign}${identity(cost).trim()} (${sign === '+' ? 'measured' : 'predicted'} only)`,
  );

const falseAlarms = ({ statement, costs }: Step): Finding[] =>
  costs.flatMap(cost =>
    cost.kind === 'fail' && cost.certainty === 'will'
      ? [finding('cost', `${shapeOf(statement)}: -fail ${cost.sqlstate}`, `does not fail, but: ${cost.message}`)]
      : [],
  );

/** What the rows decide: integrity and data exceptions. */
const OF_ROWS = /^2[23]/;
/** Limits of the server, cancellation: nothing that a schema shows. */
const OF_SERVER = /^(5[347]|XX|40|58)/;

/** A refusal that the schema or the text decides, and that was not predicted. */
function unpredictedError({ statement, changes, costs }: Step, { sqlstate, message }: Failure): Finding[] {
  const predicted = costs.some(({ kind }) => kind === 'fail' || (OF_ROWS.test(sqlstate) && kind === 'reject'));
  if (predicted || OF_SERVER.test(sqlstate) || changes.some(({ kind }) => kind === 'opaque')) return [];
  const plain = message.replace(/"[^"]*"/g, '…').replace(/\d+/g, '9');
  return [finding('error', `${shapeOf(statement)}: ${sqlstate} ${plain}`, `${sqlstate} ${message}`)];
}

const NAMES = /[^\s(]*[._][^\s]*|\([^)]*\)|\b\d+\b/g;

/** One for each line of a difference between two schemas. */
export const catalogFindings = (statement: Statement | null, lines: readonly string[]): Finding[] =>
  lines.map(line =>
    finding('catalog', `${statement ? shapeOf(statement) : 'history'}: ${line.replace(NAMES, '…')}`, line),
  );
