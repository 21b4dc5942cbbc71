import { postgresBinaries } from '../postgres-binaries.ts';
import { startLocal, type Server } from '../../src/database/local.ts';
import { UserError } from '../../src/model/errors.ts';

/** A server of any major that the machine has, else one from npm. */
export async function anyServer(): Promise<Server> {
  for (const major of [15, 16, 17, 18, 14, 13]) {
    try {
      return await startLocal({ major });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return startLocal({ binaries: await postgresBinaries(17) });
}
