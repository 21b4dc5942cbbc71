
import{a}from"./chunk-L5WQWJJN.js";import"./chunk-MRAMQFWY.js";import"./chunk-YDLXEFWQ.js";import"./chunk-TUM3FEJN.js";export{a as Objects};
