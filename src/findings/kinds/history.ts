import type { KindTable } from '../../model/finding-kind.ts';

/** What a change does to merged migrations. */
export const HISTORY = {
  'edited-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'A merged migration is edited.',
    why: 'Databases that have applied it do not apply it again: the tool rejects the new text, or old and new databases silently differ. Statements that the edit adds are checked on the schema that all merged migrations produce. Comments and white space count only if the checksum of the tool covers them. Write a new migration instead.',
  },
  'renamed-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'A merged migration is renamed.',
    why: 'A tool identifies applied migrations by name or number: under a new name it is a migration that has not run, and the applied one is missing. Statements that the old file did not contain are checked as new.',
  },
  'moved-migration': {
    category: 'failure',
    severity: 'warning',
    summary: 'Merged migrations are moved to another folder.',
    why: 'Names and texts are unchanged, so the tool recognizes the migrations if its configuration names the new folder; otherwise it finds none. Whether it does is not checked. It is an error for a tool that treats the path as part of the name.',
  },
  'deleted-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'A merged migration is deleted.',
    why: 'Databases that have applied it keep its effects, and new databases never get them. Old migrations can be replaced by a baseline that produces the same schema: both are replayed and compared.',
  },
  'out-of-order-migration': {
    category: 'failure',
    severity: 'error',
    summary: 'A new migration sorts before a merged one.',
    why: 'In databases that have applied the merged one, tools apply the new one late, skip it permanently or stop; a new database applies the two in another order. It is an error if the tool skips it or stops, and a warning if the tool applies it late; the finding says which. The new migration is checked on the schema that all merged migrations produce. Give it a newer number or timestamp.',
  },
  'duplicate-version': {
    category: 'failure',
    severity: 'error',
    summary: 'Two migrations have the same version.',
    why: 'A tool that identifies migrations by version rejects both, or applies only one of them. Give the new one a unique version.',
  },
} as const satisfies KindTable;
