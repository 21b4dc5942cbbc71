/** Loaded when a program is first run. */
export { exec } from '@actions/exec';
