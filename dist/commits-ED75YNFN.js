
import{a,b,c,d,e,f}from"./chunk-QLTXIDJW.js";import"./chunk-AOJFQYI2.js";import"./chunk-2FAZFUTW.js";import"./chunk-TUM3FEJN.js";export{a as forkOf,b as isTruncatedAt,f as mergeBase,e as obtain,d as parents,c as resolve};
