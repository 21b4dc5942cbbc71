import { keyOf } from '../../../model/schema.ts';
import { pass, unknown, warn, type PreflightSpec } from '../check.ts';
import { counted, quotedName } from '../words.ts';

/** Left by a NOT VALID whose VALIDATE never ran. */
export default {
  id: 'unvalidated-constraints',
  ifUnknown: 'warn',
  run: ({ facts: { live }, steps }) => {
    if (live.catalog === null) return unknown('Constraints could not be read.');
    const validated = new Set(
      steps.flatMap(({ changes }) =>
        changes.flatMap(change =>
          change.kind === 'validate-constraint' || change.kind === 'drop-constraint'
            ? [`${keyOf(change.relation)} ${change.constraint}`]
            : [],
        ),
      ),
    );
    const found = live.catalog.relations
      .values()
      .flatMap(table =>
        table.constraints
          .filter(({ valid, enforced, name }) => !valid && enforced && !validated.has(`${keyOf(table)} ${name}`))
          .map(({ name }) => `${name} on ${quotedName(table)}`),
      );
    if (found.length === 0) return pass('Every constraint is validated, or will be by a pending migration.');
    return warn(
      `${counted(found.length, 'constraint')} NOT VALID: existing rows may violate them, and the planner does not use them.`,
      {
        objects: found,
        hint: 'Run ALTER TABLE … VALIDATE CONSTRAINT in a migration.',
      },
    );
  },
} satisfies PreflightSpec;
