/** Entries on which Migration Gate's prediction and the servers differ, and why. */
export const KNOWN: Readonly<Record<string, string>> = {
  setval: 'functions that lock a sequence are not looked into; nobody waits for ROW EXCLUSIVE on one',
  'create-function-sql':
    'the body of an SQL function is checked under ACCESS SHARE on what it reads; it is not looked into',
  'drop-table-viewed': 'the sequence of an identity goes with its table; only the table’s lock is foretold',
  'delete-rule': 'what a rule does instead is not followed',
  'reindex-table-partitioned-concurrently':
    'SHARE is held for a moment, while the partitions are listed; the work is done under SHARE UPDATE EXCLUSIVE',
};
