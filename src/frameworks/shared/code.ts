import type { Framework, Repo } from '../../framework.ts';
import type { Delivery, History, Migration } from '../../model/source.ts';
import { blank } from './blank.ts';
import { folderOf, groupBy, nameOf } from './files.ts';
import { natural } from './order.ts';

/** A tool whose migrations are programs: what is known of it without running them. */
export interface CodeTool {
  readonly id: string;
  readonly title: string;
  /** The file, by its whole path. */
  readonly file: RegExp;
  /** Text that every migration of this tool holds, and no other program. */
  readonly says: RegExp;
  readonly transaction: Delivery;
  /** Text by which a migration leaves the transaction. */
  readonly outside: RegExp;
  readonly how: string;
}

/** Each program is a migration without SQL and with a blind spot, so that it is never taken for checked. */
export async function codeHistories(repo: Repo, tool: CodeTool): Promise<History[]> {
  const files = repo.paths.filter(path => tool.file.test(path));
  const texts = new Map(await Promise.all(files.map(async file => [file, await repo.read(file)] as const)));
  const own = files.filter(file => tool.says.test(texts.get(file) ?? ''));
  own.sort((a, b) => natural(nameOf(a), nameOf(b)));
  return [...groupBy(own, folderOf)].map(([root, paths]) => ({
    framework: tool.id,
    root,
    migrations: paths.map((file): Migration => {
      const text = texts.get(file) ?? '';
      return {
        id: nameOf(file).replace(/\.\w+$/, ''),
        framework: tool.id,
        file,
        sql: blank(text),
        changed: false,
        direction: 'up',
        transaction: tool.outside.test(text) ? 'per-statement' : tool.transaction,
        noTransaction: { how: tool.how, oneStatement: false },
        unread: [{ line: 1, because: `A migration of ${tool.title} is a program: the SQL that it sends is not read.` }],
      };
    }),
  }));
}

/** What is said of every such tool, after what is said of this one. */
export const codeNotes = (
  layout: string,
): Framework['notes'] => `${layout} The SQL that such a program sends is not read: a migration
that changes is a blind spot, and never passes as checked.`;
