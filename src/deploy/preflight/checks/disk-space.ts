import { block, pass, unknown, type PreflightSpec } from '../check.ts';
import { quotedName, sizeText } from '../words.ts';

/** The new file exists beside the old one until the commit, and all of it is written to the WAL, too. */
const COPIES = 2;

export default {
  id: 'disk-space',
  ifUnknown: 'warn',
  run: ({ touched, sizeOf, limits }) => {
    const needs = touched.flatMap(one => {
      const count = one.works.filter(({ kind }) => kind !== 'scan').length;
      const bytes = count * COPIES * (sizeOf(one.key)?.bytes ?? 0);
      return bytes < (limits['large-table'] ?? 0) ? [] : [{ name: quotedName(one), bytes }];
    });
    const total = needs.reduce((sum, { bytes }) => sum + bytes, 0);
    const objects = needs.map(({ name, bytes }) => `${name}: up to ${sizeText(bytes)}`);
    if (needs.length === 0) return pass('No pending statement rewrites a large table or builds a large index.');
    const free = limits['free-disk'];
    if (free === null)
      return unknown(
        `Pending statements write up to ${sizeText(total)} of tables, indexes and WAL. The server does not say how much disk is free.`,
        {
          objects,
          hint: 'Look it up, and set it: preflight-limits: { free-disk: 50GB }.',
        },
      );
    if (total > free)
      return block(
        `Pending statements write up to ${sizeText(total)} of tables, indexes and WAL; ${sizeText(free)} of disk are free.`,
        {
          objects,
        },
      );
    return pass(`Pending statements write up to ${sizeText(total)}; ${sizeText(free)} of disk are free.`);
  },
} satisfies PreflightSpec;
