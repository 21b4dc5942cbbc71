import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename)
import {
  resolve
} from "./chunk-JS6UAFF4.js";
import "./chunk-OT63N775.js";
import "./chunk-P2ZTNU6D.js";

// src/repo/default-base.ts
async function defaultBase(root) {
  for (const candidate of ["origin/HEAD", "origin/main", "origin/master", "main", "master"])
    if (await resolve(root, candidate).catch(() => null) !== null) return candidate;
  return null;
}
export {
  defaultBase
};
