/** The text with everything but line ends made into spaces, so that line N stays line N. */
export const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
