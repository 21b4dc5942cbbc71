import { Duplex } from 'node:stream';

/** What pg takes for a socket. It writes whole messages of the wire protocol, one at a time. */
export class Wire extends Duplex {
  private readonly send: (bytes: Uint8Array) => void;
  private readonly cut: () => void;
  private isClosed = false;

  /** `cut` is called when the wire goes before its session has said goodbye: an answer is still awaited. */
  constructor(send: (bytes: Uint8Array) => void, cut: () => void) {
    super();
    this.send = send;
    this.cut = cut;
  }

  /** A session may leave before all of an answer is there: pg tells of an error ahead of ReadyForQuery. */
  receive(bytes: Uint8Array): void {
    if (!this.isClosed) this.push(bytes);
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(bytes: Uint8Array, _encoding: string, done: () => void): void {
    this.send(bytes);
    done();
  }

  override _final(done: () => void): void {
    this.isClosed = true;
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.isClosed) this.cut();
    done(error);
  }

  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
