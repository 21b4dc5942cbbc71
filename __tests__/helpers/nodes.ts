import { execFileSync } from 'node:child_process';

/** The Node.js versions that the bundle is tried on, by version: 20 and 24 where `.ci/run` brings them, and this one. */
export const NODES: readonly (readonly [version: string, node: string])[] = [
  ...new Map(
    [process.env.NODE20, process.env.NODE24, process.execPath]
      .filter(node => node !== undefined)
      .map(
        node => [execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().split('.', 1)[0] ?? '', node] as const,
      )
      .reverse(),
  ),
];
