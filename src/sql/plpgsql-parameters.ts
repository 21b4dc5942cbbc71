import { isOwn, type Bindings } from './constant-text.ts';

/** Parameters that the body seems to assign to keep no value; `$1` and a name may be one parameter. */
export function unassigned(bound: Bindings, loses: (name: string) => boolean): Bindings {
  const assigned = new Set([...bound.keys()].filter(loses));
  if (assigned.size === 0) return bound;
  const [byPlace, byName] = [[...assigned].some(isPlace), [...assigned].some(name => !isPlace(name))];
  return new Map(
    [...bound].filter(([name]) => !assigned.has(name) && (isOwn(name) || !(isPlace(name) ? byName : byPlace))),
  );
}

const isPlace = (name: string): boolean => name.startsWith('$');

/** `=` after a word that asks is a comparison. */
export const isAssigned = (name: string, body: string): boolean =>
  new RegExp(`${NOT_ASKED}(?<![\\w$.])${name.replace(/\W/g, '\\$&')}\\s*:?=`, 'i').test(body);
const NOT_ASKED = '(?<!\\b(?:if|elsif|elseif|and|or|not|when|while|where)\\s+)';
