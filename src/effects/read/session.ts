import type { Change, ChangeOf } from '../../model/effect.ts';
import { constant, type Pg, type Tag } from '../../sql/nodes.ts';
import type { Readers } from '../reader.ts';
import { nested } from './nested.ts';

const VERBS: Readonly<Record<Pg.TransactionStmtKind, ChangeOf<'transaction'>['verb']>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'release',
  TRANS_STMT_ROLLBACK_TO: 'rollback-to',
  TRANS_STMT_PREPARE: 'prepare',
  TRANS_STMT_COMMIT_PREPARED: 'release',
  TRANS_STMT_ROLLBACK_PREPARED: 'release',
};

function set(s: Pg.VariableSetStmt): Change[] {
  const setting = (s.name ?? '').toLowerCase();
  const local = s.is_local ?? false;
  switch (s.kind) {
    case 'VAR_RESET_ALL':
      return [{ kind: 'reset', setting: null }];
    case 'VAR_RESET':
    case 'VAR_SET_DEFAULT':
      return [{ kind: 'reset', setting }];
    case 'VAR_SET_MULTI':
    case 'VAR_SET_CURRENT':
      return [{ kind: 'inert', statement: `SET ${setting}`, alone: false }];
    default:
      return [{ kind: 'set', setting, value: (s.args ?? []).map(arg => constant(arg) ?? '').join(', '), local }];
  }
}

const inert =
  (statement: string, alone = false) =>
  (): Change[] => [{ kind: 'inert', statement, alone }];

export const session: Pick<
  Readers,
  Extract<
    Tag,
    | 'VariableSetStmt'
    | 'VariableShowStmt'
    | 'TransactionStmt'
    | 'DiscardStmt'
    | 'NotifyStmt'
    | 'ListenStmt'
    | 'UnlistenStmt'
    | 'CheckPointStmt'
    | 'LoadStmt'
    | 'PrepareStmt'
    | 'DeallocateStmt'
    | 'ExecuteStmt'
    | 'DeclareCursorStmt'
    | 'FetchStmt'
    | 'ClosePortalStmt'
    | 'ConstraintsSetStmt'
  >
> = {
  VariableSetStmt: set,
  VariableShowStmt: inert('SHOW'),
  TransactionStmt: s => [{ kind: 'transaction', verb: VERBS[s.kind ?? 'TRANS_STMT_BEGIN'] }],
  DiscardStmt: s => [{ kind: 'inert', statement: 'DISCARD', alone: s.target === 'DISCARD_ALL' }],
  NotifyStmt: inert('NOTIFY'),
  ListenStmt: inert('LISTEN'),
  UnlistenStmt: inert('UNLISTEN'),
  CheckPointStmt: inert('CHECKPOINT'),
  LoadStmt: inert('LOAD'),
  PrepareStmt: inert('PREPARE'),
  DeallocateStmt: inert('DEALLOCATE'),
  ExecuteStmt: () => [{ kind: 'opaque', because: 'EXECUTE of a prepared statement', dynamic: true }],
  DeclareCursorStmt: (s, at) => [
    { kind: 'inert', statement: 'DECLARE', alone: false },
    ...(s.query ? nested(s.query, at) : []).map((change): Change => ({ condition: 'only what is fetched', ...change })),
  ],
  FetchStmt: inert('FETCH'),
  ClosePortalStmt: inert('CLOSE'),
  ConstraintsSetStmt: inert('SET CONSTRAINTS'),
};
