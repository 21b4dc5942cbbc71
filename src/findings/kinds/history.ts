import type { KindTable } from '../../model/finding-kind.ts';

/** What a change does to migrations that were merged before it. */
export const HISTORY = {
  'edited-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'A migration that was merged before is edited.',
    why: 'Databases that have applied it do not apply it again: the tool refuses the new text, or nobody notices that old and new databases differ. What the edit adds is judged on the schema that all merged migrations leave. Comments and white space count only where the tool’s checksum covers them. Write a new migration instead.',
  },
  'renamed-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'A migration that was merged before is renamed.',
    why: 'A tool knows what it has applied by name or number: under another it is a migration that has not run, and one that has is missing. Statements that did not stand in it before are judged as new.',
  },
  'moved-migration': {
    category: 'failure',
    severity: 'warning',
    summary: 'Migrations that were merged before are moved to another folder.',
    why: 'Names and texts are the same, so the tool knows them where its configuration names the new folder; where it does not, it finds none. Whether it does is not read. For a tool that counts the path as part of the name, it is an error.',
  },
  'deleted-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'A migration that was merged before is deleted.',
    why: 'Databases that have applied it keep what it did, and new ones never get it. Old migrations may be replaced by a baseline where the schema that it leaves is the same: the gate replays both and compares them.',
  },
  'out-of-order-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'A new migration sorts before one that was merged before.',
    why: 'Where that one is applied, tools apply the new one late, skip it for ever or refuse to go on; a new database applies both in another order. It is an error where the tool refuses or skips it, and a warning where it applies it late; the finding says which. It is judged on the schema that all merged migrations leave. Give it a newer number or timestamp.',
  },
  'duplicate-version': {
    category: 'failure',
    severity: 'error',
    summary: 'Two migrations have the same version.',
    why: 'A tool that counts versions refuses both, or applies only one of them. Give the new one a version of its own.',
  },
} as const satisfies KindTable;
