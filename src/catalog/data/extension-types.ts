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

/** Operator classes that an index names, by the extension that brings them (pg_opclass of 17, and pgvector 0.8's script). */
const CLASSES: Readonly<Record<string, string>> = bare({
  citext: 'citext_pattern_ops',
  hstore: 'gin_hstore_ops gist_hstore_ops btree_hstore_ops hash_hstore_ops',
  intarray: 'gin__int_ops gist__int_ops gist__intbig_ops',
  ltree: 'gist_ltree_ops gist__ltree_ops hash_ltree_ops',
  pg_trgm: 'gin_trgm_ops gist_trgm_ops',
  postgis:
    'gist_geometry_ops_2d gist_geometry_ops_nd spgist_geometry_ops_2d spgist_geometry_ops_nd brin_geometry_inclusion_ops_2d',
  vector:
    'vector_l2_ops vector_ip_ops vector_cosine_ops vector_l1_ops halfvec_l2_ops halfvec_ip_ops halfvec_cosine_ops halfvec_l1_ops sparsevec_l2_ops sparsevec_ip_ops sparsevec_cosine_ops sparsevec_l1_ops bit_hamming_ops bit_jaccard_ops',
});

/** The extension that brings an operator class. */
export const EXTENSION_CLASSES: ReadonlyMap<string, string> = new Map(
  Object.entries(CLASSES).flatMap(([extension, names]) => names.split(' ').map(name => [name, extension] as const)),
);

/** Types of pg_catalog that GIN and GiST index through btree_gin and btree_gist alone (pg_opclass of 17, without inet and its kin). */
export const SCALARS: ReadonlySet<string> = new Set(
  'bit bool bpchar bytea date float4 float8 int2 int4 int8 interval macaddr macaddr8 money numeric oid text time timestamp timestamptz timetz uuid varbit varchar'.split(
    ' ',
  ),
);
