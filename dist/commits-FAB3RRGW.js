
import{a,b,c,d,e,f}from"./chunk-QLTXIDJW.js";import"./chunk-A7Y3VIT5.js";import"./chunk-EPSD2WLH.js";import"./chunk-TUM3FEJN.js";export{a as forkOf,b as isTruncatedAt,f as mergeBase,e as obtain,d as parents,c as resolve};
