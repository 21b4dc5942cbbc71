/** Entries on which Migration Gate's prediction and the servers differ, and why. */
export const KNOWN: Readonly<Record<string, string>> = {
  explain: 'EXPLAIN plans a statement under its locks; it is not looked into',
};
