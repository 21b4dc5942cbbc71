
import{a as e}from"./chunk-4GKDED32.js";import"./chunk-4CJ3HOC6.js";import"./chunk-PQNA6ZV3.js";import"./chunk-TUM3FEJN.js";export{e as exec};
