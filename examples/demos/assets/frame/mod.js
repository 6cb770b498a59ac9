import{a,h as b}from"../chunk-PDYUDVAA.js";export{a as hueOf,b as showDemo};
