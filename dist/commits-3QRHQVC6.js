
import{a,b,c,d,e,f}from"./chunk-QLTXIDJW.js";import"./chunk-4CJ3HOC6.js";import"./chunk-PQNA6ZV3.js";import"./chunk-TUM3FEJN.js";export{a as forkOf,b as isTruncatedAt,f as mergeBase,e as obtain,d as parents,c as resolve};
