import type { Migration, Span } from '../model/source.ts';
import { comments } from './comments.ts';
import { tokens } from './tokens.ts';

/** What an author says of a whole migration: `-- migration-gate: irreversible: reason`, `-- migration-gate: idempotent`. */
export interface Declaration {
  readonly what: 'irreversible' | 'idempotent';
  /** Empty when none was written. */
  readonly reason: string;
  readonly span: Span;
}

const DECLARATION = /^migration-gate:\s*(irreversible|idempotent)\b\s*(?::\s*([\s\S]*))?$/i;

/** The declarations in the comments of a migration's own direction. */
export function declarations({ sql, file }: Pick<Migration, 'sql' | 'file'>): Declaration[] {
  if (!sql.includes('migration-gate:')) return [];
  return comments(sql).flatMap(({ text, line, endLine }) => {
    const [, what, reason = ''] = DECLARATION.exec(text) ?? [];
    if (what === undefined) return [];
    const irreversible = what.toLowerCase() === 'irreversible';
    return [
      { what: irreversible ? 'irreversible' : 'idempotent', reason: reason.trim(), span: { file, line, endLine } },
    ];
  });
}

/** Nobody takes it back: said with a reason, without which it is not said at all. */
export const isIrreversible = (migration: Pick<Migration, 'sql' | 'file'>): boolean =>
  declarations(migration).some(({ what, reason }) => what === 'irreversible' && reason !== '');

/** More than comments and blanks: what is not read may be anything. */
export const hasSql = ({ sql, unread }: Pick<Migration, 'sql' | 'unread'>): boolean =>
  unread.length > 0 || hasStatement(sql);

function hasStatement(sql: string): boolean {
  for (const { kind } of tokens(sql)) if (kind !== 'comment' && kind !== 'semicolon') return true;
  return false;
}
