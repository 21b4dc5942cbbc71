import type { Catalog } from '../model/schema.ts';
import type { ObjectDiff, PartDiff } from '../model/schema-diff.ts';
import type { Described, DescribedPart } from './describe-table.ts';
import { objectsOf, type Closeness, type DescribedObject } from './describe.ts';

/** What turns one schema into the other. The order of columns and of labels counts for nothing. */
export function diffCatalogs(before: Catalog, after: Catalog, closeness: Closeness = 'exact'): ObjectDiff[] {
  const [olds, news] = [objectsOf(before, closeness), objectsOf(after, closeness)];
  const removed: DescribedObject[] = [];
  const added: DescribedObject[] = [];
  const diffs: ObjectDiff[] = [];
  for (const [id, { value, describe }] of news) {
    const old = olds.get(id);
    if (old === undefined) added.push(describe());
    else if (old.value !== value) diffs.push(...difference(old.describe(), describe(), closeness));
  }
  for (const [id, { describe }] of olds) if (!news.has(id)) removed.push(describe());
  const oldNames = renames(removed, added);
  for (const object of added) {
    const old = object.whole ? oldNames.get(object) : { ...object, parts: [] };
    if (old) diffs.push(...difference(old, object, closeness));
    else diffs.push({ ...nameOf(object), before: null, after: object.text, parts: only('after', object.parts) });
  }
  const renamed = new Set(oldNames.values());
  for (const object of removed)
    if (!renamed.has(object))
      diffs.push({ ...nameOf(object), before: object.text, after: null, parts: only('before', object.parts) });
  return diffs;
}

const nameOf = ({ kind, name }: DescribedObject): Pick<ObjectDiff, 'kind' | 'name'> => ({ kind, name });

const only = (side: 'before' | 'after', parts: readonly DescribedPart[]): PartDiff[] =>
  parts.map(({ part, name, text }) => ({ part, name, before: null, after: null, [side]: text }));

/** An object that came with the very columns of the one that went away: under a new name, it is the old one. */
function renames(
  removed: readonly DescribedObject[],
  added: readonly DescribedObject[],
): Map<DescribedObject, DescribedObject> {
  const [olds, news] = [byShape(removed), byShape(added)];
  const newToOld = new Map<DescribedObject, DescribedObject>();
  for (const [key, [object, ...more]] of news) {
    const [old, ...others] = olds.get(key) ?? [];
    if (object && old && more.length === 0 && others.length === 0) newToOld.set(object, old);
  }
  return newToOld;
}

function byShape(objects: readonly DescribedObject[]): Map<string, DescribedObject[]> {
  const groups = new Map<string, DescribedObject[]>();
  for (const object of objects) {
    const key = shape(object);
    if (key !== '') groups.set(`${object.kind} ${key}`, [...(groups.get(`${object.kind} ${key}`) ?? []), object]);
  }
  return groups;
}

const shape = ({ parts }: DescribedObject): string =>
  parts
    .filter(({ part }) => part === 'column' || part === 'label' || part === 'body')
    .map(({ text, gist, part }) => (part === 'body' ? gist : text))
    .join('\n');

function difference(before: DescribedObject, after: DescribedObject, closeness: Closeness): ObjectDiff[] {
  const parts = diffParts(before.parts, after.parts, closeness);
  const alike = before.kind === after.kind && equal(before, after, closeness);
  if (parts.length === 0 && alike) return [];
  return [{ ...nameOf(after), before: before.text, after: alike ? before.text : after.text, parts }];
}

/** A body's text says only how long it is. */
const equal = (a: Described, b: Described, closeness: Closeness): boolean =>
  a.gist === b.gist && (closeness === 'gist' || a.text === b.text);

function diffParts(
  before: readonly DescribedPart[],
  after: readonly DescribedPart[],
  closeness: Closeness,
): PartDiff[] {
  const id = ({ part, name }: DescribedPart): string => `${part} ${name}`;
  const isCompared = ({ gist }: DescribedPart): boolean => closeness === 'exact' || gist !== null;
  const olds = new Map(before.filter(isCompared).map(part => [id(part), part]));
  const news = new Map(after.filter(isCompared).map(part => [id(part), part]));
  const removed = [...olds].flatMap(([key, part]) => (news.has(key) ? [] : [part]));
  const changed = [...news].flatMap(([key, part]): PartDiff[] => {
    const old = olds.get(key);
    if (old && equal(old, part, closeness)) return [];
    return [{ part: part.part, name: part.name, before: old?.text ?? null, after: part.text }];
  });
  return [...only('before', removed), ...changed];
}
