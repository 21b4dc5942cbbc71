
import{a,b,c}from"./chunk-EK5GA5PM.js";import"./chunk-L5WQWJJN.js";import"./chunk-AOJFQYI2.js";import"./chunk-2FAZFUTW.js";import"./chunk-TUM3FEJN.js";export{a as baseOf,b as headOver,c as throughLinks};
