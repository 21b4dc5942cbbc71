import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A cluster's data directory that outlives its server, so that the next run need not apply the same history again. */
export class CachedCluster {
  private readonly folder: string;

  /** `version` is what `postgres --version` says: files of one build are not for another. */
  constructor(parent: string, version: string) {
    const build = createHash('sha256')
      .update(`${version} ${process.platform} ${process.arch}`)
      .digest('hex')
      .slice(0, 12);
    this.folder = join(parent, `postgres-${build}`);
  }

  /** False where nothing was kept. */
  async copyTo(data: string): Promise<boolean> {
    if (!existsSync(join(this.folder, 'PG_VERSION'))) return false;
    await run('cp', ['-a', '--', this.folder, data]);
    return true;
  }

  /** Takes the data directory of a server that was shut down. */
  async take(data: string): Promise<void> {
    const next = `${this.folder}.${process.pid}`;
    await mkdir(join(this.folder, '..'), { recursive: true });
    await run('cp', ['-a', '--', data, next]);
    await rm(this.folder, { recursive: true, force: true });
    await rename(next, this.folder);
  }

  /** What was kept is of no use. */
  async forget(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
