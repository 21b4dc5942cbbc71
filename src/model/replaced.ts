import type { Migration } from './source.ts';

/**
 * Does an edited migration make again what a statement made that stood in its place before? Databases that have run that
 * do not run the new text, and new ones never had the old: a failure shows the edit, and no more.
 */
export const isCreatedAgain = ({ replaced = [] }: Pick<Migration, 'replaced'>, message: string): boolean => {
  const names = [...message.matchAll(/"([^"]+)"|([^\s"]+)(?= already)/g)].map(
    ([, quoted, plain = '']) => quoted ?? plain,
  );
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
export const ALREADY_EXISTS = /^(42P07|42701|42710|42P06|42723|23505)$/;

export const CREATED_AGAIN =
  'The edit causes this: the previous text of this migration created it, and databases that have run that text do not run the new one.';
export const CHECKED_LATE =
  'It is checked on the schema that all merged migrations produce, but a new database runs it before the later ones.';
