import type { IndexKeys } from '../model/persistent-map.ts';
import type { Catalog, Routine, Table, Type } from '../model/schema.ts';

/** In whichever schema: by an index, since each statement of a history may ask. */
export const hasRelation = (name: string, { relations }: Catalog): boolean => relations.knows(name, ofName);
export const hasType = (name: string, { types }: Catalog): boolean => types.knows(name, ofName);
export const hasRoutine = (name: string, { routines }: Pick<Catalog, 'routines'>): boolean =>
  routines.knows(name, ofOverloads);

const ofName: IndexKeys<Table | Type> = ({ name }) => [name];
const ofOverloads: IndexKeys<readonly Routine[]> = ([routine]) => (routine ? [routine.name] : []);
