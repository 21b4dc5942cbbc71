import type { Arguments } from '../../config/flags.ts';
import { hasColour, widthOf } from './terminal.ts';

/** Whether the arguments ask for help, or for nothing at all. */
export const wantsHelp = ({ command, help }: Arguments): boolean => help || command === null || command === 'help';

/**
 * Prints the help that was asked for; without a command, the overview on standard error. The texts are loaded here.
 * @throws UserError for a topic that does not exist
 */
export async function showHelp({ command, operands, help }: Arguments): Promise<number> {
  const { helpOn } = await import('../../config/help.ts');
  const isRequested = help || command === 'help';
  const stream = isRequested ? process.stdout : process.stderr;
  const topics = command === 'help' ? operands : command === null ? [] : [command];
  stream.write(helpOn(topics, { width: widthOf(stream), bold: hasColour(stream) }));
  return isRequested ? 0 : 2;
}
