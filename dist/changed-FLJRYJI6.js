import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename);import { setFlagsFromString as __setFlag } from 'node:v8';__setFlag('--no-wasm-dynamic-tiering'),__setFlag('--no-wasm-tier-up')
import {
  changedFrom,
  changedSince,
  mergeBase,
  obtain,
  parents,
  resolve
} from "./chunk-6CMYOL7B.js";
import "./chunk-DNFAPNNR.js";
import "./chunk-EJLDCV5Y.js";
export {
  changedFrom,
  changedSince,
  mergeBase,
  obtain,
  parents,
  resolve
};
