
import{b as a,c as b}from"./chunk-DUTSUSGH.js";import"./chunk-RLCRCZO2.js";import"./chunk-A7Y3VIT5.js";import"./chunk-EPSD2WLH.js";import"./chunk-TUM3FEJN.js";export{a as openTestServer,b as serverMajor};
