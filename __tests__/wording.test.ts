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
  /foretold|foresee|\bway (down|back)\b|ways (down|back)|\bwary\b|allowances?\b|to remark|with remarks|in its own way|as it were|for as long as it takes|\banew\b|takes a second one to see|held against|out of sight|under way\b|(?<!could-not-)\bjudged?\b|un?analysed|not analysed|neighbour|made rows|put together|by far too|from now on|not be told apart|who waits for|no more than a moment|in silence|leads elsewhere|are others\b|Prove it of|old rows|in step\b|nobody waited|blind spot|of its own accord|\bat hand\b/i;

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

const codeOf = (...folders: readonly string[]): string[] =>
  folders.flatMap(folder =>
    readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => `${folder}/${file}`),
  );

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

test('no message of the code has them', () => {
  const found = codeOf('src').flatMap(file =>
    strings(join(top, file))
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

/**
 * Words that the code once had for terms of Postgres, of linters and of GitHub: judged for checked or analyzed, way down
 * for down migration, doubt for uncertain, proof for finding, price for predicted cost, told for reported.
 */
const FORMER =
  /^(judge[ds]?|judging|judge?ments?|foretold|foretell|wary|told|tells?|taste|daring|salvage|hedged|conduct|conducted|stray|unsettled|scratch|lowered|wishes|felt|doubts?|doubtful|doubted|surprises?)$/i;

test('no name of the code has a former word', () => {
  const found = new Set<string>();
  for (const file of codeOf('src', 'rig', 'scripts', '__tests__', 'bench')) {
    const source = ts.createSourceFile(file, readFileSync(join(top, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && wordsOf(node.text).some(word => FORMER.test(word)))
        found.add(`${file}: ${node.text}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
    if (wordsOf(file).some(word => FORMER.test(word))) found.add(file);
  }
  expect([...found]).toEqual([]);
});

const wordsOf = (name: string): string[] => name.split(/(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+/);

test('no comment of the code has one', () => {
  const found = codeOf('src').flatMap(file =>
    commentsOf(readFileSync(join(top, file), 'utf8'))
      .filter(text =>
        /(?<!could-not-)\b(judged?|judges|foretold|ways? down|way back|wary|allowances?)\b(?!')/i.test(text),
      )
      .map(text => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});

function commentsOf(text: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const found: string[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan())
    if (token === ts.SyntaxKind.MultiLineCommentTrivia || token === ts.SyntaxKind.SingleLineCommentTrivia)
      found.push(scanner.getTokenText());
  return found;
}
