import { suggestion } from './config/nearest.ts';
import { Expected } from './errors.ts';
import type { Rule } from './rule.ts';

/** What a rule is about, for the terminal. */
export function explain(id: string, rules: readonly Rule[]): string {
  const rule = rules.find(known => known.id === id || known.aliases?.includes(id));
  if (!rule)
    throw new Expected(
      `no rule is called "${id}".${suggestion(
        id,
        rules.map(known => known.id),
      )}`,
      { hint: 'docs/rules.md lists them.' },
    );
  const examples = rule.examples.flatMap(({ given, bad, good }) => [
    `With\n${indent(given)}`,
    `this is found\n${indent(bad)}`,
    ...(good === null
      ? []
      : [
          `and this is the safe way${good.length > 1 ? `, in ${good.length} migrations` : ''}\n${good.map(indent).join('\n\n')}`,
        ]),
  ]);
  return [`${rule.id} (${rule.severity})`, rule.summary, rule.why.trim(), ...examples, ''].join('\n\n');
}

const indent = (sql: string): string =>
  sql
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n');
