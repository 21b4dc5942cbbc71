import { suggestion } from '../config/nearest.ts';
import { UserError } from '../model/errors.ts';
import type { FindingKind } from '../model/finding-kind.ts';
import type { Example, Rule } from '../model/rule.ts';

const LISTED = 'All ids: docs/rules.md';

/** What kinds of findings are about, for the terminal. */
export function explain(ids: readonly string[], kinds: readonly (FindingKind | Rule)[]): string {
  if (ids.length === 0) throw new UserError('explain: give the id of a rule or finding.', { hint: LISTED });
  return ids.map(id => explained(id, kinds)).join('\n');
}

/** Of a rule with its examples. */
function explained(id: string, kinds: readonly (FindingKind | Rule)[]): string {
  const kind = kinds.find(candidate => candidate.id === id || candidate.aliases?.includes(id));
  if (!kind) {
    const names = kinds.map(({ id: name }) => name);
    throw new UserError(`Unknown rule or finding: "${id}".${suggestion(id, names)}`, { hint: LISTED });
  }
  const examples = 'examples' in kind ? kind.examples.flatMap(exampleLines) : [];
  return [`${kind.id} (${kind.severity})`, kind.summary, kind.why.trim(), ...examples, ''].join('\n\n');
}

const exampleLines = ({ setup, bad, good }: Example): string[] => [
  `With this schema\n${indent(setup)}`,
  `this is reported\n${indent(bad)}`,
  ...(good === null
    ? []
    : [`Safe alternative${good.length > 1 ? `, in ${good.length} migrations` : ''}\n${good.map(indent).join('\n\n')}`]),
];

const indent = (sql: string): string =>
  sql
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n');
