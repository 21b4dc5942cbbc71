
import{I as m}from"./chunk-EPSD2WLH.js";import{c as i}from"./chunk-TUM3FEJN.js";var q=i(m());
