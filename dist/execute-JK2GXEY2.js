
import{a as e}from"./chunk-4GKDED32.js";import"./chunk-UFHFIMMC.js";import"./chunk-Z5QPH7YH.js";import"./chunk-TUM3FEJN.js";export{e as exec};
