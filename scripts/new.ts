import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findingIds } from '../src/findings/registry.ts';
import { frameworkIds } from '../src/frameworks/index.ts';
import { frameworkFile, ruleFile } from './new/files.ts';

/** `npm run new -- rule NAME` or `framework NAME`: a file that works as it is, in the lists and with its page. */
const KINDS: Readonly<Record<string, { folder: string; taken: readonly string[]; file: (id: string) => string }>> = {
  rule: { folder: 'src/rules', taken: findingIds, file: ruleFile },
  framework: { folder: 'src/frameworks', taken: frameworkIds, file: frameworkFile },
};

const top = fileURLToPath(new URL('..', import.meta.url));
const [word = '', id = '', ...rest] = process.argv.slice(2);
const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
const wrong =
  kind === undefined || rest.length > 0
    ? 'Usage: npm run new -- rule|framework NAME'
    : !/^[a-z]+(-[a-z]+)*$/.test(id)
      ? `${JSON.stringify(id)} is not a name: lower-case words with hyphens between them, such as blocking-index-build.`
      : kind.taken.includes(id) || existsSync(join(top, kind.folder, `${id}.ts`))
        ? `${id} is taken. Choose another name.`
        : null;
if (wrong !== null || kind === undefined) {
  console.error(wrong);
  process.exitCode = 2;
} else {
  const path = `${kind.folder}/${id}.ts`;
  await writeFile(join(top, path), kind.file(id));
  const generate = ['--import', './scripts/typescript.mjs', 'scripts/generate.ts'];
  const { status } = spawnSync(process.execPath, generate, { cwd: top, stdio: 'inherit' });
  process.exitCode = status ?? 1;
  if (status === 0) console.log(`${path} is written and listed. Edit it, then: npm run generate && npm run check`);
}
