import type { Repo } from '../model/framework.ts';
import type { History, Migration } from '../model/source.ts';
import { withDownMigrations } from './down-files.ts';

/** The histories found so far, and whose each file is. */
export class FoundHistories {
  readonly histories: History[] = [];
  private readonly claimed = new Set<string>();
  private readonly repo: Repo;
  private readonly changed: ReadonlySet<string>;
  private readonly isWanted: (path: string) => boolean;

  constructor(repo: Repo, changed: ReadonlySet<string>, isWanted: (path: string) => boolean) {
    this.repo = repo;
    this.changed = changed;
    this.isWanted = isWanted;
  }

  readonly isTaken = (path: string): boolean => this.claimed.has(`up ${path}`) || this.claimed.has(`down ${path}`);

  /** What of a history is asked for, and nobody's yet. */
  own(history: History, mayTake: (tool: string, file: string) => boolean): History {
    const migrations = history.migrations.filter(
      ({ file, direction }) =>
        this.isWanted(file) && !this.claimed.has(`${direction} ${file}`) && mayTake(history.framework, file),
    );
    return { ...history, migrations: this.marked(migrations) };
  }

  /** With the down migrations that its tool knows nothing of. */
  async complete(history: History): Promise<History> {
    const whole = await withDownMigrations(history, this.repo, this.isTaken);
    return { ...whole, migrations: this.marked(whole.migrations) };
  }

  marked(migrations: readonly Migration[]): Migration[] {
    return migrations.map(one => ({
      ...one,
      changed: one.changed || [one.file, ...(one.includes ?? [])].some(file => this.changed.has(file)),
    }));
  }

  add(history: History): void {
    this.take(history);
    if (history.migrations.length > 0) this.histories.push(history);
  }

  replace(history: History, other: History): void {
    this.take(other);
    this.histories.splice(this.histories.indexOf(history), 1, other);
  }

  /** Its files stay taken: no other tool reads them. */
  drop(history: History): void {
    this.histories.splice(this.histories.indexOf(history), 1);
  }

  private take({ migrations }: History): void {
    for (const { file, direction } of migrations) this.claimed.add(`${direction} ${file}`);
  }
}
