
import{b as a,c as b}from"./chunk-YUOO5YRS.js";import"./chunk-RLPJU6V7.js";import"./chunk-MRAMQFWY.js";import"./chunk-YDLXEFWQ.js";import"./chunk-TUM3FEJN.js";export{a as openTestServer,b as serverMajor};
