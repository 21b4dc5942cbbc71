/** How a program ended. 124: not in time, as of coreutils' `timeout`. 127: it could not be started. */
export interface Ended {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Both, in the order in which they came. */
  readonly output: Buffer;
}

interface Setting {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly milliseconds: number;
  /** What it reads from its standard input; nothing by itself. */
  readonly input?: string | undefined;
}

/** More than a program of ours has to say; git lists a million files in 100 MiB. */
const MOST = 512 * 1024 * 1024;

/** Runs a program without a shell and in silence, to its end or the limit of time; what it has started ends with it. */
export async function ended(program: string, args: readonly string[], setting: Setting): Promise<Ended> {
  const { cwd, env, milliseconds, input = '' } = setting;
  const group = process.platform !== 'win32';
  // Half of the runs start no program, and the module takes 2 of the 50 ms that Node takes to start.
  const { spawn } = await import('node:child_process');
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: 'pipe',
    detached: group,
    windowsHide: true,
  });
  const parts: { readonly to: 'stdout' | 'stderr'; readonly data: Buffer }[] = [];
  // A program that ends before it has read everything is no failure of ours.
  child.stdin.on('error', () => undefined).end(input);
  let [size, stopped] = [0, false];
  const stop = (why: string): void => {
    if (stopped) return;
    stopped = true;
    parts.push({ to: 'stderr', data: Buffer.from(why) });
    if (group && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  };
  for (const to of ['stdout', 'stderr'] as const)
    child[to].on('data', (data: Buffer) => {
      size += data.length;
      if (size > MOST) stop(`more than ${MOST / 2 ** 20} MiB of output`);
      else parts.push({ to, data });
    });
  const timer = setTimeout(() => stop(`did not finish within ${milliseconds / 1000} seconds`), milliseconds);
  const code = await new Promise<number>(resolve => {
    child.on('error', error => {
      parts.push({ to: 'stderr', data: Buffer.from(error.message) });
      resolve(127);
    });
    child.on('close', status => resolve(status ?? 1));
  });
  clearTimeout(timer);
  const outputOf = (to?: 'stdout' | 'stderr'): Buffer =>
    Buffer.concat(parts.flatMap(part => (to === undefined || part.to === to ? [part.data] : [])));
  return { code: stopped ? 124 : code, stdout: outputOf('stdout'), stderr: outputOf('stderr'), output: outputOf() };
}
