import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf, runCli } from './helpers/run-cli.ts';

/** However a file is encoded and its lines end: the right lines, a blind spot, or an error that says what. Bundle. */
let repo: GitRepo;
beforeEach(() => void (repo = new GitRepo()));
afterEach(() => repo.remove());

type Encode = (text: string) => Buffer;
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const ENCODINGS = {
  'UTF-8': text => Buffer.from(text),
  'UTF-8 with a mark': text => Buffer.from(`\ufeff${text}`),
  'UTF-16 LE with a mark': text => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 BE with a mark': text => swapped(`\ufeff${text}`),
  'UTF-16 LE': text => Buffer.from(text, 'utf16le'),
  'UTF-16 BE': swapped,
  'Latin-1': text => Buffer.from(text, 'latin1'),
  CRLF: text => Buffer.from(text.replaceAll('\n', '\r\n')),
  'CR alone': text => Buffer.from(text.replaceAll('\n', '\r')),
  'a NUL': text => Buffer.from(text.replace('drop', '\0drop')),
} as const satisfies Readonly<Record<string, Encode>>;
type Encoding = keyof typeof ENCODINGS;
const NUL: readonly Encoding[] = ['UTF-16 LE', 'UTF-16 BE', 'a NUL'];

const SHOP = 'create table orders (id bigint primary key, note text);\n';
const DROP = "-- naïve\nset local lock_timeout = '1s';\ndrop table orders;\n";
interface Case {
  readonly base: Readonly<Record<string, string>>;
  readonly file: string;
  readonly text: string;
  readonly line: number;
  /** The tool knows line feeds alone. */
  readonly byLines: boolean;
}
const CASES: Readonly<Record<string, Case>> = {
  'plain SQL': {
    base: { 'migrations/1_a.sql': SHOP },
    file: 'migrations/2_b.sql',
    text: DROP,
    line: 3,
    byLines: false,
  },
  goose: {
    base: { 'sql/00001_a.sql': `-- +goose Up\n${SHOP}-- +goose Down\ndrop table orders;\n` },
    ...{ file: 'sql/00002_b.sql', text: `-- +goose Up\n${DROP}`, line: 4, byLines: true },
  },
  dbmate: {
    base: { 'db/20240101000000_a.sql': `-- migrate:up\n${SHOP}-- migrate:down\ndrop table orders;\n` },
    ...{ file: 'db/20240102000000_b.sql', text: `-- migrate:up\n${DROP}`, line: 4, byLines: true },
  },
  Liquibase: {
    base: { 'db/changelog/1.sql': `--liquibase formatted sql\n--changeset a:1\n${SHOP}` },
    file: 'db/changelog/2.sql',
    ...{ text: `--liquibase formatted sql\n--changeset a:2\n${DROP}`, line: 5, byLines: true },
  },
  'psql and its data': {
    base: { 'migrations/1_a.sql': SHOP },
    file: 'migrations/2_b.sql',
    ...{ text: `copy orders from stdin;\n1\ta\n\\.\n${DROP}`, line: 6, byLines: true },
  },
};

const pairs = (encodings: readonly Encoding[]): [string, Encoding, Case][] =>
  Object.entries(CASES).flatMap(([name, one]) =>
    encodings.map((encoding): [string, Encoding, Case] => [name, encoding, one]),
  );
const READ = (Object.keys(ENCODINGS) as Encoding[]).filter(encoding => !NUL.includes(encoding));

function put({ base, file, text }: Case, encoding: Encoding): void {
  repo.commit(base);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit({ [file]: ENCODINGS[encoding](text) });
}

test.each(pairs(READ))('%s in %s', (_, encoding, one) => {
  put(one, encoding);
  const { findings, blindSpots } = reportOf(repo.root, '--base', 'main');
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ rule, span }) => `${rule} ${span.line}`)).toEqual([`dropped-table ${one.line}`]);
  expect(blindSpots.map(({ because }) => because.slice(0, 46))).toEqual(
    encoding === 'CR alone' && one.byLines ? ['A line ends with a carriage return alone, whic'] : [],
  );
});

test.each(pairs(NUL))('%s in %s ends the run', (_, encoding, one) => {
  put(one, encoding);
  const { code, stderr } = runCli(repo.root, ['check', '--base', 'main']);
  expect(code).toBe(2);
  expect(stderr).toContain(`"${one.file}", line ${encoding === 'a NUL' ? one.line : 1}: NUL byte`);
  expect(stderr).toContain('Save the file as UTF-8, or as UTF-16 with a byte order mark.');
});

test('a name whose bytes are not UTF-8 is a blind spot', () => {
  repo.commit({ 'migrations/1_a.sql': SHOP });
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit({ 'migrations/2_b.sql': ENCODINGS['Latin-1']('-- é\ndelete from "café" where id = 1;\n') });
  const { blindSpots, conclusion } = reportOf(repo.root, '--base', 'main');
  expect(blindSpots.map(({ span, because }) => `${span?.line ?? ''} ${because}`)).toEqual([
    '2 Bytes that are not UTF-8: what they stand for is not known. Save the file as UTF-8.',
  ]);
  expect(conclusion).toBe('fail');
});

test.each<Encoding>([
  'UTF-8 with a mark',
  'UTF-16 LE with a mark',
  'UTF-16 BE with a mark',
  'Latin-1',
  'CRLF',
  'CR alone',
])('a configuration in %s is read, tracked or not', encoding => {
  const text = ENCODINGS[encoding]('# naïve\npostgres-version: 15\nrules:\n  dropped-table: off\n');
  repo.commit({ 'migrations/1_a.sql': SHOP, '.migration-gate.yml': text, '.gitignore': 'own.yml\n' });
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit({ 'migrations/2_b.sql': DROP });
  repo.write({ 'own.yml': text });
  expect(reportOf(repo.root, '--base', 'main').conclusion).toBe('pass');
  expect(reportOf(repo.root, '--base', 'main', '--config', 'own.yml').conclusion).toBe('pass');
});

test.each<Encoding>(['UTF-16 LE', 'UTF-16 BE'])('a configuration in %s without a mark ends the run', encoding => {
  repo.commit({
    'migrations/1_a.sql': SHOP,
    '.migration-gate.yml': ENCODINGS[encoding]('rules:\n  dropped-table: off\n'),
  });
  const { code, stderr } = runCli(repo.root, ['check', '--base', 'main']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('".migration-gate.yml", line 1: NUL byte.')]);
});
