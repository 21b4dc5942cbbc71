import { UserError } from '../model/errors.ts';
import type { Severity } from '../model/report.ts';
import { acceptedAt, namesAt } from './names.ts';
import { suggestion } from './nearest.ts';
import { placed } from './placed.ts';
import { DEFAULTS, SUPPRESSORS, UNREAD, type Options, type OptionSpec, type Override } from './options.ts';

/** Raw text of one place: inputs and flags by name, absent where nothing was given. */
type GivenOptions = ReadonlyMap<string, string | readonly string[]>;

export interface Sources {
  readonly inputs: GivenOptions;
  readonly flags: GivenOptions;
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

/** What is collected while reading: mistakes, all reported at once, and uses of former names. */
interface Remarks {
  readonly problems: Problem[];
  readonly deprecations: string[];
}

const SEVERITIES = ['error', 'warning', 'notice', 'off'] as const;
const DELIVERIES = ['whole-file', 'per-statement', 'as-written'];

/**
 * File, then inputs, then flags, each over the one before.
 * @throws UserError with every problem of all of them at once
 */
export async function loadOptions({ inputs, flags, file, ruleIds, place }: Sources): Promise<Options> {
  const remarks: Remarks = { problems: [], deprecations: [] };
  const values: Record<string, unknown> = { ...DEFAULTS };
  const own = file ? await readFile(file, ruleIds, remarks) : null;
  Object.assign(values, place && own ? placed(own, place.file) : (own ?? {}));
  Object.assign(values, readGiven('input', inputs, remarks));
  const byFlags = readGiven('flag', flags, remarks);
  Object.assign(values, place ? placed(byFlags, place.flag) : byFlags);
  const { problems, deprecations } = remarks;
  if (problems.length > 0)
    throw new UserError(problems.map(({ where, what }) => `${where}: ${what}`).join('\n'), {
      hint: problems.every(({ where }) => where.startsWith('--'))
        ? 'All options: migration-gate help check'
        : 'All options: docs/config.md',
    });
  return { ...(values as unknown as Options), deprecations };
}

/** Inputs or flags, by the current name of each option. */
function readGiven(place: 'input' | 'flag', options: GivenOptions, remarks: Remarks): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const accepted = acceptedAt(place);
  const label = (name: string): string => (place === 'input' ? `input ${name}` : `--${name}`);
  for (const [name, text] of options) {
    const [current, spec] = accepted.get(name) ?? [];
    const where = label(name);
    if (current === undefined || spec === undefined)
      remarks.problems.push({ where, what: `unknown option.${suggestion(name, namesAt(place))}` });
    else {
      if (name !== current) noteFormer({ where, current: label(current) }, options.has(current), remarks);
      values[current] = valueOf(spec, text, where, remarks.problems);
    }
  }
  return values;
}

/** An option was given by its former name: a mistake where the same place gives the current one, too. */
function noteFormer(
  { where, current }: { readonly where: string; readonly current: string },
  isGiven: boolean,
  { problems, deprecations }: Remarks,
): void {
  if (isGiven)
    problems.push({ where, what: `is the former name of ${current}, which is also given. Remove one of them.` });
  else deprecations.push(`${where} is deprecated; use ${current}.`);
}

function valueOf(spec: OptionSpec, value: unknown, where: string, problems: Problem[]): unknown {
  const fail = (what: string): null => {
    problems.push({ where, what });
    return null;
  };
  if (spec.type === 'list') {
    const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split('\n') : null;
    if (list?.every(item => typeof item === 'string') !== true) return fail('must be a list of strings.');
    return list.map(item => item.trim()).filter(item => item !== '');
  }
  if (spec.type === 'map') return pairsOf(spec.keys, value, fail);
  const text =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : null;
  if (text === null) return fail('must be a single value.');
  if (spec.type === 'string') return text;
  if (spec.type === 'enum')
    return spec.values.includes(text)
      ? text
      : fail(`must be one of ${spec.values.join(', ')}; got "${text}".${suggestion(text, spec.values)}`);
  if (spec.type === 'boolean')
    return text === 'true' || text === 'false' ? text === 'true' : fail(`must be true or false; got "${text}".`);
  const number = Number(text);
  if (Number.isInteger(number) && number >= spec.least && number <= spec.most) return number;
  return fail(`must be an integer from ${spec.least} to ${spec.most}; got "${text}".`);
}

/** A map of a few names: of YAML, or `table=migrations,version=id` as a flag. */
function pairsOf(
  keys: readonly string[],
  value: unknown,
  fail: (what: string) => null,
): Readonly<Record<string, string>> | null {
  const pairs: readonly (readonly [string, unknown])[] | null =
    typeof value === 'string'
      ? (value.split(',').map(part => /^\s*([^=:]*?)\s*[=:]\s*([\s\S]*?)\s*$/.exec(part)?.slice(1) ?? [part, null]) as [
          string,
          unknown,
        ][])
      : typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value)
        : null;
  if (pairs === null) return fail(`must be a map with the keys ${keys.join(', ')}.`);
  const result = new Map<string, string>();
  for (const [key, written] of pairs) {
    const value = typeof written === 'number' || typeof written === 'boolean' ? String(written) : written;
    if (!keys.includes(key)) return fail(`unknown key "${key}".${suggestion(key, keys)} Keys: ${keys.join(', ')}.`);
    if (typeof value !== 'string' || value === '') return fail(`${key} must be a single value.`);
    result.set(key, value);
  }
  return Object.fromEntries(result);
}

/** The reader of YAML is loaded only where there is a file. */
async function readFile(
  file: { path: string; text: string },
  ruleIds: readonly string[],
  remarks: Remarks,
): Promise<Record<string, unknown>> {
  const { problems } = remarks;
  const { readDocument } = await import('./document.ts');
  const { entries, faults } = readDocument(file.text);
  problems.push(...faults.map(({ line, what }) => ({ where: `${file.path}:${line}`, what })));
  const options: Record<string, unknown> = {};
  const accepted = acceptedAt('file');
  const elsewhere = [acceptedAt('input'), acceptedAt('flag')];
  for (const { name, line, value } of entries) {
    const where = `${file.path}:${line}: ${name}`;
    const [current, spec] = accepted.get(name) ?? [];
    if (name === 'rules') options.rules = rulesOf(value, where, ruleIds, problems);
    else if (name === 'suppressions')
      options.suppressions = mapOf(value, where, {
        names: [...ruleIds, UNREAD, 'default'],
        values: SUPPRESSORS,
        problems,
      });
    else if (name === 'overrides') options.overrides = overridesOf(value, where, ruleIds, problems);
    else if (current !== undefined && spec !== undefined) {
      const isGiven = entries.some(other => other.name === current);
      if (name !== current) noteFormer({ where, current }, isGiven, remarks);
      options[current] = valueOf(spec, value, where, problems);
    } else if (elsewhere.some(names => names.has(name)))
      problems.push({
        where,
        what: 'cannot be set in this file, because a pull request can change it. Use the action input or the flag.',
      });
    else problems.push({ where, what: `unknown option.${suggestion(name, [...namesAt('file'), ...SECTIONS])}` });
  }
  return options;
}

const SECTIONS = ['rules', 'overrides', 'suppressions'];

const rulesOf = (
  value: unknown,
  where: string,
  ruleIds: readonly string[],
  problems: Problem[],
): ReadonlyMap<string, Severity | 'off'> => mapOf(value, where, { names: ruleIds, values: SEVERITIES, problems });

/** A value of a fixed set for each of some rules. */
function mapOf<V extends string>(
  value: unknown,
  where: string,
  { names, values, problems }: { names: readonly string[]; values: readonly V[]; problems: Problem[] },
): ReadonlyMap<string, V> {
  const result = new Map<string, V>();
  if (value === null) return result;
  if (typeof value !== 'object' || Array.isArray(value)) {
    problems.push({ where, what: `must map each rule to one of ${values.join(', ')}.` });
    return result;
  }
  for (const [rule, setting] of Object.entries(value)) {
    const allowed = values.find(one => one === String(setting));
    if (!names.includes(rule)) problems.push({ where, what: `unknown rule ${rule}.${suggestion(rule, names)}` });
    else if (allowed === undefined)
      problems.push({
        where,
        what: `${rule} must be one of ${values.join(', ')}; got "${String(setting)}".`,
      });
    else result.set(rule, allowed);
  }
  return result;
}

function overridesOf(value: unknown, where: string, ruleIds: readonly string[], problems: Problem[]): Override[] {
  if (!Array.isArray(value)) {
    problems.push({ where, what: 'must be a list of entries with `paths`, and `rules` or `transaction`.' });
    return [];
  }
  return value.map((entry: unknown): Override => {
    const { paths, rules, transaction: written, ...rest } = (entry ?? {}) as Record<string, unknown>;
    const transaction = written === undefined ? null : JSON.stringify(written).replaceAll('"', '');
    for (const name of Object.keys(rest))
      problems.push({
        where,
        what: `unknown key ${name}.${suggestion(name, ['paths', 'rules', 'transaction'])}`,
      });
    if (!Array.isArray(paths) || paths.length === 0)
      problems.push({ where, what: 'each entry needs `paths`, a list of glob patterns.' });
    if (transaction !== null && !DELIVERIES.includes(transaction))
      problems.push({
        where,
        what: `transaction must be one of ${DELIVERIES.join(', ')}; got "${transaction}".`,
      });
    return {
      paths: Array.isArray(paths) ? paths.map(String) : [],
      rules: rulesOf(rules ?? null, where, ruleIds, problems),
      transaction: transaction as Override['transaction'],
    };
  });
}
