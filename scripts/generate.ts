import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { costsDoc } from './costs/page.ts';
import { loadCosts } from './costs/record.ts';
import { actionYml } from './generate/action-yml.ts';
import { configDoc, configSchema, inputsTable, outputsTable } from './generate/config-doc.ts';
import { exampleOutput } from './generate/example.ts';
import { frameworkDoc, frameworksDoc } from './generate/framework-doc.ts';
import { indexOf } from './generate/index-of.ts';
import { between } from './generate/marked.ts';
import { PROOF_IDS } from '../src/prove/proofs.ts';
import { reportSchema } from './generate/report-schema.ts';
import { proofDoc, ruleDoc, rulesDoc } from './generate/rule-doc.ts';

const top = fileURLToPath(new URL('..', import.meta.url));

const modules = async (folder: string): Promise<string[]> =>
  (await readdir(join(top, folder))).filter(name => name.endsWith('.ts') && name !== 'index.ts').sort();

const pretty = async (text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(join(top, 'src/index.ts'))), parser: 'typescript' });

/** Every generated file by path, with what it should hold. */
async function files(): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  out.set('src/rules/index.ts', await pretty(indexOf('Rule', 'rules', '../rule.ts', await modules('src/rules'))));
  const tools = indexOf('Framework', 'frameworks', '../framework.ts', await modules('src/frameworks'));
  out.set('src/frameworks/index.ts', await pretty(tools));
  // The lists come first: what follows imports them.
  for (const [path, text] of out) if (!process.argv.includes('--check')) await writeFile(join(top, path), text);
  const { rules } = await import('../src/rules/index.ts');
  const { frameworks } = await import('../src/frameworks/index.ts');
  out.set('action.yml', actionYml());
  out.set('docs/config.md', configDoc());
  out.set('docs/config.schema.json', configSchema(rules));
  out.set('docs/report.schema.json', reportSchema(top));
  out.set('docs/costs.md', costsDoc(loadCosts()));
  out.set('docs/rules.md', rulesDoc(rules));
  out.set('docs/frameworks.md', frameworksDoc(frameworks));
  for (const rule of rules) out.set(`docs/rules/${rule.id}.md`, ruleDoc(rule));
  for (const id of PROOF_IDS) out.set(`docs/rules/${id}.md`, proofDoc(id));
  for (const framework of frameworks) out.set(`docs/frameworks/${framework.id}.md`, frameworkDoc(framework));
  if (existsSync(join(top, 'README.md')))
    out.set(
      'README.md',
      between(await readFile(join(top, 'README.md'), 'utf8'), {
        inputs: inputsTable(),
        outputs: outputsTable(),
        ...(await exampleOutput(top)),
      }),
    );
  return out;
}

const wanted = await files();
const stale: string[] = [];
for (const [path, text] of wanted) {
  const full = join(top, path);
  const now = existsSync(full) ? await readFile(full, 'utf8') : null;
  if (now === text) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, text);
}
for (const folder of ['docs/rules', 'docs/frameworks'])
  for (const name of existsSync(join(top, folder)) ? await readdir(join(top, folder)) : []) {
    const path = `${folder}/${basename(name)}`;
    if (wanted.has(path)) continue;
    stale.push(path);
    if (!process.argv.includes('--check')) await rm(join(top, path));
  }
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`Not what the generator writes: ${stale.join(', ')}. Run \`npm run generate\`.`);
  process.exitCode = 1;
}
