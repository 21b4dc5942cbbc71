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
  if (isRegclass(left) && typeof right === 'string')
    return compared(operator, left, regclassOf(resolve(right)), resolve);
  if (isRegclass(right) && typeof left === 'string')
    return compared(operator, regclassOf(resolve(left)), right, resolve);
  // Which of the two types the server compares in decides: '01' = 1 and 't' = true hold.
  if (!isRegclass(left) && !isRegclass(right) && (typeof left !== typeof right || !isExact(left) || !isExact(right)))
    return undefined;
  const [a, b] = [text(left), text(right)];
  switch (operator) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '~~':
      return isLike(a, b);
    case '!~~':
      return !isLike(a, b);
    default:
      // How text sorts depends on its collation.
      return typeof left === 'number' ? ordered(operator, Number(a), Number(b)) : undefined;
  }
}

const isExact = (value: Plain): boolean => typeof value !== 'number' || Number.isSafeInteger(value);

/** A name of nothing is an error there: nobody knows what comes of it. */
const regclassOf = (cell: Cell): Regclass | undefined => (isRegclass(cell) ? cell : undefined);

function ordered(operator: string, a: number, b: number): Cell {
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  return operator === '>=' ? a >= b : undefined;
}

/** server_version_num is major × 10000 + minor, and which minor is not known; x.0 is not what anybody runs. */
function ofVersion(operator: string, major: number, bound: Plain): Cell {
  const number = Number(bound);
  return number % 10_000 === 0 ? ordered(operator, major * 10_000 + 1, number) : undefined;
}

/** LIKE: each % first takes nothing, and one sign more when what follows does not fit; the one before it stays as it is. */
function isLike(value: string, like: string): boolean {
  const pattern = [...like.matchAll(/\\(.)|([%_])|(.)/gsu)].map(([, escaped, wild, plain]) => ({
    wild: wild ?? null,
    sign: escaped ?? plain ?? '',
  }));
  const signs = Array.from(value);
  let [at, place, from, back] = [0, 0, -1, -1];
  while (at < signs.length) {
    const { wild, sign } = pattern[place] ?? { wild: null, sign: null };
    if (wild === '%') [from, back, place] = [at, place, place + 1];
    else if (wild === '_' || sign === signs[at]) [at, place] = [at + 1, place + 1];
    else if (back >= 0) [from, at, place] = [from + 1, from + 1, back + 1];
    else return false;
  }
  return pattern.slice(place).every(({ wild }) => wild === '%');
}
