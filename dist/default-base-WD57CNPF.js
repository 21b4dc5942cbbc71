import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename);import { setFlagsFromString as __setFlag } from 'node:v8';__setFlag('--no-wasm-dynamic-tiering'),__setFlag('--no-wasm-tier-up')
import {
  git
} from "./chunk-DNFAPNNR.js";
import "./chunk-EJLDCV5Y.js";

// src/repo/default-base.ts
var CANDIDATES = [
  "remotes/origin/HEAD",
  "remotes/origin/main",
  "remotes/origin/master",
  "heads/main",
  "heads/master"
];
async function defaultBase(root) {
  const refs = CANDIDATES.map((name) => `refs/${name}`);
  const answer = await git(root, ["for-each-ref", "--format=%(refname)", ...refs]).catch(() => null);
  const known = new Set(answer?.stdout.toString("utf8").split("\n"));
  return refs.find((ref) => known.has(ref)) ?? null;
}
export {
  defaultBase
};
