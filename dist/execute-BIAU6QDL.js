
import{a as e}from"./chunk-4GKDED32.js";import"./chunk-A7Y3VIT5.js";import"./chunk-EPSD2WLH.js";import"./chunk-TUM3FEJN.js";export{e as exec};
