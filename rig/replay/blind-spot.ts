import { outline } from '../ground-truth/outline.ts';
import type { TestServer, TestDatabase } from '../../src/database/test-server.ts';
import type { Span } from '../../src/model/source.ts';
import type { Step } from '../../src/model/step.ts';
import { substitute } from '../../src/verify/send.ts';
import { introspect } from '../../src/measure/introspect.ts';

/** A statement that the report calls a blind spot, and what it did to the schema there. */
export interface BlindSpot {
  readonly at: Span;
  readonly because: string;
  /** Lines of the outline that the server has since it, and those that it has lost. */
  readonly made: readonly string[];
  readonly lost: readonly string[];
}

/** Why a report says that a statement was not seen whole; null when it claims to know it. */
export function unseenBecause({ changes }: Step): string | null {
  const change = changes.find(({ kind }) => kind === 'opaque');
  return change?.kind === 'opaque' ? change.because : null;
}

/** Runs a file once more, and looks at the schema around each statement that the analysis does not claim to know. */
export async function blindSpots(
  steps: readonly Step[],
  database: TestDatabase,
  place: TestServer,
): Promise<BlindSpot[]> {
  const client = await database.open();
  const lines = async (): Promise<ReadonlySet<string>> => new Set(outline(await introspect(client)));
  const found: BlindSpot[] = [];
  try {
    for (const step of steps) {
      const because = unseenBecause(step);
      const before = because === null ? null : await lines();
      await client.query((await substitute(step.statement, place)).sql);
      if (because === null || before === null) continue;
      const after = await lines();
      const made = [...after].filter(line => !before.has(line));
      const lost = [...before].filter(line => !after.has(line));
      found.push({ at: step.statement.span, because, made, lost });
    }
  } finally {
    await client.end();
  }
  return found;
}
