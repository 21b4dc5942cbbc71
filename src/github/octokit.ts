/** Loaded when first asked for. */
export { getOctokit } from '@actions/github';
