import{a,h as b}from"../chunk-PVKSBVKN.js";export{a as hueOf,b as showDemo};
