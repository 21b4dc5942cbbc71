const nothing = (): void => undefined;

/** Only an entry point prints: what a library would say (console, process.emitWarning) may be in a pull request's words. */
export function quiet(): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'dir', 'trace'] as const) console[method] = nothing;
  process.removeAllListeners('warning');
}
