import type { Picks } from './picks.ts';

const SPACES = [
  '/**/',
  '/* a /* b */ c */',
  '\t',
  '\n',
  '\f',
  ' -- x\n',
  '\r',
  '/* ; */',
  '/* -- */',
  ' --\r',
  '/*\n*/',
  "/* ' */",
  '/* $$ */',
  '/*"*/',
];

/** The same statement in other letters: its spaces become comments, its words change case. */
export function disguise(sql: string, p: Picks): string {
  return sql
    .split(/( )/)
    .map(part => {
      if (part === ' ') return p.rarely(2) ? p.one(SPACES) : ' ';
      if (/^[A-Z]+$/.test(part)) return p.one([part, part.toLowerCase(), part.charAt(0) + part.slice(1).toLowerCase()]);
      return part;
    })
    .join('');
}
