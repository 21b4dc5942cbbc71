import type { Duplex } from 'node:stream';

/** Which limit an answer has met. */
export type Flood = 'rows' | 'messages';

/** Of one query. pg keeps rows as objects, which take ten times their bytes. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 200_000;
const MOST_MESSAGES = 100_000;
/** Of a refusal, and of a setting that the server reports. */
const LONGEST_TEXT = 1024 * 1024;

const HEADER = 5;
const code = (letter: string): number => letter.charCodeAt(0);
const READY = code('Z');
const REFUSAL = code('E');
const SETTING = code('S');
/** Message formats (manual, 54.7): DataRow and CopyData; NoticeResponse and NotificationResponse. */
const FLOODS: ReadonlyMap<number, Flood> = new Map([
  [code('D'), 'rows'],
  [code('d'), 'rows'],
  [code('N'), 'messages'],
  [code('A'), 'messages'],
]);
const MOST: Readonly<Record<Flood, number>> = { rows: MOST_ROWS, messages: MOST_MESSAGES };

/**
 * What comes from the server on its way to pg, which would keep all of it: a message longer than its kind may be, and all
 * beyond the limits of one query, is let go as it comes.
 */
export class Flow {
  private readonly flooded: (what: Flood) => void;
  private header = Buffer.alloc(0);
  /** Bytes of the message that are still to come, and whether they go on. */
  private remaining = 0;
  private passes = true;
  private bytes = 0;
  private counts: Record<Flood, number> = { rows: 0, messages: 0 };
  private over = false;

  /** `flooded` is called once for a query. */
  constructor(flooded: (what: Flood) => void) {
    this.flooded = flooded;
  }

  /** Steps between a stream that is connected and its only listener. */
  guard(stream: Duplex): void {
    const listeners = stream.listeners('data') as ((chunk: Buffer) => void)[];
    stream.removeAllListeners('data');
    stream.on('data', (chunk: Buffer | Uint8Array) => {
      for (const part of this.pass(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)))
        for (const listener of listeners) listener(part);
    });
  }

  private pass(chunk: Buffer): Buffer[] {
    const parts: Buffer[] = [];
    let at = 0;
    let from = 0;
    const cut = (): void => {
      if (at > from) parts.push(chunk.subarray(from, at));
      from = at;
    };
    while (at < chunk.length) {
      if (this.remaining > 0) {
        const step = Math.min(this.remaining, chunk.length - at);
        at += step;
        this.remaining -= step;
        if (!this.passes) from = at;
        continue;
      }
      const more = chunk.subarray(at, at + HEADER - this.header.length);
      // A header that is cut in two is held back until it is whole.
      if (this.header.length > 0 || more.length < HEADER) {
        cut();
        this.header = Buffer.concat([this.header, more]);
        at += more.length;
        from = at;
        if (this.header.length < HEADER) break;
        if (this.opens(this.header)) parts.push(this.header);
        else parts.push(...this.instead(this.header));
        this.header = Buffer.alloc(0);
        continue;
      }
      if (this.opens(more)) at += HEADER;
      else {
        cut();
        parts.push(...this.instead(more));
        at += HEADER;
        from = at;
      }
    }
    cut();
    return parts;
  }

  /** Takes note of a message, and says whether it goes on. */
  private opens(header: Buffer): boolean {
    const [type = 0, length] = [header[0], header.readUInt32BE(1)];
    this.remaining = Math.max(0, length - 4);
    if (type === READY) {
      this.bytes = 0;
      this.counts = { rows: 0, messages: 0 };
      this.over = false;
    }
    const what = FLOODS.get(type);
    if (what !== undefined) this.count(what, length);
    const tooLong = (type === REFUSAL || type === SETTING) && length > LONGEST_TEXT;
    this.passes = !tooLong && (what === undefined || !this.over);
    return this.passes;
  }

  private count(what: Flood, length: number): void {
    this.bytes += length;
    this.counts[what] += 1;
    if (this.over || (this.bytes <= MOST_BYTES && this.counts[what] <= MOST[what])) return;
    this.over = true;
    this.flooded(what);
  }

  /** A refusal must not get lost. 54000: program_limit_exceeded. */
  private instead(header: Buffer): Buffer[] {
    if (header[0] !== REFUSAL) return [];
    const fields = 'SERROR\0VERROR\0C54000\0MThe server message is longer than 1 MB\0\0';
    const message = Buffer.alloc(HEADER + fields.length);
    message.writeUInt8(REFUSAL, 0);
    message.writeUInt32BE(4 + fields.length, 1);
    message.write(fields, HEADER, 'latin1');
    return [message];
  }
}
