
import{I as m}from"./chunk-M4RN5ZCP.js";import{c as i}from"./chunk-TUM3FEJN.js";var q=i(m());
