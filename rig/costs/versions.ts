/** `until 13`, `14 to 17`, `since 18`: some of the majors there are. */
export function span(some: readonly number[], all: readonly number[]): string {
  const [first, last] = [Math.min(...some), Math.max(...some)];
  const [oldest, newest] = [Math.min(...all), Math.max(...all)];
  if (first === oldest) return `until ${last}`;
  if (last === newest) return `since ${first}`;
  return first === last ? `on ${first}` : `${first} to ${last}`;
}

/** What is said of each major; once where they all agree, else with the majors before it. */
export function byVersion<T>(byMajor: ReadonlyMap<number, T>, say: (of: T) => string): string {
  const runs: { text: string; majors: number[] }[] = [];
  for (const [major, of] of [...byMajor].sort(([a], [b]) => a - b)) {
    const text = say(of);
    const last = runs.at(-1);
    if (last?.text === text) last.majors.push(major);
    else runs.push({ text, majors: [major] });
  }
  const [only] = runs;
  if (only && runs.length === 1) return only.text;
  return runs.map(({ text, majors }) => `_${span(majors, [...byMajor.keys()])}:_ ${text}`).join('<br>');
}
