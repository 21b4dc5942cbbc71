import type { Options } from '../../config/options.ts';
import { UserError } from '../../model/errors.ts';
import { PREFLIGHT_CHECKS, type PreflightId, type PreflightLimit } from '../../model/preflight.ts';

/** Seconds, bytes, or events a second. */
export type Limits = Readonly<Record<PreflightLimit, number | null>>;

type Unit = 'time' | 'size' | 'rate';

const UNITS: Readonly<Record<PreflightLimit, Unit>> = {
  'transaction-age': 'time',
  'prepared-age': 'time',
  'large-table': 'size',
  'huge-table': 'size',
  'hot-table': 'rate',
  'replica-lag': 'time',
  'slot-lag': 'size',
  'free-disk': 'size',
};

const MB = 1024 ** 2;

const DEFAULTS: Limits = {
  'transaction-age': 30,
  'prepared-age': 3600,
  'large-table': 100 * MB,
  'huge-table': 1024 * MB,
  'hot-table': 100,
  'replica-lag': 30,
  'slot-lag': 1024 * MB,
  // No query of SQL tells it.
  'free-disk': null,
};

/** Spelled as in postgresql.conf. */
const FACTORS: Readonly<Record<Unit, ReadonlyMap<string, number>>> = {
  time: new Map([
    ['ms', 0.001],
    ['s', 1],
    ['min', 60],
    ['h', 3600],
    ['d', 86_400],
  ]),
  size: new Map([
    ['kB', 1024],
    ['MB', MB],
    ['GB', 1024 * MB],
    ['TB', MB * MB],
  ]),
  rate: new Map([['/s', 1]]),
};

/**
 * The limits of the checks, those of the options over the defaults.
 * @throws UserError for a value that is no number with a unit
 */
export function limitsOf({ 'preflight-limits': given }: Pick<Options, 'preflight-limits'>): Limits {
  const found: Record<PreflightLimit, number | null> = { ...DEFAULTS };
  for (const [name, text] of Object.entries(given ?? {}) as [PreflightLimit, string][]) {
    const factors = FACTORS[UNITS[name]];
    const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([A-Za-z/]+)$/.exec(text) ?? [];
    const factor = factors.get(unit);
    if (number === undefined || factor === undefined)
      throw new UserError(
        `preflight-limits: ${name} must be a number with a unit (${[...factors.keys()].join(', ')}); got "${text}".`,
      );
    found[name] = Number(number) * factor;
  }
  return found;
}

const ACTIONS = ['off', 'warn', 'block'] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * What the options say of each check that is not a pass: `off`, `warn` or `block`.
 * @throws UserError for another word
 */
export function actionsOf({ preflight }: Pick<Options, 'preflight'>): ReadonlyMap<PreflightId, Action> {
  const found = new Map<PreflightId, Action>();
  for (const id of PREFLIGHT_CHECKS) {
    const text = preflight?.[id];
    if (text === undefined) continue;
    const action = ACTIONS.find(one => one === text);
    if (action === undefined)
      throw new UserError(`preflight: ${id} must be one of ${ACTIONS.join(', ')}; got "${text}".`);
    found.set(id, action);
  }
  return found;
}
