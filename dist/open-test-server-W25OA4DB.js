
import{b as a,c as b}from"./chunk-NX6PCRHJ.js";import"./chunk-SMI7VO5J.js";import"./chunk-4CJ3HOC6.js";import"./chunk-PQNA6ZV3.js";import"./chunk-TUM3FEJN.js";export{a as openTestServer,b as serverMajor};
