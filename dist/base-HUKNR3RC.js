
import{a,b,c}from"./chunk-4NHVPEKO.js";import"./chunk-L5WQWJJN.js";import"./chunk-MRAMQFWY.js";import"./chunk-YDLXEFWQ.js";import"./chunk-TUM3FEJN.js";export{a as baseOf,b as headOver,c as throughLinks};
