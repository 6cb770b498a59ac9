var t='var nt=Object.defineProperty,Ee=(t,e)=>{let n={};for(var r in t)nt(n,r,{get:t[r],enumerable:!0});return e||nt(n,Symbol.toStringTag,{value:"Module"}),n};var ee=Symbol("RENDERER"),_=Symbol("ERROR_HANDLER"),m=Symbol("STASH"),te=Symbol("INTERNAL"),B=Symbol("MEMO"),rt=Symbol("PERMALINK"),Sn=Symbol("RENDERED_JSX");var Ce=t=>(t[te]=!0,t);var st=t=>({value:e,children:n})=>{if(!n)return;let r={children:[{tag:Ce(()=>{t.push(e)}),props:{}}]};Array.isArray(n)?r.children.push(...n.flat()):r.children.push(n),r.children.push({tag:Ce(()=>{t.pop()}),props:{}});let s={tag:"",props:r,type:""};return s[_]=o=>{throw t.pop(),o},s},H=t=>{let e=[t],n=st(e);return n.values=e,n.Provider=n,D.push(n),n};var V={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},xe={},ne="data-precedence",Ae=t=>t.rel==="stylesheet"&&"precedence"in t,ke=(t,e)=>t==="link"?e:V[t].length>0;var Te=t=>Array.isArray(t)?t:[t];var vn=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),re=t=>vn.get(t)||t;var it=(t,e,n)=>{t.size>=e&&t.clear(),t.add(n)};var En=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Me=new Set,ct=1024,Cn=t=>{if(Me.has(t))return!0;let e=t.length;if(e===0)return!1;for(let n=0;n<e;n++){let r=t.charCodeAt(n);if(!(r>=97&&r<=122||r>=65&&r<=90||r>=48&&r<=57||r===45||r===95))return En.test(t)?!1:(it(Me,ct,t),!0)}return it(Me,ct,t),!0},xn=/[;"\'\\\\/\\[\\](){}]/,An=t=>{if(!xn.test(t))return!1;let e=0,n=[];for(let r=0,s=t.length;r<s;r++){let o=t.charCodeAt(r);if(o===92){if(r===s-1)return!0;r++}else if(e!==0){if(o===10||o===12||o===13)return!0;o===e&&(e=0)}else if(o===47&&t.charCodeAt(r+1)===42){let i=t.indexOf("*/",r+2);if(i===-1)return!0;r=i+1}else if(o===34||o===39)e=o;else if(o===40)n.push(41);else if(o===91)n.push(93);else{if(o===123||o===125)return!0;if(o===41||o===93){if(n[n.length-1]!==o)return!0;n.pop()}else if(o===59&&n.length===0)return!0}}return e!==0||n.length!==0},Re=(t,e)=>{for(let[n,r]of Object.entries(t)){let s=n[0]==="-"||!/[A-Z]/.test(n)?n:n.replace(/[A-Z]/g,i=>`-${i.toLowerCase()}`);if(!Cn(s))continue;if(r==null){e(s,null);continue}let o;if(typeof r=="number")o=s.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${r}`:`${r}px`;else if(typeof r=="string"){if(An(r))continue;o=r}else continue;e(s,o)}};var at=(t,e)=>{if(t===e)return!0;let n=Object.keys(t).sort(),r=Object.keys(e).sort();if(n.length!==r.length)return!1;for(let s=0,o=n.length;s<o;s++)if(!(n[s]==="children"&&r[s]==="children"&&!t.children?.length&&!e.children?.length)&&t[n[s]]!==e[n[s]])return!1;return!0};var D=[],lt=!1,Oe,kn,Tn=0,ft=!1,Mn=()=>{if(lt)return Oe;lt=!0;let t=globalThis,e;for(let n of[()=>t.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>t.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{e=n()}catch{}if(e)break}return e&&(Oe=new e),Oe},Rn=()=>Mn()?.getStore()||kn,On=()=>{Tn>0&&!ft&&(ft=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var Nn=(t,e)=>{if(!t)return On(),e.values.at(-1);let n=t.get(e);return n?.length?n.at(-1):e.values[0]};var O=t=>Nn(Rn(),t);var Ln=0;var Pn=2,_n=3,Dn=4,Ne=new WeakMap,Le=(t,e)=>!t||!e||t.length!==e.length||e.some((n,r)=>n!==t[r]);var jn;var ut=[];var P=t=>{let e=()=>typeof t=="function"?t():t,n=T.at(-1);if(!n)return[e(),()=>{}];let[,r]=n,s=r[m][1][Ln]||=[],o=r[m][0]++;return s[o]||=[e(),i=>{let a=jn,f=s[o];if(typeof i=="function"&&(i=i(f[0])),!Object.is(i,f[0]))if(f[0]=i,ut.length){let[u,h]=ut.at(-1);Promise.all([u===3?r:U([u,!1,a],r),h]).then(([c])=>{if(!c||!(u===2||u===3))return;let d=c.vC;requestAnimationFrame(()=>{setTimeout(()=>{d===c.vC&&U([u===3?1:0,!1,a],c)})})})}else U([0,!1,a],r)}]};var dt=(t,e,n)=>{let r=T.at(-1);if(!r)return;let[,s]=r,o=s[m][1][1]||=[],i=s[m][0]++,[a,,f]=o[i]||=[];if(Le(a,n)){f&&f();let u=()=>{h[t]=void 0,h[2]=e()},h=[n,void 0,void 0,void 0,void 0];h[t]=u,o[i]=h}},W=(t,e)=>dt(3,t,e),Pe=(t,e)=>dt(1,t,e);var N=(t,e)=>{let n=T.at(-1);if(!n)return t;let[,r]=n,s=r[m][1][Pn]||=[],o=r[m][0]++,i=s[o];return Le(i?.[1],e)?s[o]=[t,e]:t=s[o][0],t};function j(t){let e=T.at(-1);if(!e)return{current:t};let[,n]=e,r=n[m][1][Dn]||=[],s=n[m][0]++;return r[s]||={current:t}}var _e=t=>{let e=Ne.get(t);if(e){if(e.length===2)throw e[1];return e[0]}throw t.then(n=>Ne.set(t,[n]),n=>Ne.set(t,[void 0,n])),t},se=(t,e)=>{let n=T.at(-1);if(!n)return t();let[,r]=n,s=r[m][1][_n]||=[],o=r[m][0]++,i=s[o];return Le(i?.[1],e)&&(s[o]=[t(),e]),s[o][0]},Fn=0,oe=()=>se(()=>`:r${(Fn++).toString(32)}:`,[]);var De=(t,e,n)=>{let r=T.at(-1);if(!r){if(!n)throw new Error("getServerSnapshot is required for server side rendering");return n()}let s=r[0][4]&&n?n():e(),[,o]=P(0),i=j([s,e]);i.current=[s,e];let a=j(null);return W(()=>{let f=()=>o(c=>c+1);a.current?.(),a.current=t(f);let[u,h]=i.current;Object.is(u,h())||f()},[t]),W(()=>()=>a.current?.(),[]),s};var X="_hp",$n={Change:"Input",DoubleClick:"DblClick"},In={svg:"2000/svg",math:"1998/Math/MathML"},T=[],K=new WeakMap,F,bt=()=>F,b=t=>"t"in t,je={onClick:["click",!1]},ht=t=>{if(!t.startsWith("on"))return;if(je[t])return je[t];let e=t.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(e){let[,n,r]=e;return je[t]=[($n[n]||n).toLowerCase(),!!r]}},pt=(t,e)=>F&&t instanceof SVGElement&&/[A-Z]/.test(e)&&(e in t.style||e.match(/^(?:o|pai|str|u|ve)/))?e.replace(/([A-Z])/g,"-$1").toLowerCase():e,vt=t=>t==null||t===!1?null:t,Bn=(t,e)=>{"value"in e&&(t.value=vt(e.value),!t.multiple&&t.selectedIndex===-1&&(t.selectedIndex=0))},mt=t=>t instanceof DOMException&&t.name==="InvalidCharacterError",Hn=(t,e,n)=>{e||={};for(let r in e){let s=e[r];if(r!=="children"&&(!n||n[r]!==s)){r=re(r);let o=ht(r);if(o){if(n?.[r]!==s&&(n&&t.removeEventListener(o[0],n[r],o[1]),s!=null)){if(typeof s!="function")throw new Error(`Event handler for "${r}" is not a function`);t.addEventListener(o[0],s,o[1])}}else if(r==="dangerouslySetInnerHTML"&&s)t.innerHTML=s.__html;else if(r==="ref"){K.get(t)?.();let i;typeof s=="function"?i=s(t)||(()=>s(null)):s&&"current"in s&&(s.current=t,i=()=>s.current=null),K.set(t,i)}else if(r==="style"){let i=t.style;typeof s=="string"?i.cssText=s:(i.cssText="",s!=null&&Re(s,i.setProperty.bind(i)))}else{if(r==="value"){let a=t.nodeName;if(a==="SELECT")continue;if((a==="INPUT"||a==="TEXTAREA")&&(t.value=vt(s),a==="TEXTAREA")){t.textContent=s;continue}}else(r==="checked"&&t.nodeName==="INPUT"||r==="selected"&&t.nodeName==="OPTION")&&(t[r]=s);let i=pt(t,r);try{s==null||s===!1?t.removeAttribute(i):s===!0?t.setAttribute(i,""):typeof s=="string"||typeof s=="number"?t.setAttribute(i,s):t.setAttribute(i,s.toString())}catch(a){if(!mt(a))throw a}}}}if(n)for(let r in n){let s=n[r];if(r!=="children"&&!(r in e)){r=re(r);let o=ht(r);if(o)t.removeEventListener(o[0],s,o[1]);else if(r==="ref")K.get(t)?.(),K.delete(t);else try{t.removeAttribute(pt(t,r))}catch(i){if(!mt(i))throw i}}}},Vn=(t,e)=>{e[m][0]=0,T.push([t,e]);let n=e.tag[ee]||e.tag,r=n.defaultProps?{...n.defaultProps,...e.props}:e.props;try{return[n.call(null,r)]}finally{T.pop()}},Et=(t,e,n,r,s)=>{t.vR?.length&&(r.push(...t.vR),delete t.vR),typeof t.tag=="function"&&t[m][1][1]?.forEach(o=>s.push(o)),t.vC.forEach(o=>{if(b(o))n.push(o);else if(typeof o.tag=="function"||o.tag===""){o.c=e;let i=n.length;if(Et(o,e,n,r,s),o.s){for(let a=i;a<n.length;a++)n[a].s=!0;o.s=!1}}else n.push(o),o.vR?.length&&(r.push(...o.vR),delete o.vR)})},Un=t=>{for(;t&&(t.tag===X||!t.e);)t=t.tag===X||!t.vC?.[0]?t.nN:t.vC[0];return t?.e},Ct=t=>{if(!b(t)){let e=t[m];e?.[1][1]&&(e[1][1].forEach(n=>n[2]?.()),delete e[1][1]),K.get(t.e)?.(),t.p===2&&t.vC?.forEach(n=>n.p=2),t.vC?.forEach(Ct)}t.p||(t.e?.remove(),delete t.e),typeof t.tag=="function"&&(q.delete(t),ie.delete(t),delete t[m][3],t.a=!0)},Fe=(t,e,n)=>{t.c=e,xt(t,e,n)},gt=(t,e)=>{if(e){for(let n=0,r=t.length;n<r;n++)if(t[n]===e)return n}},yt=Symbol(),xt=(t,e,n)=>{let r=[],s=[],o=[];Et(t,e,r,s,o),s.forEach(Ct);let i=n?void 0:e.childNodes,a,f=null;if(n)a=-1;else if(!i.length)a=0;else{let u=gt(i,Un(t.nN));u!==void 0?(f=i[u],a=u):a=gt(i,r.find(h=>h.tag!==X&&h.e)?.e)??-1,a===-1&&(n=!0)}for(let u=0,h=r.length;u<h;u++,a++){let c=r[u],d;if(c.s&&c.e)d=c.e,c.s=!1;else{let p=n||!c.e;if(b(c))c.e&&c.d&&(c.e.textContent=c.t),c.d=!1,d=c.e||=document.createTextNode(c.t);else{let w=!c.e;d=c.e||=c.n?document.createElementNS(c.n,c.tag):document.createElement(c.tag),Hn(d,c.props,w?void 0:c.pP),xt(c,d,p),c.tag==="select"&&Bn(d,c.props)}}c.tag===X?a--:n?d.parentNode||e.appendChild(d):i[a]!==d&&i[a-1]!==d&&(i[a+1]===d?e.appendChild(i[a]):e.insertBefore(d,f||i[a]||null))}if(t.pP&&(t.pP=void 0),o.length){let u=[],h=[];o.forEach(([,c,,d,p])=>{c&&u.push(c),d&&h.push(d),p?.()}),u.forEach(c=>c()),h.length&&requestAnimationFrame(()=>{h.forEach(c=>c())})}},Wn=(t,e)=>!!(t&&t.length===e.length&&t.every((n,r)=>n[1]===e[r][1])),Kn=t=>{let e=new Map;for(let n of t){let r=n.key;if(e.has(r))return;e.set(r,n)}return e},ie=new WeakMap,ce=(t,e,n)=>{let r=!n&&e.pC;n&&(e.pC||=e.vC);let s;try{n||=typeof e.tag=="function"?Vn(t,e):Te(e.props.children),n[0]?.tag===""&&n[0][_]&&(s=n[0][_],t[5].push([t,s,e]));let o=r?[...e.pC]:e.vC?[...e.vC]:void 0,i=[],a,f=(o?.length||0)*2,u;for(let h=0;h<n.length;h++){if(Array.isArray(n[h])){n.splice(h,1,...n[h].flat(1/0)),h--;continue}let c=At(n[h]);if(c){typeof c.tag=="function"&&!c.tag[te]&&(D.length>0&&(c[m][2]=D.map(p=>[p,p.values.at(-1)])),t[5]?.length&&(c[m][3]=t[5].at(-1)));let d;if(u&&c.key===void 0&&!b(c)&&(o=[...u.values()],u=void 0),u){let p=c.key,w=u.get(p);w&&(b(c)?b(w):w.tag===c.tag&&w.key===p)&&(d=w,u.delete(p))}else if(o&&o.length){let p=o[0];if(b(c)?b(p):!b(p)&&(c.key!==void 0?p.key===c.key&&p.tag===c.tag:p.tag===c.tag))d=o.shift();else{let w=o.findIndex(b(c)?C=>b(C):c.key!==void 0?C=>C.key===c.key&&C.tag===c.tag:C=>C.tag===c.tag);f-=w===-1?o.length:w,w!==-1&&(d=o[w],o.splice(w,1)),f<0&&(f=1/0,u=Kn(o))}}if(d)if(b(c))d.t!==c.t&&(d.t=c.t,d.d=!0),c=d;else{let p=d.pP=d.props;if(d.props=c.props,d.f||=c.f||e.f,typeof c.tag=="function"){let w=d[m][2];d[m][2]=c[m][2]||[],d[m][3]=c[m][3],!d.f&&((d.o||d)===c.o||d.tag[B]?.(p,d.props))&&Wn(w,d[m][2])&&(d.s=!0)}c=d}else if(!b(c)&&F){let p=O(F);p&&(c.n=p)}if(!b(c)&&!c.s&&(ce(t,c),delete c.f),i.push(c),a&&!a.s&&!c.s)for(let p=a;p&&!b(p);p=p.vC?.at(-1))p.nN=c;a=c}}if(a&&!a.s)for(let h=a;h&&!b(h);h=h.vC?.at(-1))h.nN=e.nN;o=u?[...u.values()]:o,e.vR=r?[...e.vC,...o||[]]:o||[],e.vC=i,r&&delete e.pC}catch(o){if(e.f=!0,o===yt){if(s)return;throw o}let[i,a,f]=e[m]?.[3]||[];if(a){let u=()=>U([0,!1,t[2]],f),h=ie.get(f)||[];h.push(u),ie.set(f,h);let c=a(o,()=>{let d=ie.get(f);if(d){let p=d.indexOf(u);if(p!==-1)return d.splice(p,1),u()}});if(c){if(t[0]===1)t[1]=!0;else if(ce(t,f,[c]),(a.length===1||t!==i)&&f.c&&!t[5].some(([,,d])=>d===f)){Fe(f,f.c,!1);return}throw yt}}throw o}finally{s&&t[5].pop()}},At=t=>{if(!(t==null||typeof t=="boolean")){if(typeof t=="string"||typeof t=="number")return{t:t.toString(),d:!0};if("vR"in t&&(t={tag:t.tag,props:t.props,key:t.key,f:t.f,type:t.tag,ref:t.props.ref,o:t.o||t}),typeof t.tag=="function")t[m]=[0,[]];else{let e=In[t.tag];e&&(F||=H(""),t.props.children=[{tag:F,props:{value:t.n=`http://www.w3.org/${e}`,children:t.props.children}}])}return t}},kt=(t,e,n)=>{t.c===e&&(t.c=n,t.vC.forEach(r=>kt(r,e,n)))},wt=(t,e)=>{e[m][2]?.forEach(([n,r])=>{n.values.push(r)});try{ce(t,e,void 0)}catch{return}if(e.a){delete e.a;return}e[m][2]?.forEach(([n])=>{n.values.pop()}),(t[0]!==1||!t[1])&&Fe(e,e.c,!1)},q=new WeakMap,St=[],U=async(t,e)=>{t[5]||=[];let n=q.get(e);n&&n[0](void 0);let r,s=new Promise(o=>r=o);if(q.set(e,[r,()=>{t[2]?t[2](t,e,o=>{wt(o,e)}).then(()=>r(e)):(wt(t,e),r(e))}]),St.length)St.at(-1).add(e);else{await Promise.resolve();let o=q.get(e);o&&(q.delete(e),o[1]())}return s},qn=(t,e)=>{let n=[];n[5]=[],n[4]=!0,ce(n,t,void 0),n[4]=!1;let r=document.createDocumentFragment();Fe(t,r,!0),kt(t,r,e),e.replaceChildren(r)},$e=(t,e)=>{qn(At({tag:"",props:{children:t}}),e)};var Ie=(t,e,n)=>({tag:X,props:{children:t},key:n,e,p:1});var Mt=H({pending:!1,data:null,method:null,action:null}),Tt=new Set,Rt=t=>{Tt.add(t);let e=()=>{Tt.delete(t)};t.then(e,e)};var Ve=Ee({button:()=>It,clearCache:()=>Xn,composeRef:()=>ae,form:()=>jt,input:()=>$t,link:()=>Pt,meta:()=>_t,script:()=>Nt,style:()=>Lt,title:()=>Ot}),Xn=()=>{Be=Object.create(null),He=Object.create(null)},ae=(t,e)=>se(()=>n=>{let r;t&&(typeof t=="function"?r=t(n)||(()=>{t(null)}):t&&"current"in t&&(t.current=n,r=()=>{t.current=null}));let s=e(n);return()=>{s?.(),r?.()}},[t]),Be=Object.create(null),He=Object.create(null),z=(t,e,n,r,s)=>{if(e?.itemProp)return{tag:t,props:e,type:t,ref:e.ref};let o=document.head,{onLoad:i,onError:a,precedence:f,blocking:u,...h}=e,c=null,d=!1,p=V[t],w=ke(t,r),C=y=>y.getAttribute("rel")==="stylesheet"&&y.getAttribute("data-precedence")!==null,x;if(w){let y=o.querySelectorAll(t);e:for(let S of y)if(!(t==="link"&&!C(S))){for(let g of p)if(S.getAttribute(g)===e[g]){c=S;break e}}if(!c){let S=p.reduce((g,v)=>e[v]===void 0?g:`${g}-${v}-${e[v]}`,t);d=!He[S],c=He[S]||=(()=>{let g=document.createElement(t);for(let v of p)e[v]!==void 0&&g.setAttribute(v,e[v]);return e.rel&&g.setAttribute("rel",e.rel),g})()}}else x=o.querySelectorAll(t);f=r?f??"":void 0,r&&(h[ne]=f);let et=N(y=>{if(w){if(t==="link"&&f!==void 0){let g=!1;for(let v of o.querySelectorAll(t)){let L=v.getAttribute(ne);if(L===null){o.insertBefore(y,v);return}if(g&&L!==f){o.insertBefore(y,v);return}L===f&&(g=!0)}o.appendChild(y);return}let S=!1;for(let g of o.querySelectorAll(t)){if(S&&g.getAttribute("data-precedence")!==f){o.insertBefore(y,g);return}g.getAttribute("data-precedence")===f&&(S=!0)}o.appendChild(y)}else if(t==="link")o.contains(y)||o.appendChild(y);else if(x){let S=!1;for(let g of x)if(g===y){S=!0;break}S||o.insertBefore(y,o.contains(x[0])?x[0]:o.querySelector(t)),x=void 0}},[w,f,t]),tt=ae(e.ref,y=>{let S=p[0];if(n===2&&(y.innerHTML=""),(d||x)&&et(y),!a&&!i||!S)return;let g=Be[y.getAttribute(S)]||=new Promise((v,L)=>{y.addEventListener("load",v),y.addEventListener("error",L)});i&&(g=g.then(i)),a&&(g=g.catch(a)),g.catch(()=>{})});if(s&&u==="render"){let y=V[t][0];if(y&&e[y]){let S=e[y],g=Be[S]||=new Promise((v,L)=>{et(c),c.addEventListener("load",v),c.addEventListener("error",L)});_e(g)}}let ve={tag:t,type:t,props:{...h,ref:tt},ref:tt};return ve.p=n,c&&(ve.e=c),Ie(ve,o)},Ot=t=>{let e=bt();return(e&&O(e))?.endsWith("svg")?{tag:"title",props:t,type:"title",ref:t.ref}:z("title",t,void 0,!1,!1)},Nt=t=>!t||["src","async"].some(e=>!t[e])?{tag:"script",props:t,type:"script",ref:t.ref}:z("script",t,1,!1,!0),Lt=t=>!t||!["href","precedence"].every(e=>e in t)?{tag:"style",props:t,type:"style",ref:t.ref}:(t["data-href"]=t.href,delete t.href,z("style",t,2,!0,!0)),Pt=t=>!t||["onLoad","onError"].some(e=>e in t)||t.rel==="stylesheet"&&(!("precedence"in t)||"disabled"in t)?{tag:"link",props:t,type:"link",ref:t.ref}:z("link",t,1,Ae(t),!0),_t=t=>z("meta",t,void 0,!1,!1),Dt=Symbol(),jt=t=>{let{action:e,...n}=t;typeof e!="function"&&(n.action=e);let[r,s]=P([null,!1]),o=N(async u=>{let h=u.isTrusted?e:u.detail[Dt];if(typeof h!="function")return;u.preventDefault();let c=new FormData(u.target);s([c,!0]);try{let d=h(c);d instanceof Promise&&(Rt(d),await d)}finally{s([null,!0])}},[]),i=ae(t.ref,u=>(u.addEventListener("submit",o),()=>{u.removeEventListener("submit",o)})),[a,f]=r;return r[1]=!1,{tag:Mt,props:{value:{pending:a!==null,data:a,method:a?"post":null,action:a?e:null},children:{tag:"form",props:{...n,ref:i},type:"form",ref:i}},f}},Ft=(t,{formAction:e,...n})=>{if(typeof e=="function"){let r=N(s=>{s.preventDefault(),s.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Dt]:e}}))},[]);n.ref=ae(n.ref,s=>(s.addEventListener("click",r),()=>{s.removeEventListener("click",r)}))}return{tag:t,props:n,type:t,ref:n.ref}},$t=t=>Ft("input",t),It=t=>Ft("button",t);Object.assign(xe,{title:Ot,script:Nt,style:Lt,link:Pt,meta:_t,form:jt,input:$t,button:It});var l=(t,e,n)=>(typeof t=="string"&&Ve[t]&&(t=Ve[t]),{tag:t,type:t,props:e,key:n,ref:e.ref}),G=t=>l("",t,void 0);var Bt=(t,e=at)=>{let n=r=>t(r);return n[B]=e,n};function M(t,e){let n=new FormData(t).get(e);return typeof n=="string"?n.trim():""}function R(t){let{name:e,label:n,value:r="",type:s="text",suggestions:o}=t,i=oe();return l("p",{class:`field field-${e}`,children:[l("label",{for:i,children:n}),l("input",{id:i,name:e,type:s,value:r,placeholder:t.placeholder,required:t.required,list:o&&`${i}-list`,autocomplete:"off",autocapitalize:"off",spellcheck:!1}),o&&l("datalist",{id:`${i}-list`,children:o.map(a=>l("option",{value:a},a))})]})}function Ht({name:t,label:e,choices:n}){let r=oe();return l("p",{class:`field field-${t}`,children:[l("label",{for:r,children:e}),l("select",{id:r,name:t,children:n.map(([s,o])=>l("option",{value:s,children:o},s))})]})}var k={get now(){return performance.now()},get wallTime(){return Date.now()},after(t,e){let n=setTimeout(e,t);return()=>clearTimeout(n)},every(t,e){let n=setInterval(e,t);return()=>clearInterval(n)},soon(t){let e=setImmediate(t);return()=>clearImmediate(e)}};var le={number:()=>Math.random(),uuid:()=>crypto.randomUUID()};var Lo=new TextEncoder;var Ue={messageTooBig:{code:1009,reason:"message too big",reconnect:!1},shutdown:{code:3001,reason:"shutdown",reconnect:!0},internal:{code:3004,reason:"internal server error",reconnect:!0},expired:{code:3005,reason:"connection expired",reconnect:!0},slow:{code:3008,reason:"slow",reconnect:!0},insufficientState:{code:3010,reason:"insufficient state",reconnect:!0},forceReconnect:{code:3011,reason:"force reconnect",reconnect:!0},silent:{code:3012,reason:"Network connection timeout!",reconnect:!0},subscriptionExpired:{code:3006,reason:"subscription expired",reconnect:!0},noPong:{code:3012,reason:"no pong",reconnect:!0},tooManyRequests:{code:3013,reason:"too many requests",reconnect:!0},invalidToken:{code:3500,reason:"invalid token",reconnect:!1},badRequest:{code:3501,reason:"bad request",reconnect:!1},stale:{code:3502,reason:"stale",reconnect:!1},forceDisconnect:{code:3503,reason:"force disconnect",reconnect:!1},connectionLimit:{code:3504,reason:"connection limit",reconnect:!1},channelLimit:{code:3505,reason:"channel limit",reconnect:!1},permissionDenied:{code:3507,reason:"permission denied",reconnect:!1},notAvailable:{code:3508,reason:"not available",reconnect:!1},tooManyErrors:{code:3509,reason:"too many errors",reconnect:!1}};var E={code:1006,reason:"gone",reconnect:!0};function fe(t){return t===Ue.messageTooBig.code?!1:!(t>=3500&&t<=3999||t>=4500&&t<=4999)}var ue=class{#t=new Map;add(e){let{channel:n=""}=e,r=this.#t.get(n)??[];r.push(JSON.stringify(e)),this.#t.set(n,r)}isDuplicate(e){let{channel:n=""}=e,r=this.#t.get(n);if(r===void 0)return!1;let s=r.indexOf(JSON.stringify(e));return r.splice(0,s+1),(s<0||r.length===0)&&this.#t.delete(n),s>=0}};function de(t,{clock:e,signal:n}){return new Promise(r=>{let s=()=>{o(),n.removeEventListener("abort",s),r()},o=e.after(t,s);n.addEventListener("abort",s),n.aborted&&s()})}var zn=2/3,he=class{#t;#n;#e=new AbortController;#r;#s;constructor(e){let{feed:n,silenceMs:r}=e;this.#t=e;let s=n({...e,pollMs:Math.floor(r*zn),signal:this.#e.signal,onActivity:()=>this.#c()});this.#n=s[Symbol.asyncIterator](),this.#c()}async next(){let e=await this.#o(),n=this.#r??e;return n.type!=="open"&&n.type!=="messages"&&this.cancel(),n}cancel(){this.#i({type:"cancelled"})}async#o(){try{let{value:e,done:n}=await this.#n.next();if(n)return Vt("");if(e.type!=="end")return e;let{code:r,reason:s}=e;return{type:"end",close:{code:r,reason:s,wasClean:!0}}}catch(e){return Vt(String(e))}}#c(){let{clock:e,silenceMs:n,silenceClose:r}=this.#t;this.#s?.(),this.#r===void 0&&(this.#s=e.after(n,()=>{this.#i({type:"end",close:r})}))}#i(e){this.#s?.(),this.#r===void 0&&(this.#r=e,this.#e.abort(),this.#n.return?.().catch(()=>{}))}};function Vt(t){return{type:"end",close:{code:E.code,reason:t,wasClean:!1}}}var We=/^error:(\\d+) (.*)$/s,Ke=1e3,Gn=3500,Jn=413,Zn=503,Yn=new Set([400,403,404]),Ut=new Set([408,429]);async function $(t){let{status:e,statusText:n}=t,[r=""]=(await t.text()).split(/[\\r\\n]/);return{status:e,text:r||n}}function J({status:t,text:e}){return Yn.has(t)&&qe(e)<Ke}function Wt({status:t}){return t===Zn||Ut.has(t)}function pe({text:t}){return We.test(t)&&qe(t)<Ke?t:void 0}function I({status:t,text:e}){let[,,n=e]=We.exec(e)??[];return{code:Qn({status:t,text:e}),reason:n,wasClean:!0}}function Qn({status:t,text:e}){if(t<400||t>=500||Ut.has(t))return E.code;let r=qe(e);return r>=Ke?r:t===Jn?Ue.messageTooBig.code:Gn}function qe(t){return Number(We.exec(t)?.[1]??0)}async function Z({url:t,headers:e,fetch:n},r,{channels:s,since:o,signal:i}){let a=qt(t,r);for(let u of s)a.searchParams.append("channel",u);o!==void 0&&a.searchParams.set("since",o);let f=o===void 0?8e3:0;return a.href.length+f>65e3?new Response("error:106 limit exceeded",{status:403}):await n(a,{headers:e,signal:i,cache:"no-store"})}function Kt({url:t,headers:e,fetch:n},r,s){return n(qt(t,"/send"),{method:"POST",body:r,headers:e,signal:s})}function qt(t,e){let n=new URL(`.${e}`,t);for(let[r,s]of t.searchParams)n.searchParams.set(r,s);return n}async function Xt(t,e){let n=new Map;await zt(t,e,n);let r=e.channels.at(-1);return n.size===0&&r!==void 0&&n.set(r,Gt(e.refusal)),n}async function zt(t,{channels:e,refusal:n,signal:r},s){let[o]=e;if(o!==void 0&&e.length===1){s.set(o,Gt(n));return}let i=Math.ceil(e.length/2);for(let a of[e.slice(0,i),e.slice(i)]){let f=await er(t,a,r);f!==void 0&&await zt(t,{channels:a,refusal:f,signal:r},s)}}async function er(t,e,n){let s=await Z(t,"/poll?timeout=0",{channels:e,signal:n});if(s.ok){await s.body?.cancel();return}let o=await $(s);return J(o)?o:void 0}function Gt(t){return pe(t)??`error:${t.status} ${t.text}`}var tr=50,Jt=new Set,me=class{#t;#n=new AbortController;#e=Jt;#r;#s;#o;constructor(e){this.#t=e}async open(e){let n=await this.#c(new Set,new Map);n!==void 0&&(e(),n())}async change(e,n){let{accepts:r,resumePoint:s}=this.#t,o=new Set(this.#e);for(let f of e){let u=f.slice(2);f.startsWith("+")?o.add(u):o.delete(u)}let i=new Map,a;for(;!nr(o,this.#e)&&a===void 0;){if(this.#n.signal.aborted)return;o.size===0&&r==="channels"?this.#a():a=await this.#c(o,i)}o.size===0&&(s.since=void 0);for(let f of e){let u=i.get(f.slice(2));n(f.startsWith("+")&&u!==void 0?u:f)}for(let f of i.keys())e.includes(`+#${f}`)||n(`-#${f}`);a?.()}cancel(){this.#n.abort(),this.#r?.cancel(),this.#s?.cancel()}async#c(e,n){let{resumePoint:r,clock:s,onEnd:o}=this.#t,{signal:i}=this.#n,a=[...e],f=a.length>0?r.since:void 0,u=new he({...this.#t,channels:a,since:f}),h=new ue;[this.#s,this.#o]=[u,h];let c=await u.next();if(c.type==="open")return this.#r&&await de(tr,{clock:s,signal:i}),this.#r?.cancel(),this.#r=u,this.#s=this.#o=void 0,this.#e=new Set(e),()=>this.#l(u,h);if(this.#o=void 0,c.type==="refused"&&a.length>0&&J(c.refusal)){let{refusal:p}=c,w=await this.#i({channels:a,refusal:p,signal:i});for(let[C,x]of w)n.set(C,x),e.delete(C)}else c.type==="refused"?o(I(c.refusal)):c.type==="end"&&o(c.close)}async#i(e){try{return await Xt(this.#t,e)}catch(n){let r=String(n);return this.#t.onEnd({code:E.code,reason:r,wasClean:!1}),new Map}}async#l(e,n){let{onEnd:r}=this.#t;for(;;){let s=await e.next();switch(s.type){case"open":break;case"messages":this.#u(s,n);break;case"refused":return r(J(s.refusal)?{...I(s.refusal),code:E.code}:I(s.refusal));case"end":return r(s.close);case"cancelled":return}}}#u({messages:e,cursor:n},r){let{accepts:s,resumePoint:o,onMessage:i}=this.#t;for(let a of e){let f=a.channel===void 0?"directs":"channels";s!=="all"&&s!==f||(this.#o?.add(a),r.isDuplicate(a)||i(a))}this.#e.size>0&&(o.since=n??o.since)}#a(){this.#r?.cancel(),this.#r=void 0,this.#e=Jt}};function nr(t,e){return t.size===e.size&&[...t].every(n=>e.has(n))}var rr=500,Zt=async function*(t){let e=await Z(t,"/sse",t);if(t.onActivity(),!e.ok||e.body===null)return yield Yt(e);yield{type:"open"};let n=new TextDecoder,r="";for await(let s of e.body){t.onActivity();let o=n.decode(s,{stream:!0}),i=(r+o).split(`\n\n`);r=i.pop()??"";for(let a of i)yield*sr(a)}},Xe=async function*(t){let{clock:e,random:n,pollMs:r,signal:s}=t,{since:o}=t;for(let i=!1;;i=!0){let a=i?r:0,f=e.now,u=`/poll?timeout=${a}ms`,h=await Z(t,u,{...t,since:o});if(t.onActivity(),!h.ok)return yield Yt(h);i||(yield{type:"open"});let{publications:c,cursor:d,recovered:p}=await h.json();o=d,yield{type:"messages",messages:c,cursor:d};let w=c.length===0||!p;if(!i||!w)continue;let x=rr*(1+n.number())-(e.now-f);if(x>0&&await de(x,{clock:e,signal:s}),s.aborted)return}};async function Yt(t){return{type:"refused",refusal:await $(t)}}function*sr(t){let e=new Map;for(let a of t.split(`\n`)){let[,f="",u=""]=/^([^:]*): ?(.*)$/s.exec(a)??[];e.set(f,u)}let n=e.get("data"),r=n===void 0?void 0:JSON.parse(n),s=e.get("event")??"message",o=r!==void 0&&s==="message"?[r]:[],i=e.get("id");(i!==void 0||o.length>0)&&(yield{type:"messages",messages:o,cursor:i}),r!==void 0&&s==="disconnect"&&(yield{type:"end",code:r.code,reason:r.reason})}var ge=/^[+-]#/,or=/^(?:pong|error:\\d+ .*)$/s,ye=class{#t;#n=new AbortController;#e=[];#r=0;#s=!1;constructor(e){this.#t=e}get length(){return this.#r}get hasChanges(){return this.#e.some(e=>ge.test(e))}push(e){this.#e.push(e),this.#r+=e.length,this.#o()}dropChanges(){this.#e=this.#e.filter(e=>!ge.test(e))}stop(){let e=this.#e.filter(n=>n!=="ping"&&!ge.test(n));return this.#e=[],this.#n.abort(),e}async#o(){if(!this.#s){for(this.#s=!0,await Promise.resolve();this.#e.length>0;){let e=this.#e.findIndex(r=>!ge.test(r)),n=this.#e.splice(0,e<0?1/0:e||1);if(e!==0)await this.#t.onChanges(n);else for(let r of n)await this.#c(r);for(let{length:r}of n)this.#r-=r}this.#s=!1}}async#c(e){let{server:n,clock:r,answerMs:s,onAnswer:o}=this.#t,i=r.after(s,()=>{this.#i({code:E.code,reason:"no answer",wasClean:!1})});try{let a=await Kt(n,e,this.#n.signal);if(!a.ok){let u=await $(a),h=pe(u);return h!==void 0?o(h):(Wt(u)&&this.#e.unshift(e),this.#i(I(u)))}let f=(await a.text()).trimEnd();if(f==="")return;if(!or.test(f))throw new TypeError("Cannot read the answer to a frame: expected pong or an error");o(f)}catch(a){let f=String(a);this.#i({code:E.code,reason:f,wasClean:!1})}finally{i()}}#i(e){this.#t.onLost(e),this.stop()}};var ir={sse:Zt,poll:Xe},cr={code:3012,reason:"nothing was received",wasClean:!1},Qt=1e3;function Ge(t,e={}){let n={since:void 0};return class extends ze{constructor(r){super(r,{...e,feed:ir[t],resumePoint:n})}}}var ze=class extends EventTarget{binaryType="arraybuffer";readyState=0;undelivered=[];#t;#n;#e;#r;#s;constructor(e,n){super();let{feed:r,resumePoint:s}=n;this.#t=s,this.#n=new URL(e).searchParams.get("from")==="1";let o=ar(e,n),i=f=>new me({...o,accepts:f,resumePoint:s,onMessage:u=>this.#c(u),onEnd:u=>this.#l(u)}),a=r===Xe;this.#e=i(a?"all":"directs"),this.#r=a?this.#e:i("channels"),this.#s=new ye({server:o,clock:o.clock,answerMs:o.silenceMs,onChanges:f=>this.#r.change(f,u=>this.#i(u)),onAnswer:f=>this.#i(f),onLost:f=>this.#l(f)}),this.#e.open(()=>this.#o())}get bufferedAmount(){return this.#s.length}send(e){e.startsWith("auth:")||e==="pong"||e===""||this.#s.push(e)}close(e=Qt,n=""){this.#l({code:e,reason:n,wasClean:!0})}#o(){this.readyState=1,this.dispatchEvent(new Event("open")),this.#s.hasChanges||(this.#t.since=void 0)}#c({channel:e,data:n,info:r}){let s=typeof n=="string"?n:JSON.stringify(n);e!==void 0?this.#i(`#${e}:${s}`):this.#n?this.#i(`${r?.user??""}>${s}`):this.#i(s)}#i(e){this.readyState===1&&this.dispatchEvent(new MessageEvent("message",{data:e}))}#l(e){this.readyState!==3&&(this.readyState=3,this.#e.cancel(),this.#r.cancel(),e.code===Qt?this.#s.dropChanges():this.undelivered=this.#s.stop(),this.dispatchEvent(new CloseEvent("close",e)))}};function ar(t,e){let{feed:n,token:r,silenceMs:s=37500}=e,o=new URL(t);return o.protocol=o.protocol.replace("ws","http"),o.searchParams.delete("from"),{feed:n,url:o,headers:r?{Authorization:`Bearer ${r}`}:{},fetch:e.fetch??globalThis.fetch.bind(globalThis),clock:e.clock??k,random:e.random??le,silenceMs:s,silenceClose:cr}}function Je(t=globalThis){return{get online(){return globalThis.navigator?.onLine!==!1},watch(e){let n=()=>e(!0),r=()=>e(!1);return t.addEventListener("online",n),t.addEventListener("offline",r),()=>{t.removeEventListener("online",n),t.removeEventListener("offline",r)}}}}function en(t,{minMs:e,maxMs:n,random:r}){if(t<=0)return 0;let s=Math.min(n,e*2**t);return e+r*Math.max(0,s-e)}var we=class{#t;#n;#e;#r;constructor(e){this.#t=e}get nextAt(){return this.#r}start(){this.stop(),this.#s()}stop(){this.#n?.(),this.#r=void 0,this.received()}received(){this.#e?.(),this.#e=void 0}#s(){let{clock:e,periodMs:n}=this.#t;this.#r=e.wallTime+n,this.#n=e.after(n,()=>this.#o())}#o(){let{clock:e,answerMs:n,onBeat:r,onSilence:s}=this.#t;this.#s(),r(),this.#e??=e.after(n,()=>{this.stop(),s()})}};function tn(t){return{showSender:!1,heartbeatMs:55e3,answerMs:1e4,minDelayMs:500,maxDelayMs:2e4,connectTimeoutMs:1e4,maxQueuedFrames:100,WebSocket:globalThis.WebSocket,network:Je(),clock:k,random:le,...t}}function nn(t,{uid:e,token:n,showSender:r}){let s=new URL(t);if(s.protocol!=="ws:"&&s.protocol!=="wss:")throw new TypeError(`Cannot connect to "${t}": not a ws: or wss: URL`);return e&&!n&&s.searchParams.set("uid",e),r&&s.searchParams.set("from","1"),s.href}var rn=1,lr=3,fr=5e3,Ze={code:E.code,reason:"",wasClean:!1},Se=class{#t;#n;#e;#r;#s;#o=0;#c;constructor(e,n){this.#t=e,this.#n=n}get readyState(){return this.#e?.readyState??lr}get bufferedAmount(){return this.#e?.bufferedAmount??0}get retryCount(){return this.#o}get nextAttemptAt(){return this.#c}open(){if(!(this.readyState<=rn)){if(this.#e!==void 0)return this.#a(Ze);this.#o=0,this.#i()}}reopen(e){this.#f(e),this.#a(e)}close(e){this.#h(),this.#e!==void 0&&(this.#f(e),this.#p(e))}send(e){return this.#e?.readyState!==rn?!1:(this.#e.send(e),!0)}#i(){let{WebSocket:e,connectTimeoutMs:n,onAttempt:r}=this.#n;this.#m(n,()=>{this.#f({code:1e3,reason:"timeout"}),this.#u({...Ze,reason:"handshake timeout"})});try{this.#e=new e(this.#t)}catch(s){return this.#u({...Ze,reason:String(s)})}this.#e.binaryType="arraybuffer",this.#l(this.#e),r()}#l(e){let{onOpen:n,onFrame:r}=this.#n,s=Object.entries({open:()=>{this.#m(fr,()=>this.#o=0),n()},message:({data:o})=>{o!==void 0&&r(o)},close:o=>{let{code:i=E.code,reason:a="",wasClean:f=!1}=o;this.#u({code:i,reason:a,wasClean:f})}});for(let[o,i]of s)e.addEventListener(o,i);this.#r=()=>{for(let[o,i]of s)e.removeEventListener(o,i)}}#u(e){fe(e.code)?this.#d(this.#o+1):this.#h(),this.#p(e)}#a(e){this.#d(0),this.#p(e)}#d(e){let{clock:n,delayMs:r}=this.#n,s=r(e);this.#o=e,this.#m(s,()=>this.#i()),this.#c=n.wallTime+s}#f({code:e,reason:n}){this.#r?.(),this.#e?.close(e,n)}#p(e){let{undelivered:n=[]}=this.#e??{};this.#r?.(),this.#e=void 0,this.#n.onClose(e,n)}#m(e,n){this.#h(),this.#s=this.#n.clock.after(e,n)}#h(){this.#s?.(),this.#c=void 0}};var Ye={normal:{code:1e3,reason:"",wasClean:!0},silent:{code:3012,reason:"no answer to ping",wasClean:!1},offline:{code:4e3,reason:"offline",wasClean:!1}},Y=class{#t;#n;#e;#r=new Set;#s=[];#o=!1;#c;#i;#l;#u;constructor(e,n={}){let r=tn(n),{clock:s,heartbeatMs:o,answerMs:i,random:a,onChange:f}=r;this.#t=r,this.#e=new we({clock:s,periodMs:o,answerMs:i,onBeat:()=>this.#a("ping"),onSilence:()=>this.#n.reopen(Ye.silent)}),this.#n=new Se(nn(e,n),{WebSocket:r.WebSocket,clock:s,connectTimeoutMs:r.connectTimeoutMs,delayMs:u=>en(u,{minMs:r.minDelayMs,maxMs:r.maxDelayMs,random:a.number()}),onAttempt:()=>f?.(),onOpen:()=>this.#d(),onFrame:u=>this.#f(u),onClose:(u,h)=>this.#p(u,h)})}get readyState(){return this.#n.readyState}get active(){return this.#c!==void 0}get bufferedAmount(){return this.#n.bufferedAmount}get queuedFrames(){return this.#s.length}get retryCount(){return this.#n.retryCount}get nextAttemptAt(){return this.#n.nextAttemptAt}get nextHeartbeatAt(){return this.#e.nextAt}get lastClose(){return this.#i}get roundTripMs(){return this.#u}get online(){return this.#t.network.online}get channels(){return this.#r}connect(){this.#c??=this.#t.network.watch(e=>this.#m(e)),this.#n.open(),this.#t.onChange?.()}close(){this.#h(),this.#n.close(Ye.normal),this.#t.onChange?.()}[Symbol.dispose](){this.close()}send(e){if(this.#a(e))return"sent";let n=this.#s.length>=this.#t.maxQueuedFrames;return!this.active||n?"dropped":(this.#s.push(e),this.#t.onChange?.(),"queued")}join(e){this.#r.add(e),this.#a(`+#${e}`)}leave(e){this.#r.delete(e),this.#a(`-#${e}`)}#a(e){let n=this.#o&&this.#n.send(e);return n&&e==="ping"&&(this.#l=this.#t.clock.now),n&&this.#t.onFrame?.("out",e),n}#d(){let{token:e,onOpen:n,onChange:r}=this.#t;this.#o=!0,this.#e.start(),e&&this.#n.send(`auth:${e}`),n?.();for(let s of this.#r)this.#a(`+#${s}`);for(let s of this.#s.splice(0))this.#a(s);r?.()}#f(e){this.#e.received(),this.#t.onFrame?.("in",e),e==="pong"&&this.#l!==void 0&&(this.#u=this.#t.clock.now-this.#l,this.#l=void 0),e==="ping"?this.#a("pong"):e!=="pong"&&this.#t.onMessage?.(e)}#p(e,n){this.#o=!1,this.#e.stop(),this.#i=e,fe(e.code)||this.#h(),this.active&&(this.#s.unshift(...n),this.#s.length=Math.min(this.#s.length,this.#t.maxQueuedFrames)),this.#t.onClose?.(e),this.#t.onChange?.()}#m(e){e?this.#n.open():this.#n.close(Ye.offline),this.#t.onChange?.()}#h(){this.#c?.(),this.#c=void 0,this.#s.length=0}};function sn(t,e){return[...t.slice(Math.max(0,t.length-500+1)),e]}function on(t){if(typeof t=="string")return t;let e=new Uint8Array(t,0,Math.min(t.byteLength,32)),n=Array.from(e,s=>s.toString(16).padStart(2,"0")),r=t.byteLength>32?" \\u2026":"";return`[${t.byteLength} bytes] ${n.join(" ")}${r}`}function cn({kind:t,text:e}){let n={address:"",body:e};if(t==="note"||/^(?:ping|pong|[+-]#.*)$/s.test(e))return{tone:"control",...n};if(t==="in"&&e.startsWith("error:"))return{tone:"error",...n};let r=t==="in"&&!e.startsWith("#")?">":":",s=e.indexOf(r)+1;return{tone:"message",address:e.slice(0,s),body:e.slice(s)}}var Q=[["websocket","WebSocket"],["sse","SSE + POST"],["poll","Long polling"]],ur=3500,dr="the server does not accept this token; one that has neither TOKEN_SECRET nor JWKS_URL accepts none: connect with a uid alone",be=class{#t=new Set;#n;#e=[];#r=[];#s="websocket";#o=!1;#c=0;#i=0;get client(){return this.#n}get transport(){return this.#s}get channels(){return this.#e}get rows(){return this.#r}get version(){return this.#i}subscribe(e){return this.#t.add(e),()=>this.#t.delete(e)}connect(e){let{url:n,transport:r}=e;this.#n?.close();try{this.#n=this.#l(e),this.#s=r}catch(s){if(!(s instanceof TypeError))throw s;return this.#a(s.message)}for(let s of this.#e)this.#n.join(s);this.#a(`connecting to ${n}`),this.#n.connect()}disconnect(){this.#n?.close()}send(e,n){switch(this.#n?.send(`${e}:${n}`)){case"sent":return;case"queued":return this.#a(`waits for the connection: ${e}:${n}`);default:return this.#a(`not connected, not sent: ${e}:${n}`)}}join(e){this.#e.includes(e)||(this.#e=[...this.#e,e],this.#n?.join(e),this.#f())}leave(e){this.#e=this.#e.filter(n=>n!==e),this.#n?.leave(e),this.#f()}clear(){this.#r=[],this.#f()}#l({url:e,transport:n,uid:r,token:s}){let o=n==="websocket"?{}:{WebSocket:Ge(n,{token:s})};return new Y(e,{...o,uid:r,token:s,showSender:!0,onFrame:(i,a)=>{this.#u(a)||this.#d(i,on(a))},onOpen:()=>{this.#a("open"),this.#o=!0,this.#n?.send("ping")},onClose:({code:i,reason:a,wasClean:f})=>{let u=f?"closed":"lost";this.#a(`${u}: ${[i,a].join(" ").trim()}`),i===ur&&s!==""&&this.#a(dr)},onChange:()=>this.#f()})}#u(e){let n=this.#o&&(e==="ping"||e==="pong");return n&&e==="pong"&&(this.#o=!1),n}#a(e){this.#d("note",e)}#d(e,n){let r={id:this.#c++,time:k.wallTime,kind:e,text:n};this.#r=sn(this.#r,r),this.#f()}#f(){this.#i++;for(let e of this.#t)e()}};function A(t,e){let n=N(r=>t.subscribe(r),[t]);return De(n,()=>e(t))}function an(t){let[e,n]=P(k.wallTime);return W(()=>k.every(t,()=>n(k.wallTime)),[t]),e}var ln=["connecting","open","closing","closed"],hr=3,pr=250;function un({session:t}){let e=an(pr);A(t,({version:r})=>r);let{client:n}=t;return l("div",{class:"readout",children:[l(mr,{state:n?.readyState??hr}),l(Qe,{figures:gr(t)}),l(Qe,{figures:yr(n,e)}),l("h3",{children:"Last close"}),l(Qe,{figures:wr(n)})]})}function mr({state:t}){return l("div",{class:"ready-state","data-state":t,children:[l("p",{role:"status",children:[l("span",{class:"term",children:"readyState"}),l("span",{class:"digit",children:t}),l("span",{class:"name",children:ln[t]})]}),l("ol",{"aria-hidden":"true",children:ln.map((e,n)=>l("li",{class:n===t?"current":void 0},e))})]})}function Qe({figures:t}){return l("dl",{class:"figures",children:t.map(([e,n])=>l("div",{children:[l("dt",{children:e}),l("dd",{"data-figure":e,children:n})]},e))})}function gr({client:t,transport:e}){let n=t?.roundTripMs;return[["transport",Q.find(([r])=>r===e)?.[1]??"\\u2013"],["round trip",n===void 0?"\\u2013":`${n.toFixed(1)} ms`]]}function yr(t,e){let n=t?.queuedFrames??0;return[["bufferedAmount",`${t?.bufferedAmount??0} bytes`],["waiting",`${n} ${n===1?"frame":"frames"}`],["heartbeat",fn(t?.nextHeartbeatAt,e)],["network",t?.online??navigator.onLine?"online":"offline"],["reconnects",String(t?.retryCount??0)],["next attempt",fn(t?.nextAttemptAt,e)]]}function wr(t){let e=t?.lastClose;return[["code",e?String(e.code):"\\u2013"],["wasClean",e?String(e.wasClean):"\\u2013"],["reason",e?.reason||"\\u2013"]]}function fn(t,e){return t===void 0?"\\u2013":`in ${Math.max(0,Math.ceil((t-e)/1e3))} s`}function dn({session:t}){let e=A(t,({client:r})=>r?.active??!1);return l("section",{class:"pane connection","aria-labelledby":"connection-heading",children:[l("h2",{id:"connection-heading",children:"Connection"}),l("form",{onSubmit:r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=r.currentTarget;t.connect({url:M(s,"url"),transport:Sr(M(s,"transport")),uid:M(s,"uid"),token:M(s,"token")})},children:[l(R,{name:"url",label:"URL",type:"url",value:br(),required:!0}),l("div",{class:"pair",children:[l(R,{name:"uid",label:"uid",placeholder:"alice"}),l(R,{name:"token",label:"Token, instead of a uid",type:"password",placeholder:"JWT"})]}),l(Ht,{name:"transport",label:"Transport",choices:Q}),l("p",{class:"actions",children:[l("button",{type:"submit",class:e?void 0:"primary",children:e?"Reconnect":"Connect"}),l("button",{type:"button",disabled:!e,onClick:()=>t.disconnect(),children:"Disconnect"})]})]}),l(un,{session:t})]})}function Sr(t){return Q.find(([e])=>e===t)?.[0]??"websocket"}function br(){return new URL("ws",location.href.replace(/^http/,"ws")).href}function hn({session:t}){let e=A(t,({channels:r})=>r),n=r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=M(r.currentTarget,"channel");t.join(s.replace(/^#/,"")),r.currentTarget.reset()};return l("div",{class:"channels",children:[l("ul",{"aria-label":"Channels joined",children:e.map(r=>l("li",{children:["#",r,l("button",{type:"button","aria-label":`Leave #${r}`,onClick:()=>t.leave(r),children:"\\xD7"})]},r))}),l("form",{onSubmit:n,children:[l(R,{name:"channel",label:"Channel",placeholder:"#room",required:!0}),l("button",{type:"submit",children:"Join"})]})]})}function pn({session:t}){let e=A(t,({channels:r})=>r);return l("form",{class:"composer",onSubmit:r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=r.currentTarget,o=s.elements.namedItem("message");o instanceof HTMLInputElement&&(t.send(M(s,"to"),o.value),o.value="",o.focus())},children:[l(R,{name:"to",label:"To",value:"all",placeholder:"uid, all or #channel",suggestions:["all",...e.map(r=>`#${r}`)],required:!0}),l(R,{name:"message",label:"Message",required:!0}),l("button",{type:"submit",class:"primary",children:"Send"})]})}var vr={in:"\\u2190",out:"\\u2192",note:"\\xB7"},Er={in:"received",out:"sent",note:"note"},Cr=40,xr=new Intl.DateTimeFormat("en-GB",{timeStyle:"medium"});function mn({session:t}){let e=A(t,({rows:o})=>o),n=j(null),r=j(!0),s=()=>{let{current:o}=n;if(!o)return;let{scrollTop:i,scrollHeight:a,clientHeight:f}=o;r.current=a-i-f<Cr};return Pe(()=>{let{current:o}=n;o&&r.current&&(o.scrollTop=o.scrollHeight)},[e]),l("div",{class:"log",children:[l("div",{ref:n,class:"scroll",role:"log","aria-live":"polite","aria-label":"Frames",tabindex:0,onScroll:s,children:l("ol",{children:e.map(o=>l(Ar,{row:o},o.id))})}),e.length===0&&l("p",{class:"empty",children:"Connect, then send a message."})]})}var Ar=Bt(function({row:e}){let{tone:n,address:r,body:s}=cn(e);return l("li",{class:`${e.kind} ${n}`,children:[l("time",{children:xr.format(e.time)}),l("span",{class:"mark","aria-hidden":"true",children:vr[e.kind]}),l("span",{class:"spoken",children:Er[e.kind]}),l("code",{children:[r&&l("b",{children:r}),s]})]})});function gn({session:t}){let e=A(t,({rows:n})=>n.length===0);return l("section",{class:"pane conversation","aria-labelledby":"conversation-heading",children:[l("div",{class:"heading",children:[l("h2",{id:"conversation-heading",children:"Conversation"}),l("button",{type:"button",class:"quiet",disabled:e,onClick:()=>t.clear(),children:"Clear"})]}),l(hn,{session:t}),l(mn,{session:t}),l(pn,{session:t})]})}var yn=document.getElementById("console"),wn=new be;yn&&$e(l(G,{children:[l(dn,{session:wn}),l(gn,{session:wn})]}),yn);\n';var r=`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="15" fill="#0b6e55" />
  <g fill="none" stroke="#fff" stroke-linecap="round" stroke-width="3.5">
    <path d="M11 32C24 6 40 6 53 32" />
    <path d="M11 32H53" opacity=".5" />
    <path d="M11 32C24 58 40 58 53 32" />
  </g>
  <circle cx="11" cy="32" r="4.5" fill="#fff" />
  <circle cx="53" cy="32" r="4.5" fill="#fff" />
</svg>
`;var o=`/* The colours and type that the page and the reference share; light, and dark for those who want it so. */

:root {
  --paper: #fcfcfa;
  --sunken: #f4f5f1;
  --line: #dfe2dc;
  --muted: #656c67;
  --ink: #1a1d1b;
  --accent: #0b6e55;
  --on-accent: #fff;
  --alarm: #a1391f;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "Source Code Pro", Menlo,
    Consolas, "DejaVu Sans Mono", monospace;
  color-scheme: light dark;
}

@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131615;
    --sunken: #1a1e1c;
    --line: #2d3330;
    --muted: #929b96;
    --ink: #e7ebe8;
    --accent: #52c7a5;
    --on-accent: #0c1613;
    --alarm: #ef8d75;
  }
}
`;var a=`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta
      name="description"
      content="A console for the text protocol of a Thrum hub."
    >
    <title>Thrum</title>
    <link rel="icon" href="assets/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="assets/colours.css">
    <link rel="stylesheet" href="assets/style.css">
    <script type="module" src="assets/console.js"><\/script>
  </head>
  <body>
    <header class="masthead">
      <img src="assets/favicon.svg" alt="" width="36" height="36">
      <h1>Thrum</h1>
      <p>Realtime hub. Open a second window and talk.</p>
    </header>
    <main id="console">
      <noscript>
        <p>
          This page needs JavaScript; the hub does not. Any WebSocket client
          that can send a line of text to <code>/ws</code> will do.
        </p>
      </noscript>
    </main>
  </body>
</html>
`;var c=`/* The reference: a narrow list of methods beside what is said of each. */

* {
  box-sizing: border-box;
}

body {
  display: grid;
  grid-template-columns: 12rem minmax(0, 48rem);
  gap: 2rem;
  margin: 0;
  padding: 0 1.75rem;
  background: var(--paper);
  color: var(--ink);
  font: 0.9375rem/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI",
    Roboto, "Helvetica Neue", sans-serif;
}

nav {
  position: sticky;
  top: 0;
  align-self: start;
  padding-top: 1.75rem;
}

nav ul {
  margin: 0;
  padding: 0;
  list-style: none;
}

a {
  color: var(--accent);
}

h1,
h2 {
  letter-spacing: -0.02em;
  font-weight: 650;
}

section {
  margin-top: 2.5rem;
  border-top: 1px solid var(--line);
}

code,
pre,
nav {
  font-family: var(--mono);
  font-size: 0.875rem;
}

pre {
  padding: 0.75rem 1rem;
  background: var(--sunken);
  overflow-x: auto;
}

table {
  width: 100%;
  border-collapse: collapse;
}

th,
td {
  padding: 0.25rem 1rem 0.25rem 0;
  border-bottom: 1px solid var(--line);
  text-align: left;
  vertical-align: top;
  font-weight: inherit;
}

thead th,
td:nth-child(2):not(:last-child) {
  color: var(--muted);
}

@media (max-width: 40rem) {
  body {
    grid-template-columns: minmax(0, 1fr);
    gap: 0;
  }

  nav {
    position: static;
  }
}
`;var h=`/* The page: two panes, one accent, and type that keeps figures in place. */

:root {
  --gap: 1.75rem;
}

* {
  box-sizing: border-box;
  margin: 0;
}

body {
  display: grid;
  grid-template-rows: auto minmax(0, 1fr);
  height: 100dvh;
  background: var(--paper);
  color: var(--ink);
  font: 0.9375rem/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI",
    Roboto, "Helvetica Neue", sans-serif;
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

/* Masthead */

.masthead {
  display: flex;
  align-items: center;
  gap: 0.75rem;
  padding: 1.1rem var(--gap);
  border-bottom: 1px solid var(--line);
}

.masthead img {
  display: block;
}

h1 {
  font-size: 1.375rem;
  font-weight: 650;
  letter-spacing: -0.02em;
}

.masthead p {
  margin-left: auto;
  color: var(--muted);
}

/* Panes */

main {
  display: grid;
  grid-template-columns: clamp(18rem, 30vw, 24rem) minmax(0, 1fr);
  min-height: 0;
}

.pane {
  display: flex;
  flex-direction: column;
  gap: 1.25rem;
  min-height: 0;
  padding: 1.4rem var(--gap) var(--gap);
}

.connection {
  overflow-y: auto;
  border-right: 1px solid var(--line);
}

h2 {
  font-size: 1rem;
  font-weight: 650;
}

h3 {
  margin-bottom: -0.5rem;
  padding-top: 1.1rem;
  border-top: 1px solid var(--line);
  font-size: 0.875rem;
  font-weight: 600;
}

.heading {
  display: flex;
  align-items: center;
  justify-content: space-between;
}

noscript p {
  padding: var(--gap);
}

/* Forms */

form {
  display: grid;
  gap: 0.9rem;
}

.pair {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 0.9rem;
}

.field {
  min-width: 0;
}

label,
dt,
.term {
  color: var(--muted);
  font-size: 0.8125rem;
}

label {
  display: block;
  margin-bottom: 0.25rem;
}

input,
select {
  width: 100%;
  padding: 0.45rem 0.65rem;
  border: 1px solid var(--line);
  border-radius: 0.4rem;
  background: var(--sunken);
  color: inherit;
  font: 0.875rem/1.4 var(--mono);
}

input::placeholder {
  color: var(--muted);
  opacity: 0.7;
}

button {
  padding: 0.45rem 1rem;
  border: 1px solid var(--line);
  border-radius: 0.4rem;
  background: transparent;
  color: inherit;
  font: inherit;
  font-size: 0.875rem;
  font-weight: 550;
  line-height: 1.4;
  cursor: pointer;
}

button:hover:enabled {
  border-color: var(--muted);
}

button:disabled {
  color: var(--muted);
  opacity: 0.6;
  cursor: default;
}

button.primary {
  border-color: var(--accent);
  background: var(--accent);
  color: var(--on-accent);
}

button.quiet {
  margin: -0.3rem -0.6rem -0.3rem 0;
  padding: 0.2rem 0.6rem;
  border-color: transparent;
  color: var(--muted);
}

.actions {
  display: flex;
  gap: 0.6rem;
}

/* Readout */

.readout {
  display: grid;
  gap: 1.1rem;
  padding-top: 1.25rem;
  border-top: 1px solid var(--line);
}

.ready-state p {
  display: grid;
  grid-template: "digit term" auto "digit name" auto / auto 1fr;
  column-gap: 0.9rem;
  align-items: center;
}

.term {
  grid-area: term;
  align-self: end;
  font-family: var(--mono);
}

.digit {
  grid-area: digit;
  font-size: 3.75rem;
  font-weight: 300;
  font-variant-numeric: tabular-nums;
  letter-spacing: -0.04em;
  line-height: 1;
}

.name {
  grid-area: name;
  align-self: start;
  font-size: 1.125rem;
  font-weight: 600;
}

.ready-state ol {
  display: grid;
  grid-template-columns: repeat(4, 1fr);
  gap: 0.3rem;
  margin-top: 0.9rem;
  padding: 0;
  list-style: none;
}

.ready-state li {
  height: 3px;
  border-radius: 2px;
  background: var(--line);
}

.ready-state li.current {
  background: var(--ink);
}

.ready-state[data-state="1"] :is(.digit, .name) {
  color: var(--accent);
}

.ready-state[data-state="1"] li.current {
  background: var(--accent);
}

.figures {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 0.7rem 0.9rem;
}

h3 + .figures {
  grid-template-columns: auto auto minmax(0, 1fr);
  column-gap: 1.75rem;
}

dt {
  font-family: var(--mono);
}

dd {
  font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere;
}

/* Channels */

.channels {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.75rem;
}

.channels ul {
  display: flex;
  flex-wrap: wrap;
  gap: 0.4rem;
  padding: 0;
  list-style: none;
}

.channels li {
  display: flex;
  align-items: center;
  padding-left: 0.65rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  color: var(--accent);
  font: 0.8125rem/1.9 var(--mono);
}

.channels li button {
  padding: 0 0.6rem;
  border: 0;
  color: var(--muted);
  font-size: 1rem;
  line-height: inherit;
}

.channels form {
  grid-template-columns: 9rem auto;
  gap: 0.5rem;
}

.channels label {
  position: absolute;
  clip-path: inset(50%);
}

/* Log */

.log {
  position: relative;
  display: flex;
  flex: 1;
  min-height: 0;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--sunken);
}

.scroll {
  flex: 1;
  padding: 0.75rem 0;
  border-radius: inherit;
  overflow-y: auto;
}

.log ol {
  padding: 0;
  list-style: none;
  font: 0.8125rem/1.65 var(--mono);
}

.log li {
  display: grid;
  grid-template-columns: auto auto minmax(0, 1fr);
  gap: 0.75rem;
  padding: 0.1rem 1rem;
}

.log time {
  color: var(--muted);
  font-variant-numeric: tabular-nums;
}

.log code {
  font: inherit;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}

.log b {
  color: var(--accent);
  font-weight: 600;
}

.log .out b,
.log .out .mark,
.log .control {
  color: var(--muted);
}

.log .in .mark {
  color: var(--accent);
}

.log .error {
  color: var(--alarm);
}

.spoken {
  position: absolute;
  clip-path: inset(50%);
}

.empty {
  position: absolute;
  inset: 0;
  display: grid;
  place-content: center;
  color: var(--muted);
  pointer-events: none;
}

/* Composer */

.composer {
  grid-template-columns: 10rem minmax(0, 1fr) auto;
  align-items: end;
  gap: 0.6rem;
}

/* Phones */

@media (max-width: 720px) {
  :root {
    --gap: 1.1rem;
  }

  body {
    display: block;
    height: auto;
  }

  main {
    grid-template-columns: minmax(0, 1fr);
  }

  .masthead p {
    display: none;
  }

  .connection {
    border-right: 0;
    border-bottom: 1px solid var(--line);
  }

  .log {
    height: 26rem;
    flex: none;
  }

  .composer {
    grid-template-columns: minmax(0, 1fr) auto;
  }

  .composer .field-to {
    grid-column: 1 / -1;
  }

  /* Below 16 px a phone zooms in on what is typed into. */
  input,
  select {
    font-size: 1rem;
  }
}
`;export{o as colours,t as consoleScript,r as favicon,a as page,c as reference,h as style};
