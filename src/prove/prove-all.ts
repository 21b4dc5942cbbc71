import { openPlace, type Wanted } from '../database/open-place.ts';
import type { History } from '../model/source.ts';
import { prove, type Judgement } from './prove.ts';
import type { Shown } from './shown.ts';

/** Proves each history in a database of its own. */
export async function proveAll(
  where: Wanted,
  histories: readonly History[],
  judged: readonly Judgement[],
  { progress }: { progress?: (() => void) | undefined } = {},
): Promise<Shown> {
  const pg = where.major;
  const place = await openPlace(where);
  try {
    const shown = [];
    for (const history of histories) shown.push(await prove(place, history, judged, { pg, progress }));
    const other = `Measured on Postgres ${place.major}: there is no ${pg}. Predictions are for ${pg}, and were not compared.`;
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
