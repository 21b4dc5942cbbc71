import '@microsoft/jest-sarif';

declare module 'expect' {
  // The names must be those of the interface that is extended.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /** Fits the schema of SARIF 2.1.0. */
    toBeValidSarifLog(): R;
  }
}
