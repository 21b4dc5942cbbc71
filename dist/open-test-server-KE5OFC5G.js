
import{b as a,c as b}from"./chunk-KHF3P6BM.js";import"./chunk-JUGAW2SS.js";import"./chunk-3FGXLN34.js";import"./chunk-U3KQ2UYS.js";import"./chunk-TUM3FEJN.js";export{a as openTestServer,b as serverMajor};
