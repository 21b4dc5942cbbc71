
import{a as e}from"./chunk-4GKDED32.js";import"./chunk-3FGXLN34.js";import"./chunk-U3KQ2UYS.js";import"./chunk-TUM3FEJN.js";export{e as exec};
