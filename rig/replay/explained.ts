import type { Change } from '../../src/model/effect.ts';
import type { Span } from '../../src/model/source.ts';
import type { BlindSpot } from './blind-spot.ts';

/** The statement that explains a line which one side only has. */
export interface Explanation {
  readonly at: Span;
  readonly because: string;
}

/**
 * What blind spots account for: the lines that their statements made, which the analysis cannot have, and those that they
 * removed, which it keeps. An object that one of them touched is unknown from then on, whatever else becomes of its line.
 */
export class Explained {
  private readonly objects = new Map<string, Explanation>();

  add({ at, because, made, lost }: BlindSpot): void {
    for (const line of made) this.objects.set(`server ${objectOf(line)}`, { at, because });
    for (const line of lost) this.objects.set(`analysis ${objectOf(line)}`, { at, because });
  }

  /** What was made unseen and is renamed in plain sight is still unseen. */
  follow(change: Change): void {
    if (change.kind !== 'rename-index' && change.kind !== 'rename-constraint') return;
    const from = change.kind === 'rename-index' ? change.index : change.constraint;
    for (const [object, explanation] of this.objects)
      if (object.endsWith(` ${from}`) || object.endsWith(`.${from}`))
        this.objects.set(`${object.slice(0, -from.length)}${change.to}`, explanation);
  }

  /** `analysis only: …` or `server only: …`. */
  get(difference: string): Explanation | undefined {
    const [side = '', , ...line] = difference.split(' ');
    return this.objects.get(`${side} ${objectOf(line.join(' '))}`);
  }
}

const PART = /^\S+ (?:\d+ )?(column|foreign-key|primary-key|unique index|\S+) (\S+)/;

/** Kind and name: a part of a table by its own name, which the table's may change under it. */
function objectOf(line: string): string {
  const [first = '', second = ''] = line.split(' ');
  if (!first.includes('.')) return `${first} ${second}`;
  const [, kind = '', name = ''] = PART.exec(line) ?? [];
  return kind === 'column' ? `${first} ${kind} ${name}` : `${kind} ${name}`;
}
