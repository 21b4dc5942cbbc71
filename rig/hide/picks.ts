/** Random choices from a seed: the same seed makes the same choices. */
export class Picks {
  private state: number;
  private names = 0;
  /** Parts the names of one wrapper from those of another. */
  private readonly mark: string;

  constructor(seed: number, mark = '') {
    this.state = seed >>> 0;
    this.mark = mark;
  }

  /** 0 to `below` - 1 (mulberry32). */
  int(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  }

  rarely(of: number): boolean {
    return this.int(of) === 0;
  }

  one<T>(of: readonly T[]): T {
    const picked = of[this.int(of.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }

  /** A name that nothing else in the case has. */
  name(kind: string): string {
    this.names += 1;
    return `${kind}_${this.mark}${this.names}`;
  }

  /** A dollar quote whose tag stands nowhere else. */
  dollar(text: string): string {
    const tag = `$${this.name('q')}$`;
    return `${tag}${text}${tag}`;
  }
}

/** A string constant that means `text` whatever it holds. */
export const constant = (text: string): string => `'${text.replaceAll("'", "''")}'`;
