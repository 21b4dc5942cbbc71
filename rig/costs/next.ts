/** What Postgres 19 does otherwise, by its source and release notes. */
export const NEXT: readonly { readonly sql: string; readonly text: string }[] = [
  {
    sql: 'repack products',
    text: 'New; does what VACUUM FULL and CLUSTER do: ACCESS EXCLUSIVE, rewrites the table and its indexes.',
  },
  {
    sql: 'repack (concurrently) products',
    text: 'New; SHARE UPDATE EXCLUSIVE while it copies, ACCESS EXCLUSIVE only to swap the files. Not in a transaction block; the table needs a primary key or another replica identity.',
  },
  {
    sql: 'alter table payments split partition payments_2025 into (…)',
    text: 'New; ACCESS EXCLUSIVE on the parent and the partition, and moves the rows under it.',
  },
  {
    sql: 'alter table payments merge partitions (payments_2024, payments_2025) into payments_old',
    text: 'New; ACCESS EXCLUSIVE on the parent and the partitions, and moves the rows under it.',
  },
  {
    sql: 'alter table orders add column discount percentage',
    text: 'A column of a domain with constraints is mostly added without a rewrite.',
  },
  {
    sql: 'alter domain phone_number validate constraint dialled',
    text: 'SHARE UPDATE EXCLUSIVE on the tables that use the domain, instead of SHARE: writes continue.',
  },
  {
    sql: 'alter table orders alter constraint total_positive not enforced',
    text: 'Possible for checks, not for foreign keys alone.',
  },
];
