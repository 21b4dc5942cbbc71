
import{a}from"./chunk-L5WQWJJN.js";import"./chunk-TIUZY57N.js";import"./chunk-M4RN5ZCP.js";import"./chunk-TUM3FEJN.js";export{a as Objects};
