import{a,h as b,i as c}from"../chunk-NUEIA4XP.js";export{a as hueOf,b as showDemo,c as usePeople};
