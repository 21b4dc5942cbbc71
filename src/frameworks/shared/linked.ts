type Links = { readonly id: string; readonly after: readonly string[] } | null;

/** Files after those that they follow, otherwise in the order given. A circle is followed once. */
export function linked(files: readonly string[], linksOf: (file: string) => Links): string[] {
  const byId = new Map(files.map(file => [linksOf(file)?.id ?? file, file]));
  const visited = new Set<string>();
  const done: string[] = [];
  const open: { readonly file: string; readonly after: string[] }[] = [];
  const enter = (file: string | undefined): void => {
    if (file === undefined || visited.has(file)) return;
    visited.add(file);
    open.push({ file, after: [...(linksOf(file)?.after ?? [])].reverse() });
  };
  for (const start of files) {
    enter(start);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const next = top.after.pop();
      if (next !== undefined) enter(byId.get(next));
      else {
        open.pop();
        done.push(top.file);
      }
    }
  }
  return done;
}
