import { walk } from '../sql/nodes.ts';
import { defineRule } from '../rule.ts';

const NAMES = new Set(['relname', 'colname', 'conname', 'idxname', 'newname', 'trigname', 'policy_name']);

export default defineRule({
  id: 'identifier-too-long',
  summary: 'A name is longer than the 63 bytes that Postgres keeps.',
  category: 'style',
  severity: 'off',
  why: 'Postgres cuts the name off with no more than a notice: code that asks for the whole name does not find it, and two long names may become one.',
  aliases: ['identifier-too-long'],
  examples: [
    {
      given: 'create table orders (id bigint primary key);',
      bad: 'create table this_name_of_a_table_is_by_far_too_long_for_the_catalog_of_postgres (id bigint primary key);',
      good: ['create table this_name_fits (id bigint primary key);'],
    },
  ],
  *check(step) {
    if (!/[^\s"'().,;]{64}/.test(step.statement.sql)) return;
    const long = new Set<string>();
    const see = (body: unknown): void => {
      for (const [key, value] of Object.entries(body as Record<string, unknown>))
        if (NAMES.has(key) && typeof value === 'string' && Buffer.byteLength(value) > 63) long.add(value);
    };
    walk(step.statement.node, (_, body) => {
      see(body);
      return true;
    });
    for (const name of long) yield { message: `The name ${name} is cut off after 63 bytes.`, evidence: step.changes };
  },
});
