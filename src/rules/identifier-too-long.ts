import { defineRule } from '../model/rule.ts';

const NAMES = new Set(['relname', 'colname', 'conname', 'idxname', 'newname', 'trigname', 'policy_name']);

export default defineRule({
  id: 'identifier-too-long',
  summary: 'An identifier exceeds 63 bytes and is truncated.',
  category: 'style',
  severity: 'off',
  why: 'Postgres truncates the name with no more than a notice: code that looks for the full name does not find it, and two long names can become the same.',
  aliases: ['identifier-too-long'],
  examples: [
    {
      setup: 'create table orders (id bigint primary key);',
      bad: 'create table this_name_of_a_table_is_by_far_too_long_for_the_catalog_of_postgres (id bigint primary key);',
      good: ['create table this_name_fits (id bigint primary key);'],
    },
  ],
  *check(step) {
    if (!hasLongWord(step.statement.sql)) return;
    const text = step.statement.sql.toLowerCase();
    const long = new Set<string>();
    // The parser has cut the names off already (NAMEDATALEN).
    const see = (node: unknown): void => {
      if (node === null || typeof node !== 'object') return;
      for (const [key, value] of Object.entries(node)) {
        if (typeof value !== 'string') see(value);
        else if (NAMES.has(key) && Buffer.byteLength(value) > 59 && goesOn(text, value)) long.add(value);
      }
    };
    see(step.statement.node);
    for (const name of long)
      yield { message: `An identifier exceeds 63 bytes and is truncated to ${name}.`, evidence: step.changes };
  },
});

const WORD_ENDS = new Set(Array.from(' \t\r\n\f\v"\'().,;', letter => letter.charCodeAt(0)));

/** Is there a run of 64 letters that could be a name? Faster than asking a regular expression at every letter. */
function hasLongWord(sql: string): boolean {
  for (let start = 0, at = 0; at < sql.length; at += 1) {
    if (WORD_ENDS.has(sql.charCodeAt(at))) start = at + 1;
    else if (at - start === 63) return true;
  }
  return false;
}

const goesOn = (text: string, name: string): boolean => {
  const at = text.indexOf(name.toLowerCase());
  return at >= 0 && /^[\w$]/.test(text.slice(at + name.length));
};
