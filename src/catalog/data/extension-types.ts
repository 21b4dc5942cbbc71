import { bare } from '../../model/bare.ts';
/** The types of extensions that applications store, as their scripts create them; of contrib, and of others in wide use. */
const TYPES: Readonly<Record<string, string>> = bare({
  citext: 'citext',
  cube: 'cube',
  earthdistance: 'earth',
  hstore: 'hstore',
  intarray: 'query_int',
  ip4r: 'ip4 ip4r ip6 ip6r ipaddress iprange',
  isn: 'ean13 isbn isbn13 ismn ismn13 issn issn13 upc',
  lo: 'lo',
  ltree: 'lquery ltree ltxtquery',
  postgis: 'box2d box3d geography geometry',
  seg: 'seg',
  vector: 'halfvec sparsevec vector',
});

/** The extension that brings a type. */
export const EXTENSION_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries(TYPES).flatMap(([extension, types]) => types.split(' ').map(type => [type, extension] as const)),
);
