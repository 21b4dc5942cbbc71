
import{I as m}from"./chunk-2FAZFUTW.js";import{c as i}from"./chunk-TUM3FEJN.js";var q=i(m());
