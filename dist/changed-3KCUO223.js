import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename);import { setFlagsFromString as __setFlag } from 'node:v8';__setFlag('--liftoff-only')
import {
  changedFrom,
  changedSince,
  mergeBase,
  obtain,
  parents,
  resolve
} from "./chunk-XENDW56J.js";
import "./chunk-ZNCAUQ2U.js";
import "./chunk-755DWSVJ.js";
export {
  changedFrom,
  changedSince,
  mergeBase,
  obtain,
  parents,
  resolve
};
