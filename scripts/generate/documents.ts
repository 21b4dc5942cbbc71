import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { costsDoc } from '../../rig/costs/page.ts';
import { loadCosts } from '../../rig/costs/record.ts';
import { findingKinds } from '../../src/findings/registry.ts';
import { frameworks } from '../../src/frameworks/index.ts';
import { rules } from '../../src/rules/index.ts';
import { actionYml } from './action-yml.ts';
import { configDoc, configSchema, inputsTable, outputsTable } from './config-doc.ts';
import { exampleOutput } from './example.ts';
import { frameworkDoc, frameworksDoc } from './framework-doc.ts';
import { historyToolsTable, withoutTable } from './deploy-doc.ts';
import { between } from './marked.ts';
import { schemaOf } from './report-schema.ts';
import { kindDocs, ruleDoc, rulesDoc } from './rule-doc.ts';

/** Every generated file but the lists, by path. */
export async function documents(top: string): Promise<ReadonlyMap<string, string>> {
  const out = new Map([
    ['action.yml', actionYml()],
    ['docs/config.md', configDoc()],
    ['docs/config.schema.json', configSchema(findingKinds)],
    [
      'docs/report.schema.json',
      schemaOf(top, { file: 'src/model/report.ts', type: 'Report', title: 'Migration Gate report' }),
    ],
    [
      'docs/deploy.schema.json',
      schemaOf(top, {
        file: 'src/model/deploy-report.ts',
        type: 'DeployReport',
        title: 'Migration Gate: what a deploy would apply',
      }),
    ],
    [
      'docs/history.schema.json',
      schemaOf(top, {
        file: 'src/model/deploy-report.ts',
        type: 'HistoryExport',
        title: 'Migration Gate: a migration history',
      }),
    ],
    ['docs/costs.md', costsDoc(loadCosts())],
    ['docs/rules.md', rulesDoc(rules)],
    ['docs/frameworks.md', frameworksDoc(frameworks)],
  ]);
  for (const rule of rules) out.set(`docs/rules/${rule.id}.md`, ruleDoc(rule));
  for (const [id, page] of kindDocs()) out.set(`docs/rules/${id}.md`, page);
  for (const framework of frameworks) out.set(`docs/frameworks/${framework.id}.md`, frameworkDoc(framework));
  const parts = { inputs: inputsTable(), outputs: outputsTable(), ...(await exampleOutput(top)) };
  out.set('README.md', between(await readFile(join(top, 'README.md'), 'utf8'), parts));
  const deploy = await readFile(join(top, 'docs/deploy.md'), 'utf8');
  out.set('docs/deploy.md', between(deploy, { 'history-tools': historyToolsTable(), 'without-table': withoutTable() }));
  return out;
}
