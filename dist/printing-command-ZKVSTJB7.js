
import{a as o,b as s,c as e}from"./chunk-RNTLU2NR.js";import"./chunk-MRAMQFWY.js";import"./chunk-YDLXEFWQ.js";import{h as i}from"./chunk-TUM3FEJN.js";var m=12e4;function p(c,r,n){let d=e(r,n);return async()=>{let{code:t,stdout:a,stderr:l}=await o(c,d,{milliseconds:m,env:s()});if(t===0)return a;let w=t===124?`took longer than ${m/1e3} seconds`:`exited with status ${t}`;throw new i(`${n} ${w}: ${r}`,{hint:l.trim().split(`
`).slice(-10).join(`
`).slice(-1500)||"The command printed no error."})}}export{p as printingCommand};
