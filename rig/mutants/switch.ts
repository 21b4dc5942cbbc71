/** Which mutant is in force, and which ones were asked about: mutated sources ask `mutant(n)`. */
export class Switch {
  active = 0;
  private asked = new Set<number>();

  constructor() {
    Object.assign(globalThis, {
      mutant: (id: number): boolean => {
        this.asked.add(id);
        return id === this.active;
      },
    });
  }

  /** With a mutant in force. */
  async having<T>(id: number, act: () => T | Promise<T>): Promise<T> {
    this.active = id;
    try {
      return await act();
    } finally {
      this.active = 0;
    }
  }

  /** The mutants that something comes by. */
  async reachedBy<T>(act: () => T | Promise<T>): Promise<{ done: T; reached: ReadonlySet<number> }> {
    const reached = (this.asked = new Set());
    return { done: await act(), reached };
  }
}
