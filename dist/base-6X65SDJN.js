
import{a,b,c}from"./chunk-6A5LQSY7.js";import"./chunk-L5WQWJJN.js";import"./chunk-UFHFIMMC.js";import"./chunk-Z5QPH7YH.js";import"./chunk-TUM3FEJN.js";export{a as baseOf,b as headOver,c as throughLinks};
