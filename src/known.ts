import type { RuleText } from './render/sarif.ts';
import { PROOF_IDS, PROOF_TEXTS } from './prove/proofs.ts';
import { ruleIds, rules } from './rules/index.ts';

/** The name and the text of everything that can be found: by rules, and by proofs. */
export const knownIds: readonly string[] = [...ruleIds, ...PROOF_IDS];
export const knownTexts: readonly RuleText[] = [...rules, ...PROOF_TEXTS];
