import{a,h as b}from"../chunk-TZJIXUEX.js";export{a as hueOf,b as showDemo};
