import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: object;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** A part of GitHub's published OpenAPI description (@octokit/openapi 23.0.2, MIT), references resolved. */
const DESCRIPTION = JSON.parse(
  readFileSync(new URL('github-openapi.json', import.meta.url), 'utf8'),
) as unknown as Description;
const ajv = new Ajv({ strict: false, validateFormats: false, coerceTypes: true });

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: string };
}
export interface Answer {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface FakeGitHub {
  readonly url: string;
  readonly calls: string[];
  /** Requests that GitHub's description does not allow. */
  readonly mistakes: string[];
  readonly comments: StoredComment[];
  close(): Promise<void>;
}

interface World {
  readonly files?: readonly object[];
  readonly reviews?: readonly object[];
  readonly comments?: StoredComment[];
  /** What git says, asked with these arguments, where GitHub is asked for commits, trees and blobs. */
  readonly git?: (...args: readonly string[]) => string;
  /** Asked before every request; an answer stands instead of the true one. */
  readonly trouble?: (operation: string, count: number, body: string) => Answer | null;
  /** Answers a request in its own way, or not at all; true where it has taken it. */
  readonly raw?: (operation: string, response: ServerResponse, count: number) => boolean;
  /** Awaited before every answer. */
  readonly pause?: (operation: string) => Promise<void>;
}

/** A local GitHub that remembers comments and holds every request to GitHub's own description. */
export async function fakeGitHub({
  files = [],
  reviews = [],
  comments = [],
  git,
  trouble = () => null,
  raw = () => false,
  pause = () => Promise.resolve(),
}: World = {}): Promise<FakeGitHub> {
  const calls: string[] = [];
  const mistakes: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(JSON.stringify(body));
    };
    const found = operationFor(request.method ?? '', pathname);
    if (!found) {
      mistakes.push(`${request.method ?? ''} ${pathname} is not described`);
      return send(404, { message: 'Not Found' });
    }
    const { operation, path } = found;
    const name = operation.operationId;
    calls.push(name);
    mistakes.push(...wrong(operation, { path, query: Object.fromEntries(searchParams), body: text }));
    if (request.headers.authorization === undefined) mistakes.push(`${name}: no token`);
    if (raw(name, response, calls.filter(call => call === name).length)) return;
    await pause(name);
    const troubled = trouble(name, calls.filter(call => call === name).length, text);
    if (troubled) return send(troubled.status, { message: troubled.message }, troubled.headers);
    const page = Number(searchParams.get('page') ?? 1);
    const size = Number(searchParams.get('per_page') ?? 30);
    const part = (all: readonly unknown[]): readonly unknown[] => all.slice((page - 1) * size, page * size);
    const body = (text === '' ? {} : JSON.parse(text)) as { body?: string };
    if (name === 'pulls/list-files') return send(200, part(files));
    if (name === 'pulls/list-reviews') return send(200, part(reviews));
    const stored = git && storedBy(git, name, path);
    if (stored) return send(200, stored);
    if (name === 'issues/list-comments') return send(200, part(comments));
    if ((body.body ?? '').length > 65_536) return send(422, { message: 'Validation Failed: body is too long' });
    if (name === 'issues/delete-comment') {
      const at = comments.findIndex(comment => comment.id === Number(path.comment_id));
      if (at < 0) return send(404, { message: 'Not Found' });
      comments.splice(at, 1);
      response.writeHead(204);
      return void response.end();
    }
    if (name === 'issues/create-comment') {
      const made = { id: Math.max(0, ...comments.map(({ id }) => id)) + 1, body: body.body ?? '', user: BOT };
      comments.push(made);
      return send(201, made);
    }
    const own = comments.find(comment => comment.id === Number(path.comment_id));
    if (name !== 'issues/update-comment' || !own)
      return send(403, { message: 'Resource not accessible by integration' });
    own.body = body.body ?? '';
    send(200, own);
  }

  return {
    url,
    calls,
    mistakes,
    comments,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Commits, trees and blobs as GitHub answers of a repository. */
function storedBy(
  git: NonNullable<World['git']>,
  name: string,
  { basehead = '', tree_sha = '', file_sha = '' }: Readonly<Record<string, string>>,
): object | null {
  if (name === 'repos/compare-commits-with-basehead') {
    const [from = '', to = ''] = decodeURIComponent(basehead).split('...');
    return { merge_base_commit: { sha: git('merge-base', from, to) } };
  }
  if (name === 'git/get-blob')
    return { encoding: 'base64', content: Buffer.from(`${git('cat-file', 'blob', file_sha)}\n`).toString('base64') };
  if (name !== 'git/get-tree') return null;
  const tree = git('ls-tree', '-r', '-t', tree_sha)
    .split('\n')
    .map(line => /^(\d{6}) (\w+) ([0-9a-f]+)\t(.*)$/.exec(line) ?? [])
    .map(([, mode, type, sha, path]) => ({ mode, type, sha, path }));
  return { sha: tree_sha, truncated: false, tree };
}

export const BOT = { login: 'github-actions[bot]', type: 'Bot' };

function operationFor(
  method: string,
  pathname: string,
): { operation: Operation; path: Readonly<Record<string, string>> } | null {
  for (const [template, operations] of Object.entries(DESCRIPTION.paths)) {
    const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const match = pattern.exec(pathname);
    const operation = operations[method.toLowerCase()];
    if (match && operation) return { operation, path: { ...match.groups } };
  }
  return null;
}

function wrong(
  { operationId, parameters, requestBody }: Operation,
  given: { path: object; query: object; body: string },
): string[] {
  const mistakes: string[] = [];
  for (const place of ['path', 'query'] as const) {
    const known = parameters.filter(parameter => parameter.in === place);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(known.map(({ name, schema: of }) => [name, of])),
      required: known.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    };
    if (!ajv.validate(schema, { ...given[place] })) mistakes.push(`${operationId} ${place}: ${ajv.errorsText()}`);
  }
  const body = requestBody?.content['application/json']?.schema;
  if (body && !ajv.validate(body, JSON.parse(given.body === '' ? 'null' : given.body)))
    mistakes.push(`${operationId} body: ${ajv.errorsText()}`);
  return mistakes;
}
