
import{n as a,o as b,p as c,q as d}from"./chunk-TUM3FEJN.js";export{b as SUBMODULE,a as SYMLINK,c as differences,d as untouched};
