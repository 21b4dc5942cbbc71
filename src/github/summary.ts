import { appendFile } from 'node:fs/promises';

/** A step may write 1 MiB; more than that is dropped as a whole. */
export const SUMMARY_LIMIT = 1_000_000;

/** Adds to the job's page; false where the runner offers none, or it cannot be written. */
export async function summarize(markdown: string, file = process.env.GITHUB_STEP_SUMMARY): Promise<boolean> {
  if (file === undefined || file === '') return false;
  return appendFile(file, markdown).then(
    () => true,
    () => false,
  );
}
