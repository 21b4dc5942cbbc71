
import{I as m}from"./chunk-U3KQ2UYS.js";import{c as i}from"./chunk-TUM3FEJN.js";var q=i(m());
