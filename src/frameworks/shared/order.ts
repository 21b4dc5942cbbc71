/** Digits compare as numbers, all else as text: `9_x` comes before `10_x`. */
export function natural(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [x = '', y = ''] = [left[at], right[at]];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const difference = BigInt(x) - BigInt(y);
      if (difference !== 0n) return difference < 0n ? -1 : 1;
    } else return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

/** As byte strings. */
export const plain = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
