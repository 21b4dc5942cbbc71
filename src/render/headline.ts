const LONGEST = 200;

/** A message as a headline of at most 200 characters, and the detail behind it. */
export function headlineOf(message: string): readonly string[] {
  if (message.length <= LONGEST) return [message];
  const start = message.slice(0, LONGEST);
  const end = Math.max(...['. ', ': ', '; '].map(border => start.lastIndexOf(border))) + 1;
  if (end > 0) return [message.slice(0, end), message.slice(end).trim()];
  return [`${message.slice(0, LONGEST - 1)}…`, `…${message.slice(LONGEST - 1)}`];
}
