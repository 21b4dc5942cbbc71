import { suggestion } from './config/nearest.ts';
import type { Allowance } from './model/report.ts';
import type { Migration, Span, Statement } from './model/source.ts';
import { comments } from './sql/comments.ts';

/** One rule allowed in one place. */
export interface Allow {
  readonly rule: string;
  /** Empty when none was written, which allows nothing. */
  readonly reason: string;
  readonly span: Span;
  /** The lines it covers; null for the whole file. */
  readonly lines: { readonly from: number; readonly to: number } | null;
}

const DIRECTIVE = /^migration-gate:\s*allow\s+(?=\S)([^:]*)(?::([\s\S]*))?$/i;
const RULES = /^[\w, -]+$/;

/**
 * `-- migration-gate: allow RULE[, RULE]: reason` before a statement, on its lines or inside it allows it there; before
 * the first statement and apart from it by an empty line, in the whole file.
 */
export function allows({ sql, file }: Pick<Migration, 'sql' | 'file'>, statements: readonly Statement[]): Allow[] {
  if (!sql.includes('migration-gate:')) return [];
  const texts = sql.split('\n');
  return comments(sql).flatMap(comment => {
    const [, rules = '', reason = ''] = DIRECTIVE.exec(comment.text) ?? [];
    if (!RULES.test(rules.trim())) return [];
    const lines = covered(comment, statements, texts);
    const span = { file, line: comment.line, endLine: comment.endLine };
    return rules
      .split(',')
      .flatMap((rule): Allow[] =>
        rule.trim() === '' ? [] : [{ rule: rule.trim(), reason: reason.trim(), span, lines }],
      );
  });
}

function covered(
  comment: { line: number; endLine: number },
  statements: readonly Statement[],
  texts: readonly string[],
): Allow['lines'] {
  const inside = statements.find(({ span }) => span.line <= comment.line && comment.line <= span.endLine);
  if (inside) return { from: inside.span.line, to: inside.span.endLine };
  const next = statements.find(({ span }) => span.line > comment.endLine);
  if (!next) return { from: comment.line, to: comment.endLine };
  const gap = texts.slice(comment.endLine, next.span.line - 1).some(text => text.trim() === '');
  return gap && next === statements[0] ? null : { from: next.span.line, to: next.span.endLine };
}

export const covers = (allow: Allow, rule: string, span: Span): boolean =>
  allow.rule === rule &&
  allow.reason !== '' &&
  allow.span.file === span.file &&
  (allow.lines === null || (span.line <= allow.lines.to && allow.lines.from <= span.endLine));

/** What is wrong with the directives themselves; null for one that is in order. */
export function complaint(
  allow: Allow,
  used: boolean,
  ruleIds: readonly string[],
): { rule: 'allow-without-reason' | 'unknown-allow' | 'unused-allow'; message: string } | null {
  if (!ruleIds.includes(allow.rule))
    return { rule: 'unknown-allow', message: `No rule is called ${allow.rule}.${suggestion(allow.rule, ruleIds)}` };
  if (allow.reason === '')
    return {
      rule: 'allow-without-reason',
      message: `The allowance of ${allow.rule} gives no reason, so it allows nothing. Write it after a colon.`,
    };
  return used ? null : { rule: 'unused-allow', message: `Nothing here breaks ${allow.rule}: the allowance can go.` };
}

export const allowance = ({ rule, reason, span }: Allow, used: boolean): Allowance => ({ rule, reason, span, used });
