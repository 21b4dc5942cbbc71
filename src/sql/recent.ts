/** Answers to the questions that come again: the last ones asked, by their text. */
export class Recent<V> {
  private readonly answers = new Map<string, V>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  get(question: string, answer: () => V): V {
    const cached = this.answers.get(question);
    if (cached !== undefined) return cached;
    const fresh = answer();
    if (this.answers.size >= this.most) this.answers.clear();
    this.answers.set(question, fresh);
    return fresh;
  }
}
