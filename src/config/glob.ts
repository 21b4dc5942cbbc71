/** A step of a pattern: a sign, any sign, any but `/`; `or` goes on at both places, `end` has matched. */
type Step =
  | { readonly kind: 'sign'; readonly sign: string }
  | { readonly kind: 'any' | 'within' | 'end' }
  | { readonly kind: 'or'; to: number[] };

/** `**` any folders, `*` and `?` within a name, `{a,b}` either. */
function steps(glob: string): readonly Step[] {
  const signs = Array.from(glob.replace(/^\.\//, ''));
  const result: Step[] = [];
  const fork = (...to: number[]): Extract<Step, { kind: 'or' }> => {
    const step = { kind: 'or' as const, to };
    result.push(step);
    return step;
  };
  const repeat = (kind: 'any' | 'within'): void => {
    const at = result.length;
    fork(at + 1, at + 3);
    result.push({ kind });
    fork(at);
  };
  /** Of each open brace: where its alternatives begin, and the ends of those before the last. */
  const open: { first: { to: number[] }; ends: { to: number[] }[] }[] = [];
  const close = (): void => {
    for (const end of open.pop()?.ends ?? []) end.to.push(result.length);
  };
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] ?? '';
    const brace = open.at(-1);
    if (sign === '*' && signs[at + 1] === '*') {
      if (signs[at + 2] === '/') {
        const skip = fork(result.length + 1);
        repeat('any');
        result.push({ kind: 'sign', sign: '/' });
        skip.to.push(result.length);
        at += 1;
      } else repeat('any');
      at += 1;
    } else if (sign === '*') repeat('within');
    else if (sign === '?') result.push({ kind: 'within' });
    else if (sign === '{') open.push({ first: fork(result.length + 1), ends: [] });
    else if (sign === '}' && brace) close();
    else if (sign === ',' && brace) {
      brace.ends.push(fork());
      brace.first.to.push(result.length);
    } else result.push({ kind: 'sign', sign });
  }
  while (open.length > 0) close();
  result.push({ kind: 'end' });
  return result;
}

/** Follows all ways at once, so that no pattern takes longer than its length times that of the path. */
function isMatch(pattern: readonly Step[], path: string): boolean {
  let states: number[] = [];
  const visited = new Uint32Array(pattern.length);
  let round = 0;
  const enter = (start: number, places: number[]): void => {
    for (const pending = [start]; pending.length > 0;) {
      const at = pending.pop() ?? 0;
      if (visited[at] === round) continue;
      visited[at] = round;
      const step = pattern[at];
      if (step?.kind === 'or') pending.push(...step.to);
      else places.push(at);
    }
  };
  round += 1;
  enter(0, states);
  for (const sign of path) {
    round += 1;
    const next: number[] = [];
    for (const at of states) {
      const step = pattern[at];
      const fits =
        step?.kind === 'any' ||
        (step?.kind === 'within' && sign !== '/') ||
        (step?.kind === 'sign' && step.sign === sign);
      if (fits) enter(at + 1, next);
    }
    if (next.length === 0) return false;
    states = next;
  }
  return states.some(at => pattern[at]?.kind === 'end');
}

interface Pattern {
  /** What every match begins with. */
  readonly start: string;
  readonly steps: readonly Step[];
}

const patterns = new Map<string, Pattern>();
function patternOf(glob: string): Pattern {
  const old = patterns.get(glob);
  if (old) return old;
  const pattern = { start: /^[^*?{]*/.exec(glob.replace(/^\.\//, ''))?.[0] ?? '', steps: steps(glob) };
  patterns.set(glob, pattern);
  return pattern;
}

function isMatchOf(glob: string, path: string): boolean {
  const { start, steps: all } = patternOf(glob);
  return path.startsWith(start) && isMatch(all, path);
}

/** Does a path match one of the globs? A folder's name stands for all below it. */
export const matches = (globs: readonly string[], path: string): boolean =>
  globs.some(glob => isMatchOf(glob, path) || isMatchOf(`${glob.replace(/(?<!\/)\/+$/, '')}/**`, path));
