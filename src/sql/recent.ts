/** Answers to the questions that come again: the last ones asked, by their text. */
export class Recent<V> {
  private readonly answers = new Map<string, V>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  get(question: string, answer: () => V): V {
    const known = this.answers.get(question);
    if (known !== undefined) return known;
    const fresh = answer();
    if (this.answers.size >= this.most) this.answers.clear();
    this.answers.set(question, fresh);
    return fresh;
  }
}
