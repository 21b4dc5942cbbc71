
import{j as o,l as a}from"./chunk-TUM3FEJN.js";var f=class{root;pending=new Set;next=null;constructor(t){this.root=t}async read(t){return this.pending.add(t),this.next??=new Promise(n=>setImmediate(n)).then(()=>this.fetch()),(await this.next).get(t)??null}async fetch(){let t=[...this.pending];this.pending=new Set,this.next=null;let n=await o(this.root,["cat-file","--batch"],`${t.join(`
`)}
`);return d(t,a("cat-file",this.root,n))}};function d(i,t){let n=new Map,e=0;for(let c of i){let s=t.indexOf(`
`,e),r=/^\S+ \S+ (\d+)$/.exec(t.toString("utf8",e,s))?.[1];e=s+1,r!==void 0&&(n.set(c,t.subarray(e,e+Number(r))),e+=Number(r)+1)}return n}export{f as a};
