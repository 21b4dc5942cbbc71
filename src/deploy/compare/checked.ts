import type { Entry, FileMigration } from '../tool.ts';
import type { Sides } from './found.ts';

/** Whether texts are those that were applied. */
export class Checked {
  private readonly sides: Sides;
  private readonly forms = new Set<string>();
  /** Everything that the tool may have recorded for a file. */
  private readonly values = new Map<FileMigration, ReadonlySet<string>>();
  private tried = 0;

  constructor(sides: Sides) {
    this.sides = sides;
  }

  /** How the file gives the recorded checksum; null if it does not, undefined if there is nothing to compare. */
  match(one: FileMigration, entry: Entry): string | null | undefined {
    const { checksum } = this.sides.tool;
    if (checksum === null || entry.checksum === null) return undefined;
    let isKnown = false;
    for (const [value, form] of checksum.candidates(one.bytes, one, entry)) {
      isKnown = true;
      if (value !== entry.checksum) continue;
      this.tried += 1;
      this.forms.add(form);
      return form;
    }
    if (!isKnown) return undefined;
    this.tried += 1;
    return null;
  }

  /** The same, for a guess: it is not counted. */
  isOf(one: FileMigration, entry: Entry): boolean {
    const { checksum } = this.sides.tool;
    if (checksum === null || entry.checksum === null) return false;
    const known = this.values.get(one);
    if (known) return known.has(entry.checksum);
    const values = new Set([...checksum.candidates(one.bytes, one, entry)].map(([value]) => value));
    // A function with three parameters looks at the row, too.
    if (checksum.candidates.length < 3) this.values.set(one, values);
    return values.has(entry.checksum);
  }

  /** `sha256 of the file`; null if nothing was compared. */
  get description(): string | null {
    const { checksum } = this.sides.tool;
    if (checksum === null || this.tried === 0) return null;
    const forms = [...this.forms].sort();
    return `${checksum.name} of ${forms.length === 0 ? 'the file' : forms.join(', or of ')}`;
  }
}
