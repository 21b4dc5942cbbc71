import type { Change, ChangeOf } from '../../model/effect.ts';
import type { Node } from '../../model/source.ts';
import { all, constant, type Pg, type Tag } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { calls } from './calls.ts';
import { statementInBody } from './statement-in-body.ts';
import { stringsOf } from './string-syntax.ts';

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

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function set(s: Pg.VariableSetStmt, { catalog }: Reading): Change[] {
  const setting = (s.name ?? '').toLowerCase();
  const local = s.is_local ?? false;
  switch (s.kind) {
    case 'VAR_RESET_ALL':
      return [{ kind: 'reset', setting: null }];
    case 'VAR_RESET':
    case 'VAR_SET_DEFAULT':
      return [{ kind: 'reset', setting }];
    case 'VAR_SET_MULTI':
      return [{ kind: 'inert', statement: `SET ${setting}`, alone: false }];
    case 'VAR_SET_CURRENT':
      return setting === 'search_path'
        ? [{ kind: 'set', setting, value: catalog.searchPath.map(quoted).join(', '), local }]
        : [{ kind: 'inert', statement: `SET ${setting}`, alone: false }];
    default: {
      // Each argument is one schema, whatever is in it (flatten_set_variable_args).
      const values = (s.args ?? []).map(arg => constant(arg) ?? '');
      const value = (setting === 'search_path' ? values.map(quoted) : values).join(', ');
      return [{ kind: 'set', setting, value, local }, ...stringsOf(s)];
    }
  }
}

const PREPARED_TRANSACTION: Readonly<Partial<Record<Pg.TransactionStmtKind, string>>> = {
  TRANS_STMT_PREPARE: 'PREPARE TRANSACTION leaves the transaction to another session',
  TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED commits statements that are not in the migration',
  TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED undoes an earlier prepared transaction',
};

function transaction({ kind = 'TRANS_STMT_BEGIN', savepoint_name, chain }: Pg.TransactionStmt): Change[] {
  const because = PREPARED_TRANSACTION[kind];
  return [
    {
      kind: 'transaction',
      verb: VERBS[kind],
      ...(savepoint_name === undefined ? {} : { savepoint: savepoint_name }),
      ...(chain ? { chain } : {}),
    },
    ...(because === undefined ? [] : [{ kind: 'opaque', because, dynamic: true } as const]),
  ];
}

/** What PREPARE or DECLARE named; each that it may be. */
function prepared(what: 'statement' | 'cursor', name: string, at: Reading): Change[] {
  const queries = at.catalog.prepared.get(`${what} ${name}`) ?? [];
  const because = `the ${what} ${name} is not prepared in this session`;
  if (queries.length === 0) return [{ kind: 'opaque', because, dynamic: true }];
  const condition = `which query ${name} runs depends on earlier statements`;
  return queries.flatMap(query =>
    statementInBody(query, at).map(change => (queries.length > 1 ? { condition, ...change } : change)),
  );
}

const inert =
  (statement: string, noTransactionBlock = false) =>
  (): Change[] => [{ kind: 'inert', statement, alone: noTransactionBlock }];

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
  TransactionStmt: transaction,
  DiscardStmt: s =>
    s.target === 'DISCARD_ALL'
      ? [{ kind: 'discard', what: 'all' }]
      : s.target === 'DISCARD_TEMP'
        ? [{ kind: 'discard', what: 'temporary' }]
        : [{ kind: 'inert', statement: 'DISCARD', alone: false }],
  NotifyStmt: inert('NOTIFY'),
  ListenStmt: inert('LISTEN'),
  UnlistenStmt: inert('UNLISTEN'),
  CheckPointStmt: inert('CHECKPOINT'),
  LoadStmt: s => [{ kind: 'opaque', because: `LOAD runs the library ${s.filename ?? ''}`, dynamic: true }],
  PrepareStmt: s => [
    { kind: 'prepare', name: `statement ${s.name ?? ''}`, ...(s.query ? { query: s.query as unknown as Node } : {}) },
  ],
  DeallocateStmt: s => [{ kind: 'deallocate', name: s.name === undefined ? null : `statement ${s.name}` }],
  ExecuteStmt: (s, at) => [...calls(s.params, at), ...prepared('statement', s.name ?? '', at)],
  // It is planned now, and runs when it is fetched from: the functions that it calls count at both.
  DeclareCursorStmt: (s, at) => [
    {
      kind: 'prepare',
      name: `cursor ${s.portalname ?? ''}`,
      ...(s.query ? { query: s.query as unknown as Node } : {}),
    },
    ...(s.query ? statementInBody(s.query, at) : []),
  ],
  FetchStmt: (s, at) => prepared('cursor', s.portalname ?? '', at),
  ClosePortalStmt: inert('CLOSE'),
  ConstraintsSetStmt: s => {
    const names = all(s.constraints, 'RangeVar').map(({ relname = '' }) => relname);
    return s.deferred
      ? [{ kind: 'inert', statement: 'SET CONSTRAINTS', alone: false }]
      : [{ kind: 'check-deferred', names: names.length > 0 ? names : null }];
  },
};
