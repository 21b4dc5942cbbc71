import { createHash } from 'node:crypto';
import type { Checksum } from './tool.ts';

const BOM = [0xef, 0xbb, 0xbf] as const;
const LF = 0x0a;
const CR = 0x0d;

const hasBom = (bytes: Uint8Array): boolean => BOM.every((byte, at) => bytes[at] === byte);

function withLineFeeds(bytes: Uint8Array): Uint8Array {
  const result: number[] = [];
  for (let at = 0; at < bytes.length; at += 1)
    if (bytes[at] !== CR || bytes[at + 1] !== LF) result.push(bytes[at] ?? 0);
  return Uint8Array.from(result);
}

function withReturns(bytes: Uint8Array): Uint8Array {
  const result: number[] = [];
  for (const byte of withLineFeeds(bytes)) {
    if (byte === LF) result.push(CR);
    result.push(byte);
  }
  return Uint8Array.from(result);
}

/** The file as it is, then as git and editors may have changed it: line ends, byte order mark. */
export function* variants(bytes: Uint8Array): Iterable<readonly [Uint8Array, string]> {
  yield [bytes, 'the file'];
  const text = hasBom(bytes) ? bytes.subarray(BOM.length) : bytes;
  const ends = [
    [text, ''],
    ...(text.includes(LF)
      ? ([
          [withLineFeeds(text), ' with LF'],
          [withReturns(text), ' with CRLF'],
        ] as const)
      : []),
  ] as const;
  for (const [same, ending] of ends) {
    yield [same, `the file${ending}${hasBom(bytes) ? ' without byte order mark' : ''}`];
    yield [Buffer.concat([Uint8Array.from(BOM), same]), `the file${ending} with byte order mark`];
  }
}

/** A digest of the file, in hex. */
export const digest = (algorithm: 'md5' | 'sha1' | 'sha256' | 'sha384', prefix = ''): Checksum => ({
  name: algorithm,
  *candidates(bytes) {
    for (const [variant, form] of variants(bytes))
      yield [`${prefix}${createHash(algorithm).update(variant).digest('hex')}`, form];
  },
});

const TABLE = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** CRC-32 (ISO 3309), as an unsigned number. */
export function crc32(bytes: Uint8Array, start = 0): number {
  let crc = ~start;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
