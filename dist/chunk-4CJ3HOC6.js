
import{I as m}from"./chunk-PQNA6ZV3.js";import{c as i}from"./chunk-TUM3FEJN.js";var q=i(m());
