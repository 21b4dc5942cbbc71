/** The known name that is fewest edits away, when it is near enough to be meant. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  const ranked = candidates
    .map(candidate => ({ candidate, edits: distance(name, candidate) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(2, name.length / 3) ? best.candidate : null;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** ` Did you mean "x"?`, or nothing. */
export const suggestion = (name: string, candidates: readonly string[]): string => {
  const near = nearest(name, candidates);
  return near === null ? '' : ` Did you mean "${near}"?`;
};
