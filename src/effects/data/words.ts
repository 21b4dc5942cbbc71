/** Of a list that is kept as text, which a bundle keeps small. */
export const words = (text: string): string[] => text.trim().split(/\s+/);
