
import{a as e}from"./chunk-4GKDED32.js";import"./chunk-AOJFQYI2.js";import"./chunk-2FAZFUTW.js";import"./chunk-TUM3FEJN.js";export{e as exec};
