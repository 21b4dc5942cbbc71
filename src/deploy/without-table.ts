import { bare } from '../model/bare.ts';

/** Why the history of a framework is not read; every framework is here, or has a file in `tools`. */
export const WITHOUT_TABLE: Readonly<Record<string, string>> = bare({
  atlas: 'its revisions are a chain of hashes over all files, which is not computed',
  bun: 'its table is written by the program that uses it',
  encore: 'its table has a row for each service and version',
  hasura: 'it keeps its history in its metadata database',
  morph: 'its table has not been read',
  mybatis: 'its table has not been read',
  pgroll: 'it keeps the state of running migrations in a schema of its own',
  'plain-sql': 'no tool is known that runs the files',
  pop: 'its table has not been read',
  refinery: 'its checksums are not computed',
});
