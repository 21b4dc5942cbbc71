import type { Migration } from './source.ts';

/**
 * Does an edited migration make again what a statement made that stood in its place before? Databases that have run that
 * do not run the new text, and new ones never had the old: a failure shows the edit, and no more.
 */
export const isMadeAgain = ({ replaced = [] }: Pick<Migration, 'replaced'>, said: string): boolean => {
  const names = [...said.matchAll(/"([^"]+)"|([^\s"]+)(?= already)/g)].map(([, quoted, plain = '']) => quoted ?? plain);
  const last = names.map(name => name.split('.').at(-1)?.toLowerCase() ?? '').filter(name => name !== '');
  return (
    last.length > 0 &&
    replaced.some(sql => {
      const words = new Set(sql.toLowerCase().split(/[^\p{L}\p{N}_$]+/u));
      return (
        /^(create|alter|insert)$/.test(sql.split(' ', 1)[0]?.toLowerCase() ?? '') && last.every(name => words.has(name))
      );
    })
  );
};

/** Objects that are there already. */
export const IS_THERE = /^(42P07|42701|42710|42P06|42723|23505)$/;

export const MADE_AGAIN =
  'That comes of the edit: the statement that stood here before has made it, and databases that have it do not run the new text.';
export const JUDGED_LATE =
  'It is judged on the schema that all merged migrations leave: a new database runs it before what was merged after it.';
