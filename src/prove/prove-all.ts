import { openPlace } from '../database/place.ts';
import type { History } from '../model/source.ts';
import { prove, type Judgement } from './prove.ts';
import type { Shown } from './shown.ts';

/** Proves each history in a database of its own. */
export async function proveAll(
  where: string,
  histories: readonly History[],
  judged: readonly Judgement[],
  { pg, progress }: { pg: number; progress?: (() => void) | undefined },
): Promise<Shown> {
  const place = await openPlace(where, pg);
  try {
    const shown = [];
    for (const history of histories) shown.push(await prove(place, history, judged, { pg, progress }));
    const other = `Measured on Postgres ${place.major}: this machine has no ${pg}. Predictions are for ${pg}, and were not compared.`;
    return {
      traced: new Map(shown.flatMap(one => [...one.traced])),
      proofs: shown.flatMap(one => one.proofs),
      blindSpots: shown.flatMap(one => one.blindSpots),
      notes: place.major === pg ? [] : [other],
    };
  } finally {
    await place.close();
  }
}
