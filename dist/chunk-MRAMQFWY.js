
import{I as m}from"./chunk-YDLXEFWQ.js";import{c as i}from"./chunk-TUM3FEJN.js";var q=i(m());
