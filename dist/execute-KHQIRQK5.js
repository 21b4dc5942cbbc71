
import{a as e}from"./chunk-4GKDED32.js";import"./chunk-TIUZY57N.js";import"./chunk-M4RN5ZCP.js";import"./chunk-TUM3FEJN.js";export{e as exec};
