import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { indexOf } from './index-of.ts';

/** The lists of rules, other kinds of findings and tools, which hold every file of their folders. Imports nothing of `src`. */
export async function lists(top: string): Promise<ReadonlyMap<string, string>> {
  const modules = async (folder: string): Promise<string[]> =>
    (await readdir(join(top, folder))).filter(name => name.endsWith('.ts') && name !== 'index.ts').sort();
  const style = await resolveConfig(join(top, 'src/index.ts'));
  const pretty = (text: string): Promise<string> => format(text, { ...style, parser: 'typescript' });
  const rules = indexOf('Rule', 'rules', '../model/rule.ts', await modules('src/rules'), true);
  const recorders = indexOf('HistoryTool', 'historyTools', '../tool.ts', await modules('src/deploy/tools'), false);
  const tools = indexOf('Framework', 'frameworks', '../model/framework.ts', await modules('src/frameworks'), false);
  const kinds = indexOf('Kind', 'kinds', '../../model/finding-kind.ts', await modules('src/findings/kinds'), true);
  return new Map([
    ['src/rules/index.ts', await pretty(rules)],
    ['src/deploy/tools/index.ts', await pretty(recorders)],
    ['src/frameworks/index.ts', await pretty(tools)],
    ['src/findings/kinds/index.ts', await pretty(kinds)],
  ]);
}
