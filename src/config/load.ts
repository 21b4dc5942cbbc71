import { Expected } from '../model/errors.ts';
import type { Severity } from '../model/report.ts';
import { suggestion } from './nearest.ts';
import { placed } from './placed.ts';
import {
  DEFAULTS,
  OPTIONS,
  SUPPRESSORS,
  UNREAD,
  type OptionName,
  type Options,
  type OptionSpec,
  type Override,
  type Place,
} from './options.ts';

/** Raw text of one place: inputs and flags by name, absent where nothing was given. */
type Given = ReadonlyMap<string, string | readonly string[]>;

export interface Sources {
  readonly inputs: Given;
  readonly flags: Given;
  /** The configuration file's text; null when there is none. */
  readonly file: { readonly path: string; readonly text: string } | null;
  /** Paths and globs as they are written in the file, and on the command line, made relative to the top. */
  readonly place?: { readonly file: (path: string) => string; readonly flag: (path: string) => string };
  readonly ruleIds: readonly string[];
}

interface Problem {
  readonly where: string;
  readonly what: string;
}

const SEVERITIES = ['error', 'warning', 'notice', 'off'] as const;
const DELIVERIES = ['whole-file', 'per-statement', 'as-written'];

/**
 * File, then inputs, then flags, each over the one before.
 * @throws Expected with every problem of all of them at once
 */
export async function loadOptions({ inputs, flags, file, ruleIds, place }: Sources): Promise<Options> {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = { ...DEFAULTS };
  const own = file ? await readFile(file, ruleIds, problems) : null;
  Object.assign(values, place && own ? placed(own, place.file) : (own ?? {}));
  for (const [given, place] of [
    [inputs, 'input'],
    [flags, 'flag'],
  ] as const)
    for (const [name, text] of given) {
      const spec = (OPTIONS as Readonly<Record<string, OptionSpec>>)[name];
      const label = place === 'input' ? `input ${name}` : `--${name}`;
      if (!spec) problems.push({ where: label, what: `is not known.${suggestion(name, names(place))}` });
      else values[name] = valueOf(spec, text, label, problems);
    }
  if (place) Object.assign(values, placed(pick(values, [...flags.keys()]), place.flag));
  if (problems.length > 0)
    throw new Expected(problems.map(({ where, what }) => `${where} ${what}`).join('\n'), {
      hint: 'docs/config.md lists every option.',
    });
  return values as unknown as Options;
}

const pick = (values: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map(key => [key, values[key]]));

const names = (place: Place): string[] =>
  Object.entries(OPTIONS as Readonly<Record<string, OptionSpec>>)
    .filter(([, spec]) => spec.places.includes(place))
    .map(([name]) => name);

function valueOf(spec: OptionSpec, given: unknown, where: string, problems: Problem[]): unknown {
  const fail = (what: string): null => {
    problems.push({ where, what });
    return null;
  };
  if (spec.type === 'list') {
    const list = Array.isArray(given) ? given : typeof given === 'string' ? given.split('\n') : null;
    if (list?.every(item => typeof item === 'string') !== true) return fail('must be a list of texts.');
    return list.map(item => item.trim()).filter(item => item !== '');
  }
  const text =
    typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? String(given).trim() : null;
  if (text === null) return fail('must be a single value.');
  if (spec.type === 'string') return text;
  if (spec.type === 'enum')
    return spec.values.includes(text)
      ? text
      : fail(`must be one of ${spec.values.join(', ')}; it is "${text}".${suggestion(text, spec.values)}`);
  if (spec.type === 'boolean')
    return text === 'true' || text === 'false' ? text === 'true' : fail(`must be true or false; it is "${text}".`);
  const number = Number(text);
  if (Number.isInteger(number) && number >= spec.least && number <= spec.most) return number;
  return fail(`must be a whole number from ${spec.least} to ${spec.most}; it is "${text}".`);
}

/** The reader of YAML is loaded only where there is a file. */
async function readFile(
  file: { path: string; text: string },
  ruleIds: readonly string[],
  problems: Problem[],
): Promise<Record<string, unknown>> {
  const { readDocument } = await import('./document.ts');
  const { entries, faults } = readDocument(file.text);
  problems.push(...faults.map(({ line, what }) => ({ where: `${file.path}:${line}`, what })));
  const found: Record<string, unknown> = {};
  const known = [...names('file'), 'rules', 'overrides', 'suppressions'];
  for (const { name, line, value } of entries) {
    const where = `${file.path}:${line} ${name}`;
    if (Object.hasOwn(OPTIONS, name) && !known.includes(name))
      problems.push({
        where,
        what: 'cannot be set here, where a pull request may change it: it is an input and a flag.',
      });
    else if (!known.includes(name)) problems.push({ where, what: `is not known.${suggestion(name, known)}` });
    else if (name === 'rules') found.rules = rulesOf(value, where, ruleIds, problems);
    else if (name === 'suppressions')
      found.suppressions = mapOf(value, where, {
        known: [...ruleIds, UNREAD, 'default'],
        values: SUPPRESSORS,
        problems,
      });
    else if (name === 'overrides') found.overrides = overridesOf(value, where, ruleIds, problems);
    else found[name] = valueOf(OPTIONS[name as OptionName], value, where, problems);
  }
  return found;
}

const rulesOf = (
  value: unknown,
  where: string,
  ruleIds: readonly string[],
  problems: Problem[],
): ReadonlyMap<string, Severity | 'off'> => mapOf(value, where, { known: ruleIds, values: SEVERITIES, problems });

/** A value of a fixed set for each of some rules. */
function mapOf<V extends string>(
  value: unknown,
  where: string,
  { known, values, problems }: { known: readonly string[]; values: readonly V[]; problems: Problem[] },
): ReadonlyMap<string, V> {
  const found = new Map<string, V>();
  if (value === null) return found;
  if (typeof value !== 'object' || Array.isArray(value)) {
    problems.push({ where, what: `must give each rule one of ${values.join(', ')}.` });
    return found;
  }
  for (const [rule, given] of Object.entries(value)) {
    const allowed = values.find(one => one === String(given));
    if (!known.includes(rule))
      problems.push({ where, what: `names the rule ${rule}, which is not known.${suggestion(rule, known)}` });
    else if (allowed === undefined)
      problems.push({
        where,
        what: `gives ${rule} the value "${String(given)}"; it must be one of ${values.join(', ')}.`,
      });
    else found.set(rule, allowed);
  }
  return found;
}

function overridesOf(value: unknown, where: string, ruleIds: readonly string[], problems: Problem[]): Override[] {
  if (!Array.isArray(value)) {
    problems.push({ where, what: 'must be a list, each with `paths` and `rules` or `transaction`.' });
    return [];
  }
  return value.map((entry: unknown): Override => {
    const { paths, rules, transaction: written, ...rest } = (entry ?? {}) as Record<string, unknown>;
    const transaction = written === undefined ? null : JSON.stringify(written).replaceAll('"', '');
    for (const name of Object.keys(rest))
      problems.push({
        where,
        what: `has ${name}, which is not known.${suggestion(name, ['paths', 'rules', 'transaction'])}`,
      });
    if (!Array.isArray(paths) || paths.length === 0) problems.push({ where, what: 'needs `paths`, a list of globs.' });
    if (transaction !== null && !DELIVERIES.includes(transaction))
      problems.push({
        where,
        what: `has the transaction "${transaction}"; it must be one of ${DELIVERIES.join(', ')}.`,
      });
    return {
      paths: Array.isArray(paths) ? paths.map(String) : [],
      rules: rulesOf(rules ?? null, where, ruleIds, problems),
      transaction: transaction as Override['transaction'],
    };
  });
}
