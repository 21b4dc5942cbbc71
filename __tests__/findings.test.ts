import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULTS } from '../src/config/options.ts';
import { explain } from '../src/findings/explain.ts';
import { GROUPS, KINDS, type KindId } from '../src/findings/kinds/index.ts';
import { findingIds, findingKinds, type FindingId } from '../src/findings/registry.ts';
import { withSeverity } from '../src/report/severity.ts';
import { onLine } from '../src/model/source.ts';
import type { RawFinding } from '../src/findings/raw-finding.ts';
import { renderSarif } from '../src/render/sarif.ts';
import type { Report } from '../src/model/report.ts';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');

// @ts-expect-error an id that no table holds is no id of a finding
const UNKNOWN: FindingId = 'dropped-colum';
// @ts-expect-error nor can a proof have it
const PROOF: Pick<RawFinding, 'rule'> = { rule: 'dropped-colum' };

test('ids are not used twice, and are names that an allow comment can hold', () => {
  expect(new Set(findingIds).size).toBe(findingIds.length);
  expect(Object.values(GROUPS).flatMap(Object.keys).sort()).toEqual(Object.keys(KINDS).sort());
  expect(findingIds.filter(id => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  expect(findingIds).not.toContain(UNKNOWN);
  expect(findingIds).not.toContain(PROOF.rule);
});

const schema = JSON.parse(readFileSync(join(top, 'docs/config.schema.json'), 'utf8')) as {
  properties: { rules: { properties: Record<string, unknown> } };
};
const list = readFileSync(join(top, 'docs/rules.md'), 'utf8');

describe.each(findingKinds.map(kind => [kind.id, kind] as const))('%s', (id, kind) => {
  test('is explained, has a page and a place in the list and in the schema of the configuration', () => {
    expect(explain([id], findingKinds)).toContain(kind.summary);
    expect(kind.summary).toMatch(/\.$/);
    expect(kind.why.trim()).toMatch(/\.$/m);
    expect(existsSync(join(top, `docs/rules/${id}.md`))).toBe(true);
    expect(list).toContain(`[${id}](rules/${id}.md)`);
    expect(schema.properties.rules.properties).toHaveProperty([id]);
  });

  test('has a descriptor in SARIF, to which its results point', () => {
    const finding = { rule: id, severity: 'error', message: 'It is so.', remedy: null, span: onLine('a.sql', 1) };
    const report = { version: '1.0.0', findings: [finding], blindSpots: [] } as unknown as Report;
    const { runs } = JSON.parse(renderSarif(report, findingKinds)) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }[];
    };
    expect(runs[0]?.tool.driver.rules.map(rule => rule.id)).toEqual([id]);
    expect(runs[0]?.results.map(result => result.ruleId)).toEqual([id]);
  });
});

test.each(Object.keys(KINDS) as KindId[])('%s has the severity that the configuration gives it', id => {
  const proof: RawFinding = { rule: id, message: 'It is so.', span: onLine('a.sql', 1), migration: '1' };
  const severities = (rules: ReadonlyMap<string, 'notice' | 'off'>): string[] =>
    withSeverity(proof, { ...DEFAULTS, rules }).map(({ severity }) => severity);
  expect(severities(new Map())).toEqual([KINDS[id].severity]);
  expect(severities(new Map([[id, 'notice']]))).toEqual(['notice']);
  expect(severities(new Map([[id, 'off']]))).toEqual([]);
});
