import type { Options } from '../config/options.ts';
import type { Conclusion, Finding, Report } from '../model/report.ts';
import { onLine } from '../model/source.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import type { LoadedConfiguration } from './configuration.ts';

/**
 * What is said of a change to the configuration: that it does not hold yet, and which errors of this change it would
 * silence. `checkWith` checks with options, without a database.
 */
export async function changedConfiguration(
  { options, proposal }: LoadedConfiguration,
  checkWith: (options: Options) => Promise<Report>,
): Promise<RawFinding[]> {
  if (proposal === null) return [];
  const { path, problem } = proposal;
  const place = { span: onLine(path), migration: path } as const;
  if (proposal.options === null) {
    const message = `${path} is not valid, so every check will fail once this is merged: ${problem ?? ''}`;
    return [{ rule: 'invalid-configuration', message, ...place }];
  }
  const statically = { database: 'none' } as const;
  const now = await checkWith({ ...options, ...statically });
  const then = await checkWith({ ...proposal.options, ...statically });
  const silenced = silencedIn(now, then);
  const effects = [
    ...(silenced.length === 0 ? [] : [`${errors(silenced)} would be hidden`]),
    ...(LEVEL[then.conclusion] < LEVEL[now.conclusion] ? [`the check would ${SAYS[then.conclusion]}`] : []),
  ];
  const effect =
    effects.length === 0 ? 'the new one hides no error of this change' : `with the new one, ${effects.join(' and ')}`;
  const message = `${path} is changed. The configuration of the base branch applies until the merge; ${effect}.`;
  return [{ rule: 'changed-configuration', message, ...place, ...(effects.length === 0 && MILD) }];
}

const MILD = { severity: 'notice' } as const;
const LEVEL: Readonly<Record<Conclusion, number>> = { pass: 0, warn: 1, fail: 2 };
const SAYS: Readonly<Record<Conclusion, string>> = { pass: 'pass', warn: 'pass with warnings', fail: 'fail' };

const liveErrors = ({ findings }: Report): Finding[] =>
  findings.filter(({ severity, allowed }) => severity === 'error' && allowed === null);

const silencedIn = (now: Report, then: Report): Finding[] => {
  const earlier = new Set(liveErrors(then).map(({ fingerprint }) => fingerprint));
  return liveErrors(now).filter(({ fingerprint }) => !earlier.has(fingerprint));
};

const SHOWN = 5;

function errors(findings: readonly Finding[]): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const names = rules.length > SHOWN ? `${rules.slice(0, SHOWN).join(', ')} …` : rules.join(', ');
  return `${findings.length} ${findings.length === 1 ? 'error' : 'errors'} (${names})`;
}
