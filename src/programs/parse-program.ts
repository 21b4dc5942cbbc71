import { parse } from '@babel/parser';
import type { File } from '@babel/types';

/** Larger ones are not written by hand. */
const LARGEST = 2 * 1024 * 1024;

/** The tree of a program in JavaScript or TypeScript, or why there is none. */
export function parseProgram(text: string, file: string): File | string {
  if (text.length > LARGEST) return 'The file is too large to be analyzed.';
  try {
    return parse(text, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      attachComment: false,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowSuperOutsideMethod: true,
      plugins: /\.[cm]?ts$/.test(file) ? ['typescript', 'decorators'] : ['flow', 'jsx', 'decorators'],
    });
  } catch (error) {
    return `The code cannot be parsed: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : ''}`;
  }
}
