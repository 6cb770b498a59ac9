import{a,h as b}from"../chunk-ZM7CXHXJ.js";export{a as hueOf,b as showDemo};
