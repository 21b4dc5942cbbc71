import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

/** JSON Schema of what a command prints as JSON, from its type. */
export function schemaOf(
  top: string,
  { file, type, title }: { readonly file: string; readonly type: string; readonly title: string },
): string {
  const generator = createGenerator({
    path: join(top, file),
    tsconfig: join(top, 'tsconfig.json'),
    type,
    skipTypeCheck: true,
  });
  const { $schema, ...schema } = generator.createSchema(type);
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}
