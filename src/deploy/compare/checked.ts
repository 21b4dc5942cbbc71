import type { Entry, FileMigration } from '../tool.ts';
import type { Sides } from './found.ts';

/** Whether texts are those that were applied. */
export class Checked {
  private readonly sides: Sides;
  private readonly hows = new Set<string>();
  private tried = 0;

  constructor(sides: Sides) {
    this.sides = sides;
  }

  /** How the file gives the recorded checksum; null if it does not, undefined if there is nothing to compare. */
  match(one: FileMigration, entry: Entry): string | null | undefined {
    const { checksum } = this.sides.tool;
    if (checksum === null || entry.checksum === null) return undefined;
    let isKnown = false;
    for (const [value, how] of checksum.of(one.bytes, one, entry)) {
      isKnown = true;
      if (value !== entry.checksum) continue;
      this.tried += 1;
      this.hows.add(how);
      return how;
    }
    if (!isKnown) return undefined;
    this.tried += 1;
    return null;
  }

  /** The same, for a guess: it is not counted. */
  isOf(one: FileMigration, entry: Entry): boolean {
    const { checksum } = this.sides.tool;
    if (checksum === null || entry.checksum === null) return false;
    for (const [value] of checksum.of(one.bytes, one, entry)) if (value === entry.checksum) return true;
    return false;
  }

  /** `sha256 of the file`; null if nothing was compared. */
  get said(): string | null {
    const { checksum } = this.sides.tool;
    if (checksum === null || this.tried === 0) return null;
    const hows = [...this.hows].sort();
    return `${checksum.name} of ${hows.length === 0 ? 'the file' : hows.join(', or of ')}`;
  }
}
