const SHOWN = 5;

/** The first few, and how many more there are. */
export const listed = (items: readonly string[]): string =>
  items.length > SHOWN ? `${items.slice(0, SHOWN).join('; ')}; and ${items.length - SHOWN} more` : items.join('; ');
