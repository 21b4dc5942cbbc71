import type { TestDatabase } from '../database/test-server.ts';
import { withClient } from '../database/with-client.ts';
import { readResidue, type Residue } from '../rehearse/integrity/residue.ts';
import { structureOf, type Structure } from './structure.ts';

/** A database before or after a migration. */
export interface State {
  readonly structure: Structure;
  readonly leftovers: Residue;
}

export const readState = (database: TestDatabase): Promise<State> =>
  withClient(database, async client => ({
    structure: await structureOf(client),
    leftovers: await readResidue(client),
  }));

export const hasNoTable = ({ structure }: State): boolean =>
  ![...structure.keys()].some(key => key.startsWith('table '));
