
import{a}from"./chunk-L5WQWJJN.js";import"./chunk-4CJ3HOC6.js";import"./chunk-PQNA6ZV3.js";import"./chunk-TUM3FEJN.js";export{a as Objects};
