
import{a}from"./chunk-L5WQWJJN.js";import"./chunk-A7Y3VIT5.js";import"./chunk-EPSD2WLH.js";import"./chunk-TUM3FEJN.js";export{a as Objects};
