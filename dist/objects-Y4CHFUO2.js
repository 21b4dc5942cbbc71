
import{a}from"./chunk-L5WQWJJN.js";import"./chunk-UFHFIMMC.js";import"./chunk-Z5QPH7YH.js";import"./chunk-TUM3FEJN.js";export{a as Objects};
