type Environment = Readonly<Record<string, string | undefined>>;
type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>;

/** FORCE_COLOR decides, then NO_COLOR, then whether it is a terminal that knows colours. */
export function hasColour({ isTTY }: Stream, env: Environment = process.env): boolean {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isTTY && env.TERM !== 'dumb';
}

const NARROWEST = 40;
/** Longer lines are hard to read. */
const WIDEST = 100;
const USUAL = 80;

/** Characters in a line: of the terminal, else as COLUMNS says, else the usual 80. */
export function widthOf({ isTTY, columns }: Stream, env: Environment = process.env): number {
  const width = isTTY && columns > 0 ? columns : Number(env.COLUMNS ?? USUAL);
  return Math.min(WIDEST, Math.max(NARROWEST, Number.isInteger(width) && width > 0 ? width : USUAL));
}
