import { decode } from './decode.ts';
import { git } from './git.ts';

/** The text of a file as it was at a commit; null when it was not there. */
export async function baseText(root: string, commit: string, path: string): Promise<string | null> {
  // `./` makes the path relative to the working directory (gitrevisions, "<rev>:<path>").
  const { code, stdout } = await git(root, ['cat-file', 'blob', `${commit}:./${path}`]);
  return code === 0 ? decode(stdout, path) : null;
}
