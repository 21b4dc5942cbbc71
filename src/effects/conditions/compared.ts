import { isRegclass, isVersion, type Cell, type Plain, type Regclass } from './cell.ts';

const text = (cell: Plain | Regclass): string => (isRegclass(cell) ? cell.relation : String(cell));

/** `left operator right`, where both are known; `resolve` finds the relation that a text names. */
export function compared(operator: string, left: Cell, right: Cell, resolve: (name: string) => Cell): Cell {
  if (left === undefined || right === undefined) return undefined;
  if (left === null || right === null) return null;
  if (isVersion(left) || isVersion(right))
    return isVersion(left) && !isVersion(right) && !isRegclass(right)
      ? ofVersion(operator, left.major, right)
      : undefined;
  if (isRegclass(left) && typeof right === 'string') return compared(operator, left, known(resolve(right)), resolve);
  if (isRegclass(right) && typeof left === 'string') return compared(operator, known(resolve(left)), right, resolve);
  const [a, b] = [text(left), text(right)];
  switch (operator) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '~~':
      return pattern(b).test(a);
    case '!~~':
      return !pattern(b).test(a);
    default:
      return ordered(operator, Number(a), Number(b));
  }
}

/** A name of nothing is an error there: nobody knows what comes of it. */
const known = (cell: Cell): Regclass | undefined => (isRegclass(cell) ? cell : undefined);

function ordered(operator: string, a: number, b: number): Cell {
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  return operator === '>=' ? a >= b : undefined;
}

/** server_version_num is major × 10000 + minor, and which minor is not known; x.0 is not what anybody runs. */
function ofVersion(operator: string, major: number, bound: Plain): Cell {
  const wanted = Number(bound);
  return wanted % 10_000 === 0 ? ordered(operator, major * 10_000 + 1, wanted) : undefined;
}

/** LIKE. */
const pattern = (like: string): RegExp =>
  new RegExp(
    `^${like.replace(
      /\\(.)|([%_])|([^\w\s])/gs,
      (_, escaped: string | undefined, wild: string | undefined, other: string | undefined) =>
        wild === '%' ? '.*' : wild === '_' ? '.' : `\\${escaped ?? other ?? ''}`,
    )}$`,
    's',
  );
