
import{a,b,c}from"./chunk-HAUAPV4P.js";import"./chunk-L5WQWJJN.js";import"./chunk-3FGXLN34.js";import"./chunk-U3KQ2UYS.js";import"./chunk-TUM3FEJN.js";export{a as baseOf,b as headOver,c as throughLinks};
