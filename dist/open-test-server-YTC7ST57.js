
import{b as a,c as b}from"./chunk-TD7B5TYO.js";import"./chunk-HXSOXCTN.js";import"./chunk-UFHFIMMC.js";import"./chunk-Z5QPH7YH.js";import"./chunk-TUM3FEJN.js";export{a as openTestServer,b as serverMajor};
