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
`;var r=`/* The documentation: the list of its pages beside a text that is wide enough to read. */

.docs main {
  display: grid;
  grid-template-columns: 13rem minmax(0, 52rem);
  gap: 2rem 3rem;
  padding: 1.75rem var(--gap) 4rem;
}

.contents {
  position: sticky;
  top: 1.75rem;
  align-self: start;
  max-height: calc(100dvh - 3.5rem);
  overflow-y: auto;
  font-size: 0.875rem;
}

.contents h2 {
  margin: 1.25rem 0 0.25rem;
  color: var(--muted);
  font-size: 0.8125rem;
  font-weight: 550;
}

.contents h2:first-child {
  margin-top: 0;
}

.contents ul {
  padding: 0;
  list-style: none;
}

.contents a {
  display: block;
  padding: 0.15rem 0;
  color: inherit;
  text-decoration: none;
}

.contents a:hover {
  text-decoration: underline;
}

.contents a[aria-current] {
  color: var(--accent);
  font-weight: 600;
}

.docs article :is(p, ul, ol, pre, .wide) {
  margin-top: 0.9rem;
}

.docs article h2 {
  margin-top: 2.25rem;
  font-size: 1.125rem;
  letter-spacing: -0.02em;
}

.docs article li + li {
  margin-top: 0.25rem;
}

.wide {
  overflow-x: auto;
}

.docs article th {
  font-weight: 600;
}

.docs article :is(th, td) {
  padding-block: 0.4rem;
  min-width: 7rem;
}

.neighbours {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  padding-top: 1.5rem;
  border-top: 1px solid var(--line);
}

.neighbours a[rel="next"] {
  margin-left: auto;
}

.neighbours a[rel="next"]::after {
  content: " \u2192";
}

.neighbours a[rel="prev"]::before {
  content: "\u2190 ";
}

@media (max-width: 50rem) {
  .docs main {
    grid-template-columns: minmax(0, 1fr);
  }

  /* Below the text, where a reader who has finished it looks for the next. */
  .contents {
    position: static;
    order: 1;
    max-height: none;
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
`;var i=`/* Live quotes: a board of buttons, and a chart below it. */

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
`;var o=`/* The demos: an index of cards, and for each demo two panes in one window. */

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

.demo-stage .scroll {
  flex: 1;
  height: 16rem;
  padding: 0;
  overflow-y: auto;
}

.bubbles {
  display: flex;
  flex-direction: column;
  gap: 0.5rem;
  padding: 0;
  list-style: none;
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
`;var s=`/* What all pages share: the masthead with the navigation, text, forms and tables. */

* {
  box-sizing: border-box;
  margin: 0;
}

body {
  display: grid;
  grid-template-rows: auto minmax(0, 1fr);
  grid-template-columns: minmax(0, 1fr);
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
`;var a=`/* The reference: a narrow list of methods beside what is said of each. */

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

.reference main > * {
  min-width: 0;
}

.reference :is(p, table, pre) {
  margin-top: 1rem;
  overflow-wrap: anywhere;
}

/* A command breaks its line, so that it need not be scrolled. */
.reference pre {
  white-space: pre-wrap;
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
`;var v='var ht=Object.defineProperty,Le=(t,e)=>{let n={};for(var r in t)ht(n,r,{get:t[r],enumerable:!0});return e||ht(n,Symbol.toStringTag,{value:"Module"}),n};var ie=Symbol("RENDERER"),$=Symbol("ERROR_HANDLER"),y=Symbol("STASH"),ce=Symbol("INTERNAL"),K=Symbol("MEMO"),dt=Symbol("PERMALINK"),Bn=Symbol("RENDERED_JSX");var Pe=t=>(t[ce]=!0,t);var pt=t=>({value:e,children:n})=>{if(!n)return;let r={children:[{tag:Pe(()=>{t.push(e)}),props:{}}]};Array.isArray(n)?r.children.push(...n.flat()):r.children.push(n),r.children.push({tag:Pe(()=>{t.pop()}),props:{}});let s={tag:"",props:r,type:""};return s[$]=o=>{throw t.pop(),o},s},G=t=>{let e=[t],n=pt(e);return n.values=e,n.Provider=n,I.push(n),n};var X={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},De={},ae="data-precedence",je=t=>t.rel==="stylesheet"&&"precedence"in t,$e=(t,e)=>t==="link"?e:X[t].length>0;var Ie=t=>Array.isArray(t)?t:[t];var Un=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),le=t=>Un.get(t)||t;var yt=(t,e,n)=>{t.size>=e&&t.clear(),t.add(n)};var Vn=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Fe=new Set,gt=1024,Wn=t=>{if(Fe.has(t))return!0;let e=t.length;if(e===0)return!1;for(let n=0;n<e;n++){let r=t.charCodeAt(n);if(!(r>=97&&r<=122||r>=65&&r<=90||r>=48&&r<=57||r===45||r===95))return Vn.test(t)?!1:(yt(Fe,gt,t),!0)}return yt(Fe,gt,t),!0},Kn=/[;"\'\\\\/\\[\\](){}]/,Gn=t=>{if(!Kn.test(t))return!1;let e=0,n=[];for(let r=0,s=t.length;r<s;r++){let o=t.charCodeAt(r);if(o===92){if(r===s-1)return!0;r++}else if(e!==0){if(o===10||o===12||o===13)return!0;o===e&&(e=0)}else if(o===47&&t.charCodeAt(r+1)===42){let i=t.indexOf("*/",r+2);if(i===-1)return!0;r=i+1}else if(o===34||o===39)e=o;else if(o===40)n.push(41);else if(o===91)n.push(93);else{if(o===123||o===125)return!0;if(o===41||o===93){if(n[n.length-1]!==o)return!0;n.pop()}else if(o===59&&n.length===0)return!0}}return e!==0||n.length!==0},Be=(t,e)=>{for(let[n,r]of Object.entries(t)){let s=n[0]==="-"||!/[A-Z]/.test(n)?n:n.replace(/[A-Z]/g,i=>`-${i.toLowerCase()}`);if(!Wn(s))continue;if(r==null){e(s,null);continue}let o;if(typeof r=="number")o=s.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${r}`:`${r}px`;else if(typeof r=="string"){if(Gn(r))continue;o=r}else continue;e(s,o)}};var wt=(t,e)=>{if(t===e)return!0;let n=Object.keys(t).sort(),r=Object.keys(e).sort();if(n.length!==r.length)return!1;for(let s=0,o=n.length;s<o;s++)if(!(n[s]==="children"&&r[s]==="children"&&!t.children?.length&&!e.children?.length)&&t[n[s]]!==e[n[s]])return!1;return!0};var I=[],St=!1,He,Xn,qn=0,bt=!1,Jn=()=>{if(St)return He;St=!0;let t=globalThis,e;for(let n of[()=>t.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>t.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{e=n()}catch{}if(e)break}return e&&(He=new e),He},zn=()=>Jn()?.getStore()||Xn,Yn=()=>{qn>0&&!bt&&(bt=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var Zn=(t,e)=>{if(!t)return Yn(),e.values.at(-1);let n=t.get(e);return n?.length?n.at(-1):e.values[0]};var _=t=>Zn(zn(),t);var Qn=0;var er=2,tr=3,nr=4,Ue=new WeakMap,Ve=(t,e)=>!t||!e||t.length!==e.length||e.some((n,r)=>n!==t[r]);var rr;var vt=[];var D=t=>{let e=()=>typeof t=="function"?t():t,n=R.at(-1);if(!n)return[e(),()=>{}];let[,r]=n,s=r[y][1][Qn]||=[],o=r[y][0]++;return s[o]||=[e(),i=>{let c=rr,u=s[o];if(typeof i=="function"&&(i=i(u[0])),!Object.is(i,u[0]))if(u[0]=i,vt.length){let[l,h]=vt.at(-1);Promise.all([l===3?r:q([l,!1,c],r),h]).then(([a])=>{if(!a||!(l===2||l===3))return;let d=a.vC;requestAnimationFrame(()=>{setTimeout(()=>{d===a.vC&&q([l===3?1:0,!1,c],a)})})})}else q([0,!1,c],r)}]};var Et=(t,e,n)=>{let r=R.at(-1);if(!r)return;let[,s]=r,o=s[y][1][1]||=[],i=s[y][0]++,[c,,u]=o[i]||=[];if(Ve(c,n)){u&&u();let l=()=>{h[t]=void 0,h[2]=e()},h=[n,void 0,void 0,void 0,void 0];h[t]=l,o[i]=h}},J=(t,e)=>Et(3,t,e),We=(t,e)=>Et(1,t,e);var N=(t,e)=>{let n=R.at(-1);if(!n)return t;let[,r]=n,s=r[y][1][er]||=[],o=r[y][0]++,i=s[o];return Ve(i?.[1],e)?s[o]=[t,e]:t=s[o][0],t};function F(t){let e=R.at(-1);if(!e)return{current:t};let[,n]=e,r=n[y][1][nr]||=[],s=n[y][0]++;return r[s]||={current:t}}var Ke=t=>{let e=Ue.get(t);if(e){if(e.length===2)throw e[1];return e[0]}throw t.then(n=>Ue.set(t,[n]),n=>Ue.set(t,[void 0,n])),t},fe=(t,e)=>{let n=R.at(-1);if(!n)return t();let[,r]=n,s=r[y][1][tr]||=[],o=r[y][0]++,i=s[o];return Ve(i?.[1],e)&&(s[o]=[t(),e]),s[o][0]},sr=0,ue=()=>fe(()=>`:r${(sr++).toString(32)}:`,[]);var Ge=(t,e,n)=>{let r=R.at(-1);if(!r){if(!n)throw new Error("getServerSnapshot is required for server side rendering");return n()}let s=r[0][4]&&n?n():e(),[,o]=D(0),i=F([s,e]);i.current=[s,e];let c=F(null);return J(()=>{let u=()=>o(a=>a+1);c.current?.(),c.current=t(u);let[l,h]=i.current;Object.is(l,h())||u()},[t]),J(()=>()=>c.current?.(),[]),s};var Z="_hp",or={Change:"Input",DoubleClick:"DblClick"},ir={svg:"2000/svg",math:"1998/Math/MathML"},R=[],z=new WeakMap,B,Ot=()=>B,b=t=>"t"in t,Xe={onClick:["click",!1]},xt=t=>{if(!t.startsWith("on"))return;if(Xe[t])return Xe[t];let e=t.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(e){let[,n,r]=e;return Xe[t]=[(or[n]||n).toLowerCase(),!!r]}},Ct=(t,e)=>B&&t instanceof SVGElement&&/[A-Z]/.test(e)&&(e in t.style||e.match(/^(?:o|pai|str|u|ve)/))?e.replace(/([A-Z])/g,"-$1").toLowerCase():e,_t=t=>t==null||t===!1?null:t,cr=(t,e)=>{"value"in e&&(t.value=_t(e.value),!t.multiple&&t.selectedIndex===-1&&(t.selectedIndex=0))},At=t=>t instanceof DOMException&&t.name==="InvalidCharacterError",ar=(t,e,n)=>{e||={};for(let r in e){let s=e[r];if(r!=="children"&&(!n||n[r]!==s)){r=le(r);let o=xt(r);if(o){if(n?.[r]!==s&&(n&&t.removeEventListener(o[0],n[r],o[1]),s!=null)){if(typeof s!="function")throw new Error(`Event handler for "${r}" is not a function`);t.addEventListener(o[0],s,o[1])}}else if(r==="dangerouslySetInnerHTML"&&s)t.innerHTML=s.__html;else if(r==="ref"){z.get(t)?.();let i;typeof s=="function"?i=s(t)||(()=>s(null)):s&&"current"in s&&(s.current=t,i=()=>s.current=null),z.set(t,i)}else if(r==="style"){let i=t.style;typeof s=="string"?i.cssText=s:(i.cssText="",s!=null&&Be(s,i.setProperty.bind(i)))}else{if(r==="value"){let c=t.nodeName;if(c==="SELECT")continue;if((c==="INPUT"||c==="TEXTAREA")&&(t.value=_t(s),c==="TEXTAREA")){t.textContent=s;continue}}else(r==="checked"&&t.nodeName==="INPUT"||r==="selected"&&t.nodeName==="OPTION")&&(t[r]=s);let i=Ct(t,r);try{s==null||s===!1?t.removeAttribute(i):s===!0?t.setAttribute(i,""):typeof s=="string"||typeof s=="number"?t.setAttribute(i,s):t.setAttribute(i,s.toString())}catch(c){if(!At(c))throw c}}}}if(n)for(let r in n){let s=n[r];if(r!=="children"&&!(r in e)){r=le(r);let o=xt(r);if(o)t.removeEventListener(o[0],s,o[1]);else if(r==="ref")z.get(t)?.(),z.delete(t);else try{t.removeAttribute(Ct(t,r))}catch(i){if(!At(i))throw i}}}},lr=(t,e)=>{e[y][0]=0,R.push([t,e]);let n=e.tag[ie]||e.tag,r=n.defaultProps?{...n.defaultProps,...e.props}:e.props;try{return[n.call(null,r)]}finally{R.pop()}},Nt=(t,e,n,r,s)=>{t.vR?.length&&(r.push(...t.vR),delete t.vR),typeof t.tag=="function"&&t[y][1][1]?.forEach(o=>s.push(o)),t.vC.forEach(o=>{if(b(o))n.push(o);else if(typeof o.tag=="function"||o.tag===""){o.c=e;let i=n.length;if(Nt(o,e,n,r,s),o.s){for(let c=i;c<n.length;c++)n[c].s=!0;o.s=!1}}else n.push(o),o.vR?.length&&(r.push(...o.vR),delete o.vR)})},fr=t=>{for(;t&&(t.tag===Z||!t.e);)t=t.tag===Z||!t.vC?.[0]?t.nN:t.vC[0];return t?.e},Lt=t=>{if(!b(t)){let e=t[y];e?.[1][1]&&(e[1][1].forEach(n=>n[2]?.()),delete e[1][1]),z.get(t.e)?.(),t.p===2&&t.vC?.forEach(n=>n.p=2),t.vC?.forEach(Lt)}t.p||(t.e?.remove(),delete t.e),typeof t.tag=="function"&&(Y.delete(t),he.delete(t),delete t[y][3],t.a=!0)},qe=(t,e,n)=>{t.c=e,Pt(t,e,n)},kt=(t,e)=>{if(e){for(let n=0,r=t.length;n<r;n++)if(t[n]===e)return n}},Mt=Symbol(),Pt=(t,e,n)=>{let r=[],s=[],o=[];Nt(t,e,r,s,o),s.forEach(Lt);let i=n?void 0:e.childNodes,c,u=null;if(n)c=-1;else if(!i.length)c=0;else{let l=kt(i,fr(t.nN));l!==void 0?(u=i[l],c=l):c=kt(i,r.find(h=>h.tag!==Z&&h.e)?.e)??-1,c===-1&&(n=!0)}for(let l=0,h=r.length;l<h;l++,c++){let a=r[l],d;if(a.s&&a.e)d=a.e,a.s=!1;else{let p=n||!a.e;if(b(a))a.e&&a.d&&(a.e.textContent=a.t),a.d=!1,d=a.e||=document.createTextNode(a.t);else{let m=!a.e;d=a.e||=a.n?document.createElementNS(a.n,a.tag):document.createElement(a.tag),ar(d,a.props,m?void 0:a.pP),Pt(a,d,p),a.tag==="select"&&cr(d,a.props)}}a.tag===Z?c--:n?d.parentNode||e.appendChild(d):i[c]!==d&&i[c-1]!==d&&(i[c+1]===d?e.appendChild(i[c]):e.insertBefore(d,u||i[c]||null))}if(t.pP&&(t.pP=void 0),o.length){let l=[],h=[];o.forEach(([,a,,d,p])=>{a&&l.push(a),d&&h.push(d),p?.()}),l.forEach(a=>a()),h.length&&requestAnimationFrame(()=>{h.forEach(a=>a())})}},ur=(t,e)=>!!(t&&t.length===e.length&&t.every((n,r)=>n[1]===e[r][1])),hr=t=>{let e=new Map;for(let n of t){let r=n.key;if(e.has(r))return;e.set(r,n)}return e},he=new WeakMap,de=(t,e,n)=>{let r=!n&&e.pC;n&&(e.pC||=e.vC);let s;try{n||=typeof e.tag=="function"?lr(t,e):Ie(e.props.children),n[0]?.tag===""&&n[0][$]&&(s=n[0][$],t[5].push([t,s,e]));let o=r?[...e.pC]:e.vC?[...e.vC]:void 0,i=[],c,u=(o?.length||0)*2,l;for(let h=0;h<n.length;h++){if(Array.isArray(n[h])){n.splice(h,1,...n[h].flat(1/0)),h--;continue}let a=Dt(n[h]);if(a){typeof a.tag=="function"&&!a.tag[ce]&&(I.length>0&&(a[y][2]=I.map(p=>[p,p.values.at(-1)])),t[5]?.length&&(a[y][3]=t[5].at(-1)));let d;if(l&&a.key===void 0&&!b(a)&&(o=[...l.values()],l=void 0),l){let p=a.key,m=l.get(p);m&&(b(a)?b(m):m.tag===a.tag&&m.key===p)&&(d=m,l.delete(p))}else if(o&&o.length){let p=o[0];if(b(a)?b(p):!b(p)&&(a.key!==void 0?p.key===a.key&&p.tag===a.tag:p.tag===a.tag))d=o.shift();else{let m=o.findIndex(b(a)?x=>b(x):a.key!==void 0?x=>x.key===a.key&&x.tag===a.tag:x=>x.tag===a.tag);u-=m===-1?o.length:m,m!==-1&&(d=o[m],o.splice(m,1)),u<0&&(u=1/0,l=hr(o))}}if(d)if(b(a))d.t!==a.t&&(d.t=a.t,d.d=!0),a=d;else{let p=d.pP=d.props;if(d.props=a.props,d.f||=a.f||e.f,typeof a.tag=="function"){let m=d[y][2];d[y][2]=a[y][2]||[],d[y][3]=a[y][3],!d.f&&((d.o||d)===a.o||d.tag[K]?.(p,d.props))&&ur(m,d[y][2])&&(d.s=!0)}a=d}else if(!b(a)&&B){let p=_(B);p&&(a.n=p)}if(!b(a)&&!a.s&&(de(t,a),delete a.f),i.push(a),c&&!c.s&&!a.s)for(let p=c;p&&!b(p);p=p.vC?.at(-1))p.nN=a;c=a}}if(c&&!c.s)for(let h=c;h&&!b(h);h=h.vC?.at(-1))h.nN=e.nN;o=l?[...l.values()]:o,e.vR=r?[...e.vC,...o||[]]:o||[],e.vC=i,r&&delete e.pC}catch(o){if(e.f=!0,o===Mt){if(s)return;throw o}let[i,c,u]=e[y]?.[3]||[];if(c){let l=()=>q([0,!1,t[2]],u),h=he.get(u)||[];h.push(l),he.set(u,h);let a=c(o,()=>{let d=he.get(u);if(d){let p=d.indexOf(l);if(p!==-1)return d.splice(p,1),l()}});if(a){if(t[0]===1)t[1]=!0;else if(de(t,u,[a]),(c.length===1||t!==i)&&u.c&&!t[5].some(([,,d])=>d===u)){qe(u,u.c,!1);return}throw Mt}}throw o}finally{s&&t[5].pop()}},Dt=t=>{if(!(t==null||typeof t=="boolean")){if(typeof t=="string"||typeof t=="number")return{t:t.toString(),d:!0};if("vR"in t&&(t={tag:t.tag,props:t.props,key:t.key,f:t.f,type:t.tag,ref:t.props.ref,o:t.o||t}),typeof t.tag=="function")t[y]=[0,[]];else{let e=ir[t.tag];e&&(B||=G(""),t.props.children=[{tag:B,props:{value:t.n=`http://www.w3.org/${e}`,children:t.props.children}}])}return t}},jt=(t,e,n)=>{t.c===e&&(t.c=n,t.vC.forEach(r=>jt(r,e,n)))},Tt=(t,e)=>{e[y][2]?.forEach(([n,r])=>{n.values.push(r)});try{de(t,e,void 0)}catch{return}if(e.a){delete e.a;return}e[y][2]?.forEach(([n])=>{n.values.pop()}),(t[0]!==1||!t[1])&&qe(e,e.c,!1)},Y=new WeakMap,Rt=[],q=async(t,e)=>{t[5]||=[];let n=Y.get(e);n&&n[0](void 0);let r,s=new Promise(o=>r=o);if(Y.set(e,[r,()=>{t[2]?t[2](t,e,o=>{Tt(o,e)}).then(()=>r(e)):(Tt(t,e),r(e))}]),Rt.length)Rt.at(-1).add(e);else{await Promise.resolve();let o=Y.get(e);o&&(Y.delete(e),o[1]())}return s},dr=(t,e)=>{let n=[];n[5]=[],n[4]=!0,de(n,t,void 0),n[4]=!1;let r=document.createDocumentFragment();qe(t,r,!0),jt(t,r,e),e.replaceChildren(r)},Je=(t,e)=>{dr(Dt({tag:"",props:{children:t}}),e)};var ze=(t,e,n)=>({tag:Z,props:{children:t},key:n,e,p:1});var It=G({pending:!1,data:null,method:null,action:null}),$t=new Set,Ft=t=>{$t.add(t);let e=()=>{$t.delete(t)};t.then(e,e)};var Qe=Le({button:()=>Jt,clearCache:()=>pr,composeRef:()=>pe,form:()=>Gt,input:()=>qt,link:()=>Vt,meta:()=>Wt,script:()=>Ht,style:()=>Ut,title:()=>Bt}),pr=()=>{Ye=Object.create(null),Ze=Object.create(null)},pe=(t,e)=>fe(()=>n=>{let r;t&&(typeof t=="function"?r=t(n)||(()=>{t(null)}):t&&"current"in t&&(t.current=n,r=()=>{t.current=null}));let s=e(n);return()=>{s?.(),r?.()}},[t]),Ye=Object.create(null),Ze=Object.create(null),Q=(t,e,n,r,s)=>{if(e?.itemProp)return{tag:t,props:e,type:t,ref:e.ref};let o=document.head,{onLoad:i,onError:c,precedence:u,blocking:l,...h}=e,a=null,d=!1,p=X[t],m=$e(t,r),x=w=>w.getAttribute("rel")==="stylesheet"&&w.getAttribute("data-precedence")!==null,k;if(m){let w=o.querySelectorAll(t);e:for(let S of w)if(!(t==="link"&&!x(S))){for(let g of p)if(S.getAttribute(g)===e[g]){a=S;break e}}if(!a){let S=p.reduce((g,v)=>e[v]===void 0?g:`${g}-${v}-${e[v]}`,t);d=!Ze[S],a=Ze[S]||=(()=>{let g=document.createElement(t);for(let v of p)e[v]!==void 0&&g.setAttribute(v,e[v]);return e.rel&&g.setAttribute("rel",e.rel),g})()}}else k=o.querySelectorAll(t);u=r?u??"":void 0,r&&(h[ae]=u);let L=N(w=>{if(m){if(t==="link"&&u!==void 0){let g=!1;for(let v of o.querySelectorAll(t)){let P=v.getAttribute(ae);if(P===null){o.insertBefore(w,v);return}if(g&&P!==u){o.insertBefore(w,v);return}P===u&&(g=!0)}o.appendChild(w);return}let S=!1;for(let g of o.querySelectorAll(t)){if(S&&g.getAttribute("data-precedence")!==u){o.insertBefore(w,g);return}g.getAttribute("data-precedence")===u&&(S=!0)}o.appendChild(w)}else if(t==="link")o.contains(w)||o.appendChild(w);else if(k){let S=!1;for(let g of k)if(g===w){S=!0;break}S||o.insertBefore(w,o.contains(k[0])?k[0]:o.querySelector(t)),k=void 0}},[m,u,t]),oe=pe(e.ref,w=>{let S=p[0];if(n===2&&(w.innerHTML=""),(d||k)&&L(w),!c&&!i||!S)return;let g=Ye[w.getAttribute(S)]||=new Promise((v,P)=>{w.addEventListener("load",v),w.addEventListener("error",P)});i&&(g=g.then(i)),c&&(g=g.catch(c)),g.catch(()=>{})});if(s&&l==="render"){let w=X[t][0];if(w&&e[w]){let S=e[w],g=Ye[S]||=new Promise((v,P)=>{L(a),a.addEventListener("load",v),a.addEventListener("error",P)});Ke(g)}}let W={tag:t,type:t,props:{...h,ref:oe},ref:oe};return W.p=n,a&&(W.e=a),ze(W,o)},Bt=t=>{let e=Ot();return(e&&_(e))?.endsWith("svg")?{tag:"title",props:t,type:"title",ref:t.ref}:Q("title",t,void 0,!1,!1)},Ht=t=>!t||["src","async"].some(e=>!t[e])?{tag:"script",props:t,type:"script",ref:t.ref}:Q("script",t,1,!1,!0),Ut=t=>!t||!["href","precedence"].every(e=>e in t)?{tag:"style",props:t,type:"style",ref:t.ref}:(t["data-href"]=t.href,delete t.href,Q("style",t,2,!0,!0)),Vt=t=>!t||["onLoad","onError"].some(e=>e in t)||t.rel==="stylesheet"&&(!("precedence"in t)||"disabled"in t)?{tag:"link",props:t,type:"link",ref:t.ref}:Q("link",t,1,je(t),!0),Wt=t=>Q("meta",t,void 0,!1,!1),Kt=Symbol(),Gt=t=>{let{action:e,...n}=t;typeof e!="function"&&(n.action=e);let[r,s]=D([null,!1]),o=N(async l=>{let h=l.isTrusted?e:l.detail[Kt];if(typeof h!="function")return;l.preventDefault();let a=new FormData(l.target);s([a,!0]);try{let d=h(a);d instanceof Promise&&(Ft(d),await d)}finally{s([null,!0])}},[]),i=pe(t.ref,l=>(l.addEventListener("submit",o),()=>{l.removeEventListener("submit",o)})),[c,u]=r;return r[1]=!1,{tag:It,props:{value:{pending:c!==null,data:c,method:c?"post":null,action:c?e:null},children:{tag:"form",props:{...n,ref:i},type:"form",ref:i}},f:u}},Xt=(t,{formAction:e,...n})=>{if(typeof e=="function"){let r=N(s=>{s.preventDefault(),s.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Kt]:e}}))},[]);n.ref=pe(n.ref,s=>(s.addEventListener("click",r),()=>{s.removeEventListener("click",r)}))}return{tag:t,props:n,type:t,ref:n.ref}},qt=t=>Xt("input",t),Jt=t=>Xt("button",t);Object.assign(De,{title:Bt,script:Ht,style:Ut,link:Vt,meta:Wt,form:Gt,input:qt,button:Jt});var f=(t,e,n)=>(typeof t=="string"&&Qe[t]&&(t=Qe[t]),{tag:t,type:t,props:e,key:n,ref:e.ref}),ee=t=>f("",t,void 0);var zt=(t,e=wt)=>{let n=r=>t(r);return n[K]=e,n};function M(t,e){let n=new FormData(t).get(e);return typeof n=="string"?n.trim():""}function O(t){let{name:e,label:n,value:r="",type:s="text",suggestions:o}=t,i=ue();return f("p",{class:`field field-${e}`,children:[f("label",{for:i,children:n}),f("input",{id:i,name:e,type:s,value:r,placeholder:t.placeholder,required:t.required,list:o&&`${i}-list`,autocomplete:"off",autocapitalize:"off",spellcheck:!1}),o&&f("datalist",{id:`${i}-list`,children:o.map(c=>f("option",{value:c},c))})]})}function Yt({name:t,label:e,choices:n}){let r=ue();return f("p",{class:`field field-${t}`,children:[f("label",{for:r,children:e}),f("select",{id:r,name:t,children:n.map(([s,o])=>f("option",{value:s,children:o},s))})]})}var C={get now(){return performance.now()},get wallTime(){return Date.now()},after(t,e){let n=setTimeout(e,t);return()=>clearTimeout(n)},every(t,e){let n=setInterval(e,t);return()=>clearInterval(n)},soon(t){let e=setImmediate(t);return()=>clearImmediate(e)}};var di=new TextEncoder;function me(t){return typeof t=="object"&&t!==null&&!Array.isArray(t)}var T={messageTooBig:{code:1009,reason:"message too big",reconnect:!1},shutdown:{code:3001,reason:"shutdown",reconnect:!0},internal:{code:3004,reason:"internal server error",reconnect:!0},expired:{code:3005,reason:"connection expired",reconnect:!0},slow:{code:3008,reason:"slow",reconnect:!0},insufficientState:{code:3010,reason:"insufficient state",reconnect:!0},forceReconnect:{code:3011,reason:"force reconnect",reconnect:!0},silent:{code:3012,reason:"Network connection timeout!",reconnect:!0},subscriptionExpired:{code:3006,reason:"subscription expired",reconnect:!0},noPong:{code:3012,reason:"no pong",reconnect:!0},tooManyRequests:{code:3013,reason:"too many requests",reconnect:!0},invalidToken:{code:3500,reason:"invalid token",reconnect:!1},badRequest:{code:3501,reason:"bad request",reconnect:!1},stale:{code:3502,reason:"stale",reconnect:!1},forceDisconnect:{code:3503,reason:"force disconnect",reconnect:!1},connectionLimit:{code:3504,reason:"connection limit",reconnect:!1},channelLimit:{code:3505,reason:"channel limit",reconnect:!1},inappropriateProtocol:{code:3506,reason:"inappropriate protocol",reconnect:!1},permissionDenied:{code:3507,reason:"permission denied",reconnect:!1},notAvailable:{code:3508,reason:"not available",reconnect:!1},tooManyErrors:{code:3509,reason:"too many errors",reconnect:!1}};function Zt(t){if(!t.startsWith("{"))return{reason:t};try{let e=JSON.parse(t);if(!me(e)||typeof e.reason!="string")return{reason:t};let n=et(e.retry_after_ms);return n===void 0?{reason:e.reason}:{reason:e.reason,retryAfterMs:n}}catch(e){if(!(e instanceof SyntaxError))throw e;return{reason:t}}}function et(t){return typeof t=="number"&&t>=0&&isFinite(t)?t:void 0}var E={code:1006,reason:"gone",reconnect:!0};function Qt(t){return t===T.messageTooBig.code?!1:!(t>=3500&&t<=3999||t>=4500&&t<=4999)}var ye={number:()=>Math.random(),uuid:()=>crypto.randomUUID()};var ge=class{#e=new Map;add(e){let{channel:n=""}=e,r=this.#e.get(n)??[];r.push(JSON.stringify(e)),this.#e.set(n,r)}isDuplicate(e){let{channel:n=""}=e,r=this.#e.get(n);if(r===void 0)return!1;let s=r.indexOf(JSON.stringify(e));return r.splice(0,s+1),(s<0||r.length===0)&&this.#e.delete(n),s>=0}};function we(t,{clock:e,signal:n}){return new Promise(r=>{let s=()=>{o(),n.removeEventListener("abort",s),r()},o=e.after(t,s);n.addEventListener("abort",s),n.aborted&&s()})}var mr=2/3,Se=class{#e;#t;#n=new AbortController;#r;#i;constructor(e){let{feed:n,silenceMs:r}=e;this.#e=e;let s=n({...e,pollMs:Math.floor(r*mr),signal:this.#n.signal,onActivity:()=>this.#c()});this.#t=s[Symbol.asyncIterator](),this.#c()}async next(){let e=await this.#s(),n=this.#r??e;return n.type!=="open"&&n.type!=="messages"&&this.cancel(),n}cancel(){this.#o({type:"cancelled"})}async#s(){try{let{value:e,done:n}=await this.#t.next();if(n)return en("");if(e.type!=="end")return e;let{code:r,reason:s,retryAfterMs:o}=e,i={code:r,reason:s,wasClean:!0};return o===void 0?{type:"end",close:i}:{type:"end",close:{...i,retryAfterMs:o}}}catch(e){return en(String(e))}}#c(){let{clock:e,silenceMs:n,silenceClose:r}=this.#e;this.#i?.(),this.#r===void 0&&(this.#i=e.after(n,()=>{this.#o({type:"end",close:r})}))}#o(e){this.#i?.(),this.#r===void 0&&(this.#r=e,this.#n.abort(),this.#t.return?.().catch(()=>{}))}};function en(t){return{type:"end",close:{code:E.code,reason:t,wasClean:!1}}}var tt=/^error:(\\d+) (.*)$/s,nt=1e3,yr=3500,gr=401,wr=413,Sr=503,br=new Set([400,403,404]),tn=new Set([408,429]);async function H(t,e){let{status:n,statusText:r}=t,s=rt(t,e),[o=""]=(await t.text()).split(/[\\r\\n]/);return{status:n,text:o||r,retryAfterMs:s}}function rt({headers:t},{clock:e,random:n}){let r=t.get("retry-after")?.trim()??"",s=/^\\d+$/.test(r)?Number(r)*1e3:Date.parse(/GMT$/.test(r)?r:"")-e.wallTime;if(isFinite(s))return Math.max(s,0)+Math.floor(n.number()*1e3)}function te({status:t,text:e}){return br.has(t)&&st(e)<nt}function be({status:t}){return t===Sr||t===gr||tn.has(t)}function ve({text:t}){return tt.test(t)&&st(t)<nt?t:void 0}function U(t){let{text:e,retryAfterMs:n}=t,[,,r=e]=tt.exec(e)??[],s={code:vr(t),reason:r,wasClean:!0};return n===void 0?s:{...s,retryAfterMs:n}}function vr({status:t,text:e}){if(t<400||t>=500||tn.has(t))return E.code;let r=st(e);return r>=nt?r:t===wr?T.messageTooBig.code:yr}function st(t){return Number(tt.exec(t)?.[1]??0)}async function ne({url:t,headers:e,fetch:n},r,{channels:s,since:o,signal:i}){let c=rn(t,r);for(let l of s)c.searchParams.append("channel",l);o!==void 0&&c.searchParams.set("since",o);let u=o===void 0?8e3:0;return c.href.length+u>65e3?new Response("error:106 limit exceeded",{status:403}):await n(c,{headers:e(),signal:i,cache:"no-store"})}function nn({url:t,headers:e,fetch:n},r,s){return n(rn(t,"/send"),{method:"POST",body:r,headers:e(),signal:s})}function rn(t,e){let n=new URL(`.${e}`,t);for(let[r,s]of t.searchParams)n.searchParams.set(r,s);return n}async function sn(t,e){let n=new Map;await on(t,e,n);let r=e.channels.at(-1);return n.size===0&&r!==void 0&&n.set(r,cn(e.refusal)),n}async function on(t,{channels:e,refusal:n,signal:r},s){let[o]=e;if(o!==void 0&&e.length===1){s.set(o,cn(n));return}let i=Math.ceil(e.length/2);for(let c of[e.slice(0,i),e.slice(i)]){let u=await Er(t,c,r);u!==void 0&&await on(t,{channels:c,refusal:u,signal:r},s)}}async function Er(t,e,n){let s=await ne(t,"/poll?timeout=0",{channels:e,signal:n});if(s.ok){await s.body?.cancel();return}let o=await H(s,t);return te(o)?o:void 0}function cn(t){return ve(t)??`error:${t.status} ${t.text}`}var xr=50,an=new Set,Ee=class{#e;#t=new AbortController;#n=an;#r;#i;#s;#c=Promise.resolve();constructor(e){this.#e=e}async open(e){let n=await this.#f(new Set);n!==void 0&&(e(),n())}change(e,n){return this.#c=this.#c.then(()=>this.#o(e,n))}renew(e){return this.#c=this.#c.then(()=>this.#o([],e,!0))}async#o(e,n,r=!1){let{accepts:s,resumePoint:o}=this.#e;if(r&&this.#r===void 0)return;let i=new Set(this.#n);for(let l of e){let h=l.slice(2);l.startsWith("+")?i.add(h):i.delete(h)}let c=new Map,u;for(;u===void 0&&!(Cr(i,this.#n)&&!r);){if(this.#t.signal.aborted)return;let l=i.size===0&&s==="channels",h=c.size;if(l){this.#h();break}if(u=await this.#f(i,{refused:c,isRenewal:r}),r&&u===void 0&&c.size===h)return}i.size===0&&s!=="directs"&&(o.since=void 0);for(let l of e){let h=c.get(l.slice(2));n(l.startsWith("+")&&h!==void 0?h:l)}for(let l of c.keys())e.includes(`+#${l}`)||n(`-#${l}`);u?.()}cancel(){this.#t.abort(),this.#r?.cancel(),this.#i?.cancel()}async#f(e,{refused:n=new Map,isRenewal:r=!1}={}){let{resumePoint:s,clock:o,onEnd:i}=this.#e,{signal:c}=this.#t,u=[...e],l=u.length>0?s.since:void 0,h=new Se({...this.#e,channels:u,since:l}),a=new ge;[this.#i,this.#s]=[h,a];let d=await h.next();if(d.type==="open")return this.#r&&await we(xr,{clock:o,signal:c}),this.#r?.cancel(),this.#r=h,this.#i=this.#s=void 0,this.#n=new Set(e),()=>this.#a(h,a);if(this.#s=void 0,d.type==="refused"&&u.length>0&&te(d.refusal)){let{refusal:m}=d,x=await this.#u({channels:u,refusal:m,signal:c});for(let[k,L]of x)n.set(k,L),e.delete(k)}else d.type==="refused"?r&&be(d.refusal)||i(U(d.refusal)):d.type==="end"&&!r&&i(d.close)}async#u(e){try{return await sn(this.#e,e)}catch(n){let r=String(n);return this.#e.onEnd({code:E.code,reason:r,wasClean:!1}),new Map}}async#a(e,n){let{onEnd:r}=this.#e;for(;;){let s=await e.next();switch(s.type){case"open":break;case"messages":this.#l(s,n);break;case"refused":return r(te(s.refusal)?{...U(s.refusal),code:E.code}:U(s.refusal));case"end":return r(s.close);case"cancelled":return}}}#l({messages:e,cursor:n},r){let{accepts:s,resumePoint:o,onMessage:i}=this.#e;for(let c of e){let u=c.channel===void 0?"directs":"channels";s!=="all"&&s!==u||(this.#s?.add(c),r.isDuplicate(c)||i(c))}this.#n.size>0&&(o.since=n??o.since)}#h(){this.#r?.cancel(),this.#r=void 0,this.#n=an}};function Cr(t,e){return t.size===e.size&&[...t].every(n=>e.has(n))}var Ar=500,ln=async function*(t){let e=await ne(t,"/sse",t);if(t.onActivity(),!e.ok||e.body===null)return yield fn(e,t);yield{type:"open"};let n=new TextDecoder,r="";for await(let s of e.body){t.onActivity();let o=n.decode(s,{stream:!0}),i=(r+o).split(`\n\n`);r=i.pop()??"";for(let c of i)yield*kr(c)}},ot=async function*(t){let{clock:e,random:n,pollMs:r,signal:s}=t,{since:o}=t;for(let i=!1;;i=!0){let c=i?r:0,u=e.now,l=`/poll?timeout=${c}ms`,h=await ne(t,l,{...t,since:o});if(t.onActivity(),!h.ok)return yield fn(h,t);i||(yield{type:"open"});let{publications:a,cursor:d,recovered:p}=await h.json();o=d,yield{type:"messages",messages:a,cursor:d};let m=rt(h,t);if(m!==void 0){let{code:oe,reason:W}=T.shutdown;return yield{type:"end",code:oe,reason:W,retryAfterMs:m}}let x=a.length===0||!p;if(!i||!x)continue;let L=Ar*(1+n.number())-(e.now-u);if(L>0&&await we(L,{clock:e,signal:s}),s.aborted)return}};async function fn(t,e){return{type:"refused",refusal:await H(t,e)}}function*kr(t){let e=new Map;for(let c of t.split(`\n`)){let[,u="",l=""]=/^([^:]*): ?(.*)$/s.exec(c)??[];e.set(u,l)}let n=e.get("data"),r=n===void 0?void 0:JSON.parse(n),s=e.get("event")??"message",o=r!==void 0&&s==="message"?[r]:[],i=e.get("id");if((i!==void 0||o.length>0)&&(yield{type:"messages",messages:o,cursor:i}),r!==void 0&&s==="disconnect"){let{code:c,reason:u}=r,l=et(r.retry_after_ms);yield{type:"end",code:c,reason:u,retryAfterMs:l}}}var xe=/^[+-]#/,Mr=/^(?:pong|error:\\d+ .*)$/s,Ce=class{#e;#t=new AbortController;#n=[];#r=0;#i=!1;constructor(e){this.#e=e}get length(){return this.#r}get hasChanges(){return this.#n.some(e=>xe.test(e))}push(e){this.#n.push(e),this.#r+=e.length,this.#s()}dropChanges(){this.#n=this.#n.filter(e=>!xe.test(e))}stop(){let e=this.#n.filter(n=>n!=="ping"&&!xe.test(n));return this.#n=[],this.#t.abort(),e}async#s(){if(!this.#i){for(this.#i=!0,await Promise.resolve();this.#n.length>0;){let e=this.#n.findIndex(r=>!xe.test(r)),n=this.#n.splice(0,e<0?1/0:e||1);if(e!==0)await this.#e.onChanges(n);else for(let r of n)await this.#c(r);for(let{length:r}of n)this.#r-=r}this.#i=!1}}async#c(e){let{server:n,answerMs:r,onAnswer:s}=this.#e,o=n.clock.after(r,()=>{this.#o({code:E.code,reason:"no answer",wasClean:!1})});try{let i=await nn(n,e,this.#t.signal);if(!i.ok){let u=await H(i,n),l=ve(u);return l!==void 0?s(l):(be(u)&&this.#n.unshift(e),this.#o(U(u)))}let c=(await i.text()).trimEnd();if(c==="")return;if(!Mr.test(c))throw new TypeError("Cannot read the answer to a frame: expected pong or an error");s(c)}catch(i){let c=String(i);this.#o({code:E.code,reason:c,wasClean:!1})}finally{o()}}#o(e){this.#e.onLost(e),this.stop()}};function Ae(t,{minMs:e,maxMs:n,random:r}){if(t<=0)return 0;let s=Math.min(n,e*2**t);return e+r*Math.max(0,s-e)}var Tr=2/3,Rr=3e4,Or=1e3,un=2**31-1,_r=3,V=class{#e;#t;#n;#r;#i=0;#s=0;#c;#o;constructor(e){this.#e=e}get token(){return this.#r}get hasSource(){return this.#t!==void 0}use({token:e,onTokenError:n}){this.#n=n??this.#n,typeof e=="function"?this.#t=e:e&&this.#f(e)}async ask(){if(this.#t===void 0)return;let e=++this.#s;try{let n=await this.#t();if(e!==this.#s)return;if(typeof n!="string"||n===""){let r=n===""?"an empty string":typeof n;throw new TypeError(`Cannot take a token from its source: got ${r}, expected a JWT`)}this.#f(n)}catch(n){throw e===this.#s&&this.#n?.(n),n}}accepted(e){this.#i=0,this.#o=e,this.#u()}refused(){return this.hasSource&&++this.#i<_r}stop(){this.#c?.(),this.#o=void 0,this.#s++}#f(e){this.#s++,this.#r=e,this.#o?.(e),this.#o!==void 0&&this.#u()}#u(){if(this.#t===void 0||this.#r===void 0)return;let e=Nr(this.#r,this.#e.clock.wallTime);if(e===1/0)return this.#c?.();let n=Math.min(e*(1-Tr),Rr),r=Math.max(e-n,Or);r>un?this.#l(un,()=>this.#u()):this.#l(r,()=>this.#a(0))}async#a(e){let{random:n,minDelayMs:r,maxDelayMs:s}=this.#e,o=this.#o;try{await this.ask()}catch{if(this.#o!==o)return;let i={minMs:r,maxMs:s,random:n.number()},c=Ae(e+1,i);this.#l(c,()=>this.#a(e+1))}}#l(e,n){this.#c?.(),this.#c=this.#e.clock.after(e,n)}};function Nr(t,e){let{exp:n,iat:r}=Lr(t);if(typeof n!="number")return 1/0;let s=n*1e3-e,o=typeof r=="number"?(n-r)*1e3:1/0;return s>0?Math.min(s,o):o}function Lr(t){let[,e=""]=t.split(".");try{let n=e.replaceAll("-","+").replaceAll("_","/"),r=JSON.parse(atob(n));return me(r)?r:{}}catch{return{}}}var Pr={sse:ln,poll:ot},Dr={code:3012,reason:"nothing was received",wasClean:!1},jr={minDelayMs:500,maxDelayMs:2e4},hn=1e3;function ct(t,e={}){let{clock:n=C,random:r=ye}=e,s={since:void 0},o=new V({clock:n,random:r,...jr});o.use(e);let i=Pr[t],c={...e,clock:n,random:r,feed:i,resumePoint:s,tokens:o};return class extends it{static authenticate(u){o.use(u)}constructor(u){super(u,c)}}}var it=class extends EventTarget{binaryType="arraybuffer";readyState=0;undelivered=[];#e;#t;#n;#r;#i;#s;constructor(e,n){super();let{feed:r,resumePoint:s,tokens:o}=n;this.#e=s,this.#t=o,this.#n=new URL(e).searchParams.get("from")==="1";let i=$r(e,n),c=l=>new Ee({...i,accepts:l,resumePoint:s,onMessage:h=>this.#u(h),onEnd:h=>this.#l(h)}),u=r===ot;this.#r=c(u?"all":"directs"),this.#i=u?this.#r:c("channels"),this.#s=new Ce({server:i,answerMs:i.silenceMs,onChanges:l=>this.#i.change(l,h=>this.#a(h)),onAnswer:l=>this.#a(l),onLost:l=>this.#l(l)}),this.#c()}get bufferedAmount(){return this.#s.length}send(e){e.startsWith("auth:")||e==="pong"||e===""||this.#s.push(e)}close(e=hn,n=""){this.#l({code:e,reason:n,wasClean:!0})}async#c(){try{await this.#t.ask()}catch(e){let n=String(e);return this.#l({code:E.code,reason:n,wasClean:!1})}this.readyState===0&&await this.#r.open(()=>this.#o())}#o(){this.readyState=1,this.#t.accepted(()=>this.#f()),this.dispatchEvent(new Event("open")),this.#s.hasChanges||(this.#e.since=void 0)}#f(){let e=new Set([this.#r,this.#i]);for(let n of e)n.renew(r=>this.#a(r))}#u({channel:e,data:n,info:r}){let s=typeof n=="string"?n:JSON.stringify(n);e!==void 0?this.#a(`#${e}:${s}`):this.#n?this.#a(`${r?.user??""}>${s}`):this.#a(s)}#a(e){this.readyState===1&&this.dispatchEvent(new MessageEvent("message",{data:e}))}#l(e){if(this.readyState===3)return;this.readyState=3,this.#t.stop(),this.#r.cancel(),this.#i.cancel(),e.code===hn?this.#s.dropChanges():this.undelivered=this.#s.stop();let r=e.code===T.invalidToken.code&&this.#t.refused()?T.expired.code:e.code,{retryAfterMs:s}=e,o=new CloseEvent("close",{...e,code:r});this.dispatchEvent(Object.assign(o,{retryAfterMs:s}))}};function $r(t,e){let{feed:n,tokens:r,silenceMs:s=37500,clock:o,random:i}=e,c=new URL(t);return c.protocol=c.protocol.replace("ws","http"),c.searchParams.delete("from"),{feed:n,url:c,headers:()=>Ir(r.token),fetch:e.fetch??globalThis.fetch.bind(globalThis),clock:o,random:i,silenceMs:s,silenceClose:Dr}}function Ir(t){return t===void 0?{}:{Authorization:`Bearer ${t}`}}function at(t=globalThis){return{get online(){let{navigator:e}=globalThis;return e?.onLine!==!1},watch(e){let n=()=>e(!0),r=()=>e(!1);return t.addEventListener?.("online",n),t.addEventListener?.("offline",r),()=>{t.removeEventListener?.("online",n),t.removeEventListener?.("offline",r)}}}}var ke=class{#e;#t;#n;#r;constructor(e){this.#e=e}get nextAt(){return this.#r}start(){this.stop(),this.#i()}stop(){this.#t?.(),this.#r=void 0,this.received()}received(){this.#n?.(),this.#n=void 0}probe(){this.#n===void 0&&this.#c()}#i(){let{clock:e,periodMs:n}=this.#e;this.#r=e.wallTime+n,this.#s(n)}#s(e){let{clock:n}=this.#e,r=Math.min(e,1e4),s=n.wallTime+r;this.#t=n.after(r,()=>{let o=n.wallTime-s>3e3;if(e>r&&!o)return this.#s(e-r);this.#i(),this.#c()})}#c(){this.#e.onBeat(),this.#n??=this.#o(!1)}#o(e){let{clock:n,answerMs:r,onBeat:s,onSilence:o}=this.#e,i=n.wallTime+r;return n.after(r,()=>{if(n.wallTime-i>3e3&&!e)return this.#n=this.#o(!0),s();this.stop(),o()})}};function dn(t){return{showSender:!1,heartbeatMs:55e3,answerMs:1e4,minDelayMs:500,maxDelayMs:2e4,connectTimeoutMs:1e4,maxQueuedFrames:100,WebSocket:globalThis.WebSocket,network:at(),clock:C,random:ye,...t}}function pn(t,{uid:e,token:n,showSender:r}){let s=new URL(t);if(s.protocol!=="ws:"&&s.protocol!=="wss:")throw new TypeError(`Cannot connect to "${t}": not a ws: or wss: URL`);return e&&!n&&s.searchParams.set("uid",e),r&&s.searchParams.set("from","1"),s.href}var Fr=0,mn=1,yn=3,Br=5e3,Hr=36e5,Me={code:E.code,reason:"",wasClean:!1},Te=class{#e;#t;#n;#r;#i;#s;#c=0;#o;constructor(e,n){this.#e=e,this.#t=n}get readyState(){let e=this.#r!==void 0;return this.#n?.readyState??(e?Fr:yn)}get bufferedAmount(){return this.#n?.bufferedAmount??0}get retryCount(){return this.#c}get nextAttemptAt(){return this.#o}open(){if(!(this.readyState<=mn)){if(this.#n!==void 0)return this.#h(Me);this.#c=0,this.#f()}}reopen(e){this.#p(e),this.#h(e)}close(e){this.#m(),!(this.readyState===yn&&this.#n===void 0)&&(this.#p(e),this.#y(e))}send(e){return this.#n?.readyState!==mn?!1:(this.#n.send(e),!0)}#f(){let{connectTimeoutMs:e,prepare:n}=this.#t;if(this.#g(e,()=>{this.#p({code:1e3,reason:"timeout"}),this.#l({...Me,reason:"handshake timeout"})}),n===void 0)return this.#u();let r=n();this.#r=r,r.then(()=>{this.#r===r&&this.#u()},s=>{this.#r===r&&this.#l({...Me,reason:String(s)})})}#u(){let{WebSocket:e,onAttempt:n}=this.#t;this.#r=void 0;try{this.#n=new e(this.#e)}catch(r){return this.#l({...Me,reason:String(r)})}this.#n.binaryType="arraybuffer",this.#a(this.#n),n()}#a(e){let{onOpen:n,onFrame:r}=this.#t,s=Object.entries({open:()=>{this.#g(Br,()=>this.#c=0),n()},message:({data:o})=>{o!==void 0&&r(o)},close:o=>{let{code:i=E.code,wasClean:c=!1,retryAfterMs:u}=o,l=Zt(o.reason??""),h=u===void 0?{}:{retryAfterMs:u};this.#l({code:i,wasClean:c,...h,...l})}});for(let[o,i]of s)e.addEventListener(o,i);this.#i=()=>{for(let[o,i]of s)e.removeEventListener(o,i)}}#l(e){let n=!this.#t.mayReconnect(e);n?this.#m():this.#d(this.#c+1,e.retryAfterMs),this.#y(e,n)}#h(e){this.#d(0),this.#y(e)}#d(e,n){let{clock:r,delayMs:s}=this.#t,o=s(e),i=e>1?o:0,c=n===void 0?o:Math.max(Math.min(n,Hr),i);this.#c=e,this.#g(c,()=>this.#f()),this.#o=r.wallTime+c}#p({code:e,reason:n}){this.#i?.(),this.#n?.close(e,n)}#y(e,n=!1){let{undelivered:r=[]}=this.#n??{};this.#i?.(),this.#n=this.#r=void 0,this.#t.onClose(e,{undelivered:r,isFinal:n})}#g(e,n){this.#m(),this.#s=this.#t.clock.after(e,n)}#m(){this.#s?.(),this.#o=void 0}};var Re={normal:{code:1e3,reason:"",wasClean:!0},silent:{code:3012,reason:"no answer to ping",wasClean:!1},offline:{code:4e3,reason:"offline",wasClean:!1}},Ur=0,gn=1,Oe="auth:",j=class{#e;#t;#n;#r;#i=new Set;#s=[];#c=!1;#o=!1;#f=!1;#u;#a;#l;#h;constructor(e,n={}){let r=dn(n),{clock:s,heartbeatMs:o,answerMs:i,random:c,onChange:u}=r;this.#e=r,this.#r=new V(r),this.#p(r),this.#n=new ke({clock:s,periodMs:o,answerMs:i,onBeat:()=>this.#S(),onSilence:()=>this.#x()}),this.#t=new Te(pn(e,n),{WebSocket:r.WebSocket,clock:s,connectTimeoutMs:r.connectTimeoutMs,delayMs:l=>Ae(l,{minMs:r.minDelayMs,maxMs:r.maxDelayMs,random:c.number()}),prepare:this.#r.hasSource?()=>this.#r.ask():void 0,mayReconnect:({code:l})=>Qt(l)||l===T.invalidToken.code&&this.#r.refused(),onAttempt:()=>u?.(),onOpen:()=>this.#g(),onFrame:l=>this.#b(l),onClose:(l,h)=>this.#v(l,h)})}get readyState(){return this.#t.readyState}get active(){return this.#u!==void 0}get bufferedAmount(){return this.#t.bufferedAmount}get queuedFrames(){return this.#s.length}get retryCount(){return this.#t.retryCount}get nextAttemptAt(){return this.#t.nextAttemptAt}get nextHeartbeatAt(){return this.#n.nextAt}get lastClose(){return this.#a}get roundTripMs(){return this.#h}get online(){return this.#e.network.online}get channels(){return this.#i}connect(){this.#u??=this.#e.network.watch(e=>this.#E(e)),this.#t.open(),this.#e.onChange?.()}close(){this.#w(),this.#t.close(Re.normal),this.#e.onChange?.()}[Symbol.dispose](){this.close()}send(e){if(e.startsWith(Oe))return this.#y(e);if(this.#d(e))return"sent";let n=this.#s.length>=this.#e.maxQueuedFrames;return!this.active||n?"dropped":(this.#s.push(e),this.#e.onChange?.(),"queued")}join(e){this.#i.add(e),this.#d(`+#${e}`)}leave(e){this.#i.delete(e),this.#d(`-#${e}`)}#d(e){let n=this.#c&&this.#t.send(e);return n&&e==="ping"&&(this.#l=this.#e.clock.now),n&&this.#e.onFrame?.("out",e),n}#p(e){let{WebSocket:n}=this.#e;e.token!==void 0&&(n.authenticate?n.authenticate(e):this.#r.use(e))}#y(e){return this.#p({token:e.slice(Oe.length)}),this.#o&&this.#t.send(e),this.readyState===gn?"sent":this.active?"queued":"dropped"}#g(){let{token:e}=this.#r;if(e===void 0)return this.#m();this.#o=!0,this.#t.send(`${Oe}${e}`),this.#n.probe()}#m(){let{onOpen:e,onChange:n}=this.#e;this.#o=!1,this.#c=!0,this.#n.start(),this.#r.accepted(r=>this.#t.send(`${Oe}${r}`)),e?.();for(let r of this.#i)this.#d(`+#${r}`);for(;this.#s[0]!==void 0&&this.#d(this.#s[0]);)this.#s.shift();n?.()}#S(){this.#o?this.#t.send("ping")&&(this.#l=this.#e.clock.now):this.#d("ping")}#b(e){this.#f=!1,this.#n.received();let n=this.#o&&e==="pong";if(n||this.#e.onFrame?.("in",e),e==="pong"&&this.#l!==void 0&&(this.#h=this.#e.clock.now-this.#l,this.#l=void 0),n)return this.#m();e==="ping"?this.#d("pong"):e!=="pong"&&this.#e.onMessage?.(e)}#v(e,{undelivered:n,isFinal:r}){this.#c=this.#o=!1,this.#n.stop(),this.#r.stop(),this.#a=e,r&&this.#w(),this.active&&(this.#s.unshift(...n),this.#s.length=Math.min(this.#s.length,this.#e.maxQueuedFrames)),this.#e.onClose?.(e),this.#e.onChange?.()}#E(e){let n=this.#f&&this.readyState===Ur;this.#f=!e,e&&n?this.#t.reopen(Re.offline):this.readyState===gn?this.#n.probe():e&&this.#t.open(),this.#e.onChange?.()}#x(){this.#f?this.#t.close(Re.offline):this.#t.reopen(Re.silent)}#w(){this.#u?.(),this.#u=void 0,this.#s.length=0}};function wn(t,e){return[...t.slice(Math.max(0,t.length-500+1)),e]}function Sn(t){if(typeof t=="string")return t;let e=new Uint8Array(t,0,Math.min(t.byteLength,32)),n=Array.from(e,s=>s.toString(16).padStart(2,"0")),r=t.byteLength>32?" \\u2026":"";return`[${t.byteLength} bytes] ${n.join(" ")}${r}`}function bn({kind:t,text:e}){let n={address:"",body:e};if(t==="note"||/^(?:ping|pong|[+-]#.*)$/s.test(e))return{tone:"control",...n};if(t==="in"&&e.startsWith("error:"))return{tone:"error",...n};let r=t==="in"&&!e.startsWith("#")?">":":",s=e.indexOf(r)+1;return{tone:"message",address:e.slice(0,s),body:e.slice(s)}}var re=[["websocket","WebSocket"],["sse","SSE + POST"],["poll","Long polling"]],Vr=3500,Wr="the server does not accept this token; one that has neither TOKEN_SECRET nor JWKS_URL accepts none: connect with a uid alone",_e=class{#e=new Set;#t;#n=[];#r=[];#i="websocket";#s=!1;#c=0;#o=0;get ownUrl(){return new URL("ws",location.href.replace(/^http/,"ws")).href}get client(){return this.#t}get transport(){return this.#i}get channels(){return this.#n}get rows(){return this.#r}get version(){return this.#o}subscribe(e){return this.#e.add(e),()=>this.#e.delete(e)}connect(e){let{url:n,transport:r}=e;this.#t?.close();try{this.#t=this.#f(e),this.#i=r}catch(s){if(!(s instanceof TypeError))throw s;return this.#a(s.message)}for(let s of this.#n)this.#t.join(s);this.#a(`connecting to ${n}`),this.#t.connect()}disconnect(){this.#t?.close()}send(e,n){switch(this.#t?.send(`${e}:${n}`)){case"sent":return;case"queued":return this.#a(`waits for the connection: ${e}:${n}`);default:return this.#a(`not connected, not sent: ${e}:${n}`)}}join(e){this.#n.includes(e)||(this.#n=[...this.#n,e],this.#t?.join(e),this.#h())}leave(e){this.#n=this.#n.filter(n=>n!==e),this.#t?.leave(e),this.#h()}clear(){this.#r=[],this.#h()}#f({url:e,transport:n,uid:r,token:s}){let o=n==="websocket"?{}:{WebSocket:ct(n)};return new j(e,{...o,uid:r,token:s,showSender:!0,onFrame:(i,c)=>{this.#u(c)||this.#l(i,Sn(c))},onOpen:()=>{this.#a("open"),this.#s=!0,this.#t?.send("ping")},onClose:({code:i,reason:c,wasClean:u})=>{let l=u?"closed":"lost";this.#a(`${l}: ${[i,c].join(" ").trim()}`),i===Vr&&s!==""&&this.#a(Wr)},onChange:()=>this.#h()})}#u(e){let n=this.#s&&(e==="ping"||e==="pong");return n&&e==="pong"&&(this.#s=!1),n}#a(e){this.#l("note",e)}#l(e,n){let r={id:this.#c++,time:C.wallTime,kind:e,text:n};this.#r=wn(this.#r,r),this.#h()}#h(){this.#o++;for(let e of this.#e)e()}};function A(t,e){let n=N(r=>t.subscribe(r),[t]);return Ge(n,()=>e(t))}function vn(t){let[e,n]=D(C.wallTime);return J(()=>C.every(t,()=>n(C.wallTime)),[t]),e}var En=["connecting","open","closing","closed"],Kr=3,Gr=250;function Cn({session:t}){let e=vn(Gr);A(t,({version:r})=>r);let{client:n}=t;return f("div",{class:"readout",children:[f(Xr,{state:n?.readyState??Kr}),f(lt,{figures:qr(t)}),f(lt,{figures:Jr(n,e)}),f("h3",{children:"Last close"}),f(lt,{figures:zr(n)})]})}function Xr({state:t}){return f("div",{class:"ready-state","data-state":t,children:[f("p",{role:"status",children:[f("span",{class:"term",children:"readyState"}),f("span",{class:"digit",children:t}),f("span",{class:"name",children:En[t]})]}),f("ol",{"aria-hidden":"true",children:En.map((e,n)=>f("li",{class:n===t?"current":void 0},e))})]})}function lt({figures:t}){return f("dl",{class:"figures",children:t.map(([e,n])=>f("div",{children:[f("dt",{children:e}),f("dd",{"data-figure":e,children:n})]},e))})}function qr({client:t,transport:e}){let n=t?.roundTripMs;return[["transport",re.find(([r])=>r===e)?.[1]??"\\u2013"],["round trip",n===void 0?"\\u2013":`${n.toFixed(1)} ms`]]}function Jr(t,e){let n=t?.queuedFrames??0;return[["bufferedAmount",`${t?.bufferedAmount??0} bytes`],["waiting",`${n} ${n===1?"frame":"frames"}`],["heartbeat",xn(t?.nextHeartbeatAt,e)],["network",t?.online??navigator.onLine?"online":"offline"],["reconnects",String(t?.retryCount??0)],["next attempt",xn(t?.nextAttemptAt,e)]]}function zr(t){let e=t?.lastClose;return[["code",e?String(e.code):"\\u2013"],["wasClean",e?String(e.wasClean):"\\u2013"],["reason",e?.reason||"\\u2013"]]}function xn(t,e){return t===void 0?"\\u2013":`in ${Math.max(0,Math.ceil((t-e)/1e3))} s`}var An="thrum.uid",kn="thrum.connects";function Ne(){return Mn(()=>{let t=localStorage.getItem(kn);return{uid:sessionStorage.getItem(An)??void 0,connects:t===null?void 0:t==="true"}})??{uid:void 0,connects:void 0}}function se(t,e){Mn(()=>{sessionStorage.setItem(An,t),localStorage.setItem(kn,String(e))})}function Mn(t){try{return t()}catch(e){if(!(e instanceof DOMException))throw e;return}}function Tn({session:t,uid:e}){let n=A(t,({client:o})=>o?.active??!1),r=o=>{if(o.preventDefault(),!(o.currentTarget instanceof HTMLFormElement))return;let i=o.currentTarget;se(M(i,"uid"),!0),t.connect({url:M(i,"url"),transport:Yr(M(i,"transport")),uid:M(i,"uid"),token:M(i,"token")})},s=o=>{let{form:i}=o.currentTarget;i&&se(M(i,"uid"),!1),t.disconnect()};return f("section",{class:"pane connection","aria-labelledby":"connection-heading",children:[f("h2",{id:"connection-heading",children:"Connection"}),f("form",{onSubmit:r,children:[f(O,{name:"url",label:"URL",type:"url",value:t.ownUrl,required:!0}),f("div",{class:"pair",children:[f(O,{name:"uid",label:"uid",value:e,placeholder:"alice"}),f(O,{name:"token",label:"Token, instead of a uid",type:"password",placeholder:"JWT"})]}),f(Yt,{name:"transport",label:"Transport",choices:re}),f("p",{class:"actions",children:[f("button",{type:"submit",class:n?void 0:"primary",children:n?"Reconnect":"Connect"}),f("button",{type:"button",disabled:!n,onClick:s,children:"Disconnect"})]})]}),f(Cn,{session:t})]})}function Yr(t){return re.find(([e])=>e===t)?.[0]??"websocket"}function Rn({session:t}){let e=A(t,({channels:r})=>r),n=r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=M(r.currentTarget,"channel");t.join(s.replace(/^#/,"")),r.currentTarget.reset()};return f("div",{class:"channels",children:[f("ul",{"aria-label":"Channels joined",children:e.map(r=>f("li",{children:["#",r,f("button",{type:"button","aria-label":`Leave #${r}`,onClick:()=>t.leave(r),children:"\\xD7"})]},r))}),f("form",{onSubmit:n,children:[f(O,{name:"channel",label:"Channel",placeholder:"#room",required:!0}),f("button",{type:"submit",children:"Join"})]})]})}function On({session:t}){let e=A(t,({channels:r})=>r);return f("form",{class:"composer",onSubmit:r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=r.currentTarget,o=s.elements.namedItem("message");o instanceof HTMLInputElement&&(t.send(M(s,"to"),o.value),o.value="",o.focus())},children:[f(O,{name:"to",label:"To",value:"all",placeholder:"uid, all or #channel",suggestions:["all",...e.map(r=>`#${r}`)],required:!0}),f(O,{name:"message",label:"Message",required:!0}),f("button",{type:"submit",class:"primary",children:"Send"})]})}var Zr={in:"\\u2190",out:"\\u2192",note:"\\xB7"},Qr={in:"received",out:"sent",note:"note"},es=40,ts=new Intl.DateTimeFormat("en-GB",{timeStyle:"medium"});function _n({session:t}){let e=A(t,({rows:o})=>o),n=F(null),r=F(!0),s=()=>{let{current:o}=n;if(!o)return;let{scrollTop:i,scrollHeight:c,clientHeight:u}=o;r.current=c-i-u<es};return We(()=>{let{current:o}=n;o&&r.current&&(o.scrollTop=o.scrollHeight)},[e]),f("div",{class:"log",children:[f("div",{ref:n,class:"scroll",role:"log","aria-live":"polite","aria-label":"Frames",tabindex:0,onScroll:s,children:f("ol",{children:e.map(o=>f(ns,{row:o},o.id))})}),e.length===0&&f("p",{class:"empty",children:"Connect, then send a message."})]})}var ns=zt(function({row:e}){let{tone:n,address:r,body:s}=bn(e);return f("li",{class:`${e.kind} ${n}`,children:[f("time",{children:ts.format(e.time)}),f("span",{class:"mark","aria-hidden":"true",children:Zr[e.kind]}),f("span",{class:"spoken",children:Qr[e.kind]}),f("code",{children:[r&&f("b",{children:r}),s]})]})});function Nn({session:t}){let e=A(t,({rows:n})=>n.length===0);return f("section",{class:"pane conversation","aria-labelledby":"conversation-heading",children:[f("div",{class:"heading",children:[f("h2",{id:"conversation-heading",children:"Conversation"}),f("button",{type:"button",class:"quiet",disabled:e,onClick:()=>t.clear(),children:"Clear"})]}),f(Rn,{session:t}),f(_n,{session:t}),f(On,{session:t})]})}var rs=1800,ss=3;function Ln(t){let{url:e,uid:n,visitor:r,channel:s,onReady:o}=t,i=[`${r}:Hello, ${r}! I am ${n}, a second connection of this page.`,`#${s}:This went to the channel #${s}: all who have joined it get it.`,`${r}:Your turn. Write a message to all, to me, or to #${s}. Then open this page in a second window: it will have a name of its own.`],c=0,u=new j(e,{uid:n,showSender:!0,onOpen:o,onMessage(a){let[,d,p]=/^([^>]*)>(.*)$/s.exec(String(a))??[];if(d!==r||p===void 0)return;let m=i.length>0?void 0:h(p);m!==void 0?u.send(`${r}:${m}`):l()}});function l(){let a=i.shift();a!==void 0&&(u.send(a),C.after(rs,l))}function h(a){return c++<ss?`I received "${a}", on the way of every message: browser, hub, browser.`:void 0}return u.connect(),()=>u.close()}var Pn="lobby";function Dn(t,e){let{connects:n}=Ne();n!==!1&&(se(e,!0),n?jn(t,e):os(t,e))}function jn(t,e){let n=t.ownUrl;t.connect({url:n,transport:"websocket",uid:e,token:""})}function os(t,e){let n=`guide-of-${e}`;t.join(Pn);let r=Ln({url:t.ownUrl,uid:n,visitor:e,channel:Pn,onReady(){t.client===void 0&&(jn(t,e),t.send(n,"hello"),t.subscribe(()=>t.client?.active||r()))}})}var is=[..."brave brisk bright calm cheerful clever eager fearless gentle".split(" "),..."happy jolly kind lively lucky merry nimble patient quick".split(" ")],cs=[..."badger beaver crane dolphin falcon ferret finch fox heron".split(" "),..."lynx magpie marten otter owl raven robin seal swift".split(" ")];function In(){return`${$n(is)}-${$n(cs)}-${10+Fn(90)}`}function $n(t){return t[Fn(t.length)]??""}function Fn(t){return Math.floor(Math.random()*t)}var ft=document.getElementById("console"),ut=new _e;if(ft){let t=ft.dataset.access==="anonymous",e=Ne().uid??(t?In():"");Je(f(ee,{children:[f(Tn,{session:ut,uid:e}),f(Nn,{session:ut})]}),ft),t&&Dn(ut,e)}\n';var w=`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="15" fill="#0b6e55" />
  <g fill="none" stroke="#fff" stroke-linecap="round" stroke-width="3.5">
    <path d="M11 32C24 6 40 6 53 32" />
    <path d="M11 32H53" opacity=".5" />
    <path d="M11 32C24 58 40 58 53 32" />
  </g>
  <circle cx="11" cy="32" r="4.5" fill="#fff" />
  <circle cx="53" cy="32" r="4.5" fill="#fff" />
</svg>
`;var j=[e,s,t,o,r,n,i,a];export{v as consoleScript,w as favicon,j as styles};
