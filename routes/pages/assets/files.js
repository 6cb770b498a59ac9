var e=`/* Colours and type; light, and dark for those who want it so. */

:root {
  --paper: #fcfcfa;
  --raised: #fff;
  --sunken: #f4f5f1;
  --line: #dfe2dc;
  --muted: #5d645f;
  --ink: #1a1d1b;
  --accent: #0b6e55;
  --accent-soft: #e3f1ec;
  --on-accent: #fff;
  --alarm: #a1391f;
  --alarm-soft: #f9e8e3;
  --gap: 1.75rem;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "Source Code Pro", Menlo,
    Consolas, "DejaVu Sans Mono", monospace;
  color-scheme: light dark;
}

@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131615;
    --raised: #181c1a;
    --sunken: #1a1e1c;
    --line: #2d3330;
    --muted: #9aa39e;
    --ink: #e7ebe8;
    --accent: #52c7a5;
    --accent-soft: #16302a;
    --on-accent: #0c1613;
    --alarm: #ef8d75;
    --alarm-soft: #3a211b;
  }
}

@media (max-width: 720px) {
  :root {
    --gap: 1.1rem;
  }
}
`;var t=`/* The console: two panes, one accent, and type that keeps figures in place. */

body.console {
  height: 100dvh;
}

#console {
  display: grid;
  grid-template-columns: clamp(18rem, 30vw, 24rem) minmax(0, 1fr);
  height: 100%;
  min-height: 0;
}

.console main {
  min-height: 0;
}

.console .pane {
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

.console h3 {
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

.pair {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 0.9rem;
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

.figures dt {
  font-family: var(--mono);
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
  body.console {
    height: auto;
  }

  #console {
    grid-template-columns: minmax(0, 1fr);
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
}
`;var n=`/* AI answer: a text with a caret at its end. */

.answer-text {
  flex: 1;
  min-height: 13rem;
  padding: 0.9rem 1rem;
  border-radius: 0.5rem;
  background: var(--sunken);
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}

.answer-text .caret {
  display: inline-block;
  width: 0.5rem;
  height: 1em;
  vertical-align: text-bottom;
  background: var(--accent);
  animation: blink 1s steps(2) infinite;
}

.answer-state {
  color: var(--muted);
  font-size: 0.8125rem;
}

@keyframes blink {
  50% {
    opacity: 0;
  }
}

@media (prefers-reduced-motion: reduce) {
  .answer-text .caret {
    animation: none;
  }
}
`;var r=`/* Live quotes: a board of buttons, and a chart below it. */

.quotes-board {
  display: grid;
  grid-template-columns: repeat(3, minmax(0, 1fr));
  gap: 0.5rem;
  padding: 0;
  list-style: none;
}

.quotes-board button {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 0.1rem 0.75rem;
  width: 100%;
  padding: 0.5rem 0.75rem;
  text-align: left;
}

.quotes-board button[aria-pressed="true"] {
  border-color: var(--accent);
  background: var(--accent-soft);
}

.quotes-board span {
  font-family: var(--mono);
  font-variant-numeric: tabular-nums;
  font-weight: 400;
}

.quotes-board :is(.up, .down) {
  grid-column: 1 / -1;
  font-size: 0.8125rem;
}

.quotes-board .up {
  color: var(--accent);
}

.quotes-board .down {
  color: var(--alarm);
}

.quotes-chart {
  min-height: 170px;
  margin-top: auto;
}

/* Positions of the layers of uPlot. */
.uplot .u-wrap {
  position: relative;
}

.uplot :is(.u-over, .u-under, .u-axis) {
  position: absolute;
}

.uplot canvas {
  display: block;
  width: 100%;
  height: 100%;
}

@media (max-width: 720px) {
  .quotes-board {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
}
`;var s=`/* The demos: an index of cards, and for each demo two panes in one window. */

:is(.demos, .demo, .source) main {
  width: 100%;
  max-width: 84rem;
  margin: 0 auto;
  padding: 1.75rem var(--gap) 3rem;
}

.lead {
  max-width: 46rem;
  margin-top: 0.4rem;
  color: var(--muted);
}

.tags {
  display: flex;
  flex-wrap: wrap;
  gap: 0.35rem;
}

.tags span {
  padding: 0.05rem 0.6rem;
  border-radius: 1rem;
  background: var(--accent-soft);
  color: var(--accent);
  font-size: 0.75rem;
  line-height: 1.7;
}

/* Index */

.cards {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr));
  gap: 1rem;
  margin-top: 1.75rem;
  padding: 0;
  list-style: none;
}

.cards li {
  position: relative;
  display: flex;
  flex-direction: column;
  gap: 0.5rem;
  padding: 1.1rem 1.25rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: 0.6rem;
  background: var(--raised);
}

.cards li:hover {
  border-color: var(--accent);
}

.cards p {
  flex: 1;
  color: var(--muted);
}

.cards h2 a {
  color: inherit;
  text-decoration: none;
}

/* The whole card is the link. */
.cards h2 a::after {
  content: "";
  position: absolute;
  inset: 0;
  border-radius: inherit;
}

/* Frame of a demo */

.aside {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.75rem;
  margin-top: 1rem;
}

.panes {
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 1.25rem;
  margin-top: 1rem;
}

.demo-pane {
  display: flex;
  flex-direction: column;
  min-height: 30rem;
  border: 1px solid var(--line);
  border-radius: 0.6rem;
  background: var(--raised);
  overflow: hidden;
}

.demo-head {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 0.1rem 1rem;
  align-items: center;
  min-height: 7.4rem;
  padding: 0.9rem 1.1rem;
  border-bottom: 1px solid var(--line);
}

.demo-head h2 {
  display: flex;
  align-items: center;
  gap: 0.5rem;
}

.demo-head button {
  grid-area: 1 / 2 / span 2 / auto;
}

.dot {
  flex: none;
  width: 0.75rem;
  height: 0.75rem;
  border-radius: 50%;
  background: hsl(var(--hue) 60% 50%);
}

.line-state {
  color: var(--muted);
  font-size: 0.8125rem;
}

.line-state[data-state="open"] {
  color: var(--accent);
}

.line-state[data-state="cut"] {
  color: var(--alarm);
  font-weight: 600;
}

.demo-pane:has([data-state="cut"]) {
  border-color: var(--alarm);
}

.demo-pane:has([data-state="cut"]) .demo-head {
  background: var(--alarm-soft);
}

.tally {
  grid-column: 1 / -1;
  display: flex;
  gap: 1.25rem;
  margin-top: 0.5rem;
}

.tally div {
  display: flex;
  gap: 0.4rem;
  align-items: baseline;
}

.tally dd {
  font: 600 0.875rem/1 var(--mono);
}

.demo-stage {
  position: relative;
  display: flex;
  flex: 1;
  flex-direction: column;
  gap: 0.75rem;
  min-height: 0;
  padding: 1rem 1.1rem 1.1rem;
}

.demo-stage .bar {
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 0.5rem;
}

/* Chat */

.people {
  display: flex;
  flex-wrap: wrap;
  gap: 0.35rem;
  min-height: 1.6rem;
  padding: 0;
  list-style: none;
}

.people li {
  padding: 0 0.6rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  color: var(--muted);
  font-size: 0.75rem;
  line-height: 1.8;
}

.bubbles {
  display: flex;
  flex: 1;
  flex-direction: column;
  gap: 0.5rem;
  height: 16rem;
  padding: 0;
  list-style: none;
  overflow-y: auto;
}

.bubbles li {
  align-self: start;
  max-width: 85%;
  padding: 0.4rem 0.8rem;
  border-radius: 0.8rem 0.8rem 0.8rem 0.2rem;
  background: var(--sunken);
  overflow-wrap: anywhere;
}

.bubbles li.own {
  align-self: end;
  border-radius: 0.8rem 0.8rem 0.2rem 0.8rem;
  background: var(--accent-soft);
}

.bubbles b {
  display: block;
  color: hsl(var(--hue) 70% 28%);
  font-size: 0.75rem;
}

.typing {
  min-height: 1.3rem;
  color: var(--muted);
  font-size: 0.8125rem;
}

@media (prefers-color-scheme: dark) {
  .bubbles b {
    color: hsl(var(--hue) 60% 75%);
  }
}

/* Source */

.source section {
  margin-top: 1.75rem;
}

.source section h2 {
  margin-bottom: 0.5rem;
  font-family: var(--mono);
  font-size: 0.875rem;
}

/* Phones: one pane above the other, both still in one window */

@media (max-width: 720px) {
  .panes {
    grid-template-columns: minmax(0, 1fr);
  }

  .demo-pane {
    min-height: 24rem;
  }
}
`;var i=`/* What all pages share: the masthead with the navigation, text, forms and tables. */

* {
  box-sizing: border-box;
  margin: 0;
}

body {
  display: grid;
  grid-template-rows: auto minmax(0, 1fr);
  min-height: 100dvh;
  background: var(--paper);
  color: var(--ink);
  font: 0.9375rem/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI",
    Roboto, "Helvetica Neue", sans-serif;
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

main:focus {
  outline: none;
}

a {
  color: var(--accent);
}

code,
pre {
  font-family: var(--mono);
  font-size: 0.875rem;
}

pre {
  padding: 0.75rem 1rem;
  border-radius: 0.4rem;
  background: var(--sunken);
  overflow-x: auto;
}

h1 {
  font-size: 1.375rem;
  font-weight: 650;
  letter-spacing: -0.02em;
  line-height: 1.25;
}

h2 {
  font-size: 1rem;
  font-weight: 650;
}

/* For screen readers alone. */
.spoken {
  position: absolute;
  width: 1px;
  height: 1px;
  clip-path: inset(50%);
  overflow: hidden;
  white-space: nowrap;
}

/* Masthead */

.skip {
  position: absolute;
  z-index: 2;
  top: 0.5rem;
  left: 0.5rem;
  padding: 0.5rem 1rem;
  border-radius: 0.4rem;
  background: var(--accent);
  color: var(--on-accent);
}

.skip:not(:focus) {
  transform: translateY(-200%);
}

.masthead {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.25rem 2rem;
  padding: 0 var(--gap);
  border-bottom: 1px solid var(--line);
}

.brand {
  display: flex;
  align-items: center;
  gap: 0.6rem;
  padding: 0.7rem 0;
  color: inherit;
  font-size: 1.125rem;
  font-weight: 650;
  letter-spacing: -0.02em;
  text-decoration: none;
}

.brand img {
  display: block;
}

.masthead ul {
  display: flex;
  gap: 0.25rem;
  padding: 0;
  list-style: none;
}

.masthead li a {
  display: block;
  padding: 1rem 0.75rem calc(1rem - 2px);
  border-bottom: 2px solid transparent;
  color: var(--muted);
  font-size: 0.875rem;
  font-weight: 550;
  text-decoration: none;
}

.masthead li a:hover {
  color: var(--ink);
}

.masthead li a[aria-current] {
  border-color: var(--accent);
  color: var(--ink);
}

/* Forms */

form {
  display: grid;
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
select,
textarea {
  width: 100%;
  padding: 0.45rem 0.65rem;
  border: 1px solid var(--line);
  border-radius: 0.4rem;
  background: var(--sunken);
  color: inherit;
  font: 0.875rem/1.4 var(--mono);
}

::placeholder {
  color: var(--muted);
  opacity: 1;
}

button,
.button {
  display: inline-block;
  padding: 0.45rem 1rem;
  border: 1px solid var(--line);
  border-radius: 0.4rem;
  background: transparent;
  color: inherit;
  font: inherit;
  font-size: 0.875rem;
  font-weight: 550;
  line-height: 1.4;
  text-decoration: none;
  cursor: pointer;
}

button:hover:enabled,
.button:hover {
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

/* Figures and tables */

dd {
  font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere;
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

thead th {
  color: var(--muted);
}

/* Phones */

@media (max-width: 720px) {
  .masthead {
    gap: 0 1rem;
  }

  .masthead nav {
    flex: 1;
    overflow-x: auto;
  }

  .masthead li a {
    padding-inline: 0.5rem;
  }

  /* Below 16 px a phone zooms in on what is typed into. */
  input,
  select,
  textarea {
    font-size: 1rem;
  }
}

@media (max-width: 440px) {
  .brand span {
    display: none;
  }
}

@media (prefers-reduced-motion: reduce) {
  * {
    animation: none !important;
    transition: none !important;
  }
}
`;var o=`/* The reference: a narrow list of methods beside what is said of each. */

.reference main {
  display: grid;
  grid-template-columns: 12rem minmax(0, 48rem);
  gap: 2rem;
  padding: 1.75rem var(--gap) 4rem;
}

.methods {
  position: sticky;
  top: 1.75rem;
  align-self: start;
  font: 0.875rem/1.6 var(--mono);
}

.methods ul {
  padding: 0;
  list-style: none;
}

.reference :is(p, table, pre) {
  margin-top: 1rem;
}

.reference section {
  margin-top: 2.5rem;
  padding-top: 1.25rem;
  border-top: 1px solid var(--line);
}

.reference section h2 {
  font-size: 1.25rem;
  letter-spacing: -0.02em;
}

.reference td:nth-child(2):not(:last-child) {
  color: var(--muted);
}

@media (max-width: 40rem) {
  .reference main {
    grid-template-columns: minmax(0, 1fr);
    gap: 1.5rem;
  }

  .methods {
    position: static;
  }

  .methods ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
  }
}
`;var m='var at=Object.defineProperty,Oe=(t,e)=>{let n={};for(var s in t)at(n,s,{get:t[s],enumerable:!0});return e||at(n,Symbol.toStringTag,{value:"Module"}),n};var oe=Symbol("RENDERER"),j=Symbol("ERROR_HANDLER"),m=Symbol("STASH"),ie=Symbol("INTERNAL"),W=Symbol("MEMO"),lt=Symbol("PERMALINK"),Mn=Symbol("RENDERED_JSX");var Ne=t=>(t[ie]=!0,t);var ft=t=>({value:e,children:n})=>{if(!n)return;let s={children:[{tag:Ne(()=>{t.push(e)}),props:{}}]};Array.isArray(n)?s.children.push(...n.flat()):s.children.push(n),s.children.push({tag:Ne(()=>{t.pop()}),props:{}});let r={tag:"",props:s,type:""};return r[j]=o=>{throw t.pop(),o},r},K=t=>{let e=[t],n=ft(e);return n.values=e,n.Provider=n,F.push(n),n};var X={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},Le={},ce="data-precedence",Pe=t=>t.rel==="stylesheet"&&"precedence"in t,De=(t,e)=>t==="link"?e:X[t].length>0;var je=t=>Array.isArray(t)?t:[t];var _n=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),ae=t=>_n.get(t)||t;var ht=(t,e,n)=>{t.size>=e&&t.clear(),t.add(n)};var On=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Fe=new Set,dt=1024,Nn=t=>{if(Fe.has(t))return!0;let e=t.length;if(e===0)return!1;for(let n=0;n<e;n++){let s=t.charCodeAt(n);if(!(s>=97&&s<=122||s>=65&&s<=90||s>=48&&s<=57||s===45||s===95))return On.test(t)?!1:(ht(Fe,dt,t),!0)}return ht(Fe,dt,t),!0},Ln=/[;"\'\\\\/\\[\\](){}]/,Pn=t=>{if(!Ln.test(t))return!1;let e=0,n=[];for(let s=0,r=t.length;s<r;s++){let o=t.charCodeAt(s);if(o===92){if(s===r-1)return!0;s++}else if(e!==0){if(o===10||o===12||o===13)return!0;o===e&&(e=0)}else if(o===47&&t.charCodeAt(s+1)===42){let i=t.indexOf("*/",s+2);if(i===-1)return!0;s=i+1}else if(o===34||o===39)e=o;else if(o===40)n.push(41);else if(o===91)n.push(93);else{if(o===123||o===125)return!0;if(o===41||o===93){if(n[n.length-1]!==o)return!0;n.pop()}else if(o===59&&n.length===0)return!0}}return e!==0||n.length!==0},Ie=(t,e)=>{for(let[n,s]of Object.entries(t)){let r=n[0]==="-"||!/[A-Z]/.test(n)?n:n.replace(/[A-Z]/g,i=>`-${i.toLowerCase()}`);if(!Nn(r))continue;if(s==null){e(r,null);continue}let o;if(typeof s=="number")o=r.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${s}`:`${s}px`;else if(typeof s=="string"){if(Pn(s))continue;o=s}else continue;e(r,o)}};var pt=(t,e)=>{if(t===e)return!0;let n=Object.keys(t).sort(),s=Object.keys(e).sort();if(n.length!==s.length)return!1;for(let r=0,o=n.length;r<o;r++)if(!(n[r]==="children"&&s[r]==="children"&&!t.children?.length&&!e.children?.length)&&t[n[r]]!==e[n[r]])return!1;return!0};var F=[],mt=!1,$e,Dn,jn=0,yt=!1,Fn=()=>{if(mt)return $e;mt=!0;let t=globalThis,e;for(let n of[()=>t.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>t.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{e=n()}catch{}if(e)break}return e&&($e=new e),$e},In=()=>Fn()?.getStore()||Dn,$n=()=>{jn>0&&!yt&&(yt=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var Bn=(t,e)=>{if(!t)return $n(),e.values.at(-1);let n=t.get(e);return n?.length?n.at(-1):e.values[0]};var O=t=>Bn(In(),t);var Hn=0;var Vn=2,Un=3,Wn=4,Be=new WeakMap,He=(t,e)=>!t||!e||t.length!==e.length||e.some((n,s)=>n!==t[s]);var Kn;var gt=[];var D=t=>{let e=()=>typeof t=="function"?t():t,n=M.at(-1);if(!n)return[e(),()=>{}];let[,s]=n,r=s[m][1][Hn]||=[],o=s[m][0]++;return r[o]||=[e(),i=>{let c=Kn,u=r[o];if(typeof i=="function"&&(i=i(u[0])),!Object.is(i,u[0]))if(u[0]=i,gt.length){let[l,h]=gt.at(-1);Promise.all([l===3?s:G([l,!1,c],s),h]).then(([a])=>{if(!a||!(l===2||l===3))return;let d=a.vC;requestAnimationFrame(()=>{setTimeout(()=>{d===a.vC&&G([l===3?1:0,!1,c],a)})})})}else G([0,!1,c],s)}]};var St=(t,e,n)=>{let s=M.at(-1);if(!s)return;let[,r]=s,o=r[m][1][1]||=[],i=r[m][0]++,[c,,u]=o[i]||=[];if(He(c,n)){u&&u();let l=()=>{h[t]=void 0,h[2]=e()},h=[n,void 0,void 0,void 0,void 0];h[t]=l,o[i]=h}},q=(t,e)=>St(3,t,e),Ve=(t,e)=>St(1,t,e);var N=(t,e)=>{let n=M.at(-1);if(!n)return t;let[,s]=n,r=s[m][1][Vn]||=[],o=s[m][0]++,i=r[o];return He(i?.[1],e)?r[o]=[t,e]:t=r[o][0],t};function I(t){let e=M.at(-1);if(!e)return{current:t};let[,n]=e,s=n[m][1][Wn]||=[],r=n[m][0]++;return s[r]||={current:t}}var Ue=t=>{let e=Be.get(t);if(e){if(e.length===2)throw e[1];return e[0]}throw t.then(n=>Be.set(t,[n]),n=>Be.set(t,[void 0,n])),t},le=(t,e)=>{let n=M.at(-1);if(!n)return t();let[,s]=n,r=s[m][1][Un]||=[],o=s[m][0]++,i=r[o];return He(i?.[1],e)&&(r[o]=[t(),e]),r[o][0]},Xn=0,fe=()=>le(()=>`:r${(Xn++).toString(32)}:`,[]);var We=(t,e,n)=>{let s=M.at(-1);if(!s){if(!n)throw new Error("getServerSnapshot is required for server side rendering");return n()}let r=s[0][4]&&n?n():e(),[,o]=D(0),i=I([r,e]);i.current=[r,e];let c=I(null);return q(()=>{let u=()=>o(a=>a+1);c.current?.(),c.current=t(u);let[l,h]=i.current;Object.is(l,h())||u()},[t]),q(()=>()=>c.current?.(),[]),r};var Z="_hp",Gn={Change:"Input",DoubleClick:"DblClick"},qn={svg:"2000/svg",math:"1998/Math/MathML"},M=[],J=new WeakMap,$,kt=()=>$,b=t=>"t"in t,Ke={onClick:["click",!1]},wt=t=>{if(!t.startsWith("on"))return;if(Ke[t])return Ke[t];let e=t.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(e){let[,n,s]=e;return Ke[t]=[(Gn[n]||n).toLowerCase(),!!s]}},bt=(t,e)=>$&&t instanceof SVGElement&&/[A-Z]/.test(e)&&(e in t.style||e.match(/^(?:o|pai|str|u|ve)/))?e.replace(/([A-Z])/g,"-$1").toLowerCase():e,Tt=t=>t==null||t===!1?null:t,Jn=(t,e)=>{"value"in e&&(t.value=Tt(e.value),!t.multiple&&t.selectedIndex===-1&&(t.selectedIndex=0))},Et=t=>t instanceof DOMException&&t.name==="InvalidCharacterError",zn=(t,e,n)=>{e||={};for(let s in e){let r=e[s];if(s!=="children"&&(!n||n[s]!==r)){s=ae(s);let o=wt(s);if(o){if(n?.[s]!==r&&(n&&t.removeEventListener(o[0],n[s],o[1]),r!=null)){if(typeof r!="function")throw new Error(`Event handler for "${s}" is not a function`);t.addEventListener(o[0],r,o[1])}}else if(s==="dangerouslySetInnerHTML"&&r)t.innerHTML=r.__html;else if(s==="ref"){J.get(t)?.();let i;typeof r=="function"?i=r(t)||(()=>r(null)):r&&"current"in r&&(r.current=t,i=()=>r.current=null),J.set(t,i)}else if(s==="style"){let i=t.style;typeof r=="string"?i.cssText=r:(i.cssText="",r!=null&&Ie(r,i.setProperty.bind(i)))}else{if(s==="value"){let c=t.nodeName;if(c==="SELECT")continue;if((c==="INPUT"||c==="TEXTAREA")&&(t.value=Tt(r),c==="TEXTAREA")){t.textContent=r;continue}}else(s==="checked"&&t.nodeName==="INPUT"||s==="selected"&&t.nodeName==="OPTION")&&(t[s]=r);let i=bt(t,s);try{r==null||r===!1?t.removeAttribute(i):r===!0?t.setAttribute(i,""):typeof r=="string"||typeof r=="number"?t.setAttribute(i,r):t.setAttribute(i,r.toString())}catch(c){if(!Et(c))throw c}}}}if(n)for(let s in n){let r=n[s];if(s!=="children"&&!(s in e)){s=ae(s);let o=wt(s);if(o)t.removeEventListener(o[0],r,o[1]);else if(s==="ref")J.get(t)?.(),J.delete(t);else try{t.removeAttribute(bt(t,s))}catch(i){if(!Et(i))throw i}}}},Zn=(t,e)=>{e[m][0]=0,M.push([t,e]);let n=e.tag[oe]||e.tag,s=n.defaultProps?{...n.defaultProps,...e.props}:e.props;try{return[n.call(null,s)]}finally{M.pop()}},Mt=(t,e,n,s,r)=>{t.vR?.length&&(s.push(...t.vR),delete t.vR),typeof t.tag=="function"&&t[m][1][1]?.forEach(o=>r.push(o)),t.vC.forEach(o=>{if(b(o))n.push(o);else if(typeof o.tag=="function"||o.tag===""){o.c=e;let i=n.length;if(Mt(o,e,n,s,r),o.s){for(let c=i;c<n.length;c++)n[c].s=!0;o.s=!1}}else n.push(o),o.vR?.length&&(s.push(...o.vR),delete o.vR)})},Yn=t=>{for(;t&&(t.tag===Z||!t.e);)t=t.tag===Z||!t.vC?.[0]?t.nN:t.vC[0];return t?.e},Rt=t=>{if(!b(t)){let e=t[m];e?.[1][1]&&(e[1][1].forEach(n=>n[2]?.()),delete e[1][1]),J.get(t.e)?.(),t.p===2&&t.vC?.forEach(n=>n.p=2),t.vC?.forEach(Rt)}t.p||(t.e?.remove(),delete t.e),typeof t.tag=="function"&&(z.delete(t),ue.delete(t),delete t[m][3],t.a=!0)},Xe=(t,e,n)=>{t.c=e,_t(t,e,n)},vt=(t,e)=>{if(e){for(let n=0,s=t.length;n<s;n++)if(t[n]===e)return n}},xt=Symbol(),_t=(t,e,n)=>{let s=[],r=[],o=[];Mt(t,e,s,r,o),r.forEach(Rt);let i=n?void 0:e.childNodes,c,u=null;if(n)c=-1;else if(!i.length)c=0;else{let l=vt(i,Yn(t.nN));l!==void 0?(u=i[l],c=l):c=vt(i,s.find(h=>h.tag!==Z&&h.e)?.e)??-1,c===-1&&(n=!0)}for(let l=0,h=s.length;l<h;l++,c++){let a=s[l],d;if(a.s&&a.e)d=a.e,a.s=!1;else{let p=n||!a.e;if(b(a))a.e&&a.d&&(a.e.textContent=a.t),a.d=!1,d=a.e||=document.createTextNode(a.t);else{let g=!a.e;d=a.e||=a.n?document.createElementNS(a.n,a.tag):document.createElement(a.tag),zn(d,a.props,g?void 0:a.pP),_t(a,d,p),a.tag==="select"&&Jn(d,a.props)}}a.tag===Z?c--:n?d.parentNode||e.appendChild(d):i[c]!==d&&i[c-1]!==d&&(i[c+1]===d?e.appendChild(i[c]):e.insertBefore(d,u||i[c]||null))}if(t.pP&&(t.pP=void 0),o.length){let l=[],h=[];o.forEach(([,a,,d,p])=>{a&&l.push(a),d&&h.push(d),p?.()}),l.forEach(a=>a()),h.length&&requestAnimationFrame(()=>{h.forEach(a=>a())})}},Qn=(t,e)=>!!(t&&t.length===e.length&&t.every((n,s)=>n[1]===e[s][1])),es=t=>{let e=new Map;for(let n of t){let s=n.key;if(e.has(s))return;e.set(s,n)}return e},ue=new WeakMap,he=(t,e,n)=>{let s=!n&&e.pC;n&&(e.pC||=e.vC);let r;try{n||=typeof e.tag=="function"?Zn(t,e):je(e.props.children),n[0]?.tag===""&&n[0][j]&&(r=n[0][j],t[5].push([t,r,e]));let o=s?[...e.pC]:e.vC?[...e.vC]:void 0,i=[],c,u=(o?.length||0)*2,l;for(let h=0;h<n.length;h++){if(Array.isArray(n[h])){n.splice(h,1,...n[h].flat(1/0)),h--;continue}let a=Ot(n[h]);if(a){typeof a.tag=="function"&&!a.tag[ie]&&(F.length>0&&(a[m][2]=F.map(p=>[p,p.values.at(-1)])),t[5]?.length&&(a[m][3]=t[5].at(-1)));let d;if(l&&a.key===void 0&&!b(a)&&(o=[...l.values()],l=void 0),l){let p=a.key,g=l.get(p);g&&(b(a)?b(g):g.tag===a.tag&&g.key===p)&&(d=g,l.delete(p))}else if(o&&o.length){let p=o[0];if(b(a)?b(p):!b(p)&&(a.key!==void 0?p.key===a.key&&p.tag===a.tag:p.tag===a.tag))d=o.shift();else{let g=o.findIndex(b(a)?x=>b(x):a.key!==void 0?x=>x.key===a.key&&x.tag===a.tag:x=>x.tag===a.tag);u-=g===-1?o.length:g,g!==-1&&(d=o[g],o.splice(g,1)),u<0&&(u=1/0,l=es(o))}}if(d)if(b(a))d.t!==a.t&&(d.t=a.t,d.d=!0),a=d;else{let p=d.pP=d.props;if(d.props=a.props,d.f||=a.f||e.f,typeof a.tag=="function"){let g=d[m][2];d[m][2]=a[m][2]||[],d[m][3]=a[m][3],!d.f&&((d.o||d)===a.o||d.tag[W]?.(p,d.props))&&Qn(g,d[m][2])&&(d.s=!0)}a=d}else if(!b(a)&&$){let p=O($);p&&(a.n=p)}if(!b(a)&&!a.s&&(he(t,a),delete a.f),i.push(a),c&&!c.s&&!a.s)for(let p=c;p&&!b(p);p=p.vC?.at(-1))p.nN=a;c=a}}if(c&&!c.s)for(let h=c;h&&!b(h);h=h.vC?.at(-1))h.nN=e.nN;o=l?[...l.values()]:o,e.vR=s?[...e.vC,...o||[]]:o||[],e.vC=i,s&&delete e.pC}catch(o){if(e.f=!0,o===xt){if(r)return;throw o}let[i,c,u]=e[m]?.[3]||[];if(c){let l=()=>G([0,!1,t[2]],u),h=ue.get(u)||[];h.push(l),ue.set(u,h);let a=c(o,()=>{let d=ue.get(u);if(d){let p=d.indexOf(l);if(p!==-1)return d.splice(p,1),l()}});if(a){if(t[0]===1)t[1]=!0;else if(he(t,u,[a]),(c.length===1||t!==i)&&u.c&&!t[5].some(([,,d])=>d===u)){Xe(u,u.c,!1);return}throw xt}}throw o}finally{r&&t[5].pop()}},Ot=t=>{if(!(t==null||typeof t=="boolean")){if(typeof t=="string"||typeof t=="number")return{t:t.toString(),d:!0};if("vR"in t&&(t={tag:t.tag,props:t.props,key:t.key,f:t.f,type:t.tag,ref:t.props.ref,o:t.o||t}),typeof t.tag=="function")t[m]=[0,[]];else{let e=qn[t.tag];e&&($||=K(""),t.props.children=[{tag:$,props:{value:t.n=`http://www.w3.org/${e}`,children:t.props.children}}])}return t}},Nt=(t,e,n)=>{t.c===e&&(t.c=n,t.vC.forEach(s=>Nt(s,e,n)))},Ct=(t,e)=>{e[m][2]?.forEach(([n,s])=>{n.values.push(s)});try{he(t,e,void 0)}catch{return}if(e.a){delete e.a;return}e[m][2]?.forEach(([n])=>{n.values.pop()}),(t[0]!==1||!t[1])&&Xe(e,e.c,!1)},z=new WeakMap,At=[],G=async(t,e)=>{t[5]||=[];let n=z.get(e);n&&n[0](void 0);let s,r=new Promise(o=>s=o);if(z.set(e,[s,()=>{t[2]?t[2](t,e,o=>{Ct(o,e)}).then(()=>s(e)):(Ct(t,e),s(e))}]),At.length)At.at(-1).add(e);else{await Promise.resolve();let o=z.get(e);o&&(z.delete(e),o[1]())}return r},ts=(t,e)=>{let n=[];n[5]=[],n[4]=!0,he(n,t,void 0),n[4]=!1;let s=document.createDocumentFragment();Xe(t,s,!0),Nt(t,s,e),e.replaceChildren(s)},Ge=(t,e)=>{ts(Ot({tag:"",props:{children:t}}),e)};var qe=(t,e,n)=>({tag:Z,props:{children:t},key:n,e,p:1});var Pt=K({pending:!1,data:null,method:null,action:null}),Lt=new Set,Dt=t=>{Lt.add(t);let e=()=>{Lt.delete(t)};t.then(e,e)};var Ze=Oe({button:()=>Kt,clearCache:()=>ns,composeRef:()=>de,form:()=>Vt,input:()=>Wt,link:()=>$t,meta:()=>Bt,script:()=>Ft,style:()=>It,title:()=>jt}),ns=()=>{Je=Object.create(null),ze=Object.create(null)},de=(t,e)=>le(()=>n=>{let s;t&&(typeof t=="function"?s=t(n)||(()=>{t(null)}):t&&"current"in t&&(t.current=n,s=()=>{t.current=null}));let r=e(n);return()=>{r?.(),s?.()}},[t]),Je=Object.create(null),ze=Object.create(null),Y=(t,e,n,s,r)=>{if(e?.itemProp)return{tag:t,props:e,type:t,ref:e.ref};let o=document.head,{onLoad:i,onError:c,precedence:u,blocking:l,...h}=e,a=null,d=!1,p=X[t],g=De(t,s),x=S=>S.getAttribute("rel")==="stylesheet"&&S.getAttribute("data-precedence")!==null,A;if(g){let S=o.querySelectorAll(t);e:for(let w of S)if(!(t==="link"&&!x(w))){for(let y of p)if(w.getAttribute(y)===e[y]){a=w;break e}}if(!a){let w=p.reduce((y,E)=>e[E]===void 0?y:`${y}-${E}-${e[E]}`,t);d=!ze[w],a=ze[w]||=(()=>{let y=document.createElement(t);for(let E of p)e[E]!==void 0&&y.setAttribute(E,e[E]);return e.rel&&y.setAttribute("rel",e.rel),y})()}}else A=o.querySelectorAll(t);u=s?u??"":void 0,s&&(h[ce]=u);let L=N(S=>{if(g){if(t==="link"&&u!==void 0){let y=!1;for(let E of o.querySelectorAll(t)){let P=E.getAttribute(ce);if(P===null){o.insertBefore(S,E);return}if(y&&P!==u){o.insertBefore(S,E);return}P===u&&(y=!0)}o.appendChild(S);return}let w=!1;for(let y of o.querySelectorAll(t)){if(w&&y.getAttribute("data-precedence")!==u){o.insertBefore(S,y);return}y.getAttribute("data-precedence")===u&&(w=!0)}o.appendChild(S)}else if(t==="link")o.contains(S)||o.appendChild(S);else if(A){let w=!1;for(let y of A)if(y===S){w=!0;break}w||o.insertBefore(S,o.contains(A[0])?A[0]:o.querySelector(t)),A=void 0}},[g,u,t]),re=de(e.ref,S=>{let w=p[0];if(n===2&&(S.innerHTML=""),(d||A)&&L(S),!c&&!i||!w)return;let y=Je[S.getAttribute(w)]||=new Promise((E,P)=>{S.addEventListener("load",E),S.addEventListener("error",P)});i&&(y=y.then(i)),c&&(y=y.catch(c)),y.catch(()=>{})});if(r&&l==="render"){let S=X[t][0];if(S&&e[S]){let w=e[S],y=Je[w]||=new Promise((E,P)=>{L(a),a.addEventListener("load",E),a.addEventListener("error",P)});Ue(y)}}let U={tag:t,type:t,props:{...h,ref:re},ref:re};return U.p=n,a&&(U.e=a),qe(U,o)},jt=t=>{let e=kt();return(e&&O(e))?.endsWith("svg")?{tag:"title",props:t,type:"title",ref:t.ref}:Y("title",t,void 0,!1,!1)},Ft=t=>!t||["src","async"].some(e=>!t[e])?{tag:"script",props:t,type:"script",ref:t.ref}:Y("script",t,1,!1,!0),It=t=>!t||!["href","precedence"].every(e=>e in t)?{tag:"style",props:t,type:"style",ref:t.ref}:(t["data-href"]=t.href,delete t.href,Y("style",t,2,!0,!0)),$t=t=>!t||["onLoad","onError"].some(e=>e in t)||t.rel==="stylesheet"&&(!("precedence"in t)||"disabled"in t)?{tag:"link",props:t,type:"link",ref:t.ref}:Y("link",t,1,Pe(t),!0),Bt=t=>Y("meta",t,void 0,!1,!1),Ht=Symbol(),Vt=t=>{let{action:e,...n}=t;typeof e!="function"&&(n.action=e);let[s,r]=D([null,!1]),o=N(async l=>{let h=l.isTrusted?e:l.detail[Ht];if(typeof h!="function")return;l.preventDefault();let a=new FormData(l.target);r([a,!0]);try{let d=h(a);d instanceof Promise&&(Dt(d),await d)}finally{r([null,!0])}},[]),i=de(t.ref,l=>(l.addEventListener("submit",o),()=>{l.removeEventListener("submit",o)})),[c,u]=s;return s[1]=!1,{tag:Pt,props:{value:{pending:c!==null,data:c,method:c?"post":null,action:c?e:null},children:{tag:"form",props:{...n,ref:i},type:"form",ref:i}},f:u}},Ut=(t,{formAction:e,...n})=>{if(typeof e=="function"){let s=N(r=>{r.preventDefault(),r.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Ht]:e}}))},[]);n.ref=de(n.ref,r=>(r.addEventListener("click",s),()=>{r.removeEventListener("click",s)}))}return{tag:t,props:n,type:t,ref:n.ref}},Wt=t=>Ut("input",t),Kt=t=>Ut("button",t);Object.assign(Le,{title:jt,script:Ft,style:It,link:$t,meta:Bt,form:Vt,input:Wt,button:Kt});var f=(t,e,n)=>(typeof t=="string"&&Ze[t]&&(t=Ze[t]),{tag:t,type:t,props:e,key:n,ref:e.ref}),Q=t=>f("",t,void 0);var Xt=(t,e=pt)=>{let n=s=>t(s);return n[W]=e,n};function R(t,e){let n=new FormData(t).get(e);return typeof n=="string"?n.trim():""}function _(t){let{name:e,label:n,value:s="",type:r="text",suggestions:o}=t,i=fe();return f("p",{class:`field field-${e}`,children:[f("label",{for:i,children:n}),f("input",{id:i,name:e,type:r,value:s,placeholder:t.placeholder,required:t.required,list:o&&`${i}-list`,autocomplete:"off",autocapitalize:"off",spellcheck:!1}),o&&f("datalist",{id:`${i}-list`,children:o.map(c=>f("option",{value:c},c))})]})}function Gt({name:t,label:e,choices:n}){let s=fe();return f("p",{class:`field field-${t}`,children:[f("label",{for:s,children:e}),f("select",{id:s,name:t,children:n.map(([r,o])=>f("option",{value:r,children:o},r))})]})}var k={get now(){return performance.now()},get wallTime(){return Date.now()},after(t,e){let n=setTimeout(e,t);return()=>clearTimeout(n)},every(t,e){let n=setInterval(e,t);return()=>clearInterval(n)},soon(t){let e=setImmediate(t);return()=>clearImmediate(e)}};var Zo=new TextEncoder;function pe(t){return typeof t=="object"&&t!==null&&!Array.isArray(t)}var T={messageTooBig:{code:1009,reason:"message too big",reconnect:!1},shutdown:{code:3001,reason:"shutdown",reconnect:!0},internal:{code:3004,reason:"internal server error",reconnect:!0},expired:{code:3005,reason:"connection expired",reconnect:!0},slow:{code:3008,reason:"slow",reconnect:!0},insufficientState:{code:3010,reason:"insufficient state",reconnect:!0},forceReconnect:{code:3011,reason:"force reconnect",reconnect:!0},silent:{code:3012,reason:"Network connection timeout!",reconnect:!0},subscriptionExpired:{code:3006,reason:"subscription expired",reconnect:!0},noPong:{code:3012,reason:"no pong",reconnect:!0},tooManyRequests:{code:3013,reason:"too many requests",reconnect:!0},invalidToken:{code:3500,reason:"invalid token",reconnect:!1},badRequest:{code:3501,reason:"bad request",reconnect:!1},stale:{code:3502,reason:"stale",reconnect:!1},forceDisconnect:{code:3503,reason:"force disconnect",reconnect:!1},connectionLimit:{code:3504,reason:"connection limit",reconnect:!1},channelLimit:{code:3505,reason:"channel limit",reconnect:!1},inappropriateProtocol:{code:3506,reason:"inappropriate protocol",reconnect:!1},permissionDenied:{code:3507,reason:"permission denied",reconnect:!1},notAvailable:{code:3508,reason:"not available",reconnect:!1},tooManyErrors:{code:3509,reason:"too many errors",reconnect:!1}};function qt(t){if(!t.startsWith("{"))return{reason:t};try{let e=JSON.parse(t);if(!pe(e)||typeof e.reason!="string")return{reason:t};let n=Ye(e.retry_after_ms);return n===void 0?{reason:e.reason}:{reason:e.reason,retryAfterMs:n}}catch(e){if(!(e instanceof SyntaxError))throw e;return{reason:t}}}function Ye(t){return typeof t=="number"&&t>=0&&isFinite(t)?t:void 0}var v={code:1006,reason:"gone",reconnect:!0};function Jt(t){return t===T.messageTooBig.code?!1:!(t>=3500&&t<=3999||t>=4500&&t<=4999)}var me={number:()=>Math.random(),uuid:()=>crypto.randomUUID()};var ye=class{#e=new Map;add(e){let{channel:n=""}=e,s=this.#e.get(n)??[];s.push(JSON.stringify(e)),this.#e.set(n,s)}isDuplicate(e){let{channel:n=""}=e,s=this.#e.get(n);if(s===void 0)return!1;let r=s.indexOf(JSON.stringify(e));return s.splice(0,r+1),(r<0||s.length===0)&&this.#e.delete(n),r>=0}};function ge(t,{clock:e,signal:n}){return new Promise(s=>{let r=()=>{o(),n.removeEventListener("abort",r),s()},o=e.after(t,r);n.addEventListener("abort",r),n.aborted&&r()})}var ss=2/3,Se=class{#e;#t;#n=new AbortController;#s;#i;constructor(e){let{feed:n,silenceMs:s}=e;this.#e=e;let r=n({...e,pollMs:Math.floor(s*ss),signal:this.#n.signal,onActivity:()=>this.#c()});this.#t=r[Symbol.asyncIterator](),this.#c()}async next(){let e=await this.#r(),n=this.#s??e;return n.type!=="open"&&n.type!=="messages"&&this.cancel(),n}cancel(){this.#o({type:"cancelled"})}async#r(){try{let{value:e,done:n}=await this.#t.next();if(n)return zt("");if(e.type!=="end")return e;let{code:s,reason:r,retryAfterMs:o}=e,i={code:s,reason:r,wasClean:!0};return o===void 0?{type:"end",close:i}:{type:"end",close:{...i,retryAfterMs:o}}}catch(e){return zt(String(e))}}#c(){let{clock:e,silenceMs:n,silenceClose:s}=this.#e;this.#i?.(),this.#s===void 0&&(this.#i=e.after(n,()=>{this.#o({type:"end",close:s})}))}#o(e){this.#i?.(),this.#s===void 0&&(this.#s=e,this.#n.abort(),this.#t.return?.().catch(()=>{}))}};function zt(t){return{type:"end",close:{code:v.code,reason:t,wasClean:!1}}}var Qe=/^error:(\\d+) (.*)$/s,et=1e3,rs=3500,os=401,is=413,cs=503,as=new Set([400,403,404]),Zt=new Set([408,429]);async function B(t,e){let{status:n,statusText:s}=t,r=tt(t,e),[o=""]=(await t.text()).split(/[\\r\\n]/);return{status:n,text:o||s,retryAfterMs:r}}function tt({headers:t},{clock:e,random:n}){let s=t.get("retry-after")?.trim()??"",r=/^\\d+$/.test(s)?Number(s)*1e3:Date.parse(/GMT$/.test(s)?s:"")-e.wallTime;if(isFinite(r))return Math.max(r,0)+Math.floor(n.number()*1e3)}function ee({status:t,text:e}){return as.has(t)&&nt(e)<et}function we({status:t}){return t===cs||t===os||Zt.has(t)}function be({text:t}){return Qe.test(t)&&nt(t)<et?t:void 0}function H(t){let{text:e,retryAfterMs:n}=t,[,,s=e]=Qe.exec(e)??[],r={code:ls(t),reason:s,wasClean:!0};return n===void 0?r:{...r,retryAfterMs:n}}function ls({status:t,text:e}){if(t<400||t>=500||Zt.has(t))return v.code;let s=nt(e);return s>=et?s:t===is?T.messageTooBig.code:rs}function nt(t){return Number(Qe.exec(t)?.[1]??0)}async function te({url:t,headers:e,fetch:n},s,{channels:r,since:o,signal:i}){let c=Qt(t,s);for(let l of r)c.searchParams.append("channel",l);o!==void 0&&c.searchParams.set("since",o);let u=o===void 0?8e3:0;return c.href.length+u>65e3?new Response("error:106 limit exceeded",{status:403}):await n(c,{headers:e(),signal:i,cache:"no-store"})}function Yt({url:t,headers:e,fetch:n},s,r){return n(Qt(t,"/send"),{method:"POST",body:s,headers:e(),signal:r})}function Qt(t,e){let n=new URL(`.${e}`,t);for(let[s,r]of t.searchParams)n.searchParams.set(s,r);return n}async function en(t,e){let n=new Map;await tn(t,e,n);let s=e.channels.at(-1);return n.size===0&&s!==void 0&&n.set(s,nn(e.refusal)),n}async function tn(t,{channels:e,refusal:n,signal:s},r){let[o]=e;if(o!==void 0&&e.length===1){r.set(o,nn(n));return}let i=Math.ceil(e.length/2);for(let c of[e.slice(0,i),e.slice(i)]){let u=await fs(t,c,s);u!==void 0&&await tn(t,{channels:c,refusal:u,signal:s},r)}}async function fs(t,e,n){let r=await te(t,"/poll?timeout=0",{channels:e,signal:n});if(r.ok){await r.body?.cancel();return}let o=await B(r,t);return ee(o)?o:void 0}function nn(t){return be(t)??`error:${t.status} ${t.text}`}var us=50,sn=new Set,Ee=class{#e;#t=new AbortController;#n=sn;#s;#i;#r;#c=Promise.resolve();constructor(e){this.#e=e}async open(e){let n=await this.#f(new Set);n!==void 0&&(e(),n())}change(e,n){return this.#c=this.#c.then(()=>this.#o(e,n))}renew(e){return this.#c=this.#c.then(()=>this.#o([],e,!0))}async#o(e,n,s=!1){let{accepts:r,resumePoint:o}=this.#e;if(s&&this.#s===void 0)return;let i=new Set(this.#n);for(let l of e){let h=l.slice(2);l.startsWith("+")?i.add(h):i.delete(h)}let c=new Map,u;for(;u===void 0&&!(hs(i,this.#n)&&!s);){if(this.#t.signal.aborted)return;let l=i.size===0&&r==="channels",h=c.size;if(l){this.#h();break}if(u=await this.#f(i,{refused:c,isRenewal:s}),s&&u===void 0&&c.size===h)return}i.size===0&&r!=="directs"&&(o.since=void 0);for(let l of e){let h=c.get(l.slice(2));n(l.startsWith("+")&&h!==void 0?h:l)}for(let l of c.keys())e.includes(`+#${l}`)||n(`-#${l}`);u?.()}cancel(){this.#t.abort(),this.#s?.cancel(),this.#i?.cancel()}async#f(e,{refused:n=new Map,isRenewal:s=!1}={}){let{resumePoint:r,clock:o,onEnd:i}=this.#e,{signal:c}=this.#t,u=[...e],l=u.length>0?r.since:void 0,h=new Se({...this.#e,channels:u,since:l}),a=new ye;[this.#i,this.#r]=[h,a];let d=await h.next();if(d.type==="open")return this.#s&&await ge(us,{clock:o,signal:c}),this.#s?.cancel(),this.#s=h,this.#i=this.#r=void 0,this.#n=new Set(e),()=>this.#a(h,a);if(this.#r=void 0,d.type==="refused"&&u.length>0&&ee(d.refusal)){let{refusal:g}=d,x=await this.#u({channels:u,refusal:g,signal:c});for(let[A,L]of x)n.set(A,L),e.delete(A)}else d.type==="refused"?s&&we(d.refusal)||i(H(d.refusal)):d.type==="end"&&!s&&i(d.close)}async#u(e){try{return await en(this.#e,e)}catch(n){let s=String(n);return this.#e.onEnd({code:v.code,reason:s,wasClean:!1}),new Map}}async#a(e,n){let{onEnd:s}=this.#e;for(;;){let r=await e.next();switch(r.type){case"open":break;case"messages":this.#l(r,n);break;case"refused":return s(ee(r.refusal)?{...H(r.refusal),code:v.code}:H(r.refusal));case"end":return s(r.close);case"cancelled":return}}}#l({messages:e,cursor:n},s){let{accepts:r,resumePoint:o,onMessage:i}=this.#e;for(let c of e){let u=c.channel===void 0?"directs":"channels";r!=="all"&&r!==u||(this.#r?.add(c),s.isDuplicate(c)||i(c))}this.#n.size>0&&(o.since=n??o.since)}#h(){this.#s?.cancel(),this.#s=void 0,this.#n=sn}};function hs(t,e){return t.size===e.size&&[...t].every(n=>e.has(n))}var ds=500,rn=async function*(t){let e=await te(t,"/sse",t);if(t.onActivity(),!e.ok||e.body===null)return yield on(e,t);yield{type:"open"};let n=new TextDecoder,s="";for await(let r of e.body){t.onActivity();let o=n.decode(r,{stream:!0}),i=(s+o).split(`\n\n`);s=i.pop()??"";for(let c of i)yield*ps(c)}},st=async function*(t){let{clock:e,random:n,pollMs:s,signal:r}=t,{since:o}=t;for(let i=!1;;i=!0){let c=i?s:0,u=e.now,l=`/poll?timeout=${c}ms`,h=await te(t,l,{...t,since:o});if(t.onActivity(),!h.ok)return yield on(h,t);i||(yield{type:"open"});let{publications:a,cursor:d,recovered:p}=await h.json();o=d,yield{type:"messages",messages:a,cursor:d};let g=tt(h,t);if(g!==void 0){let{code:re,reason:U}=T.shutdown;return yield{type:"end",code:re,reason:U,retryAfterMs:g}}let x=a.length===0||!p;if(!i||!x)continue;let L=ds*(1+n.number())-(e.now-u);if(L>0&&await ge(L,{clock:e,signal:r}),r.aborted)return}};async function on(t,e){return{type:"refused",refusal:await B(t,e)}}function*ps(t){let e=new Map;for(let c of t.split(`\n`)){let[,u="",l=""]=/^([^:]*): ?(.*)$/s.exec(c)??[];e.set(u,l)}let n=e.get("data"),s=n===void 0?void 0:JSON.parse(n),r=e.get("event")??"message",o=s!==void 0&&r==="message"?[s]:[],i=e.get("id");if((i!==void 0||o.length>0)&&(yield{type:"messages",messages:o,cursor:i}),s!==void 0&&r==="disconnect"){let{code:c,reason:u}=s,l=Ye(s.retry_after_ms);yield{type:"end",code:c,reason:u,retryAfterMs:l}}}var ve=/^[+-]#/,ms=/^(?:pong|error:\\d+ .*)$/s,xe=class{#e;#t=new AbortController;#n=[];#s=0;#i=!1;constructor(e){this.#e=e}get length(){return this.#s}get hasChanges(){return this.#n.some(e=>ve.test(e))}push(e){this.#n.push(e),this.#s+=e.length,this.#r()}dropChanges(){this.#n=this.#n.filter(e=>!ve.test(e))}stop(){let e=this.#n.filter(n=>n!=="ping"&&!ve.test(n));return this.#n=[],this.#t.abort(),e}async#r(){if(!this.#i){for(this.#i=!0,await Promise.resolve();this.#n.length>0;){let e=this.#n.findIndex(s=>!ve.test(s)),n=this.#n.splice(0,e<0?1/0:e||1);if(e!==0)await this.#e.onChanges(n);else for(let s of n)await this.#c(s);for(let{length:s}of n)this.#s-=s}this.#i=!1}}async#c(e){let{server:n,answerMs:s,onAnswer:r}=this.#e,o=n.clock.after(s,()=>{this.#o({code:v.code,reason:"no answer",wasClean:!1})});try{let i=await Yt(n,e,this.#t.signal);if(!i.ok){let u=await B(i,n),l=be(u);return l!==void 0?r(l):(we(u)&&this.#n.unshift(e),this.#o(H(u)))}let c=(await i.text()).trimEnd();if(c==="")return;if(!ms.test(c))throw new TypeError("Cannot read the answer to a frame: expected pong or an error");r(c)}catch(i){let c=String(i);this.#o({code:v.code,reason:c,wasClean:!1})}finally{o()}}#o(e){this.#e.onLost(e),this.stop()}};function Ce(t,{minMs:e,maxMs:n,random:s}){if(t<=0)return 0;let r=Math.min(n,e*2**t);return e+s*Math.max(0,r-e)}var ys=2/3,gs=3e4,Ss=1e3,cn=2**31-1,ws=3,V=class{#e;#t;#n;#s;#i=0;#r=0;#c;#o;constructor(e){this.#e=e}get token(){return this.#s}get hasSource(){return this.#t!==void 0}use({token:e,onTokenError:n}){this.#n=n??this.#n,typeof e=="function"?this.#t=e:e&&this.#f(e)}async ask(){if(this.#t===void 0)return;let e=++this.#r;try{let n=await this.#t();if(e!==this.#r)return;if(typeof n!="string"||n===""){let s=n===""?"an empty string":typeof n;throw new TypeError(`Cannot take a token from its source: got ${s}, expected a JWT`)}this.#f(n)}catch(n){throw e===this.#r&&this.#n?.(n),n}}accepted(e){this.#i=0,this.#o=e,this.#u()}refused(){return this.hasSource&&++this.#i<ws}stop(){this.#c?.(),this.#o=void 0,this.#r++}#f(e){this.#r++,this.#s=e,this.#o?.(e),this.#o!==void 0&&this.#u()}#u(){if(this.#t===void 0||this.#s===void 0)return;let e=bs(this.#s,this.#e.clock.wallTime);if(e===1/0)return this.#c?.();let n=Math.min(e*(1-ys),gs),s=Math.max(e-n,Ss);s>cn?this.#l(cn,()=>this.#u()):this.#l(s,()=>this.#a(0))}async#a(e){let{random:n,minDelayMs:s,maxDelayMs:r}=this.#e,o=this.#o;try{await this.ask()}catch{if(this.#o!==o)return;let i={minMs:s,maxMs:r,random:n.number()},c=Ce(e+1,i);this.#l(c,()=>this.#a(e+1))}}#l(e,n){this.#c?.(),this.#c=this.#e.clock.after(e,n)}};function bs(t,e){let{exp:n,iat:s}=Es(t);if(typeof n!="number")return 1/0;let r=n*1e3-e,o=typeof s=="number"?(n-s)*1e3:1/0;return r>0?Math.min(r,o):o}function Es(t){let[,e=""]=t.split(".");try{let n=e.replaceAll("-","+").replaceAll("_","/"),s=JSON.parse(atob(n));return pe(s)?s:{}}catch{return{}}}var vs={sse:rn,poll:st},xs={code:3012,reason:"nothing was received",wasClean:!1},Cs={minDelayMs:500,maxDelayMs:2e4},an=1e3;function ot(t,e={}){let{clock:n=k,random:s=me}=e,r={since:void 0},o=new V({clock:n,random:s,...Cs});o.use(e);let i=vs[t],c={...e,clock:n,random:s,feed:i,resumePoint:r,tokens:o};return class extends rt{static authenticate(u){o.use(u)}constructor(u){super(u,c)}}}var rt=class extends EventTarget{binaryType="arraybuffer";readyState=0;undelivered=[];#e;#t;#n;#s;#i;#r;constructor(e,n){super();let{feed:s,resumePoint:r,tokens:o}=n;this.#e=r,this.#t=o,this.#n=new URL(e).searchParams.get("from")==="1";let i=As(e,n),c=l=>new Ee({...i,accepts:l,resumePoint:r,onMessage:h=>this.#u(h),onEnd:h=>this.#l(h)}),u=s===st;this.#s=c(u?"all":"directs"),this.#i=u?this.#s:c("channels"),this.#r=new xe({server:i,answerMs:i.silenceMs,onChanges:l=>this.#i.change(l,h=>this.#a(h)),onAnswer:l=>this.#a(l),onLost:l=>this.#l(l)}),this.#c()}get bufferedAmount(){return this.#r.length}send(e){e.startsWith("auth:")||e==="pong"||e===""||this.#r.push(e)}close(e=an,n=""){this.#l({code:e,reason:n,wasClean:!0})}async#c(){try{await this.#t.ask()}catch(e){let n=String(e);return this.#l({code:v.code,reason:n,wasClean:!1})}this.readyState===0&&await this.#s.open(()=>this.#o())}#o(){this.readyState=1,this.#t.accepted(()=>this.#f()),this.dispatchEvent(new Event("open")),this.#r.hasChanges||(this.#e.since=void 0)}#f(){let e=new Set([this.#s,this.#i]);for(let n of e)n.renew(s=>this.#a(s))}#u({channel:e,data:n,info:s}){let r=typeof n=="string"?n:JSON.stringify(n);e!==void 0?this.#a(`#${e}:${r}`):this.#n?this.#a(`${s?.user??""}>${r}`):this.#a(r)}#a(e){this.readyState===1&&this.dispatchEvent(new MessageEvent("message",{data:e}))}#l(e){if(this.readyState===3)return;this.readyState=3,this.#t.stop(),this.#s.cancel(),this.#i.cancel(),e.code===an?this.#r.dropChanges():this.undelivered=this.#r.stop();let s=e.code===T.invalidToken.code&&this.#t.refused()?T.expired.code:e.code,{retryAfterMs:r}=e,o=new CloseEvent("close",{...e,code:s});this.dispatchEvent(Object.assign(o,{retryAfterMs:r}))}};function As(t,e){let{feed:n,tokens:s,silenceMs:r=37500,clock:o,random:i}=e,c=new URL(t);return c.protocol=c.protocol.replace("ws","http"),c.searchParams.delete("from"),{feed:n,url:c,headers:()=>ks(s.token),fetch:e.fetch??globalThis.fetch.bind(globalThis),clock:o,random:i,silenceMs:r,silenceClose:xs}}function ks(t){return t===void 0?{}:{Authorization:`Bearer ${t}`}}function it(t=globalThis){return{get online(){let{navigator:e}=globalThis;return e?.onLine!==!1},watch(e){let n=()=>e(!0),s=()=>e(!1);return t.addEventListener?.("online",n),t.addEventListener?.("offline",s),()=>{t.removeEventListener?.("online",n),t.removeEventListener?.("offline",s)}}}}var Ae=class{#e;#t;#n;#s;constructor(e){this.#e=e}get nextAt(){return this.#s}start(){this.stop(),this.#i()}stop(){this.#t?.(),this.#s=void 0,this.received()}received(){this.#n?.(),this.#n=void 0}probe(){this.#n===void 0&&this.#c()}#i(){let{clock:e,periodMs:n}=this.#e;this.#s=e.wallTime+n,this.#r(n)}#r(e){let{clock:n}=this.#e,s=Math.min(e,1e4),r=n.wallTime+s;this.#t=n.after(s,()=>{let o=n.wallTime-r>3e3;if(e>s&&!o)return this.#r(e-s);this.#i(),this.#c()})}#c(){this.#e.onBeat(),this.#n??=this.#o(!1)}#o(e){let{clock:n,answerMs:s,onBeat:r,onSilence:o}=this.#e,i=n.wallTime+s;return n.after(s,()=>{if(n.wallTime-i>3e3&&!e)return this.#n=this.#o(!0),r();this.stop(),o()})}};function ln(t){return{showSender:!1,heartbeatMs:55e3,answerMs:1e4,minDelayMs:500,maxDelayMs:2e4,connectTimeoutMs:1e4,maxQueuedFrames:100,WebSocket:globalThis.WebSocket,network:it(),clock:k,random:me,...t}}function fn(t,{uid:e,token:n,showSender:s}){let r=new URL(t);if(r.protocol!=="ws:"&&r.protocol!=="wss:")throw new TypeError(`Cannot connect to "${t}": not a ws: or wss: URL`);return e&&!n&&r.searchParams.set("uid",e),s&&r.searchParams.set("from","1"),r.href}var Ts=0,un=1,hn=3,Ms=5e3,Rs=36e5,ke={code:v.code,reason:"",wasClean:!1},Te=class{#e;#t;#n;#s;#i;#r;#c=0;#o;constructor(e,n){this.#e=e,this.#t=n}get readyState(){let e=this.#s!==void 0;return this.#n?.readyState??(e?Ts:hn)}get bufferedAmount(){return this.#n?.bufferedAmount??0}get retryCount(){return this.#c}get nextAttemptAt(){return this.#o}open(){if(!(this.readyState<=un)){if(this.#n!==void 0)return this.#h(ke);this.#c=0,this.#f()}}reopen(e){this.#p(e),this.#h(e)}close(e){this.#m(),!(this.readyState===hn&&this.#n===void 0)&&(this.#p(e),this.#y(e))}send(e){return this.#n?.readyState!==un?!1:(this.#n.send(e),!0)}#f(){let{connectTimeoutMs:e,prepare:n}=this.#t;if(this.#g(e,()=>{this.#p({code:1e3,reason:"timeout"}),this.#l({...ke,reason:"handshake timeout"})}),n===void 0)return this.#u();let s=n();this.#s=s,s.then(()=>{this.#s===s&&this.#u()},r=>{this.#s===s&&this.#l({...ke,reason:String(r)})})}#u(){let{WebSocket:e,onAttempt:n}=this.#t;this.#s=void 0;try{this.#n=new e(this.#e)}catch(s){return this.#l({...ke,reason:String(s)})}this.#n.binaryType="arraybuffer",this.#a(this.#n),n()}#a(e){let{onOpen:n,onFrame:s}=this.#t,r=Object.entries({open:()=>{this.#g(Ms,()=>this.#c=0),n()},message:({data:o})=>{o!==void 0&&s(o)},close:o=>{let{code:i=v.code,wasClean:c=!1,retryAfterMs:u}=o,l=qt(o.reason??""),h=u===void 0?{}:{retryAfterMs:u};this.#l({code:i,wasClean:c,...h,...l})}});for(let[o,i]of r)e.addEventListener(o,i);this.#i=()=>{for(let[o,i]of r)e.removeEventListener(o,i)}}#l(e){let n=!this.#t.mayReconnect(e);n?this.#m():this.#d(this.#c+1,e.retryAfterMs),this.#y(e,n)}#h(e){this.#d(0),this.#y(e)}#d(e,n){let{clock:s,delayMs:r}=this.#t,o=r(e),i=e>1?o:0,c=n===void 0?o:Math.max(Math.min(n,Rs),i);this.#c=e,this.#g(c,()=>this.#f()),this.#o=s.wallTime+c}#p({code:e,reason:n}){this.#i?.(),this.#n?.close(e,n)}#y(e,n=!1){let{undelivered:s=[]}=this.#n??{};this.#i?.(),this.#n=this.#s=void 0,this.#t.onClose(e,{undelivered:s,isFinal:n})}#g(e,n){this.#m(),this.#r=this.#t.clock.after(e,n)}#m(){this.#r?.(),this.#o=void 0}};var Me={normal:{code:1e3,reason:"",wasClean:!0},silent:{code:3012,reason:"no answer to ping",wasClean:!1},offline:{code:4e3,reason:"offline",wasClean:!1}},_s=0,dn=1,Re="auth:",ne=class{#e;#t;#n;#s;#i=new Set;#r=[];#c=!1;#o=!1;#f=!1;#u;#a;#l;#h;constructor(e,n={}){let s=ln(n),{clock:r,heartbeatMs:o,answerMs:i,random:c,onChange:u}=s;this.#e=s,this.#s=new V(s),this.#p(s),this.#n=new Ae({clock:r,periodMs:o,answerMs:i,onBeat:()=>this.#w(),onSilence:()=>this.#x()}),this.#t=new Te(fn(e,n),{WebSocket:s.WebSocket,clock:r,connectTimeoutMs:s.connectTimeoutMs,delayMs:l=>Ce(l,{minMs:s.minDelayMs,maxMs:s.maxDelayMs,random:c.number()}),prepare:this.#s.hasSource?()=>this.#s.ask():void 0,mayReconnect:({code:l})=>Jt(l)||l===T.invalidToken.code&&this.#s.refused(),onAttempt:()=>u?.(),onOpen:()=>this.#g(),onFrame:l=>this.#b(l),onClose:(l,h)=>this.#E(l,h)})}get readyState(){return this.#t.readyState}get active(){return this.#u!==void 0}get bufferedAmount(){return this.#t.bufferedAmount}get queuedFrames(){return this.#r.length}get retryCount(){return this.#t.retryCount}get nextAttemptAt(){return this.#t.nextAttemptAt}get nextHeartbeatAt(){return this.#n.nextAt}get lastClose(){return this.#a}get roundTripMs(){return this.#h}get online(){return this.#e.network.online}get channels(){return this.#i}connect(){this.#u??=this.#e.network.watch(e=>this.#v(e)),this.#t.open(),this.#e.onChange?.()}close(){this.#S(),this.#t.close(Me.normal),this.#e.onChange?.()}[Symbol.dispose](){this.close()}send(e){if(e.startsWith(Re))return this.#y(e);if(this.#d(e))return"sent";let n=this.#r.length>=this.#e.maxQueuedFrames;return!this.active||n?"dropped":(this.#r.push(e),this.#e.onChange?.(),"queued")}join(e){this.#i.add(e),this.#d(`+#${e}`)}leave(e){this.#i.delete(e),this.#d(`-#${e}`)}#d(e){let n=this.#c&&this.#t.send(e);return n&&e==="ping"&&(this.#l=this.#e.clock.now),n&&this.#e.onFrame?.("out",e),n}#p(e){let{WebSocket:n}=this.#e;e.token!==void 0&&(n.authenticate?n.authenticate(e):this.#s.use(e))}#y(e){return this.#p({token:e.slice(Re.length)}),this.#o&&this.#t.send(e),this.readyState===dn?"sent":this.active?"queued":"dropped"}#g(){let{token:e}=this.#s;if(e===void 0)return this.#m();this.#o=!0,this.#t.send(`${Re}${e}`),this.#n.probe()}#m(){let{onOpen:e,onChange:n}=this.#e;this.#o=!1,this.#c=!0,this.#n.start(),this.#s.accepted(s=>this.#t.send(`${Re}${s}`)),e?.();for(let s of this.#i)this.#d(`+#${s}`);for(;this.#r[0]!==void 0&&this.#d(this.#r[0]);)this.#r.shift();n?.()}#w(){this.#o?this.#t.send("ping")&&(this.#l=this.#e.clock.now):this.#d("ping")}#b(e){this.#f=!1,this.#n.received();let n=this.#o&&e==="pong";if(n||this.#e.onFrame?.("in",e),e==="pong"&&this.#l!==void 0&&(this.#h=this.#e.clock.now-this.#l,this.#l=void 0),n)return this.#m();e==="ping"?this.#d("pong"):e!=="pong"&&this.#e.onMessage?.(e)}#E(e,{undelivered:n,isFinal:s}){this.#c=this.#o=!1,this.#n.stop(),this.#s.stop(),this.#a=e,s&&this.#S(),this.active&&(this.#r.unshift(...n),this.#r.length=Math.min(this.#r.length,this.#e.maxQueuedFrames)),this.#e.onClose?.(e),this.#e.onChange?.()}#v(e){let n=this.#f&&this.readyState===_s;this.#f=!e,e&&n?this.#t.reopen(Me.offline):this.readyState===dn?this.#n.probe():e&&this.#t.open(),this.#e.onChange?.()}#x(){this.#f?this.#t.close(Me.offline):this.#t.reopen(Me.silent)}#S(){this.#u?.(),this.#u=void 0,this.#r.length=0}};function pn(t,e){return[...t.slice(Math.max(0,t.length-500+1)),e]}function mn(t){if(typeof t=="string")return t;let e=new Uint8Array(t,0,Math.min(t.byteLength,32)),n=Array.from(e,r=>r.toString(16).padStart(2,"0")),s=t.byteLength>32?" \\u2026":"";return`[${t.byteLength} bytes] ${n.join(" ")}${s}`}function yn({kind:t,text:e}){let n={address:"",body:e};if(t==="note"||/^(?:ping|pong|[+-]#.*)$/s.test(e))return{tone:"control",...n};if(t==="in"&&e.startsWith("error:"))return{tone:"error",...n};let s=t==="in"&&!e.startsWith("#")?">":":",r=e.indexOf(s)+1;return{tone:"message",address:e.slice(0,r),body:e.slice(r)}}var se=[["websocket","WebSocket"],["sse","SSE + POST"],["poll","Long polling"]],Os=3500,Ns="the server does not accept this token; one that has neither TOKEN_SECRET nor JWKS_URL accepts none: connect with a uid alone",_e=class{#e=new Set;#t;#n=[];#s=[];#i="websocket";#r=!1;#c=0;#o=0;get client(){return this.#t}get transport(){return this.#i}get channels(){return this.#n}get rows(){return this.#s}get version(){return this.#o}subscribe(e){return this.#e.add(e),()=>this.#e.delete(e)}connect(e){let{url:n,transport:s}=e;this.#t?.close();try{this.#t=this.#f(e),this.#i=s}catch(r){if(!(r instanceof TypeError))throw r;return this.#a(r.message)}for(let r of this.#n)this.#t.join(r);this.#a(`connecting to ${n}`),this.#t.connect()}disconnect(){this.#t?.close()}send(e,n){switch(this.#t?.send(`${e}:${n}`)){case"sent":return;case"queued":return this.#a(`waits for the connection: ${e}:${n}`);default:return this.#a(`not connected, not sent: ${e}:${n}`)}}join(e){this.#n.includes(e)||(this.#n=[...this.#n,e],this.#t?.join(e),this.#h())}leave(e){this.#n=this.#n.filter(n=>n!==e),this.#t?.leave(e),this.#h()}clear(){this.#s=[],this.#h()}#f({url:e,transport:n,uid:s,token:r}){let o=n==="websocket"?{}:{WebSocket:ot(n)};return new ne(e,{...o,uid:s,token:r,showSender:!0,onFrame:(i,c)=>{this.#u(c)||this.#l(i,mn(c))},onOpen:()=>{this.#a("open"),this.#r=!0,this.#t?.send("ping")},onClose:({code:i,reason:c,wasClean:u})=>{let l=u?"closed":"lost";this.#a(`${l}: ${[i,c].join(" ").trim()}`),i===Os&&r!==""&&this.#a(Ns)},onChange:()=>this.#h()})}#u(e){let n=this.#r&&(e==="ping"||e==="pong");return n&&e==="pong"&&(this.#r=!1),n}#a(e){this.#l("note",e)}#l(e,n){let s={id:this.#c++,time:k.wallTime,kind:e,text:n};this.#s=pn(this.#s,s),this.#h()}#h(){this.#o++;for(let e of this.#e)e()}};function C(t,e){let n=N(s=>t.subscribe(s),[t]);return We(n,()=>e(t))}function gn(t){let[e,n]=D(k.wallTime);return q(()=>k.every(t,()=>n(k.wallTime)),[t]),e}var Sn=["connecting","open","closing","closed"],Ls=3,Ps=250;function bn({session:t}){let e=gn(Ps);C(t,({version:s})=>s);let{client:n}=t;return f("div",{class:"readout",children:[f(Ds,{state:n?.readyState??Ls}),f(ct,{figures:js(t)}),f(ct,{figures:Fs(n,e)}),f("h3",{children:"Last close"}),f(ct,{figures:Is(n)})]})}function Ds({state:t}){return f("div",{class:"ready-state","data-state":t,children:[f("p",{role:"status",children:[f("span",{class:"term",children:"readyState"}),f("span",{class:"digit",children:t}),f("span",{class:"name",children:Sn[t]})]}),f("ol",{"aria-hidden":"true",children:Sn.map((e,n)=>f("li",{class:n===t?"current":void 0},e))})]})}function ct({figures:t}){return f("dl",{class:"figures",children:t.map(([e,n])=>f("div",{children:[f("dt",{children:e}),f("dd",{"data-figure":e,children:n})]},e))})}function js({client:t,transport:e}){let n=t?.roundTripMs;return[["transport",se.find(([s])=>s===e)?.[1]??"\\u2013"],["round trip",n===void 0?"\\u2013":`${n.toFixed(1)} ms`]]}function Fs(t,e){let n=t?.queuedFrames??0;return[["bufferedAmount",`${t?.bufferedAmount??0} bytes`],["waiting",`${n} ${n===1?"frame":"frames"}`],["heartbeat",wn(t?.nextHeartbeatAt,e)],["network",t?.online??navigator.onLine?"online":"offline"],["reconnects",String(t?.retryCount??0)],["next attempt",wn(t?.nextAttemptAt,e)]]}function Is(t){let e=t?.lastClose;return[["code",e?String(e.code):"\\u2013"],["wasClean",e?String(e.wasClean):"\\u2013"],["reason",e?.reason||"\\u2013"]]}function wn(t,e){return t===void 0?"\\u2013":`in ${Math.max(0,Math.ceil((t-e)/1e3))} s`}function En({session:t}){let e=C(t,({client:s})=>s?.active??!1);return f("section",{class:"pane connection","aria-labelledby":"connection-heading",children:[f("h2",{id:"connection-heading",children:"Connection"}),f("form",{onSubmit:s=>{if(s.preventDefault(),!(s.currentTarget instanceof HTMLFormElement))return;let r=s.currentTarget;t.connect({url:R(r,"url"),transport:$s(R(r,"transport")),uid:R(r,"uid"),token:R(r,"token")})},children:[f(_,{name:"url",label:"URL",type:"url",value:Bs(),required:!0}),f("div",{class:"pair",children:[f(_,{name:"uid",label:"uid",placeholder:"alice"}),f(_,{name:"token",label:"Token, instead of a uid",type:"password",placeholder:"JWT"})]}),f(Gt,{name:"transport",label:"Transport",choices:se}),f("p",{class:"actions",children:[f("button",{type:"submit",class:e?void 0:"primary",children:e?"Reconnect":"Connect"}),f("button",{type:"button",disabled:!e,onClick:()=>t.disconnect(),children:"Disconnect"})]})]}),f(bn,{session:t})]})}function $s(t){return se.find(([e])=>e===t)?.[0]??"websocket"}function Bs(){return new URL("ws",location.href.replace(/^http/,"ws")).href}function vn({session:t}){let e=C(t,({channels:s})=>s),n=s=>{if(s.preventDefault(),!(s.currentTarget instanceof HTMLFormElement))return;let r=R(s.currentTarget,"channel");t.join(r.replace(/^#/,"")),s.currentTarget.reset()};return f("div",{class:"channels",children:[f("ul",{"aria-label":"Channels joined",children:e.map(s=>f("li",{children:["#",s,f("button",{type:"button","aria-label":`Leave #${s}`,onClick:()=>t.leave(s),children:"\\xD7"})]},s))}),f("form",{onSubmit:n,children:[f(_,{name:"channel",label:"Channel",placeholder:"#room",required:!0}),f("button",{type:"submit",children:"Join"})]})]})}function xn({session:t}){let e=C(t,({channels:s})=>s);return f("form",{class:"composer",onSubmit:s=>{if(s.preventDefault(),!(s.currentTarget instanceof HTMLFormElement))return;let r=s.currentTarget,o=r.elements.namedItem("message");o instanceof HTMLInputElement&&(t.send(R(r,"to"),o.value),o.value="",o.focus())},children:[f(_,{name:"to",label:"To",value:"all",placeholder:"uid, all or #channel",suggestions:["all",...e.map(s=>`#${s}`)],required:!0}),f(_,{name:"message",label:"Message",required:!0}),f("button",{type:"submit",class:"primary",children:"Send"})]})}var Hs={in:"\\u2190",out:"\\u2192",note:"\\xB7"},Vs={in:"received",out:"sent",note:"note"},Us=40,Ws=new Intl.DateTimeFormat("en-GB",{timeStyle:"medium"});function Cn({session:t}){let e=C(t,({rows:o})=>o),n=I(null),s=I(!0),r=()=>{let{current:o}=n;if(!o)return;let{scrollTop:i,scrollHeight:c,clientHeight:u}=o;s.current=c-i-u<Us};return Ve(()=>{let{current:o}=n;o&&s.current&&(o.scrollTop=o.scrollHeight)},[e]),f("div",{class:"log",children:[f("div",{ref:n,class:"scroll",role:"log","aria-live":"polite","aria-label":"Frames",tabindex:0,onScroll:r,children:f("ol",{children:e.map(o=>f(Ks,{row:o},o.id))})}),e.length===0&&f("p",{class:"empty",children:"Connect, then send a message."})]})}var Ks=Xt(function({row:e}){let{tone:n,address:s,body:r}=yn(e);return f("li",{class:`${e.kind} ${n}`,children:[f("time",{children:Ws.format(e.time)}),f("span",{class:"mark","aria-hidden":"true",children:Hs[e.kind]}),f("span",{class:"spoken",children:Vs[e.kind]}),f("code",{children:[s&&f("b",{children:s}),r]})]})});function An({session:t}){let e=C(t,({rows:n})=>n.length===0);return f("section",{class:"pane conversation","aria-labelledby":"conversation-heading",children:[f("div",{class:"heading",children:[f("h2",{id:"conversation-heading",children:"Conversation"}),f("button",{type:"button",class:"quiet",disabled:e,onClick:()=>t.clear(),children:"Clear"})]}),f(vn,{session:t}),f(Cn,{session:t}),f(xn,{session:t})]})}var kn=document.getElementById("console"),Tn=new _e;kn&&Ge(f(Q,{children:[f(En,{session:Tn}),f(An,{session:Tn})]}),kn);\n';var v=`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="15" fill="#0b6e55" />
  <g fill="none" stroke="#fff" stroke-linecap="round" stroke-width="3.5">
    <path d="M11 32C24 6 40 6 53 32" />
    <path d="M11 32H53" opacity=".5" />
    <path d="M11 32C24 58 40 58 53 32" />
  </g>
  <circle cx="11" cy="32" r="4.5" fill="#fff" />
  <circle cx="53" cy="32" r="4.5" fill="#fff" />
</svg>
`;var q=[e,i,t,s,n,r,o];export{m as consoleScript,v as favicon,q as styles};
