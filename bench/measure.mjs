import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const median = values => values.sort((a, b) => a - b)[values.length >> 1];

/** A linter's status 1 means findings; a signal or anything above is a failure. */
function run([command, parameters, cwd], options = {}) {
  const result = spawnSync(command, parameters, { cwd, stdio: 'ignore', ...options });
  if (result.error || result.status === null || result.status > 2)
    throw new Error(`${command} ended with ${result.error ?? result.status}`);
  return result;
}

/** Median wall times in ms: rounds of all commands in turn, so that a slow moment of the machine slows all of them. */
export function race(commands, rounds = 15) {
  const times = commands.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    commands.forEach((command, at) => {
      const started = process.hrtime.bigint();
      run(command);
      times[at].push(Number(process.hrtime.bigint() - started) / 1e6);
    });
  return times.map(median);
}

/** User and system time in seconds of commands run one after the other. */
export function cpu(commands) {
  const shell = ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" > /dev/null 2>&1'];
  return commands.reduce((sum, [command, parameters, cwd]) => {
    const result = run(['bash', [...shell, command, ...parameters], cwd], { stdio: 'pipe', encoding: 'utf8' });
    const [user = NaN, system = NaN] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
    return sum + user + system;
  }, 0);
}

/** Peak memory of a Node.js program in MiB. */
export function peak([, parameters, cwd]) {
  const file = join(tmpdir(), `migration-gate-peak-${process.pid}`);
  const hook = fileURLToPath(new URL('peak.mjs', import.meta.url));
  run([process.execPath, ['--import', hook, ...parameters], cwd], { env: { ...process.env, PEAK_FILE: file } });
  const kibibytes = Number(readFileSync(file, 'utf8'));
  rmSync(file);
  return kibibytes / 1024;
}
