
import{a as e}from"./chunk-4GKDED32.js";import"./chunk-MRAMQFWY.js";import"./chunk-YDLXEFWQ.js";import"./chunk-TUM3FEJN.js";export{e as exec};
