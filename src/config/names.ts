import { OPTIONS, type OptionName, type OptionSpec, type Place } from './options.ts';

const SPECS = Object.entries(OPTIONS as Readonly<Record<string, OptionSpec>>) as [OptionName, OptionSpec][];

/** The options of a place by each name that it accepts there: the current one and the former one. */
export const acceptedAt = (place: Place): ReadonlyMap<string, readonly [name: OptionName, spec: OptionSpec]> =>
  new Map(
    SPECS.filter(([, spec]) => spec.places.includes(place)).flatMap(([name, spec]) =>
      [name, ...(spec.formerly === undefined ? [] : [spec.formerly])].map(
        accepted => [accepted, [name, spec]] as const,
      ),
    ),
  );

/** The current names of the options of a place. */
export const namesAt = (place: Place): OptionName[] =>
  SPECS.filter(([, spec]) => spec.places.includes(place)).map(([name]) => name);

const FORMER: ReadonlyMap<string, OptionName> = new Map(
  SPECS.flatMap(([name, { formerly }]) => (formerly === undefined ? [] : [[formerly, name] as const])),
);

/** The name that a former one stands for; null for every other name. */
export const renamed = (name: string): OptionName | null => FORMER.get(name) ?? null;
