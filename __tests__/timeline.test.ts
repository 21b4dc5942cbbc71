import { describe, expect, test } from '@jest/globals';
import { timelineOf } from '../src/rehearse/load/timeline-of.ts';
import type { Timeline } from '../src/model/timeline.ts';
import { renderGantt } from '../src/render/timeline-gantt.ts';
import { renderTimelineSvg } from '../src/render/timeline-svg.ts';

const TIMELINE: Timeline = {
  statements: [
    { sql: 'alter table orders\n  add column note text', failed: false, begin: 0, end: 3.4 },
    { sql: 'create index on orders (total)', failed: true, begin: 4, end: 2100 },
  ],
  locks: [
    { relation: 'public.orders', mode: 'ACCESS EXCLUSIVE', granted: true, begin: 1, end: 2105 },
    { relation: 'billing.invoices', mode: 'SHARE UPDATE EXCLUSIVE', granted: false, begin: 5, end: 90 },
  ],
  blocked: [{ table: 'public.orders', use: 'read', begin: 12, end: 2104 }],
};
const HOSTILE = 'a:b;\n```\n<script>alert(1)</script> %%{init}%% " & @team #x \u0000';
const hostile: Timeline = {
  statements: [{ sql: HOSTILE, failed: false, begin: 0, end: 5 }],
  locks: [{ relation: HOSTILE, mode: 'SHARE', granted: true, begin: 0, end: 5 }],
  blocked: [],
};

describe('the gantt chart of a timeline', () => {
  test('shows statements, then each relation', () => {
    expect(renderGantt(TIMELINE).split('\n')).toEqual([
      'gantt',
      '  dateFormat x',
      '  axisFormat %Q ms',
      '  section Statements',
      '  1 alter table orders add column note text (3 ms) :0, 3ms',
      '  2 create index on orders (total) (2.1 s) :crit, 4, 2096ms',
      '  section orders',
      '  ACCESS EXCLUSIVE (2.1 s) :active, 1, 2104ms',
      '  reads blocked (2.1 s) :crit, 12, 2092ms',
      '  section billing.invoices',
      '  waits for SHARE UPDATE EXCLUSIVE (85 ms) :done, 5, 85ms',
    ]);
  });

  test('a hostile text stays in its label', () => {
    const lines = renderGantt(hostile).split('\n');
    expect(lines).toHaveLength(7);
    for (const line of lines.slice(3)) expect(line).toMatch(/^ {2}[\p{L}\p{N}_ .…$()-]+( :(active, )?0, 5ms)?$/u);
  });

  test('keeps the longest of many bars', () => {
    const blocked = Array.from({ length: 100 }, (_, nth) => ({
      table: 'public.orders',
      use: 'write' as const,
      begin: nth * 1000,
      end: nth * 1000 + nth + 1,
    }));
    const chart = renderGantt({ ...TIMELINE, locks: [], blocked });
    expect(chart).toContain('axisFormat %s s');
    expect(chart).toContain('(100 ms) :crit, 99000, 100ms');
    expect(chart).not.toContain(' :crit, 0, 1ms');
    expect(chart).toContain('section and 62 shorter');
  });
});

describe('the drawing of a timeline', () => {
  test('has a bar for each row, to scale', () => {
    const drawn = renderTimelineSvg(TIMELINE);
    expect(drawn.match(/<title>/g)).toHaveLength(5);
    expect(drawn).toContain('<rect x="341" y="59" width="637" height="16" fill="#82071e"');
    expect(drawn).toContain('<rect x="344" y="125" width="636" height="16" fill="#cf222e"');
  });

  test('a hostile text stays text', () => {
    const drawn = renderTimelineSvg(hostile);
    expect(drawn).toContain('&lt;script&gt;');
    for (const raw of ['<script', '\u0000', '& ']) expect(drawn).not.toContain(raw);
  });
});

test('a timeline starts with the first statement', () => {
  const marks = [{ sql: 'select 1', begin: 1000, end: 1100, sqlstate: null }];
  const lock = { relation: 'public.orders', mode: 'SHARE', granted: true } as const;
  const wait = { table: 'public.orders', use: 'write', open: false } as const;
  const locks = [{ ...lock, begin: 990, end: 1090 }];
  const waits = [
    { ...wait, begin: 900, end: 950 },
    { ...wait, begin: 1010, end: 1090 },
  ];
  expect(timelineOf({ marks, locks, waits })).toEqual({
    statements: [{ sql: 'select 1', failed: false, begin: 0, end: 100 }],
    locks: [{ ...lock, begin: 0, end: 90 }],
    blocked: [{ table: 'public.orders', use: 'write', begin: 10, end: 90 }],
  });
});
