import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

/** JSON Schema of what `--format json` prints, from the type `Report`. */
export function reportSchema(top: string): string {
  const generator = createGenerator({
    path: join(top, 'src/model/report.ts'),
    tsconfig: join(top, 'tsconfig.json'),
    type: 'Report',
    skipTypeCheck: true,
  });
  const { $schema, ...schema } = generator.createSchema('Report');
  return `${JSON.stringify({ $schema, title: 'Migration Gate report', ...schema }, null, 2)}\n`;
}
