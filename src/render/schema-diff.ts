import type { ObjectDiff, SchemaDiff } from '../model/schema-diff.ts';
import { renderErDiagram } from './er-diagram.ts';
import { block, code } from './escape.ts';
import { count } from './verdict.ts';

/** As lines of a diff, each of at most this length. */
const LONGEST_LINE = 200;

/** `+ table orders` and its parts below, in the words of the report. */
export function schemaDiffLines(objects: readonly ObjectDiff[]): string[] {
  return objects
    .flatMap(({ before, after, parts }) => [
      ...signed(before, after, ''),
      ...parts.flatMap(part =>
        part.before === part.after ? [`! ${part.after} changed`] : signed(part.before, part.after, '  '),
      ),
    ])
    .map(line => line.replace(/\s/g, ' ').slice(0, LONGEST_LINE));
}

function signed(before: string | null, after: string | null, indent: string): string[] {
  if (before === after) return [`  ${indent}${after}`];
  return [...(before === null ? [] : [`- ${indent}${before}`]), ...(after === null ? [] : [`+ ${indent}${after}`])];
}

/** A folded section per database: the diff of at most `lines` lines, and the diagram of the tables. */
export function schemaDiffSections(
  diffs: readonly SchemaDiff[],
  { lines: most, diagrams }: { lines: number; diagrams: boolean },
): string[] {
  return diffs.map(({ root, objects, whole, diagram }) => {
    const lines = schemaDiffLines(objects);
    const omitted = lines.length > most ? [`  … ${lines.length - most} more lines`] : [];
    const drawn = diagrams && diagram ? [block(renderErDiagram(diagram), 'mermaid')] : [];
    const missing =
      drawn.length > 0 && diagram && diagram.omitted > 0 ? [`${count(diagram.omitted, 'table')} omitted.`] : [];
    const where = diffs.length > 1 ? [`In ${code(root)}:`] : [];
    const incomplete = whole ? [] : ['Statements that were not analyzed may change more.'];
    const body = [
      ...where,
      block([...lines.slice(0, most), ...omitted].join('\n'), 'diff'),
      ...incomplete,
      ...drawn,
      ...missing,
    ];
    const summary = `Schema changes: ${count(objects.length, 'object')}`;
    return `<details><summary>${summary}</summary>\n\n${body.join('\n\n')}\n\n</details>`;
  });
}
