/** Positions in a text: from the parser's UTF-8 byte offsets to string indexes to lines. The only place that converts. */
export class Lines {
  private readonly text: string;
  private readonly starts: number[] = [0];
  private readonly ascii: boolean;
  /** The last conversion: offsets come in ascending order, so the next one starts there. */
  private last = { byte: 0, index: 0 };

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
    this.ascii = Buffer.byteLength(text) === text.length;
  }

  /** The line of a string index, counted from 1. */
  at(index: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The string index of a UTF-8 byte offset. */
  index(byte: number): number {
    if (this.ascii) return byte;
    let { byte: at, index } = byte >= this.last.byte ? this.last : { byte: 0, index: 0 };
    while (at < byte) {
      const code = this.text.codePointAt(index) ?? 0;
      at += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      index += code > 0xffff ? 2 : 1;
    }
    this.last = { byte: at, index };
    return index;
  }
}
