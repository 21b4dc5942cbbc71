import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fakeGitHub, type FakeGitHub } from './helpers/fake-github.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runAction, type Outcome } from './helpers/run-action.ts';

const USERS = { 'migrations/001_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n' };
const BAD = { 'migrations/002_email.sql': 'CREATE INDEX users_email ON users (email);\n' };
const GOOD = { 'migrations/002_email.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n' };

let repo: GitRepo;
let running: FakeGitHub | null;
beforeEach(() => {
  running = null;
  repo = new GitRepo();
  repo.commit(USERS);
});
afterEach(async () => {
  repo.remove();
  await running?.close();
});

function pullRequest(files: Readonly<Record<string, string>>, of = repo): object {
  const { base, head } = of.pullRequest(files);
  return {
    pull_request: {
      number: 7,
      head: { sha: head, repo: { full_name: 'acme/shop' } },
      base: { sha: base, ref: 'main', repo: { full_name: 'acme/shop' } },
    },
  };
}
const run = async (event: object, id: number): Promise<Outcome> =>
  await runAction({
    workspace: repo.root,
    api: running?.url ?? '',
    event,
    inputs: { comment: 'always' },
    env: { GITHUB_RUN_ID: String(id) },
  });

/** Nothing of a program's own, in the log or anywhere else. */
const STACK = /\n\s+at |Bug in Migration Gate|TypeError|SyntaxError/;

type Raw = (response: ServerResponse) => void;
/** What may come instead of an answer, and what is said of it. */
const FAULTS: readonly (readonly [string, Raw, RegExp])[] = [
  ['a connection that is cut at once', response => response.socket?.destroy(), /cut off/],
  ['a connection that is reset', response => response.socket?.resetAndDestroy(), /cut off/],
  [
    'an answer that is cut in its middle',
    response => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('[{"id": 1,', () => response.socket?.destroy());
    },
    /not complete JSON/,
  ],
  ['half of an answer', response => void json(response, '[{"id": 1, "body": "x'), /not complete JSON/],
  [
    'a page of HTML',
    response => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
    /not complete JSON/,
  ],
  [
    'a page of HTML for an error',
    response => void response.writeHead(401, { 'content-type': 'text/html' }).end('<html>\n::error::pwned</html>'),
    /GitHub responded with status 401/,
  ],
  ['an object for a list', response => void json(response, '{"message": "::error::pwned"}'), /unexpected form/],
  ['a list of nothing', response => void json(response, '[null]'), /unexpected form/],
  ['a number', response => void json(response, '7'), /not complete JSON/],
  ['null', response => void json(response, 'null'), /unexpected form/],
];
const json = (response: ServerResponse, text: string): ServerResponse =>
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(text);

/** A repository and a GitHub of their own, so that faults can be met at the same time: each is tried again for seconds. */
async function met(
  raw: Raw,
  how: { readonly files: Readonly<Record<string, string>>; readonly unknown?: boolean },
): Promise<Outcome> {
  const own = new GitRepo();
  own.commit(USERS);
  const fake = await fakeGitHub({
    raw: (operation, response) => {
      if (how.unknown && operation !== 'pulls/list-files') return false;
      raw(response);
      return true;
    },
  });
  try {
    const event = pullRequest(how.files, own);
    if (how.unknown) own.git('update-ref', '-d', 'HEAD');
    return await runAction({ workspace: own.root, api: fake.url, event, inputs: { comment: 'always' } });
  } finally {
    own.remove();
    await fake.close();
  }
}
const said = ({ commands }: Outcome, level: string): string =>
  commands
    .filter(({ name }) => name === level)
    .map(({ message }) => message)
    .join('\n');

test.each([
  ['an error', BAD, 'fail', 1],
  ['no error', GOOD, 'pass', 0],
])(
  'a fault while commenting leaves the verdict of a change with %s',
  async (_, files, conclusion, code) => {
    const outcomes = await Promise.all(FAULTS.map(([, raw]) => met(raw, { files })));
    const found = outcomes.map((outcome, at) => ({
      fault: FAULTS[at]?.[0],
      code: outcome.code,
      conclusion: outcome.outputs.conclusion,
      says: FAULTS[at]?.[2].test(said(outcome, 'notice')) === true || said(outcome, 'notice'),
      stack: STACK.test(outcome.log),
      obeyed: outcome.commands.some(({ message }) => message === 'pwned'),
    }));
    expect(found).toEqual(
      FAULTS.map(([fault]) => ({ fault, code, conclusion, says: true, stack: false, obeyed: false })),
    );
  },
  120_000,
);

test('a fault where only GitHub knows what changed is said, and nothing is judged', async () => {
  const outcomes = await Promise.all(FAULTS.map(([, raw]) => met(raw, { files: BAD, unknown: true })));
  const found = outcomes.map((outcome, at) => ({
    fault: FAULTS[at]?.[0],
    code: outcome.code,
    outputs: outcome.outputs,
    says: FAULTS[at]?.[2].test(said(outcome, 'error')) === true || said(outcome, 'error'),
    stack: STACK.test(outcome.log),
  }));
  const outputs = { conclusion: 'could-not-judge' };
  expect(found).toEqual(FAULTS.map(([fault]) => ({ fault, code: 1, outputs, says: true, stack: false })));
}, 120_000);

describe('a GitHub that does not come to an end', () => {
  test.each<[string, Raw]>([
    ['no answer', () => undefined],
    [
      'an answer drop by drop',
      response => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 200);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])(
    '%s: the verdict is there within the minute',
    async (_, raw) => {
      running = await fakeGitHub({
        raw: (_operation, response) => {
          raw(response);
          return true;
        },
      });
      const start = performance.now();
      const outcome = await run(pullRequest(BAD), 1);
      expect(performance.now() - start).toBeLessThan(75_000);
      expect([outcome.code, outcome.outputs.conclusion]).toEqual([1, 'fail']);
      expect(outcome.commands.map(({ message }) => message).join('\n')).toContain(
        'did not complete its response within 15 seconds',
      );
    },
    120_000,
  );
});

describe('two runs at once', () => {
  /** Both have seen that there is no comment before either makes one; then each waits its turn by chance. */
  const together = async (runs: number): Promise<FakeGitHub> => {
    let waiting = 0;
    let go: () => void = () => undefined;
    const all = new Promise<void>(resolve => (go = resolve));
    return await fakeGitHub({
      pause: async operation => {
        if (operation === 'issues/create-comment') {
          waiting += 1;
          if (waiting === runs) go();
          await all;
        }
        await new Promise(resolve => void setTimeout(resolve, Math.random() * 50));
      },
    });
  };

  test.each([
    ['the newer one last', [1, 2]],
    ['the newer one first', [2, 1]],
    ['three', [2, 3, 1]],
  ])('%s: one comment stays, with the text of the newest', async (_, ids) => {
    const github = (running = await together(ids.length));
    const event = pullRequest(BAD);
    const outcomes = await Promise.all(ids.map(id => run(event, id)));
    expect(outcomes.map(({ code }) => code)).toEqual(ids.map(() => 1));
    expect(
      github.comments.map(({ id, body }) => [id, /^<!-- migration-gate \w+ run (\d+) -->/.exec(body)?.[1]]),
    ).toEqual([[1, String(Math.max(...ids))]]);
    expect(github.mistakes).toEqual([]);
  });

  test('an older run that ends later leaves the text of the newer', async () => {
    const github = (running = await fakeGitHub());
    const event = pullRequest(BAD);
    await run(event, 5);
    await run(event, 4);
    expect(github.comments.map(({ body }) => /^<!-- migration-gate \w+ run (\d+) -->/.exec(body)?.[1])).toEqual(['5']);
    await run(event, 6);
    expect(github.comments.map(({ body }) => /^<!-- migration-gate \w+ run (\d+) -->/.exec(body)?.[1])).toEqual(['6']);
  });

  test('duplicates of an earlier time are taken away', async () => {
    const github = (running = await fakeGitHub());
    const event = pullRequest(BAD);
    await run(event, 5);
    const [first] = github.comments;
    if (first) github.comments.push({ ...first, id: 9 }, { ...first, id: 12 });
    await run(event, 6);
    expect(
      github.comments.map(({ id, body }) => [id, /^<!-- migration-gate \w+ run (\d+) -->/.exec(body)?.[1]]),
    ).toEqual([[1, '6']]);
  });
});
