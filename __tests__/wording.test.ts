import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { findingKinds } from '../src/findings/registry.ts';
import { headlineOf } from '../src/render/headline.ts';

/** What a reviewer reads is plain technical English, and its headlines fit on a screen. */
const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const LONGEST = 200;

const UNWANTED =
  /foretold|foresee|\bway (down|back)\b|ways (down|back)|\bwary\b|allowances?\b|to remark|with remarks|in its own way|as it were|for as long as it takes|\banew\b|takes a second one to see|held against|out of sight|under way\b|\bjudged?\b|un?analysed|not analysed|neighbour|made rows|put together|by far too|from now on|not be told apart|who waits for|no more than a moment|in silence|leads elsewhere|are others\b|Prove it of|old rows|in step\b|nobody waited|blind spot|of its own accord|\bat hand\b/i;

/** A text by its file, of which only what the product says counts: no SQL, no code. */
const texts: readonly (readonly [name: string, text: string])[] = [
  ...folder('docs/rules', /\.md$/),
  ...folder('examples', /expected\.md$/),
  ...folder('__tests__/pull-requests', /expected\.md$/),
  ['docs/rules.md', readFileSync(join(top, 'docs/rules.md'), 'utf8')],
  ...findingKinds.map(({ id, summary, why }) => [id, `${summary}\n${why}`] as const),
];

function folder(path: string, name: RegExp): (readonly [string, string])[] {
  const files = readdirSync(join(top, path), { recursive: true, encoding: 'utf8' }).filter(file => name.test(file));
  return files.map(file => [`${path}/${file}`, readFileSync(join(top, path, file), 'utf8')] as const);
}

const said = (text: string): string => text.replace(/(`{3,})[\s\S]*?\1|`[^`\n]*`/g, '');

test('no text has words that say it in another way than the reader would', () => {
  const found = texts.flatMap(([name, text]) =>
    said(text)
      .split('\n')
      .filter(line => UNWANTED.test(line) && !line.startsWith('<!--'))
      .map(line => `${name}: ${UNWANTED.exec(line)?.[0] ?? ''}: ${line}`),
  );
  expect(found).toEqual([]);
});

/** What code says: its strings and templates of several words. */
function strings(path: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) found.push(node.getText(source));
    if (!ts.isImportDeclaration(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter(text => text.includes(' '));
}

/** Rooms whose texts are for those who run the gate, not for those who read a report. */
const OTHERS = /^(config|github|repo|input|collect|command-line|database)\/|^(cli|action)\.ts$/;

test('no message of the code has them', () => {
  const files = readdirSync(join(top, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.ts') && !OTHERS.test(file),
  );
  const found = files.flatMap(file =>
    strings(join(top, 'src', file))
      .filter(text => UNWANTED.test(text))
      .map(text => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});

/** As Markdown writes it, of which the characters behind a backslash count. */
const headlines = texts.flatMap(([name, text]) =>
  [...text.matchAll(/^#### \S+ (.*)$/gm)].map(([, line = '']) => [name, line.replaceAll(/\\(?=\W)/g, '')] as const),
);

test('headlines are short', () => {
  expect(headlines.length).toBeGreaterThan(40);
  expect(headlines.filter(([, line]) => line.length > LONGEST)).toEqual([]);
});

test('summaries are one sentence', () => {
  const long = findingKinds.filter(({ summary }) => summary.length > 120 || !/^\w.*[^.]\.$/.test(summary));
  expect(long.map(({ id }) => id)).toEqual([]);
});

test('a long message is cut between sentences, and nothing of it is lost', () => {
  const first = 'ALTER TABLE rewrites orders.';
  const rest = 'It '.repeat(70).trim();
  expect(headlineOf(first)).toEqual([first]);
  expect(headlineOf(`${first} ${rest}`)).toEqual([first, rest]);
  const [head = '', tail = ''] = headlineOf('x'.repeat(500));
  expect([head.length, `${head}${tail}`.replaceAll('…', '').length]).toEqual([LONGEST, 500]);
});
