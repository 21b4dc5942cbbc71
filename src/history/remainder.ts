import type { Migration } from '../model/source.ts';
import { statementsOf } from './texts.ts';
import type { Unit } from './units.ts';

/** Statements that decide how those after them run: they are kept, though they stood there before. */
const FRAME = /^(begin|start|commit|end|set|reset)\b(?! constraints)/i;

/**
 * What of an edited migration did not stand in it before, word for word; all else is blanked, so that line N stays
 * line N. What is not read of a program is not known to have been there.
 */
export function remainder(was: Unit, is: Unit): Migration[] {
  const old = new Map<string, number>();
  for (const { sql } of was.parts) for (const { text } of statementsOf(sql)) old.set(text, (old.get(text) ?? 0) + 1);
  const parts = is.parts.map(part => ({
    ...part,
    changed: true,
    edited: true as const,
    sql: withoutOld(part.sql, old),
  }));
  const replaced = [...old].flatMap(([text, count]) => (count > 0 ? [text] : []));
  return parts.map(part => ({ ...part, replaced }));
}

function withoutOld(sql: string, old: Map<string, number>): string {
  let rest = sql;
  let isNew = false;
  const frames: { start: number; end: number }[] = [];
  const blanked = ({ start, end }: { start: number; end: number }): string =>
    `${rest.slice(0, start)}${rest.slice(start, end).replace(/[^\n]/g, ' ')}${rest.slice(end)}`;
  for (const { start, end, text } of statementsOf(sql)) {
    const count = old.get(text) ?? 0;
    if (count === 0) isNew = true;
    else {
      old.set(text, count - 1);
      if (FRAME.test(text)) frames.push({ start, end });
      else rest = blanked({ start, end });
    }
  }
  if (!isNew) for (const frame of frames) rest = blanked(frame);
  return rest;
}
