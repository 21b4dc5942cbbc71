/** NAMEDATALEN - 1: identifiers are cut to 63 bytes. */
const LONGEST = 63;
const bytes = (text: string): number => Buffer.byteLength(text);

function cut(text: string, length: number): string {
  let short = text;
  while (bytes(short) > length) short = short.slice(0, -1);
  return short;
}

/** makeObjectName (src/backend/commands/indexcmds.c): the longer of the two names is shortened first. */
function makeObjectName(first: string, second: string, label: string): string {
  const overhead = (second === '' ? 0 : 1) + label.length + 1;
  const room = LONGEST - overhead;
  let left = bytes(first);
  let right = bytes(second);
  while (left + right > room) {
    if (left > right) left -= 1;
    else right -= 1;
  }
  return [cut(first, left), cut(second, right), label].filter(part => part !== '').join('_');
}

/** The name that Postgres gives an object without one: `users_email_key`, then `users_email_key1`, … */
export function chooseName(
  table: string,
  columns: readonly string[],
  label: 'pkey' | 'key' | 'excl' | 'idx' | 'fkey' | 'check' | 'seq' | 'not_null' | 'stat',
  isTaken: (name: string) => boolean,
): string {
  for (let attempt = 0; ; attempt += 1) {
    const name = makeObjectName(table, columns.join('_'), attempt === 0 ? label : `${label}${attempt}`);
    if (!isTaken(name)) return name;
  }
}

/** ChooseIndexColumnNames: an expression is called `expr`, the second one `expr1`. */
export function indexColumnNames(columns: readonly (string | null)[]): string[] {
  const names: string[] = [];
  for (const column of columns) {
    const base = column ?? 'expr';
    let name = base;
    for (let attempt = 1; names.includes(name); attempt += 1) name = `${base}${attempt}`;
    names.push(name);
  }
  return names;
}
