/** A text with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced. */
export function between(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((done, [name, part]) => {
    const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!pattern.test(done)) throw new Error(`the text has no place marked ${name}`);
    return done.replace(pattern, (_, start: string, end: string) => `${start}${part}\n${end}`);
  }, text);
}
