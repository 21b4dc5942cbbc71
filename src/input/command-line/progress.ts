/** Says how far a stage of a run has come. */
export type Progress = (stage: string, done?: number, all?: number) => void;

interface Line {
  readonly progress: Progress;
  /** Takes the line away; nothing is written after it. */
  readonly end: () => void;
}

type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/** A run that is done by then says nothing. */
const PATIENCE = 1000;
const EACH = 100;
const CLEAR = '\r\u001b[K';

/**
 * One line of progress on a terminal, rewritten in place, from the second second of the run on. Nothing where it is not a
 * terminal, or where nobody watches it (CI).
 */
export function progressLine(
  stream: Stream = process.stderr,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Line {
  if (!stream.isTTY || env.TERM === 'dumb' || isSet(env.CI)) return { progress: nothing, end: nothing };
  const begin = performance.now();
  let last = 0;
  let text = '';
  let printed = '';
  let ended = false;
  const show = (): void => {
    const now = performance.now();
    if (ended || text === printed || now - begin < PATIENCE || now - last < EACH) return;
    stream.write(`${CLEAR}${text.slice(0, Math.max(20, stream.columns || 80) - 1)}`);
    [printed, last] = [text, now];
  };
  // A stage that waits for a server is shown by the clock; one that computes shows itself.
  const timer = setInterval(show, EACH);
  timer.unref();
  return {
    progress: (stage, done, all) => {
      text = `${stage} …${done === undefined || all === undefined ? '' : ` ${done} of ${all}`}`;
      show();
    },
    end: () => {
      if (printed !== '' && !ended) stream.write(CLEAR);
      ended = true;
      clearInterval(timer);
    },
  };
}

const nothing = (): void => undefined;
const isSet = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== 'false';
