
import{a}from"./chunk-L5WQWJJN.js";import"./chunk-AOJFQYI2.js";import"./chunk-2FAZFUTW.js";import"./chunk-TUM3FEJN.js";export{a as Objects};
