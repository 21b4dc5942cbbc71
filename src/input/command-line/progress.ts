/** How far a long run has come, on a terminal. */
export function progress(done: number, all: number): void {
  if (all > 200 && process.stderr.isTTY && (done % 100 === 0 || done === all))
    process.stderr.write(`\r${done} of ${all} files${done === all ? '\n' : ''}`);
}
