import type { TestDatabase } from './test-server.ts';
import type { Client } from './service.ts';

/** One session, for as long as the work takes. */
export async function withClient<T>(
  database: Pick<TestDatabase, 'open'>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await database.open();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
