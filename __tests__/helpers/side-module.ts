/** A library as Emscripten loads it, whose one symbol is JavaScript: evaluated as `() => ${code};` when it is loaded. */
export function sideModule(code: string): Buffer {
  const text = Buffer.from(`()<::>${code}\0`);
  const needs = [...leb(text.length), 0, 0, 0];
  return Buffer.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(0, [...name('dylink.0'), ...section(1, needs)]),
    ...section(2, [2, ...name('env'), ...name('memory'), 2, 0, 0, ...name('env'), ...name('__memory_base'), 3, I32, 0]),
    ...section(6, [1, I32, 0, CONST, 0, END]),
    ...section(7, [1, ...name('__em_js__code'), 3, 1]),
    ...section(11, [1, 0, GLOBAL, 0, END, ...leb(text.length), ...text]),
  ]);
}

const [I32, CONST, GLOBAL, END] = [0x7f, 0x41, 0x23, 0x0b];

const section = (id: number, body: readonly number[]): number[] => [id, ...leb(body.length), ...body];
const name = (text: string): number[] => [...leb(text.length), ...Buffer.from(text)];
/** WebAssembly's unsigned numbers: seven bits a byte. */
const leb = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >> 7)]);
