
import{a,b,c}from"./chunk-PVZXBATM.js";import"./chunk-L5WQWJJN.js";import"./chunk-A7Y3VIT5.js";import"./chunk-EPSD2WLH.js";import"./chunk-TUM3FEJN.js";export{a as baseOf,b as headOver,c as throughLinks};
