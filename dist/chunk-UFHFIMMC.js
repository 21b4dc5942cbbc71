
import{I as m}from"./chunk-Z5QPH7YH.js";import{c as i}from"./chunk-TUM3FEJN.js";var q=i(m());
