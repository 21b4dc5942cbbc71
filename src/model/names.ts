/**
 * A map that is never changed: `with` and `without` return a new one, the old stays as it was.
 *
 * The newest version owns one real Map and is as fast as it; an older version holds only its difference
 * to the next newer and re-roots when it is read (Baker 1978; Conchon and Filliâtre 2007). A history of
 * thousands of statements touches only newest versions, so keeping every step's "before" costs nothing.
 */
export class Names<V> {
  private root: { map: Map<string, V> } | null;
  private newer: { to: Names<V>; key: string; value: V | undefined } | null;

  private constructor(root: { map: Map<string, V> } | null, newer: Names<V>['newer']) {
    this.root = root;
    this.newer = newer;
  }

  static empty<V>(): Names<V> {
    return new Names<V>({ map: new Map() }, null);
  }

  static of<V>(entries: Iterable<readonly [string, V]>): Names<V> {
    return new Names<V>({ map: new Map(entries) }, null);
  }

  get(key: string): V | undefined {
    return this.owned().get(key);
  }

  has(key: string): boolean {
    return this.owned().has(key);
  }

  get size(): number {
    return this.owned().size;
  }

  /** A copy, so that the caller may change the names while it walks. */
  entries(): (readonly [string, V])[] {
    return [...this.owned()];
  }

  values(): V[] {
    return [...this.owned().values()];
  }

  /** The keys that were written since an older version of this map, in no order; more where the two are not of one line. */
  writtenSince(older: Names<V>): ReadonlySet<string> {
    const map = this.owned();
    const keys = new Set<string>();
    let version = older;
    for (; version.newer; version = version.newer.to) keys.add(version.newer.key);
    return version === this ? keys : new Set(map.keys());
  }

  /** Is there a value that fits? Nothing is copied for it. */
  some(fits: (value: V) => boolean): boolean {
    for (const value of this.owned().values()) if (fits(value)) return true;
    return false;
  }

  with(key: string, value: V): Names<V> {
    return this.change(key, value);
  }

  without(key: string): Names<V> {
    return this.has(key) ? this.change(key, undefined) : this;
  }

  private change(key: string, value: V | undefined): Names<V> {
    const map = this.owned();
    const before = map.get(key);
    const next = new Names<V>({ map }, null);
    set(map, key, value);
    this.root = null;
    this.newer = { to: next, key, value: before };
    return next;
  }

  private owned(): Map<string, V> {
    if (this.root) return this.root.map;
    const path: Names<V>[] = [];
    let newest = this.newer?.to;
    for (; newest?.newer; newest = newest.newer.to) path.push(newest);
    let map = newest?.root?.map ?? new Map<string, V>();
    for (const older of path.reverse()) map = older.reroot(map);
    return this.reroot(map);
  }

  /** Takes the map over from the next newer version, which keeps its own difference to this one. */
  private reroot(map: Map<string, V>): Map<string, V> {
    if (!this.newer) return map;
    const { to, key, value } = this.newer;
    to.newer = { to: this, key, value: map.get(key) };
    to.root = null;
    set(map, key, value);
    this.root = { map };
    this.newer = null;
    return map;
  }
}

function set<V>(map: Map<string, V>, key: string, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
