import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename)
import {
  changedFrom,
  changedSince,
  mergeBase,
  obtain,
  parents,
  resolve
} from "./chunk-C72VDJFZ.js";
import "./chunk-DB3VIEXE.js";
import "./chunk-P2ZTNU6D.js";
export {
  changedFrom,
  changedSince,
  mergeBase,
  obtain,
  parents,
  resolve
};
