import { visible } from '../model/visible.ts';

/** Text from a pull request, made harmless in GitHub's Markdown. */

/** Inline text: no markup, no mention, no link, no HTML. */
export const inline = (text: string): string =>
  visible(text.replace(/\s+/g, ' '))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/@/g, '@\u200b')
    .replace(/(https?|www)([:.])/gi, '$1\u200b$2');

/** A code block whose fence is longer than any run of backticks inside. */
export function block(text: string, language = 'sql'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const clean = visible(text);
  return `${fence}${language}\n${clean}\n${fence}`;
}

/** Inline code with a fence that the text cannot close. */
export function code(text: string): string {
  const flat = visible(text.replace(/\s+/g, ' ').trim());
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') || flat === '' ? ' ' : '';
  return `${fence}${pad}${flat.replaceAll('|', '\\|')}${pad}${fence}`;
}
