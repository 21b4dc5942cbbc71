
import{b as a,c as b}from"./chunk-3VPUPL4J.js";import"./chunk-PZUP2T4B.js";import"./chunk-TIUZY57N.js";import"./chunk-M4RN5ZCP.js";import"./chunk-TUM3FEJN.js";export{a as openTestServer,b as serverMajor};
