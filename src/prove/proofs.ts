import type { Effect } from '../model/effect.ts';
import type { Category, Severity } from '../model/report.ts';
import type { Span } from '../model/source.ts';

/** What a database shows that no rule could: kinds of findings, as rules are described. */
export const PROOFS = {
  'failing-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'The migration fails on a real server.',
    why: 'The migrations before it were applied to an empty database, then this one, as the tool would do it; the server refused a statement.',
  },
  'unpredicted-cost': {
    category: 'locks',
    severity: 'warning',
    summary: 'A statement took a lock, or did work, that was not foretold.',
    why: 'The trace of a real server counts. A prediction that falls short is a defect of Migration Gate: please report the statement.',
  },
  'failing-rollback': {
    category: 'rollback',
    severity: 'error',
    summary: 'The way down fails.',
    why: 'Up, then down on a real server: the server refused a statement of the way down, which will do so on the night when it is needed.',
  },
  'incomplete-rollback': {
    category: 'rollback',
    severity: 'error',
    summary: 'The way down does not lead back to the schema before.',
    why: 'Up, then down on a real server: the schema is not what it was. Column order, comments and grants are not compared.',
  },
  'failing-reapply': {
    category: 'rollback',
    severity: 'warning',
    summary: 'After the way down the migration cannot be applied again.',
    why: 'Up, down and up again on a real server: the second time the migration fails, or leads to another schema than the first.',
  },
  'missing-rollback': {
    category: 'rollback',
    severity: 'warning',
    summary: 'The migration has no way down, or an empty one.',
    why: 'Other migrations of this history can be taken back. Write the way down, or declare the migration irreversible with a reason.',
  },
  'schema-drift': {
    category: 'schema',
    severity: 'warning',
    summary: 'The dump of the schema is not what the migrations leave.',
    why: 'The dump as it was before the change, and the migrations of the change on top of it, lead to another schema than the dump as it is now: somebody restores a database that is not the one in production.',
  },
} as const satisfies Readonly<Record<string, { category: Category; severity: Severity; summary: string; why: string }>>;

export type ProofId = keyof typeof PROOFS;
export const PROOF_IDS = Object.keys(PROOFS) as readonly ProofId[];
/** As SARIF describes rules. */
export const PROOF_TEXTS = Object.entries(PROOFS).map(([id, { summary, why }]) => ({ id, summary, why }));

/** One thing that a database has shown. */
export interface Proof {
  readonly rule: ProofId;
  readonly message: string;
  readonly span: Span;
  readonly migration: string;
  readonly evidence: readonly Effect[];
}
