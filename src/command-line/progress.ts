/** How far a long run has come, on a terminal. */
export function progress(done: number, all: number): void {
  if (process.stderr.isTTY && all > 200 && (done % 100 === 0 || done === all))
    process.stderr.write(`\r${done} of ${all} files${done === all ? '\n' : ''}`);
}
