import { Expected } from '../errors.ts';
import type { Severity } from '../model/report.ts';
import { suggestion } from './nearest.ts';
import {
  DEFAULTS,
  OPTIONS,
  type OptionName,
  type Options,
  type OptionSpec,
  type Override,
  type Place,
} from './options.ts';

/** Raw text of one place: inputs and flags by name, absent where nothing was given. */
export type Given = ReadonlyMap<string, string | readonly string[]>;

export interface Sources {
  readonly inputs: Given;
  readonly flags: Given;
  /** The configuration file's text; null when there is none. */
  readonly file: { readonly path: string; readonly text: string } | null;
  readonly ruleIds: readonly string[];
}

interface Problem {
  readonly where: string;
  readonly what: string;
}

const SEVERITIES = ['error', 'warning', 'notice', 'off'];
const DELIVERIES = ['whole-file', 'per-statement', 'as-written'];

/**
 * File, then inputs, then flags, each over the one before.
 * @throws Expected with every problem of all of them at once
 */
export async function loadOptions({ inputs, flags, file, ruleIds }: Sources): Promise<Options> {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = { ...DEFAULTS };
  const own = file ? await readFile(file, ruleIds, problems) : null;
  Object.assign(values, own ?? {});
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
  if (problems.length > 0)
    throw new Expected(problems.map(({ where, what }) => `${where} ${what}`).join('\n'), {
      hint: 'docs/config.md lists every option.',
    });
  return values as unknown as Options;
}

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

/** `yaml` is loaded only where there is a file. */
async function readFile(
  file: { path: string; text: string },
  ruleIds: readonly string[],
  problems: Problem[],
): Promise<Record<string, unknown>> {
  const { LineCounter, parseDocument, isMap, isScalar } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number | undefined): string =>
    `${file.path}:${offset === undefined ? 1 : lines.linePos(offset).line}`;
  for (const error of document.errors)
    problems.push({ where: at(error.pos[0]), what: error.message.split('\n', 1)[0] ?? '' });
  if (document.errors.length > 0 || document.contents === null) return {};
  if (!isMap(document.contents)) {
    problems.push({ where: at(0), what: 'must hold options by name.' });
    return {};
  }
  const found: Record<string, unknown> = {};
  const known = [...names('file'), 'rules', 'overrides'];
  for (const pair of document.contents.items) {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    const where = `${at(isScalar(pair.key) ? pair.key.range[0] : undefined)} ${name}`;
    const value = toJson(pair.value);
    if (Object.hasOwn(OPTIONS, name) && !known.includes(name))
      problems.push({
        where,
        what: 'cannot be set here, where a pull request may change it: it is an input and a flag.',
      });
    else if (!known.includes(name)) problems.push({ where, what: `is not known.${suggestion(name, known)}` });
    else if (name === 'rules') found.rules = rulesOf(value, where, ruleIds, problems);
    else if (name === 'overrides') found.overrides = overridesOf(value, where, ruleIds, problems);
    else found[name] = valueOf(OPTIONS[name as OptionName], value, where, problems);
  }
  return found;
}

/** A node of the document as plain data. */
const toJson = (node: unknown): unknown => {
  const { toJSON } = (node ?? {}) as { toJSON?: () => unknown };
  return toJSON ? toJSON.call(node) : null;
};

function rulesOf(
  value: unknown,
  where: string,
  ruleIds: readonly string[],
  problems: Problem[],
): ReadonlyMap<string, Severity | 'off'> {
  const rules = new Map<string, Severity | 'off'>();
  if (value === null) return rules;
  if (typeof value !== 'object' || Array.isArray(value))
    problems.push({ where, what: 'must give a severity for each rule.' });
  else
    for (const [rule, severity] of Object.entries(value)) {
      if (!ruleIds.includes(rule))
        problems.push({ where, what: `names the rule ${rule}, which is not known.${suggestion(rule, ruleIds)}` });
      else if (!SEVERITIES.includes(String(severity)))
        problems.push({
          where,
          what: `gives ${rule} the severity "${String(severity)}"; it must be one of ${SEVERITIES.join(', ')}.`,
        });
      else rules.set(rule, severity as Severity | 'off');
    }
  return rules;
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
