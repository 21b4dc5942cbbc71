import { suggestion } from '../config/nearest.ts';
import { UNREAD, type Suppressor } from '../config/options.ts';
import type { KindId } from './kinds/index.ts';
import { isOfHistory } from './registry.ts';
import type { AnalyzedMigration } from '../model/analyzed-migration.ts';
import type { Allowance } from '../model/report.ts';
import type { Migration, Span, Statement } from '../model/source.ts';
import { comments, type Comment } from '../sql/comments.ts';

/** One rule allowed in one place. */
export interface SuppressionComment {
  readonly rule: string;
  /** Empty when none was written, which allows nothing. */
  readonly reason: string;
  readonly span: Span;
  /** The statement that it stands before, in or behind; null where it covers the whole file, or no statement follows. */
  readonly statement: Span | null;
  /** It covers the whole file. */
  readonly whole: boolean;
}

const DIRECTIVE = /^migration-gate:\s*allow\s+(?=\S)([^:]*)(?::([\s\S]*))?$/i;
const RULES = /^[\w, -]+$/;

/**
 * `-- migration-gate: allow RULE[, RULE]: reason` before a statement, in it or behind it on its last line allows it
 * there; before the first statement and apart from it by an empty line, in the whole file.
 */
export function suppressionComments(
  { sql, file, printed }: Pick<Migration, 'sql' | 'file' | 'printed'>,
  statements: readonly Statement[],
): SuppressionComment[] {
  if (!sql.includes('migration-gate:')) return [];
  const texts = sql.split('\n');
  return comments(sql).flatMap(comment => {
    const [, rules = '', reason = ''] = DIRECTIVE.exec(comment.text) ?? [];
    if (!RULES.test(rules.trim())) return [];
    const place = {
      // The comments of a program stand before all that a command prints of it.
      ...(printed ? WHOLE : covered(comment, statements, texts)),
      span: { file, line: comment.line, endLine: comment.endLine },
    };
    return rules
      .split(',')
      .flatMap((rule): SuppressionComment[] =>
        rule.trim() === '' ? [] : [{ rule: rule.trim(), reason: reason.trim(), ...place }],
      );
  });
}

const WHOLE = { statement: null, whole: true } as const;

function covered(
  { start, line, endLine }: Comment,
  statements: readonly Statement[],
  texts: readonly string[],
): Pick<SuppressionComment, 'statement' | 'whole'> {
  const before = statements.findLast(statement => statement.start < start);
  const next = statements.find(statement => statement.start > start);
  const isBehind = before !== undefined && before.span.endLine >= line && (next === undefined || next.span.line > line);
  const isInside = before !== undefined && before.start + before.sql.length > start;
  if (before && (isInside || isBehind)) return { statement: before.span, whole: false };
  if (!next) return { statement: null, whole: false };
  const gap = texts.slice(endLine, next.span.line - 1).some(text => text.trim() === '');
  const whole = gap && next === statements[0];
  return { statement: whole ? null : next.span, whole };
}

/** What the configuration says of suppressing, and whether somebody else has approved of the change. */
export interface Policy {
  readonly suppressions: ReadonlyMap<string, Suppressor>;
  /** Somebody with write access who is not its author has approved the newest commit. */
  readonly approved: boolean;
}

/** The suppression comments of the files that are checked, and the statements that they may stand at. */
export class Suppressions {
  readonly written: readonly SuppressionComment[];
  private readonly policy: Policy;
  private readonly statements: ReadonlySet<Span>;
  private readonly used = new Set<SuppressionComment>();

  constructor(files: readonly Pick<AnalyzedMigration, 'migration' | 'steps'>[], policy: Policy) {
    this.policy = policy;
    this.written = files.flatMap(({ migration, steps }) =>
      suppressionComments(
        migration,
        steps.map(({ statement }) => statement),
      ),
    );
    this.statements = new Set(
      this.written.length === 0 ? [] : files.flatMap(({ steps }) => steps.map(({ statement }) => statement.span)),
    );
  }

  /** What allows a rule here. A statement is covered by what stands at it, other places by what stands on their lines. */
  for(rule: string, span: Span): SuppressionComment | null {
    const match = this.written.find(allow => {
      if (allow.rule !== rule || allow.span.file !== span.file || !this.counts(allow)) return false;
      if (allow.whole || isOfHistory(rule)) return true;
      if (this.statements.has(span)) return allow.statement === span;
      return meet(span, allow.span, 1) || (allow.statement !== null && meet(span, allow.statement));
    });
    if (match) this.used.add(match);
    return match ?? null;
  }

  /** What is wrong with each that is. */
  *faults(ruleIds: readonly string[]): Generator<{ allow: SuppressionComment; rule: KindId; message: string }> {
    const names = [...ruleIds, UNREAD];
    for (const allow of this.written) {
      const { rule, reason } = allow;
      const refused = this.refusal(rule);
      if (!names.includes(rule))
        yield { allow, rule: 'unknown-allow', message: `Unknown rule: ${rule}.${suggestion(rule, names)}` };
      else if (reason === '')
        yield {
          allow,
          rule: 'allow-without-reason',
          message: `The suppression of ${rule} gives no reason, so it suppresses nothing. Write the reason after a colon.`,
        };
      else if (refused !== null) yield { allow, rule: 'refused-suppression', message: refused };
      else if (!this.used.has(allow))
        yield { allow, rule: 'unused-allow', message: `Unused suppression: ${rule} reports nothing here.` };
    }
  }

  private counts({ rule, reason }: SuppressionComment): boolean {
    return reason !== '' && this.refusal(rule) === null;
  }

  /** Why a comment is not enough; null where it is. */
  private refusal(rule: string): string | null {
    const { suppressions, approved } = this.policy;
    const suppressor = suppressions.get(rule) ?? suppressions.get('default') ?? 'comment';
    if (suppressor === 'never') return `The configuration does not allow a comment to suppress ${rule}.`;
    return suppressor === 'comment' || approved
      ? null
      : `Suppressing ${rule} requires an approving review of the newest commit by somebody with write access.`;
  }

  listed(): Allowance[] {
    return this.written.map(allow => {
      const { rule, reason, span } = allow;
      return { rule, reason, span, used: this.used.has(allow) };
    });
  }
}

/** Do they share a line, or does `a` begin within `below` lines under `b`? */
const meet = (a: Span, b: Span, below = 0): boolean => a.line <= b.endLine + below && b.line <= a.endLine;
