
import{a,b,c}from"./chunk-CES6FD2Z.js";import"./chunk-L5WQWJJN.js";import"./chunk-TIUZY57N.js";import"./chunk-M4RN5ZCP.js";import"./chunk-TUM3FEJN.js";export{a as baseOf,b as headOver,c as throughLinks};
