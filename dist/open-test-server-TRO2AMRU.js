
import{b as a,c as b}from"./chunk-Q5TGXXMY.js";import"./chunk-QSBACTLN.js";import"./chunk-AOJFQYI2.js";import"./chunk-2FAZFUTW.js";import"./chunk-TUM3FEJN.js";export{a as openTestServer,b as serverMajor};
