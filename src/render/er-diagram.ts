import type { Diagram, Entity, EntityColumn } from '../model/schema-diff.ts';
import { label, word } from './mermaid-text.ts';

const KEYS = { primary: 'PK', foreign: 'FK', unique: 'UK' } as const;
const TOUCHES = { added: 'new', changed: 'changed', removed: 'dropped' } as const;

/** The tables of a diff and their neighbours as Mermaid's entity relationship diagram, without the fence. */
export function renderErDiagram({ entities, references }: Diagram): string {
  const lines = references.map(({ from, to, columns, single, optional }) => {
    const ends = `${optional ? '|o' : '||'}--${single ? 'o|' : 'o{'}`;
    return `  t${to} ${ends} t${from} : "${label(columns.join(' '))}"`;
  });
  return ['erDiagram', ...entities.flatMap(entityLines), ...lines].join('\n');
}

function entityLines({ name, touch, columns, omitted }: Entity, at: number): string[] {
  const title = touch === null ? label(name) : `${label(name)} (${TOUCHES[touch]})`;
  const more = omitted > 0 ? [`    _ and_${omitted}_more`] : [];
  const rows = [...columns.map(columnLine), ...more];
  return rows.length > 0 ? [`  t${at}["${title}"] {`, ...rows, '  }'] : [`  t${at}["${title}"]`];
}

/** A name that the grammar does not take as it is stands in the comment. */
function columnLine({ name, type, keys, touch }: EntityColumn): string {
  const marks = keys.map(key => KEYS[key]).join(', ');
  const labels = [word(name) === name ? '' : label(name), touch === null ? '' : TOUCHES[touch]].filter(Boolean);
  return ['   ', word(type), word(name), marks, labels.length > 0 ? `"${labels.join(' ')}"` : '']
    .filter(Boolean)
    .join(' ');
}
