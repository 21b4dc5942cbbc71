import type { MigrationState } from '../../model/deploy-report.ts';
import type { Comparison, FileMigration } from '../tool.ts';
import { duplicates } from './duplicates.ts';
import type { Compared, Sides } from './found.ts';
import { compareGraph } from './graph.ts';
import { compareHeads } from './heads.ts';
import { compareNames } from './names.ts';
import { compareNewest } from './newest.ts';
import { compareOneVersion } from './one-version.ts';

const COMPARE: Readonly<Record<Comparison, (sides: Sides) => Compared>> = {
  names: compareNames,
  newest: compareNewest,
  'one-version': compareOneVersion,
  heads: compareHeads,
  graph: compareGraph,
};

/**
 * What the rows of a history table and the files together say of each migration.
 * @throws UserError where the rows cannot be of this tool
 */
export function compare(sides: Sides): Compared {
  const compared = valid(COMPARE[sides.tool.compare](sides), sides);
  const refuses = compared.states.some(({ next }) => next === 'refuse');
  return refuses ? { ...compared, states: compared.states.map(stopped) } : compared;
}

/** With what the tool says of files alone. */
function valid(compared: Compared, { tool, files, entries }: Sides): Compared {
  const byFile = new Map(files.map(one => [`${one.id}\n${one.file}`, one]));
  const fileOf = ({ id, file }: MigrationState): FileMigration | undefined => byFile.get(`${id}\n${file ?? ''}`);
  const open = compared.states.filter(({ next }) => next !== 'nothing').map(fileOf);
  const same = duplicates({ tool, files, entries });
  const distinct = compared.states.map(state => {
    const one = fileOf(state);
    return (one && same.get(one)) ?? state;
  });
  const invalid = tool.invalid(files, new Set(open.filter(one => one !== undefined)), entries);
  if (invalid.size === 0) return { ...compared, states: distinct };
  const states = distinct.map((state): MigrationState => {
    const one = fileOf(state);
    const message = one && invalid.get(one);
    return message === undefined
      ? state
      : { ...state, next: 'refuse', because: `The tool refuses to run: "${message}".` };
  });
  return { ...compared, states };
}

const GOES_ON: ReadonlySet<MigrationState['next']> = new Set(['apply', 'apply late', 'run twice', 'skip saying ok']);

/** Tools look at the whole history before they apply anything. */
const stopped = (state: MigrationState): MigrationState =>
  GOES_ON.has(state.next)
    ? { ...state, next: 'not reached', because: `${state.because} Not now: the tool refuses to run.` }
    : state;
