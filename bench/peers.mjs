/** How each peer lints files; `at` is where it is installed. */
export const PEERS = {
  squawk: (at, files) => [at, ['--assume-in-transaction', ...files]],
  pgfence: (at, files) => [at, ['analyze', '--format', 'sql', '--output', 'json', ...files]],
  // It takes one file.
  migrationpilot: (at, [file]) => [
    process.execPath,
    [at, 'analyze', file, '--format', 'json', '--offline', '--no-config'],
  ],
};

/** Which of them lint many files in one process. */
export const MANY = new Set(['squawk', 'pgfence']);
