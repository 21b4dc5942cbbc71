import { describe, expect, test } from '@jest/globals';
import { PersistentMap } from '../src/model/persistent-map.ts';

interface Shop {
  readonly sells: readonly string[];
}
const sells = ({ sells: goods }: Shop): readonly string[] => goods;
const shop = (...goods: string[]): Shop => ({ sells: goods });

describe('a map that is never changed', () => {
  const first = PersistentMap.of<Shop>([['corner', shop('milk')]]);
  const second = first.with('market', shop('fish', 'milk'));
  const third = second.with('corner', shop('wine')).without('market');

  test('every version keeps its own values, in whatever order they are asked', () => {
    expect([third, first, second, first].map(names => names.entries().map(([key]) => key))).toEqual([
      ['corner'],
      ['corner'],
      ['corner', 'market'],
      ['corner'],
    ]);
    expect(first.get('corner')?.sells).toEqual(['milk']);
    expect(third.get('corner')?.sells).toEqual(['wine']);
  });

  test('every version knows the words of its own values', () => {
    const known = (names: PersistentMap<Shop>): string[] =>
      ['milk', 'fish', 'wine'].filter(goods => names.knows(goods, sells));
    expect(known(third)).toEqual(['wine']);
    expect(known(first)).toEqual(['milk']);
    expect(known(second)).toEqual(['milk', 'fish']);
    expect(known(second.with('pier', shop('wine')))).toEqual(['milk', 'fish', 'wine']);
    expect(known(third)).toEqual(['wine']);
  });

  test('what was written since an older version is known, also when that was read in between', () => {
    expect([...third.writtenSince(second)].sort()).toEqual(['corner', 'market']);
    expect([...second.writtenSince(first)]).toEqual(['market']);
    expect(first.get('market')).toBeUndefined();
    expect([...third.writtenSince(third)]).toEqual([]);
    expect([...third.writtenSince(PersistentMap.empty())]).toEqual(['corner']);
  });
});
