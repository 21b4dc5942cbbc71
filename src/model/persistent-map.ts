/**
 * A map that is never changed: `with` and `without` return a new one, the old stays as it was.
 *
 * The newest version owns one real Map and is as fast as it; an older version holds only its difference
 * to the next newer and re-roots when it is read (Baker 1978; Conchon and Filliâtre 2007). A history of
 * thousands of statements touches only newest versions, so keeping every step's "before" costs nothing.
 */
export class PersistentMap<V> {
  private root: Root<V> | null;
  private newer: { to: PersistentMap<V>; key: string; value: V | undefined } | null;

  private constructor(root: Root<V> | null, newer: PersistentMap<V>['newer']) {
    this.root = root;
    this.newer = newer;
  }

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>(rootOf(new Map()), null);
  }

  static of<V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> {
    return new PersistentMap<V>(rootOf(new Map(entries)), null);
  }

  get(key: string): V | undefined {
    return this.owned().map.get(key);
  }

  has(key: string): boolean {
    return this.owned().map.has(key);
  }

  get size(): number {
    return this.owned().map.size;
  }

  /** A copy, so that the caller may change the names while it walks. */
  entries(): (readonly [string, V])[] {
    return [...this.owned().map];
  }

  values(): V[] {
    return [...this.owned().map.values()];
  }

  /** The keys that were written since an older version of this map, in no order; more where the two are not of one line. */
  writtenSince(older: PersistentMap<V>): ReadonlySet<string> {
    if (older === this) return NOTHING;
    const { map } = this.owned();
    const keys = new Set<string>();
    let version = older;
    for (; version.newer; version = version.newer.to) keys.add(version.newer.key);
    return version === this ? keys : new Set(map.keys());
  }

  /** Is a value known by this word? The first question makes an index, which every change keeps up to date. */
  knows(word: string, words: IndexKeys<V>): boolean {
    const { map, indexes } = this.owned();
    let index = indexes.get(words);
    if (!index) {
      index = new Map();
      for (const value of map.values()) count(index, words(value), 1);
      indexes.set(words, index);
    }
    return (index.get(word) ?? 0) > 0;
  }

  with(key: string, value: V): PersistentMap<V> {
    return this.change(key, value);
  }

  without(key: string): PersistentMap<V> {
    return this.has(key) ? this.change(key, undefined) : this;
  }

  private change(key: string, value: V | undefined): PersistentMap<V> {
    const root = this.owned();
    const before = root.map.get(key);
    const next = new PersistentMap<V>(root, null);
    set(root, key, value);
    this.root = null;
    this.newer = { to: next, key, value: before };
    return next;
  }

  private owned(): Root<V> {
    if (this.root) return this.root;
    const path: PersistentMap<V>[] = [];
    let newest = this.newer?.to;
    for (; newest?.newer; newest = newest.newer.to) path.push(newest);
    let root = newest?.root ?? rootOf(new Map<string, V>());
    for (const older of path.reverse()) root = older.reroot(root);
    return this.reroot(root);
  }

  /** Takes the map over from the next newer version, which keeps its own difference to this one. */
  private reroot(root: Root<V>): Root<V> {
    if (!this.newer) return root;
    const { to, key, value } = this.newer;
    to.newer = { to: this, key, value: root.map.get(key) };
    to.root = null;
    set(root, key, value);
    this.root = root;
    this.newer = null;
    return root;
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** The words by which a value is known beside its key: always the same function, since that names the index. */
export type IndexKeys<V> = (value: V) => readonly string[];

interface Root<V> {
  readonly map: Map<string, V>;
  /** How many values are known by a word. The functions take a V; said of none, a map of less is a map of more. */
  readonly indexes: Map<IndexKeys<never>, Map<string, number>>;
}

const rootOf = <V>(map: Map<string, V>): Root<V> => ({ map, indexes: new Map() });

function set<V>({ map, indexes }: Root<V>, key: string, value: V | undefined): void {
  const before = map.get(key);
  for (const [indexKeys, index] of indexes) {
    const words = indexKeys as IndexKeys<V>;
    if (before !== undefined) count(index, words(before), -1);
    if (value !== undefined) count(index, words(value), 1);
  }
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function count(index: Map<string, number>, words: readonly string[], by: 1 | -1): void {
  for (const word of words) index.set(word, (index.get(word) ?? 0) + by);
}
