import{a,h as b,i as c}from"../chunk-N4KKJJS5.js";export{a as hueOf,b as showDemo,c as usePeople};
