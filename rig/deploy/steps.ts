/** What a migration of a scenario does: it notes its name in the table `log.ran`, so that a second run is seen. */
export interface Step {
  /** Its place in the order of the tool. */
  readonly number: number;
  readonly name: string;
  /** The name that it notes; of a renamed one, the former name. */
  readonly notes?: string;
  /** Fails after it has noted its name. */
  readonly fails?: true;
  /** The text is another one, which does the same. */
  readonly edited?: boolean;
  /** The step that it follows, where the tool has a graph; by default the one before it. */
  readonly after?: string;
}

const a: Step = { number: 1, name: 'alpha' };
const b: Step = { number: 2, name: 'bravo' };
const c: Step = { number: 3, name: 'charlie' };

/** What is deployed, and then what the checkout has. */
export interface Scenario {
  /** Each is deployed with the tool; the last may fail. */
  readonly deployed: readonly (readonly Step[])[];
  readonly checkout: readonly Step[];
}

export const SCENARIOS = {
  clean: { deployed: [[a, b]], checkout: [a, b] },
  pending: { deployed: [[a, b]], checkout: [a, b, c] },
  edited: { deployed: [[a, b]], checkout: [a, { ...b, edited: true }, c] },
  renamed: { deployed: [[a, b]], checkout: [a, { ...b, name: 'bravado', notes: 'bravo' }] },
  renumbered: { deployed: [[a, b]], checkout: [a, { ...b, number: 4 }] },
  deleted: { deployed: [[a, b]], checkout: [b, c] },
  'deleted-newest': { deployed: [[a, b]], checkout: [a] },
  late: { deployed: [[a, c]], checkout: [a, b, { ...c, after: 'alpha' }] },
  failed: { deployed: [[a], [a, { ...b, fails: true }]], checkout: [a, { ...b, fails: true }] },
  'failed-and-fixed': { deployed: [[a], [a, { ...b, fails: true }]], checkout: [a, b] },
  'two-heads': { deployed: [[a]], checkout: [a, b, { ...c, after: 'alpha' }] },
  'same-number': { deployed: [[a, b]], checkout: [a, b, { ...c, number: 2, after: 'bravo' }] },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof SCENARIOS;

/** The SQL of a step; our own, so that it may be kept. */
export const sqlOf = ({ name, notes = name, fails, edited }: Step): string =>
  [
    ...(edited ? ['-- Another text, to the same effect.'] : []),
    `insert into log.ran values ('${notes}');`,
    ...(fails ? ['select 1 / 0;'] : []),
    '',
  ].join('\n');

/** Fourteen digits, as most tools have them. */
export const stamp = ({ number }: Step): string => `2025010${number}000000`;
/** Thirteen digits: milliseconds since 1970. */
export const millis = ({ number }: Step): number => Date.UTC(2025, 0, number);
