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

  /* A newcomer sees the conversation first. */
  .conversation {
    order: -1;
  }

  .connection {
    border-top: 1px solid var(--line);
    border-right: 0;
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
`;var n=`/* The documentation: the list of its pages beside a text that is wide enough to read. */

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

.docs article {
  overflow-wrap: break-word;
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
`;var r=`/* AI answer: a text with a caret at its end. */

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
`;var i=`/* Classroom: a roster, a whiteboard, and a desk of buttons. */

.roster {
  display: grid;
  gap: 0.4rem;
  min-height: 5rem;
  padding: 0;
  list-style: none;
}

.roster li {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 0.75rem;
  min-height: 2.2rem;
}

.roster small {
  margin-left: 0.5rem;
  color: var(--muted);
  font-size: 0.8125rem;
}

.roster button {
  flex: none;
  padding: 0.2rem 0.7rem;
}

.board {
  width: 100%;
  aspect-ratio: 5 / 3;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: #fff;
  cursor: crosshair;
  touch-action: none;
}

.board polyline {
  fill: none;
  stroke: hsl(var(--hue) 75% 40%);
  stroke-width: 0.8;
  stroke-linecap: round;
  stroke-linejoin: round;
}

.desk {
  display: flex;
  flex-wrap: wrap;
  gap: 0.6rem;
}

.refusal {
  min-height: 1.4rem;
  color: var(--alarm);
  font-size: 0.875rem;
}
`;var l=`/* Cursors: a field with a pointer for each person. */

.field-of-cursors {
  position: relative;
  flex: 1;
  min-height: 17rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: radial-gradient(var(--line) 1px, transparent 1px) 0 0 / 1.5rem
    1.5rem var(--sunken);
  cursor: none;
  overflow: hidden;
  touch-action: none;
}

.cursor {
  position: absolute;
  padding: 0.05rem 0.5rem;
  border-radius: 0.1rem 0.8rem 0.8rem;
  background: hsl(var(--hue) 70% 28%);
  color: #fff;
  font-size: 0.75rem;
  white-space: nowrap;
  pointer-events: none;
  transition: left 40ms linear, top 40ms linear;
}
`;var o=`/* Bullet comments: a canvas in the shape of a video. */

.video {
  display: block;
  width: 100%;
  aspect-ratio: 16 / 9;
  border-radius: 0.5rem;
  background: #10201c;
}
`;var s=`/* Notifications: topics, a badge, and a list with the newest on top. */

.inbox-head {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.4rem 1.1rem;
}

.toggle {
  display: flex;
  align-items: center;
  gap: 0.4rem;
  margin: 0;
  color: inherit;
  font-size: 0.875rem;
}

.toggle input {
  width: 1rem;
  height: 1rem;
  accent-color: var(--accent);
}

.bell {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  margin-left: auto;
}

.badge {
  min-width: 1.4rem;
  padding: 0 0.4rem;
  border-radius: 1rem;
  background: var(--accent);
  color: var(--on-accent);
  font-size: 0.75rem;
  font-variant-numeric: tabular-nums;
  line-height: 1.4rem;
  text-align: center;
}

.notices {
  display: grid;
  gap: 0.5rem;
  padding: 0;
  list-style: none;
}

.notices li {
  padding: 0.5rem 0.8rem;
  border-left: 3px solid var(--line);
  border-radius: 0.3rem;
  background: var(--sunken);
  overflow-wrap: anywhere;
}

.notices li.new {
  border-color: var(--accent);
  background: var(--accent-soft);
}

.notices :is(time, .missed) {
  color: var(--muted);
  font-size: 0.75rem;
}

.notices .missed {
  float: right;
  color: var(--alarm);
  font-weight: 600;
}

.demo-stage .announce {
  grid-template-columns: auto minmax(0, 1fr) auto;
}

@media (max-width: 720px) {
  .demo-stage .announce {
    grid-template-columns: minmax(0, 1fr) auto;
  }

  .announce input {
    grid-row: 1;
    grid-column: 1 / -1;
  }
}
`;var a=`/* Video call: the other side, and oneself in its corner. */

.call-pictures {
  position: relative;
  flex: 1;
  min-height: 14rem;
  border-radius: 0.5rem;
  background: var(--sunken);
  overflow: hidden;
}

.call-pictures video {
  position: absolute;
  inset: 0;
  width: 100%;
  height: 100%;
  object-fit: contain;
}

.call-pictures video + video {
  inset: auto 0.75rem 0.75rem auto;
  width: 28%;
  height: auto;
  border-radius: 0.4rem;
}

.call-state {
  min-height: 1.5rem;
  color: var(--muted);
  font-size: 0.875rem;
}

.call-people {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5rem;
  min-height: 2.3rem;
}
`;var c=`/* Collaborative editing: a text, and the people who write it. */

.editor .people li {
  display: inline-flex;
  align-items: center;
  gap: 0.35rem;
}

.editor .people .dot {
  width: 0.5rem;
  height: 0.5rem;
}

.editor-text {
  flex: 1;
  min-height: 15rem;
  padding: 0.9rem 1rem;
  line-height: 1.55;
  resize: none;
}
`;var u=`/* Multiplayer game: a board of nine buttons. */

.game-state {
  min-height: 1.5rem;
  font-weight: 600;
}

.game-board {
  display: grid;
  grid-template-columns: repeat(3, minmax(0, 1fr));
  gap: 0.5rem;
  width: 100%;
  max-width: 19rem;
  margin: auto;
}

.game-board button {
  aspect-ratio: 1;
  padding: 0;
  background: var(--sunken);
  font: 600 2.5rem/1 var(--mono);
}

.game-board button:enabled:hover {
  background: var(--accent-soft);
}

.game-board button:disabled {
  opacity: 1;
}

.game-board .X {
  color: var(--accent);
}

.game-board .O {
  color: var(--alarm);
}

.game-foot {
  display: flex;
  align-items: center;
  justify-content: space-between;
  color: var(--muted);
}
`;var d=`/* Live quotes: a board of buttons, and a chart below it. */

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
`;var h=`/* The demos: an index of cards, and for each demo two panes in one window. */

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

.demo-stage > button {
  align-self: start;
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
`;var f=`/* The inspector: figures with their last hour, and tables that stay readable. */

.inspector main {
  width: 100%;
  max-width: 90rem;
  margin: 0 auto;
  padding: 1.75rem var(--gap) 4rem;
}

.inspector :is(h3, .view-title) {
  margin: 1.75rem 0 0.75rem;
}

.view-title {
  font-size: 1.25rem;
  letter-spacing: -0.02em;
  overflow-wrap: anywhere;
}

.view-title:focus {
  outline: none;
}

.view-title .kind {
  display: block;
  color: var(--muted);
  font-size: 0.8125rem;
  font-weight: 400;
  letter-spacing: 0;
}

.inspector-bar {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 1rem;
  margin-top: 0.75rem;
  border-bottom: 1px solid var(--line);
}

.tabs {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem;
  padding: 0;
  list-style: none;
}

.tabs a {
  display: block;
  margin-bottom: -1px;
  padding: 0.5rem 0.9rem;
  border-bottom: 2px solid transparent;
  color: var(--muted);
  font-size: 0.875rem;
  font-weight: 550;
  text-decoration: none;
}

.tabs a[aria-current] {
  border-color: var(--accent);
  color: var(--ink);
}

.inspector :is(.none, .note, .pager, .size, .frames time) {
  color: var(--muted);
}

.problem {
  color: var(--alarm);
}

.problem:empty {
  display: none;
}

.login {
  max-width: 24rem;
  margin-top: 1.5rem;
}

/* Overview */

.sparklines {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
  gap: 0.75rem;
}

.sparkline {
  min-width: 0;
  padding: 0.7rem 0.9rem 0.4rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--raised);
  overflow: hidden;
}

.sparkline output {
  display: block;
  font-size: 1.375rem;
  font-variant-numeric: tabular-nums;
  letter-spacing: -0.02em;
}

.plot {
  height: 44px;
  color: var(--accent);
}

.uplot,
.u-wrap {
  position: relative;
}

.u-wrap :is(.u-under, .u-over) {
  position: absolute;
}

.u-wrap canvas {
  display: block;
  position: relative;
  width: 100%;
  height: 100%;
}

/* Views of one thing */

.columns {
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 0 2.5rem;
}

.columns > :is(:first-child:last-child, .wide, .trace) {
  grid-column: 1 / -1;
}

.inspector-figures {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
  gap: 0.75rem 1.5rem;
  margin-top: 0.75rem;
}

.scroll-x {
  overflow-x: auto;
}

.inspector table {
  font-size: 0.875rem;
}

.inspector :is(th, td) {
  padding-block: 0.35rem;
}

.inspector .list :is(th, td) {
  white-space: nowrap;
}

.inspector .number {
  text-align: right;
  font-variant-numeric: tabular-nums;
}

.list-bar {
  display: grid;
  grid-template-columns: minmax(0, 1fr) 14rem;
  gap: 1rem;
  margin-bottom: 0.75rem;
}

.pager,
.trace-bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.9rem;
  margin-top: 0.75rem;
}

.origin,
.inspector .yes {
  color: var(--accent);
  font-weight: 600;
}

.inspector .no {
  color: var(--alarm);
  font-weight: 600;
}

.inspector td button {
  padding: 0.1rem 0.6rem;
  font-size: 0.8125rem;
}

button.danger {
  border-color: var(--alarm);
  color: var(--alarm);
}

button.sure {
  background: var(--alarm);
  color: var(--paper);
}

.json-form,
.disconnect {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  align-items: end;
  gap: 0.5rem;
  margin-bottom: 1rem;
}

.json-form .note,
.disconnect .note {
  grid-column: 1 / -1;
}

.why {
  max-width: 48rem;
}

.why button {
  justify-self: start;
}

.present {
  display: flex;
  flex-wrap: wrap;
  gap: 0.35rem 1rem;
  margin-top: 0.5rem;
  padding: 0;
  list-style: none;
}

.check {
  display: flex;
  align-items: center;
  gap: 0.4rem;
  margin: 0;
}

.check input {
  width: auto;
}

.inspector .term {
  font-family: inherit;
}

.frames {
  position: relative;
  max-height: 26rem;
  margin-top: 0.75rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--sunken);
  font: 0.8125rem/1.6 var(--mono);
  list-style: none;
  overflow-y: auto;
}

.frames:empty {
  display: none;
}

.frames li {
  display: flex;
  gap: 0.75rem;
}

.frames code {
  min-width: 0;
  font: inherit;
  overflow-wrap: anywhere;
}

.frames :is(time, .size, .mark) {
  flex: none;
  font-variant-numeric: tabular-nums;
}

.frames b {
  margin-right: 0.6rem;
  color: var(--muted);
  font-weight: 400;
}

.frames .in .mark {
  color: var(--accent);
}

@media (max-width: 720px) {
  .columns,
  .list-bar {
    grid-template-columns: minmax(0, 1fr);
  }

  .sparklines {
    grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
  }
}
`;var p=`/* What all pages share: the masthead with the navigation, text, forms and tables. */

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
`;var m=`/* The reference: a narrow list of methods beside what is said of each. */

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
`;var O='var ht=Object.defineProperty,Le=(t,e)=>{let n={};for(var r in t)ht(n,r,{get:t[r],enumerable:!0});return e||ht(n,Symbol.toStringTag,{value:"Module"}),n};var ie=Symbol("RENDERER"),$=Symbol("ERROR_HANDLER"),y=Symbol("STASH"),ce=Symbol("INTERNAL"),K=Symbol("MEMO"),dt=Symbol("PERMALINK"),Bn=Symbol("RENDERED_JSX");var Pe=t=>(t[ce]=!0,t);var pt=t=>({value:e,children:n})=>{if(!n)return;let r={children:[{tag:Pe(()=>{t.push(e)}),props:{}}]};Array.isArray(n)?r.children.push(...n.flat()):r.children.push(n),r.children.push({tag:Pe(()=>{t.pop()}),props:{}});let s={tag:"",props:r,type:""};return s[$]=o=>{throw t.pop(),o},s},G=t=>{let e=[t],n=pt(e);return n.values=e,n.Provider=n,I.push(n),n};var X={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},De={},ae="data-precedence",je=t=>t.rel==="stylesheet"&&"precedence"in t,$e=(t,e)=>t==="link"?e:X[t].length>0;var Ie=t=>Array.isArray(t)?t:[t];var Un=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),le=t=>Un.get(t)||t;var yt=(t,e,n)=>{t.size>=e&&t.clear(),t.add(n)};var Vn=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Fe=new Set,gt=1024,Wn=t=>{if(Fe.has(t))return!0;let e=t.length;if(e===0)return!1;for(let n=0;n<e;n++){let r=t.charCodeAt(n);if(!(r>=97&&r<=122||r>=65&&r<=90||r>=48&&r<=57||r===45||r===95))return Vn.test(t)?!1:(yt(Fe,gt,t),!0)}return yt(Fe,gt,t),!0},Kn=/[;"\'\\\\/\\[\\](){}]/,Gn=t=>{if(!Kn.test(t))return!1;let e=0,n=[];for(let r=0,s=t.length;r<s;r++){let o=t.charCodeAt(r);if(o===92){if(r===s-1)return!0;r++}else if(e!==0){if(o===10||o===12||o===13)return!0;o===e&&(e=0)}else if(o===47&&t.charCodeAt(r+1)===42){let i=t.indexOf("*/",r+2);if(i===-1)return!0;r=i+1}else if(o===34||o===39)e=o;else if(o===40)n.push(41);else if(o===91)n.push(93);else{if(o===123||o===125)return!0;if(o===41||o===93){if(n[n.length-1]!==o)return!0;n.pop()}else if(o===59&&n.length===0)return!0}}return e!==0||n.length!==0},Be=(t,e)=>{for(let[n,r]of Object.entries(t)){let s=n[0]==="-"||!/[A-Z]/.test(n)?n:n.replace(/[A-Z]/g,i=>`-${i.toLowerCase()}`);if(!Wn(s))continue;if(r==null){e(s,null);continue}let o;if(typeof r=="number")o=s.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${r}`:`${r}px`;else if(typeof r=="string"){if(Gn(r))continue;o=r}else continue;e(s,o)}};var wt=(t,e)=>{if(t===e)return!0;let n=Object.keys(t).sort(),r=Object.keys(e).sort();if(n.length!==r.length)return!1;for(let s=0,o=n.length;s<o;s++)if(!(n[s]==="children"&&r[s]==="children"&&!t.children?.length&&!e.children?.length)&&t[n[s]]!==e[n[s]])return!1;return!0};var I=[],St=!1,He,Xn,qn=0,bt=!1,Jn=()=>{if(St)return He;St=!0;let t=globalThis,e;for(let n of[()=>t.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>t.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{e=n()}catch{}if(e)break}return e&&(He=new e),He},zn=()=>Jn()?.getStore()||Xn,Yn=()=>{qn>0&&!bt&&(bt=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var Zn=(t,e)=>{if(!t)return Yn(),e.values.at(-1);let n=t.get(e);return n?.length?n.at(-1):e.values[0]};var _=t=>Zn(zn(),t);var Qn=0;var er=2,tr=3,nr=4,Ue=new WeakMap,Ve=(t,e)=>!t||!e||t.length!==e.length||e.some((n,r)=>n!==t[r]);var rr;var vt=[];var D=t=>{let e=()=>typeof t=="function"?t():t,n=R.at(-1);if(!n)return[e(),()=>{}];let[,r]=n,s=r[y][1][Qn]||=[],o=r[y][0]++;return s[o]||=[e(),i=>{let c=rr,u=s[o];if(typeof i=="function"&&(i=i(u[0])),!Object.is(i,u[0]))if(u[0]=i,vt.length){let[l,h]=vt.at(-1);Promise.all([l===3?r:q([l,!1,c],r),h]).then(([a])=>{if(!a||!(l===2||l===3))return;let d=a.vC;requestAnimationFrame(()=>{setTimeout(()=>{d===a.vC&&q([l===3?1:0,!1,c],a)})})})}else q([0,!1,c],r)}]};var Et=(t,e,n)=>{let r=R.at(-1);if(!r)return;let[,s]=r,o=s[y][1][1]||=[],i=s[y][0]++,[c,,u]=o[i]||=[];if(Ve(c,n)){u&&u();let l=()=>{h[t]=void 0,h[2]=e()},h=[n,void 0,void 0,void 0,void 0];h[t]=l,o[i]=h}},J=(t,e)=>Et(3,t,e),We=(t,e)=>Et(1,t,e);var N=(t,e)=>{let n=R.at(-1);if(!n)return t;let[,r]=n,s=r[y][1][er]||=[],o=r[y][0]++,i=s[o];return Ve(i?.[1],e)?s[o]=[t,e]:t=s[o][0],t};function F(t){let e=R.at(-1);if(!e)return{current:t};let[,n]=e,r=n[y][1][nr]||=[],s=n[y][0]++;return r[s]||={current:t}}var Ke=t=>{let e=Ue.get(t);if(e){if(e.length===2)throw e[1];return e[0]}throw t.then(n=>Ue.set(t,[n]),n=>Ue.set(t,[void 0,n])),t},fe=(t,e)=>{let n=R.at(-1);if(!n)return t();let[,r]=n,s=r[y][1][tr]||=[],o=r[y][0]++,i=s[o];return Ve(i?.[1],e)&&(s[o]=[t(),e]),s[o][0]},sr=0,ue=()=>fe(()=>`:r${(sr++).toString(32)}:`,[]);var Ge=(t,e,n)=>{let r=R.at(-1);if(!r){if(!n)throw new Error("getServerSnapshot is required for server side rendering");return n()}let s=r[0][4]&&n?n():e(),[,o]=D(0),i=F([s,e]);i.current=[s,e];let c=F(null);return J(()=>{let u=()=>o(a=>a+1);c.current?.(),c.current=t(u);let[l,h]=i.current;Object.is(l,h())||u()},[t]),J(()=>()=>c.current?.(),[]),s};var Z="_hp",or={Change:"Input",DoubleClick:"DblClick"},ir={svg:"2000/svg",math:"1998/Math/MathML"},R=[],z=new WeakMap,B,Ot=()=>B,b=t=>"t"in t,Xe={onClick:["click",!1]},xt=t=>{if(!t.startsWith("on"))return;if(Xe[t])return Xe[t];let e=t.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(e){let[,n,r]=e;return Xe[t]=[(or[n]||n).toLowerCase(),!!r]}},Ct=(t,e)=>B&&t instanceof SVGElement&&/[A-Z]/.test(e)&&(e in t.style||e.match(/^(?:o|pai|str|u|ve)/))?e.replace(/([A-Z])/g,"-$1").toLowerCase():e,_t=t=>t==null||t===!1?null:t,cr=(t,e)=>{"value"in e&&(t.value=_t(e.value),!t.multiple&&t.selectedIndex===-1&&(t.selectedIndex=0))},At=t=>t instanceof DOMException&&t.name==="InvalidCharacterError",ar=(t,e,n)=>{e||={};for(let r in e){let s=e[r];if(r!=="children"&&(!n||n[r]!==s)){r=le(r);let o=xt(r);if(o){if(n?.[r]!==s&&(n&&t.removeEventListener(o[0],n[r],o[1]),s!=null)){if(typeof s!="function")throw new Error(`Event handler for "${r}" is not a function`);t.addEventListener(o[0],s,o[1])}}else if(r==="dangerouslySetInnerHTML"&&s)t.innerHTML=s.__html;else if(r==="ref"){z.get(t)?.();let i;typeof s=="function"?i=s(t)||(()=>s(null)):s&&"current"in s&&(s.current=t,i=()=>s.current=null),z.set(t,i)}else if(r==="style"){let i=t.style;typeof s=="string"?i.cssText=s:(i.cssText="",s!=null&&Be(s,i.setProperty.bind(i)))}else{if(r==="value"){let c=t.nodeName;if(c==="SELECT")continue;if((c==="INPUT"||c==="TEXTAREA")&&(t.value=_t(s),c==="TEXTAREA")){t.textContent=s;continue}}else(r==="checked"&&t.nodeName==="INPUT"||r==="selected"&&t.nodeName==="OPTION")&&(t[r]=s);let i=Ct(t,r);try{s==null||s===!1?t.removeAttribute(i):s===!0?t.setAttribute(i,""):typeof s=="string"||typeof s=="number"?t.setAttribute(i,s):t.setAttribute(i,s.toString())}catch(c){if(!At(c))throw c}}}}if(n)for(let r in n){let s=n[r];if(r!=="children"&&!(r in e)){r=le(r);let o=xt(r);if(o)t.removeEventListener(o[0],s,o[1]);else if(r==="ref")z.get(t)?.(),z.delete(t);else try{t.removeAttribute(Ct(t,r))}catch(i){if(!At(i))throw i}}}},lr=(t,e)=>{e[y][0]=0,R.push([t,e]);let n=e.tag[ie]||e.tag,r=n.defaultProps?{...n.defaultProps,...e.props}:e.props;try{return[n.call(null,r)]}finally{R.pop()}},Nt=(t,e,n,r,s)=>{t.vR?.length&&(r.push(...t.vR),delete t.vR),typeof t.tag=="function"&&t[y][1][1]?.forEach(o=>s.push(o)),t.vC.forEach(o=>{if(b(o))n.push(o);else if(typeof o.tag=="function"||o.tag===""){o.c=e;let i=n.length;if(Nt(o,e,n,r,s),o.s){for(let c=i;c<n.length;c++)n[c].s=!0;o.s=!1}}else n.push(o),o.vR?.length&&(r.push(...o.vR),delete o.vR)})},fr=t=>{for(;t&&(t.tag===Z||!t.e);)t=t.tag===Z||!t.vC?.[0]?t.nN:t.vC[0];return t?.e},Lt=t=>{if(!b(t)){let e=t[y];e?.[1][1]&&(e[1][1].forEach(n=>n[2]?.()),delete e[1][1]),z.get(t.e)?.(),t.p===2&&t.vC?.forEach(n=>n.p=2),t.vC?.forEach(Lt)}t.p||(t.e?.remove(),delete t.e),typeof t.tag=="function"&&(Y.delete(t),he.delete(t),delete t[y][3],t.a=!0)},qe=(t,e,n)=>{t.c=e,Pt(t,e,n)},kt=(t,e)=>{if(e){for(let n=0,r=t.length;n<r;n++)if(t[n]===e)return n}},Mt=Symbol(),Pt=(t,e,n)=>{let r=[],s=[],o=[];Nt(t,e,r,s,o),s.forEach(Lt);let i=n?void 0:e.childNodes,c,u=null;if(n)c=-1;else if(!i.length)c=0;else{let l=kt(i,fr(t.nN));l!==void 0?(u=i[l],c=l):c=kt(i,r.find(h=>h.tag!==Z&&h.e)?.e)??-1,c===-1&&(n=!0)}for(let l=0,h=r.length;l<h;l++,c++){let a=r[l],d;if(a.s&&a.e)d=a.e,a.s=!1;else{let p=n||!a.e;if(b(a))a.e&&a.d&&(a.e.textContent=a.t),a.d=!1,d=a.e||=document.createTextNode(a.t);else{let m=!a.e;d=a.e||=a.n?document.createElementNS(a.n,a.tag):document.createElement(a.tag),ar(d,a.props,m?void 0:a.pP),Pt(a,d,p),a.tag==="select"&&cr(d,a.props)}}a.tag===Z?c--:n?d.parentNode||e.appendChild(d):i[c]!==d&&i[c-1]!==d&&(i[c+1]===d?e.appendChild(i[c]):e.insertBefore(d,u||i[c]||null))}if(t.pP&&(t.pP=void 0),o.length){let l=[],h=[];o.forEach(([,a,,d,p])=>{a&&l.push(a),d&&h.push(d),p?.()}),l.forEach(a=>a()),h.length&&requestAnimationFrame(()=>{h.forEach(a=>a())})}},ur=(t,e)=>!!(t&&t.length===e.length&&t.every((n,r)=>n[1]===e[r][1])),hr=t=>{let e=new Map;for(let n of t){let r=n.key;if(e.has(r))return;e.set(r,n)}return e},he=new WeakMap,de=(t,e,n)=>{let r=!n&&e.pC;n&&(e.pC||=e.vC);let s;try{n||=typeof e.tag=="function"?lr(t,e):Ie(e.props.children),n[0]?.tag===""&&n[0][$]&&(s=n[0][$],t[5].push([t,s,e]));let o=r?[...e.pC]:e.vC?[...e.vC]:void 0,i=[],c,u=(o?.length||0)*2,l;for(let h=0;h<n.length;h++){if(Array.isArray(n[h])){n.splice(h,1,...n[h].flat(1/0)),h--;continue}let a=Dt(n[h]);if(a){typeof a.tag=="function"&&!a.tag[ce]&&(I.length>0&&(a[y][2]=I.map(p=>[p,p.values.at(-1)])),t[5]?.length&&(a[y][3]=t[5].at(-1)));let d;if(l&&a.key===void 0&&!b(a)&&(o=[...l.values()],l=void 0),l){let p=a.key,m=l.get(p);m&&(b(a)?b(m):m.tag===a.tag&&m.key===p)&&(d=m,l.delete(p))}else if(o&&o.length){let p=o[0];if(b(a)?b(p):!b(p)&&(a.key!==void 0?p.key===a.key&&p.tag===a.tag:p.tag===a.tag))d=o.shift();else{let m=o.findIndex(b(a)?x=>b(x):a.key!==void 0?x=>x.key===a.key&&x.tag===a.tag:x=>x.tag===a.tag);u-=m===-1?o.length:m,m!==-1&&(d=o[m],o.splice(m,1)),u<0&&(u=1/0,l=hr(o))}}if(d)if(b(a))d.t!==a.t&&(d.t=a.t,d.d=!0),a=d;else{let p=d.pP=d.props;if(d.props=a.props,d.f||=a.f||e.f,typeof a.tag=="function"){let m=d[y][2];d[y][2]=a[y][2]||[],d[y][3]=a[y][3],!d.f&&((d.o||d)===a.o||d.tag[K]?.(p,d.props))&&ur(m,d[y][2])&&(d.s=!0)}a=d}else if(!b(a)&&B){let p=_(B);p&&(a.n=p)}if(!b(a)&&!a.s&&(de(t,a),delete a.f),i.push(a),c&&!c.s&&!a.s)for(let p=c;p&&!b(p);p=p.vC?.at(-1))p.nN=a;c=a}}if(c&&!c.s)for(let h=c;h&&!b(h);h=h.vC?.at(-1))h.nN=e.nN;o=l?[...l.values()]:o,e.vR=r?[...e.vC,...o||[]]:o||[],e.vC=i,r&&delete e.pC}catch(o){if(e.f=!0,o===Mt){if(s)return;throw o}let[i,c,u]=e[y]?.[3]||[];if(c){let l=()=>q([0,!1,t[2]],u),h=he.get(u)||[];h.push(l),he.set(u,h);let a=c(o,()=>{let d=he.get(u);if(d){let p=d.indexOf(l);if(p!==-1)return d.splice(p,1),l()}});if(a){if(t[0]===1)t[1]=!0;else if(de(t,u,[a]),(c.length===1||t!==i)&&u.c&&!t[5].some(([,,d])=>d===u)){qe(u,u.c,!1);return}throw Mt}}throw o}finally{s&&t[5].pop()}},Dt=t=>{if(!(t==null||typeof t=="boolean")){if(typeof t=="string"||typeof t=="number")return{t:t.toString(),d:!0};if("vR"in t&&(t={tag:t.tag,props:t.props,key:t.key,f:t.f,type:t.tag,ref:t.props.ref,o:t.o||t}),typeof t.tag=="function")t[y]=[0,[]];else{let e=ir[t.tag];e&&(B||=G(""),t.props.children=[{tag:B,props:{value:t.n=`http://www.w3.org/${e}`,children:t.props.children}}])}return t}},jt=(t,e,n)=>{t.c===e&&(t.c=n,t.vC.forEach(r=>jt(r,e,n)))},Tt=(t,e)=>{e[y][2]?.forEach(([n,r])=>{n.values.push(r)});try{de(t,e,void 0)}catch{return}if(e.a){delete e.a;return}e[y][2]?.forEach(([n])=>{n.values.pop()}),(t[0]!==1||!t[1])&&qe(e,e.c,!1)},Y=new WeakMap,Rt=[],q=async(t,e)=>{t[5]||=[];let n=Y.get(e);n&&n[0](void 0);let r,s=new Promise(o=>r=o);if(Y.set(e,[r,()=>{t[2]?t[2](t,e,o=>{Tt(o,e)}).then(()=>r(e)):(Tt(t,e),r(e))}]),Rt.length)Rt.at(-1).add(e);else{await Promise.resolve();let o=Y.get(e);o&&(Y.delete(e),o[1]())}return s},dr=(t,e)=>{let n=[];n[5]=[],n[4]=!0,de(n,t,void 0),n[4]=!1;let r=document.createDocumentFragment();qe(t,r,!0),jt(t,r,e),e.replaceChildren(r)},Je=(t,e)=>{dr(Dt({tag:"",props:{children:t}}),e)};var ze=(t,e,n)=>({tag:Z,props:{children:t},key:n,e,p:1});var It=G({pending:!1,data:null,method:null,action:null}),$t=new Set,Ft=t=>{$t.add(t);let e=()=>{$t.delete(t)};t.then(e,e)};var Qe=Le({button:()=>Jt,clearCache:()=>pr,composeRef:()=>pe,form:()=>Gt,input:()=>qt,link:()=>Vt,meta:()=>Wt,script:()=>Ht,style:()=>Ut,title:()=>Bt}),pr=()=>{Ye=Object.create(null),Ze=Object.create(null)},pe=(t,e)=>fe(()=>n=>{let r;t&&(typeof t=="function"?r=t(n)||(()=>{t(null)}):t&&"current"in t&&(t.current=n,r=()=>{t.current=null}));let s=e(n);return()=>{s?.(),r?.()}},[t]),Ye=Object.create(null),Ze=Object.create(null),Q=(t,e,n,r,s)=>{if(e?.itemProp)return{tag:t,props:e,type:t,ref:e.ref};let o=document.head,{onLoad:i,onError:c,precedence:u,blocking:l,...h}=e,a=null,d=!1,p=X[t],m=$e(t,r),x=w=>w.getAttribute("rel")==="stylesheet"&&w.getAttribute("data-precedence")!==null,k;if(m){let w=o.querySelectorAll(t);e:for(let S of w)if(!(t==="link"&&!x(S))){for(let g of p)if(S.getAttribute(g)===e[g]){a=S;break e}}if(!a){let S=p.reduce((g,v)=>e[v]===void 0?g:`${g}-${v}-${e[v]}`,t);d=!Ze[S],a=Ze[S]||=(()=>{let g=document.createElement(t);for(let v of p)e[v]!==void 0&&g.setAttribute(v,e[v]);return e.rel&&g.setAttribute("rel",e.rel),g})()}}else k=o.querySelectorAll(t);u=r?u??"":void 0,r&&(h[ae]=u);let L=N(w=>{if(m){if(t==="link"&&u!==void 0){let g=!1;for(let v of o.querySelectorAll(t)){let P=v.getAttribute(ae);if(P===null){o.insertBefore(w,v);return}if(g&&P!==u){o.insertBefore(w,v);return}P===u&&(g=!0)}o.appendChild(w);return}let S=!1;for(let g of o.querySelectorAll(t)){if(S&&g.getAttribute("data-precedence")!==u){o.insertBefore(w,g);return}g.getAttribute("data-precedence")===u&&(S=!0)}o.appendChild(w)}else if(t==="link")o.contains(w)||o.appendChild(w);else if(k){let S=!1;for(let g of k)if(g===w){S=!0;break}S||o.insertBefore(w,o.contains(k[0])?k[0]:o.querySelector(t)),k=void 0}},[m,u,t]),oe=pe(e.ref,w=>{let S=p[0];if(n===2&&(w.innerHTML=""),(d||k)&&L(w),!c&&!i||!S)return;let g=Ye[w.getAttribute(S)]||=new Promise((v,P)=>{w.addEventListener("load",v),w.addEventListener("error",P)});i&&(g=g.then(i)),c&&(g=g.catch(c)),g.catch(()=>{})});if(s&&l==="render"){let w=X[t][0];if(w&&e[w]){let S=e[w],g=Ye[S]||=new Promise((v,P)=>{L(a),a.addEventListener("load",v),a.addEventListener("error",P)});Ke(g)}}let W={tag:t,type:t,props:{...h,ref:oe},ref:oe};return W.p=n,a&&(W.e=a),ze(W,o)},Bt=t=>{let e=Ot();return(e&&_(e))?.endsWith("svg")?{tag:"title",props:t,type:"title",ref:t.ref}:Q("title",t,void 0,!1,!1)},Ht=t=>!t||["src","async"].some(e=>!t[e])?{tag:"script",props:t,type:"script",ref:t.ref}:Q("script",t,1,!1,!0),Ut=t=>!t||!["href","precedence"].every(e=>e in t)?{tag:"style",props:t,type:"style",ref:t.ref}:(t["data-href"]=t.href,delete t.href,Q("style",t,2,!0,!0)),Vt=t=>!t||["onLoad","onError"].some(e=>e in t)||t.rel==="stylesheet"&&(!("precedence"in t)||"disabled"in t)?{tag:"link",props:t,type:"link",ref:t.ref}:Q("link",t,1,je(t),!0),Wt=t=>Q("meta",t,void 0,!1,!1),Kt=Symbol(),Gt=t=>{let{action:e,...n}=t;typeof e!="function"&&(n.action=e);let[r,s]=D([null,!1]),o=N(async l=>{let h=l.isTrusted?e:l.detail[Kt];if(typeof h!="function")return;l.preventDefault();let a=new FormData(l.target);s([a,!0]);try{let d=h(a);d instanceof Promise&&(Ft(d),await d)}finally{s([null,!0])}},[]),i=pe(t.ref,l=>(l.addEventListener("submit",o),()=>{l.removeEventListener("submit",o)})),[c,u]=r;return r[1]=!1,{tag:It,props:{value:{pending:c!==null,data:c,method:c?"post":null,action:c?e:null},children:{tag:"form",props:{...n,ref:i},type:"form",ref:i}},f:u}},Xt=(t,{formAction:e,...n})=>{if(typeof e=="function"){let r=N(s=>{s.preventDefault(),s.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Kt]:e}}))},[]);n.ref=pe(n.ref,s=>(s.addEventListener("click",r),()=>{s.removeEventListener("click",r)}))}return{tag:t,props:n,type:t,ref:n.ref}},qt=t=>Xt("input",t),Jt=t=>Xt("button",t);Object.assign(De,{title:Bt,script:Ht,style:Ut,link:Vt,meta:Wt,form:Gt,input:qt,button:Jt});var f=(t,e,n)=>(typeof t=="string"&&Qe[t]&&(t=Qe[t]),{tag:t,type:t,props:e,key:n,ref:e.ref}),ee=t=>f("",t,void 0);var zt=(t,e=wt)=>{let n=r=>t(r);return n[K]=e,n};function M(t,e){let n=new FormData(t).get(e);return typeof n=="string"?n.trim():""}function O(t){let{name:e,label:n,value:r="",type:s="text",suggestions:o}=t,i=ue();return f("p",{class:`field field-${e}`,children:[f("label",{for:i,children:n}),f("input",{id:i,name:e,type:s,value:r,placeholder:t.placeholder,required:t.required,list:o&&`${i}-list`,autocomplete:"off",autocapitalize:"off",spellcheck:!1}),o&&f("datalist",{id:`${i}-list`,children:o.map(c=>f("option",{value:c},c))})]})}function Yt({name:t,label:e,choices:n}){let r=ue();return f("p",{class:`field field-${t}`,children:[f("label",{for:r,children:e}),f("select",{id:r,name:t,children:n.map(([s,o])=>f("option",{value:s,children:o},s))})]})}var C={get now(){return performance.now()},get wallTime(){return Date.now()},after(t,e){let n=setTimeout(e,t);return()=>clearTimeout(n)},every(t,e){let n=setInterval(e,t);return()=>clearInterval(n)},soon(t){let e=setImmediate(t);return()=>clearImmediate(e)}};var di=new TextEncoder;function me(t){return typeof t=="object"&&t!==null&&!Array.isArray(t)}var T={messageTooBig:{code:1009,reason:"message too big",reconnect:!1},shutdown:{code:3001,reason:"shutdown",reconnect:!0},internal:{code:3004,reason:"internal server error",reconnect:!0},expired:{code:3005,reason:"connection expired",reconnect:!0},slow:{code:3008,reason:"slow",reconnect:!0},insufficientState:{code:3010,reason:"insufficient state",reconnect:!0},forceReconnect:{code:3011,reason:"force reconnect",reconnect:!0},silent:{code:3012,reason:"Network connection timeout!",reconnect:!0},subscriptionExpired:{code:3006,reason:"subscription expired",reconnect:!0},noPong:{code:3012,reason:"no pong",reconnect:!0},tooManyRequests:{code:3013,reason:"too many requests",reconnect:!0},invalidToken:{code:3500,reason:"invalid token",reconnect:!1},badRequest:{code:3501,reason:"bad request",reconnect:!1},stale:{code:3502,reason:"stale",reconnect:!1},forceDisconnect:{code:3503,reason:"force disconnect",reconnect:!1},connectionLimit:{code:3504,reason:"connection limit",reconnect:!1},channelLimit:{code:3505,reason:"channel limit",reconnect:!1},inappropriateProtocol:{code:3506,reason:"inappropriate protocol",reconnect:!1},permissionDenied:{code:3507,reason:"permission denied",reconnect:!1},notAvailable:{code:3508,reason:"not available",reconnect:!1},tooManyErrors:{code:3509,reason:"too many errors",reconnect:!1}};function Zt(t){if(!t.startsWith("{"))return{reason:t};try{let e=JSON.parse(t);if(!me(e)||typeof e.reason!="string")return{reason:t};let n=et(e.retry_after_ms);return n===void 0?{reason:e.reason}:{reason:e.reason,retryAfterMs:n}}catch(e){if(!(e instanceof SyntaxError))throw e;return{reason:t}}}function et(t){return typeof t=="number"&&t>=0&&isFinite(t)?t:void 0}var E={code:1006,reason:"gone",reconnect:!0};function Qt(t){return t===T.messageTooBig.code?!1:!(t>=3500&&t<=3999||t>=4500&&t<=4999)}var ye={number:()=>Math.random(),uuid:()=>crypto.randomUUID()};var ge=class{#e=new Map;add(e){let{channel:n=""}=e,r=this.#e.get(n)??[];r.push(JSON.stringify(e)),this.#e.set(n,r)}isDuplicate(e){let{channel:n=""}=e,r=this.#e.get(n);if(r===void 0)return!1;let s=r.indexOf(JSON.stringify(e));return r.splice(0,s+1),(s<0||r.length===0)&&this.#e.delete(n),s>=0}};function we(t,{clock:e,signal:n}){return new Promise(r=>{let s=()=>{o(),n.removeEventListener("abort",s),r()},o=e.after(t,s);n.addEventListener("abort",s),n.aborted&&s()})}var mr=2/3,Se=class{#e;#t;#n=new AbortController;#r;#i;constructor(e){let{feed:n,silenceMs:r}=e;this.#e=e;let s=n({...e,pollMs:Math.floor(r*mr),signal:this.#n.signal,onActivity:()=>this.#c()});this.#t=s[Symbol.asyncIterator](),this.#c()}async next(){let e=await this.#s(),n=this.#r??e;return n.type!=="open"&&n.type!=="messages"&&this.cancel(),n}cancel(){this.#o({type:"cancelled"})}async#s(){try{let{value:e,done:n}=await this.#t.next();if(n)return en("");if(e.type!=="end")return e;let{code:r,reason:s,retryAfterMs:o}=e,i={code:r,reason:s,wasClean:!0};return o===void 0?{type:"end",close:i}:{type:"end",close:{...i,retryAfterMs:o}}}catch(e){return en(String(e))}}#c(){let{clock:e,silenceMs:n,silenceClose:r}=this.#e;this.#i?.(),this.#r===void 0&&(this.#i=e.after(n,()=>{this.#o({type:"end",close:r})}))}#o(e){this.#i?.(),this.#r===void 0&&(this.#r=e,this.#n.abort(),this.#t.return?.().catch(()=>{}))}};function en(t){return{type:"end",close:{code:E.code,reason:t,wasClean:!1}}}var tt=/^error:(\\d+) (.*)$/s,nt=1e3,yr=3500,gr=401,wr=413,Sr=503,br=new Set([400,403,404]),tn=new Set([408,429]);async function H(t,e){let{status:n,statusText:r}=t,s=rt(t,e),[o=""]=(await t.text()).split(/[\\r\\n]/);return{status:n,text:o||r,retryAfterMs:s}}function rt({headers:t},{clock:e,random:n}){let r=t.get("retry-after")?.trim()??"",s=/^\\d+$/.test(r)?Number(r)*1e3:Date.parse(/GMT$/.test(r)?r:"")-e.wallTime;if(isFinite(s))return Math.max(s,0)+Math.floor(n.number()*1e3)}function te({status:t,text:e}){return br.has(t)&&st(e)<nt}function be({status:t}){return t===Sr||t===gr||tn.has(t)}function ve({text:t}){return tt.test(t)&&st(t)<nt?t:void 0}function U(t){let{text:e,retryAfterMs:n}=t,[,,r=e]=tt.exec(e)??[],s={code:vr(t),reason:r,wasClean:!0};return n===void 0?s:{...s,retryAfterMs:n}}function vr({status:t,text:e}){if(t<400||t>=500||tn.has(t))return E.code;let r=st(e);return r>=nt?r:t===wr?T.messageTooBig.code:yr}function st(t){return Number(tt.exec(t)?.[1]??0)}async function ne({url:t,headers:e,fetch:n},r,{channels:s,since:o,signal:i}){let c=rn(t,r);for(let l of s)c.searchParams.append("channel",l);o!==void 0&&c.searchParams.set("since",o);let u=o===void 0?8e3:0;return c.href.length+u>65e3?new Response("error:106 limit exceeded",{status:403}):await n(c,{headers:e(),signal:i,cache:"no-store"})}function nn({url:t,headers:e,fetch:n},r,s){return n(rn(t,"/send"),{method:"POST",body:r,headers:e(),signal:s})}function rn(t,e){let n=new URL(`.${e}`,t);for(let[r,s]of t.searchParams)n.searchParams.set(r,s);return n}async function sn(t,e){let n=new Map;await on(t,e,n);let r=e.channels.at(-1);return n.size===0&&r!==void 0&&n.set(r,cn(e.refusal)),n}async function on(t,{channels:e,refusal:n,signal:r},s){let[o]=e;if(o!==void 0&&e.length===1){s.set(o,cn(n));return}let i=Math.ceil(e.length/2);for(let c of[e.slice(0,i),e.slice(i)]){let u=await Er(t,c,r);u!==void 0&&await on(t,{channels:c,refusal:u,signal:r},s)}}async function Er(t,e,n){let s=await ne(t,"/poll?timeout=0",{channels:e,signal:n});if(s.ok){await s.body?.cancel();return}let o=await H(s,t);return te(o)?o:void 0}function cn(t){return ve(t)??`error:${t.status} ${t.text}`}var xr=50,an=new Set,Ee=class{#e;#t=new AbortController;#n=an;#r;#i;#s;#c=Promise.resolve();constructor(e){this.#e=e}async open(e){let n=await this.#f(new Set);n!==void 0&&(e(),n())}change(e,n){return this.#c=this.#c.then(()=>this.#o(e,n))}renew(e){return this.#c=this.#c.then(()=>this.#o([],e,!0))}async#o(e,n,r=!1){let{accepts:s,resumePoint:o}=this.#e;if(r&&this.#r===void 0)return;let i=new Set(this.#n);for(let l of e){let h=l.slice(2);l.startsWith("+")?i.add(h):i.delete(h)}let c=new Map,u;for(;u===void 0&&!(Cr(i,this.#n)&&!r);){if(this.#t.signal.aborted)return;let l=i.size===0&&s==="channels",h=c.size;if(l){this.#h();break}if(u=await this.#f(i,{refused:c,isRenewal:r}),r&&u===void 0&&c.size===h)return}i.size===0&&s!=="directs"&&(o.since=void 0);for(let l of e){let h=c.get(l.slice(2));n(l.startsWith("+")&&h!==void 0?h:l)}for(let l of c.keys())e.includes(`+#${l}`)||n(`-#${l}`);u?.()}cancel(){this.#t.abort(),this.#r?.cancel(),this.#i?.cancel()}async#f(e,{refused:n=new Map,isRenewal:r=!1}={}){let{resumePoint:s,clock:o,onEnd:i}=this.#e,{signal:c}=this.#t,u=[...e],l=u.length>0?s.since:void 0,h=new Se({...this.#e,channels:u,since:l}),a=new ge;[this.#i,this.#s]=[h,a];let d=await h.next();if(d.type==="open")return this.#r&&await we(xr,{clock:o,signal:c}),this.#r?.cancel(),this.#r=h,this.#i=this.#s=void 0,this.#n=new Set(e),()=>this.#a(h,a);if(this.#s=void 0,d.type==="refused"&&u.length>0&&te(d.refusal)){let{refusal:m}=d,x=await this.#u({channels:u,refusal:m,signal:c});for(let[k,L]of x)n.set(k,L),e.delete(k)}else d.type==="refused"?r&&be(d.refusal)||i(U(d.refusal)):d.type==="end"&&!r&&i(d.close)}async#u(e){try{return await sn(this.#e,e)}catch(n){let r=String(n);return this.#e.onEnd({code:E.code,reason:r,wasClean:!1}),new Map}}async#a(e,n){let{onEnd:r}=this.#e;for(;;){let s=await e.next();switch(s.type){case"open":break;case"messages":this.#l(s,n);break;case"refused":return r(te(s.refusal)?{...U(s.refusal),code:E.code}:U(s.refusal));case"end":return r(s.close);case"cancelled":return}}}#l({messages:e,cursor:n},r){let{accepts:s,resumePoint:o,onMessage:i}=this.#e;for(let c of e){let u=c.channel===void 0?"directs":"channels";s!=="all"&&s!==u||(this.#s?.add(c),r.isDuplicate(c)||i(c))}this.#n.size>0&&(o.since=n??o.since)}#h(){this.#r?.cancel(),this.#r=void 0,this.#n=an}};function Cr(t,e){return t.size===e.size&&[...t].every(n=>e.has(n))}var Ar=500,ln=async function*(t){let e=await ne(t,"/sse",t);if(t.onActivity(),!e.ok||e.body===null)return yield fn(e,t);yield{type:"open"};let n=new TextDecoder,r="";for await(let s of e.body){t.onActivity();let o=n.decode(s,{stream:!0}),i=(r+o).split(`\n\n`);r=i.pop()??"";for(let c of i)yield*kr(c)}},ot=async function*(t){let{clock:e,random:n,pollMs:r,signal:s}=t,{since:o}=t;for(let i=!1;;i=!0){let c=i?r:0,u=e.now,l=`/poll?timeout=${c}ms`,h=await ne(t,l,{...t,since:o});if(t.onActivity(),!h.ok)return yield fn(h,t);i||(yield{type:"open"});let{publications:a,cursor:d,recovered:p}=await h.json();o=d,yield{type:"messages",messages:a,cursor:d};let m=rt(h,t);if(m!==void 0){let{code:oe,reason:W}=T.shutdown;return yield{type:"end",code:oe,reason:W,retryAfterMs:m}}let x=a.length===0||!p;if(!i||!x)continue;let L=Ar*(1+n.number())-(e.now-u);if(L>0&&await we(L,{clock:e,signal:s}),s.aborted)return}};async function fn(t,e){return{type:"refused",refusal:await H(t,e)}}function*kr(t){let e=new Map;for(let c of t.split(`\n`)){let[,u="",l=""]=/^([^:]*): ?(.*)$/s.exec(c)??[];e.set(u,l)}let n=e.get("data"),r=n===void 0?void 0:JSON.parse(n),s=e.get("event")??"message",o=r!==void 0&&s==="message"?[r]:[],i=e.get("id");if((i!==void 0||o.length>0)&&(yield{type:"messages",messages:o,cursor:i}),r!==void 0&&s==="disconnect"){let{code:c,reason:u}=r,l=et(r.retry_after_ms);yield{type:"end",code:c,reason:u,retryAfterMs:l}}}var xe=/^[+-]#/,Mr=/^(?:pong|error:\\d+ .*)$/s,Ce=class{#e;#t=new AbortController;#n=[];#r=0;#i=!1;constructor(e){this.#e=e}get length(){return this.#r}get hasChanges(){return this.#n.some(e=>xe.test(e))}push(e){this.#n.push(e),this.#r+=e.length,this.#s()}dropChanges(){this.#n=this.#n.filter(e=>!xe.test(e))}stop(){let e=this.#n.filter(n=>n!=="ping"&&!xe.test(n));return this.#n=[],this.#t.abort(),e}async#s(){if(!this.#i){for(this.#i=!0,await Promise.resolve();this.#n.length>0;){let e=this.#n.findIndex(r=>!xe.test(r)),n=this.#n.splice(0,e<0?1/0:e||1);if(e!==0)await this.#e.onChanges(n);else for(let r of n)await this.#c(r);for(let{length:r}of n)this.#r-=r}this.#i=!1}}async#c(e){let{server:n,answerMs:r,onAnswer:s}=this.#e,o=n.clock.after(r,()=>{this.#o({code:E.code,reason:"no answer",wasClean:!1})});try{let i=await nn(n,e,this.#t.signal);if(!i.ok){let u=await H(i,n),l=ve(u);return l!==void 0?s(l):(be(u)&&this.#n.unshift(e),this.#o(U(u)))}let c=(await i.text()).trimEnd();if(c==="")return;if(!Mr.test(c))throw new TypeError("Cannot read the answer to a frame: expected pong or an error");s(c)}catch(i){let c=String(i);this.#o({code:E.code,reason:c,wasClean:!1})}finally{o()}}#o(e){this.#e.onLost(e),this.stop()}};function Ae(t,{minMs:e,maxMs:n,random:r}){if(t<=0)return 0;let s=Math.min(n,e*2**t);return e+r*Math.max(0,s-e)}var Tr=2/3,Rr=3e4,Or=1e3,un=2**31-1,_r=3,V=class{#e;#t;#n;#r;#i=0;#s=0;#c;#o;constructor(e){this.#e=e}get token(){return this.#r}get hasSource(){return this.#t!==void 0}use({token:e,onTokenError:n}){this.#n=n??this.#n,typeof e=="function"?this.#t=e:e&&this.#f(e)}async ask(){if(this.#t===void 0)return;let e=++this.#s;try{let n=await this.#t();if(e!==this.#s)return;if(typeof n!="string"||n===""){let r=n===""?"an empty string":typeof n;throw new TypeError(`Cannot take a token from its source: got ${r}, expected a JWT`)}this.#f(n)}catch(n){throw e===this.#s&&this.#n?.(n),n}}accepted(e){this.#i=0,this.#o=e,this.#u()}refused(){return this.hasSource&&++this.#i<_r}stop(){this.#c?.(),this.#o=void 0,this.#s++}#f(e){this.#s++,this.#r=e,this.#o?.(e),this.#o!==void 0&&this.#u()}#u(){if(this.#t===void 0||this.#r===void 0)return;let e=Nr(this.#r,this.#e.clock.wallTime);if(e===1/0)return this.#c?.();let n=Math.min(e*(1-Tr),Rr),r=Math.max(e-n,Or);r>un?this.#l(un,()=>this.#u()):this.#l(r,()=>this.#a(0))}async#a(e){let{random:n,minDelayMs:r,maxDelayMs:s}=this.#e,o=this.#o;try{await this.ask()}catch{if(this.#o!==o)return;let i={minMs:r,maxMs:s,random:n.number()},c=Ae(e+1,i);this.#l(c,()=>this.#a(e+1))}}#l(e,n){this.#c?.(),this.#c=this.#e.clock.after(e,n)}};function Nr(t,e){let{exp:n,iat:r}=Lr(t);if(typeof n!="number")return 1/0;let s=n*1e3-e,o=typeof r=="number"?(n-r)*1e3:1/0;return s>0?Math.min(s,o):o}function Lr(t){let[,e=""]=t.split(".");try{let n=e.replaceAll("-","+").replaceAll("_","/"),r=JSON.parse(atob(n));return me(r)?r:{}}catch{return{}}}var Pr={sse:ln,poll:ot},Dr={code:3012,reason:"nothing was received",wasClean:!1},jr={minDelayMs:500,maxDelayMs:2e4},hn=1e3;function ct(t,e={}){let{clock:n=C,random:r=ye}=e,s={since:void 0},o=new V({clock:n,random:r,...jr});o.use(e);let i=Pr[t],c={...e,clock:n,random:r,feed:i,resumePoint:s,tokens:o};return class extends it{static authenticate(u){o.use(u)}constructor(u){super(u,c)}}}var it=class extends EventTarget{binaryType="arraybuffer";readyState=0;undelivered=[];#e;#t;#n;#r;#i;#s;constructor(e,n){super();let{feed:r,resumePoint:s,tokens:o}=n;this.#e=s,this.#t=o,this.#n=new URL(e).searchParams.get("from")==="1";let i=$r(e,n),c=l=>new Ee({...i,accepts:l,resumePoint:s,onMessage:h=>this.#u(h),onEnd:h=>this.#l(h)}),u=r===ot;this.#r=c(u?"all":"directs"),this.#i=u?this.#r:c("channels"),this.#s=new Ce({server:i,answerMs:i.silenceMs,onChanges:l=>this.#i.change(l,h=>this.#a(h)),onAnswer:l=>this.#a(l),onLost:l=>this.#l(l)}),this.#c()}get bufferedAmount(){return this.#s.length}send(e){e.startsWith("auth:")||e==="pong"||e===""||this.#s.push(e)}close(e=hn,n=""){this.#l({code:e,reason:n,wasClean:!0})}async#c(){try{await this.#t.ask()}catch(e){let n=String(e);return this.#l({code:E.code,reason:n,wasClean:!1})}this.readyState===0&&await this.#r.open(()=>this.#o())}#o(){this.readyState=1,this.#t.accepted(()=>this.#f()),this.dispatchEvent(new Event("open")),this.#s.hasChanges||(this.#e.since=void 0)}#f(){let e=new Set([this.#r,this.#i]);for(let n of e)n.renew(r=>this.#a(r))}#u({channel:e,data:n,info:r}){let s=typeof n=="string"?n:JSON.stringify(n);e!==void 0?this.#a(`#${e}:${s}`):this.#n?this.#a(`${r?.user??""}>${s}`):this.#a(s)}#a(e){this.readyState===1&&this.dispatchEvent(new MessageEvent("message",{data:e}))}#l(e){if(this.readyState===3)return;this.readyState=3,this.#t.stop(),this.#r.cancel(),this.#i.cancel(),e.code===hn?this.#s.dropChanges():this.undelivered=this.#s.stop();let r=e.code===T.invalidToken.code&&this.#t.refused()?T.expired.code:e.code,{retryAfterMs:s}=e,o=new CloseEvent("close",{...e,code:r});this.dispatchEvent(Object.assign(o,{retryAfterMs:s}))}};function $r(t,e){let{feed:n,tokens:r,silenceMs:s=37500,clock:o,random:i}=e,c=new URL(t);return c.protocol=c.protocol.replace("ws","http"),c.searchParams.delete("from"),{feed:n,url:c,headers:()=>Ir(r.token),fetch:e.fetch??globalThis.fetch.bind(globalThis),clock:o,random:i,silenceMs:s,silenceClose:Dr}}function Ir(t){return t===void 0?{}:{Authorization:`Bearer ${t}`}}function at(t=globalThis){return{get online(){let{navigator:e}=globalThis;return e?.onLine!==!1},watch(e){let n=()=>e(!0),r=()=>e(!1);return t.addEventListener?.("online",n),t.addEventListener?.("offline",r),()=>{t.removeEventListener?.("online",n),t.removeEventListener?.("offline",r)}}}}var ke=class{#e;#t;#n;#r;constructor(e){this.#e=e}get nextAt(){return this.#r}start(){this.stop(),this.#i()}stop(){this.#t?.(),this.#r=void 0,this.received()}received(){this.#n?.(),this.#n=void 0}probe(){this.#n===void 0&&this.#c()}#i(){let{clock:e,periodMs:n}=this.#e;this.#r=e.wallTime+n,this.#s(n)}#s(e){let{clock:n}=this.#e,r=Math.min(e,1e4),s=n.wallTime+r;this.#t=n.after(r,()=>{let o=n.wallTime-s>3e3;if(e>r&&!o)return this.#s(e-r);this.#i(),this.#c()})}#c(){this.#e.onBeat(),this.#n??=this.#o(!1)}#o(e){let{clock:n,answerMs:r,onBeat:s,onSilence:o}=this.#e,i=n.wallTime+r;return n.after(r,()=>{if(n.wallTime-i>3e3&&!e)return this.#n=this.#o(!0),s();this.stop(),o()})}};function dn(t){return{showSender:!1,heartbeatMs:55e3,answerMs:1e4,minDelayMs:500,maxDelayMs:2e4,connectTimeoutMs:1e4,maxQueuedFrames:100,WebSocket:globalThis.WebSocket,network:at(),clock:C,random:ye,...t}}function pn(t,{uid:e,token:n,showSender:r}){let s=new URL(t);if(s.protocol!=="ws:"&&s.protocol!=="wss:")throw new TypeError(`Cannot connect to "${t}": not a ws: or wss: URL`);return e&&!n&&s.searchParams.set("uid",e),r&&s.searchParams.set("from","1"),s.href}var Fr=0,mn=1,yn=3,Br=5e3,Hr=36e5,Me={code:E.code,reason:"",wasClean:!1},Te=class{#e;#t;#n;#r;#i;#s;#c=0;#o;constructor(e,n){this.#e=e,this.#t=n}get readyState(){let e=this.#r!==void 0;return this.#n?.readyState??(e?Fr:yn)}get bufferedAmount(){return this.#n?.bufferedAmount??0}get retryCount(){return this.#c}get nextAttemptAt(){return this.#o}open(){if(!(this.readyState<=mn)){if(this.#n!==void 0)return this.#h(Me);this.#c=0,this.#f()}}reopen(e){this.#p(e),this.#h(e)}close(e){this.#m(),!(this.readyState===yn&&this.#n===void 0)&&(this.#p(e),this.#y(e))}send(e){return this.#n?.readyState!==mn?!1:(this.#n.send(e),!0)}#f(){let{connectTimeoutMs:e,prepare:n}=this.#t;if(this.#g(e,()=>{this.#p({code:1e3,reason:"timeout"}),this.#l({...Me,reason:"handshake timeout"})}),n===void 0)return this.#u();let r=n();this.#r=r,r.then(()=>{this.#r===r&&this.#u()},s=>{this.#r===r&&this.#l({...Me,reason:String(s)})})}#u(){let{WebSocket:e,onAttempt:n}=this.#t;this.#r=void 0;try{this.#n=new e(this.#e)}catch(r){return this.#l({...Me,reason:String(r)})}this.#n.binaryType="arraybuffer",this.#a(this.#n),n()}#a(e){let{onOpen:n,onFrame:r}=this.#t,s=Object.entries({open:()=>{this.#g(Br,()=>this.#c=0),n()},message:({data:o})=>{o!==void 0&&r(o)},close:o=>{let{code:i=E.code,wasClean:c=!1,retryAfterMs:u}=o,l=Zt(o.reason??""),h=u===void 0?{}:{retryAfterMs:u};this.#l({code:i,wasClean:c,...h,...l})}});for(let[o,i]of s)e.addEventListener(o,i);this.#i=()=>{for(let[o,i]of s)e.removeEventListener(o,i)}}#l(e){let n=!this.#t.mayReconnect(e);n?this.#m():this.#d(this.#c+1,e.retryAfterMs),this.#y(e,n)}#h(e){this.#d(0),this.#y(e)}#d(e,n){let{clock:r,delayMs:s}=this.#t,o=s(e),i=e>1?o:0,c=n===void 0?o:Math.max(Math.min(n,Hr),i);this.#c=e,this.#g(c,()=>this.#f()),this.#o=r.wallTime+c}#p({code:e,reason:n}){this.#i?.(),this.#n?.close(e,n)}#y(e,n=!1){let{undelivered:r=[]}=this.#n??{};this.#i?.(),this.#n=this.#r=void 0,this.#t.onClose(e,{undelivered:r,isFinal:n})}#g(e,n){this.#m(),this.#s=this.#t.clock.after(e,n)}#m(){this.#s?.(),this.#o=void 0}};var Re={normal:{code:1e3,reason:"",wasClean:!0},silent:{code:3012,reason:"no answer to ping",wasClean:!1},offline:{code:4e3,reason:"offline",wasClean:!1}},Ur=0,gn=1,Oe="auth:",j=class{#e;#t;#n;#r;#i=new Set;#s=[];#c=!1;#o=!1;#f=!1;#u;#a;#l;#h;constructor(e,n={}){let r=dn(n),{clock:s,heartbeatMs:o,answerMs:i,random:c,onChange:u}=r;this.#e=r,this.#r=new V(r),this.#p(r),this.#n=new ke({clock:s,periodMs:o,answerMs:i,onBeat:()=>this.#S(),onSilence:()=>this.#x()}),this.#t=new Te(pn(e,n),{WebSocket:r.WebSocket,clock:s,connectTimeoutMs:r.connectTimeoutMs,delayMs:l=>Ae(l,{minMs:r.minDelayMs,maxMs:r.maxDelayMs,random:c.number()}),prepare:this.#r.hasSource?()=>this.#r.ask():void 0,mayReconnect:({code:l})=>Qt(l)||l===T.invalidToken.code&&this.#r.refused(),onAttempt:()=>u?.(),onOpen:()=>this.#g(),onFrame:l=>this.#b(l),onClose:(l,h)=>this.#v(l,h)})}get readyState(){return this.#t.readyState}get active(){return this.#u!==void 0}get bufferedAmount(){return this.#t.bufferedAmount}get queuedFrames(){return this.#s.length}get retryCount(){return this.#t.retryCount}get nextAttemptAt(){return this.#t.nextAttemptAt}get nextHeartbeatAt(){return this.#n.nextAt}get lastClose(){return this.#a}get roundTripMs(){return this.#h}get online(){return this.#e.network.online}get channels(){return this.#i}connect(){this.#u??=this.#e.network.watch(e=>this.#E(e)),this.#t.open(),this.#e.onChange?.()}close(){this.#w(),this.#t.close(Re.normal),this.#e.onChange?.()}[Symbol.dispose](){this.close()}send(e){if(e.startsWith(Oe))return this.#y(e);if(this.#d(e))return"sent";let n=this.#s.length>=this.#e.maxQueuedFrames;return!this.active||n?"dropped":(this.#s.push(e),this.#e.onChange?.(),"queued")}join(e){this.#i.add(e),this.#d(`+#${e}`)}leave(e){this.#i.delete(e),this.#d(`-#${e}`)}#d(e){let n=this.#c&&this.#t.send(e);return n&&e==="ping"&&(this.#l=this.#e.clock.now),n&&this.#e.onFrame?.("out",e),n}#p(e){let{WebSocket:n}=this.#e;e.token!==void 0&&(n.authenticate?n.authenticate(e):this.#r.use(e))}#y(e){return this.#p({token:e.slice(Oe.length)}),this.#o&&this.#t.send(e),this.readyState===gn?"sent":this.active?"queued":"dropped"}#g(){let{token:e}=this.#r;if(e===void 0)return this.#m();this.#o=!0,this.#t.send(`${Oe}${e}`),this.#n.probe()}#m(){let{onOpen:e,onChange:n}=this.#e;this.#o=!1,this.#c=!0,this.#n.start(),this.#r.accepted(r=>this.#t.send(`${Oe}${r}`)),e?.();for(let r of this.#i)this.#d(`+#${r}`);for(;this.#s[0]!==void 0&&this.#d(this.#s[0]);)this.#s.shift();n?.()}#S(){this.#o?this.#t.send("ping")&&(this.#l=this.#e.clock.now):this.#d("ping")}#b(e){this.#f=!1,this.#n.received();let n=this.#o&&e==="pong";if(n||this.#e.onFrame?.("in",e),e==="pong"&&this.#l!==void 0&&(this.#h=this.#e.clock.now-this.#l,this.#l=void 0),n)return this.#m();e==="ping"?this.#d("pong"):e!=="pong"&&this.#e.onMessage?.(e)}#v(e,{undelivered:n,isFinal:r}){this.#c=this.#o=!1,this.#n.stop(),this.#r.stop(),this.#a=e,r&&this.#w(),this.active&&(this.#s.unshift(...n),this.#s.length=Math.min(this.#s.length,this.#e.maxQueuedFrames)),this.#e.onClose?.(e),this.#e.onChange?.()}#E(e){let n=this.#f&&this.readyState===Ur;this.#f=!e,e&&n?this.#t.reopen(Re.offline):this.readyState===gn?this.#n.probe():e&&this.#t.open(),this.#e.onChange?.()}#x(){this.#f?this.#t.close(Re.offline):this.#t.reopen(Re.silent)}#w(){this.#u?.(),this.#u=void 0,this.#s.length=0}};function wn(t,e){return[...t.slice(Math.max(0,t.length-500+1)),e]}function Sn(t){if(typeof t=="string")return t;let e=new Uint8Array(t,0,Math.min(t.byteLength,32)),n=Array.from(e,s=>s.toString(16).padStart(2,"0")),r=t.byteLength>32?" \\u2026":"";return`[${t.byteLength} bytes] ${n.join(" ")}${r}`}function bn({kind:t,text:e}){let n={address:"",body:e};if(t==="note"||/^(?:ping|pong|[+-]#.*)$/s.test(e))return{tone:"control",...n};if(t==="in"&&e.startsWith("error:"))return{tone:"error",...n};let r=t==="in"&&!e.startsWith("#")?">":":",s=e.indexOf(r)+1;return{tone:"message",address:e.slice(0,s),body:e.slice(s)}}var re=[["websocket","WebSocket"],["sse","SSE + POST"],["poll","Long polling"]],Vr=3500,Wr="the server does not accept this token; one that has neither TOKEN_SECRET nor JWKS_URL accepts none: connect with a uid alone",_e=class{#e=new Set;#t;#n=[];#r=[];#i="websocket";#s=!1;#c=0;#o=0;get ownUrl(){return new URL("ws",location.href.replace(/^http/,"ws")).href}get client(){return this.#t}get transport(){return this.#i}get channels(){return this.#n}get rows(){return this.#r}get version(){return this.#o}subscribe(e){return this.#e.add(e),()=>this.#e.delete(e)}connect(e){let{url:n,transport:r}=e;this.#t?.close();try{this.#t=this.#f(e),this.#i=r}catch(s){if(!(s instanceof TypeError))throw s;return this.#a(s.message)}for(let s of this.#n)this.#t.join(s);this.#a(`connecting to ${n}`),this.#t.connect()}disconnect(){this.#t?.close()}send(e,n){switch(this.#t?.send(`${e}:${n}`)){case"sent":return;case"queued":return this.#a(`waits for the connection: ${e}:${n}`);default:return this.#a(`not connected, not sent: ${e}:${n}`)}}join(e){this.#n.includes(e)||(this.#n=[...this.#n,e],this.#t?.join(e),this.#h())}leave(e){this.#n=this.#n.filter(n=>n!==e),this.#t?.leave(e),this.#h()}clear(){this.#r=[],this.#h()}#f({url:e,transport:n,uid:r,token:s}){let o=n==="websocket"?{}:{WebSocket:ct(n)};return new j(e,{...o,uid:r,token:s,showSender:!0,onFrame:(i,c)=>{this.#u(c)||this.#l(i,Sn(c))},onOpen:()=>{this.#a("open"),this.#s=!0,this.#t?.send("ping")},onClose:({code:i,reason:c,wasClean:u})=>{let l=u?"closed":"lost";this.#a(`${l}: ${[i,c].join(" ").trim()}`),i===Vr&&s!==""&&this.#a(Wr)},onChange:()=>this.#h()})}#u(e){let n=this.#s&&(e==="ping"||e==="pong");return n&&e==="pong"&&(this.#s=!1),n}#a(e){this.#l("note",e)}#l(e,n){let r={id:this.#c++,time:C.wallTime,kind:e,text:n};this.#r=wn(this.#r,r),this.#h()}#h(){this.#o++;for(let e of this.#e)e()}};function A(t,e){let n=N(r=>t.subscribe(r),[t]);return Ge(n,()=>e(t))}function vn(t){let[e,n]=D(C.wallTime);return J(()=>C.every(t,()=>n(C.wallTime)),[t]),e}var En=["connecting","open","closing","closed"],Kr=3,Gr=250;function Cn({session:t}){let e=vn(Gr);A(t,({version:r})=>r);let{client:n}=t;return f("div",{class:"readout",children:[f(Xr,{state:n?.readyState??Kr}),f(lt,{figures:qr(t)}),f(lt,{figures:Jr(n,e)}),f("h3",{children:"Last close"}),f(lt,{figures:zr(n)})]})}function Xr({state:t}){return f("div",{class:"ready-state","data-state":t,children:[f("p",{role:"status",children:[f("span",{class:"term",children:"readyState"}),f("span",{class:"digit",children:t}),f("span",{class:"name",children:En[t]})]}),f("ol",{"aria-hidden":"true",children:En.map((e,n)=>f("li",{class:n===t?"current":void 0},e))})]})}function lt({figures:t}){return f("dl",{class:"figures",children:t.map(([e,n])=>f("div",{children:[f("dt",{children:e}),f("dd",{"data-figure":e,children:n})]},e))})}function qr({client:t,transport:e}){let n=t?.roundTripMs;return[["transport",re.find(([r])=>r===e)?.[1]??"\\u2013"],["round trip",n===void 0?"\\u2013":`${n.toFixed(1)} ms`]]}function Jr(t,e){let n=t?.queuedFrames??0;return[["bufferedAmount",`${t?.bufferedAmount??0} bytes`],["waiting",`${n} ${n===1?"frame":"frames"}`],["heartbeat",xn(t?.nextHeartbeatAt,e)],["network",t?.online??navigator.onLine?"online":"offline"],["reconnects",String(t?.retryCount??0)],["next attempt",xn(t?.nextAttemptAt,e)]]}function zr(t){let e=t?.lastClose;return[["code",e?String(e.code):"\\u2013"],["wasClean",e?String(e.wasClean):"\\u2013"],["reason",e?.reason||"\\u2013"]]}function xn(t,e){return t===void 0?"\\u2013":`in ${Math.max(0,Math.ceil((t-e)/1e3))} s`}var An="thrum.uid",kn="thrum.connects";function Ne(){return Mn(()=>{let t=localStorage.getItem(kn);return{uid:sessionStorage.getItem(An)??void 0,connects:t===null?void 0:t==="true"}})??{uid:void 0,connects:void 0}}function se(t,e){Mn(()=>{sessionStorage.setItem(An,t),localStorage.setItem(kn,String(e))})}function Mn(t){try{return t()}catch(e){if(!(e instanceof DOMException))throw e;return}}function Tn({session:t,uid:e}){let n=A(t,({client:o})=>o?.active??!1),r=o=>{if(o.preventDefault(),!(o.currentTarget instanceof HTMLFormElement))return;let i=o.currentTarget;se(M(i,"uid"),!0),t.connect({url:M(i,"url"),transport:Yr(M(i,"transport")),uid:M(i,"uid"),token:M(i,"token")})},s=o=>{let{form:i}=o.currentTarget;i&&se(M(i,"uid"),!1),t.disconnect()};return f("section",{class:"pane connection","aria-labelledby":"connection-heading",children:[f("h2",{id:"connection-heading",children:"Connection"}),f("form",{onSubmit:r,children:[f(O,{name:"url",label:"URL",type:"url",value:t.ownUrl,required:!0}),f("div",{class:"pair",children:[f(O,{name:"uid",label:"uid",value:e,placeholder:"alice"}),f(O,{name:"token",label:"Token, instead of a uid",type:"password",placeholder:"JWT"})]}),f(Yt,{name:"transport",label:"Transport",choices:re}),f("p",{class:"actions",children:[f("button",{type:"submit",class:n?void 0:"primary",children:n?"Reconnect":"Connect"}),f("button",{type:"button",disabled:!n,onClick:s,children:"Disconnect"})]})]}),f(Cn,{session:t})]})}function Yr(t){return re.find(([e])=>e===t)?.[0]??"websocket"}function Rn({session:t}){let e=A(t,({channels:r})=>r),n=r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=M(r.currentTarget,"channel");t.join(s.replace(/^#/,"")),r.currentTarget.reset()};return f("div",{class:"channels",children:[f("ul",{"aria-label":"Channels joined",children:e.map(r=>f("li",{children:["#",r,f("button",{type:"button","aria-label":`Leave #${r}`,onClick:()=>t.leave(r),children:"\\xD7"})]},r))}),f("form",{onSubmit:n,children:[f(O,{name:"channel",label:"Channel",placeholder:"#room",required:!0}),f("button",{type:"submit",children:"Join"})]})]})}function On({session:t}){let e=A(t,({channels:r})=>r);return f("form",{class:"composer",onSubmit:r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=r.currentTarget,o=s.elements.namedItem("message");o instanceof HTMLInputElement&&(t.send(M(s,"to"),o.value),o.value="",o.focus())},children:[f(O,{name:"to",label:"To",value:"all",placeholder:"uid, all or #channel",suggestions:["all",...e.map(r=>`#${r}`)],required:!0}),f(O,{name:"message",label:"Message",required:!0}),f("button",{type:"submit",class:"primary",children:"Send"})]})}var Zr={in:"\\u2190",out:"\\u2192",note:"\\xB7"},Qr={in:"received",out:"sent",note:"note"},es=40,ts=new Intl.DateTimeFormat("en-GB",{timeStyle:"medium"});function _n({session:t}){let e=A(t,({rows:o})=>o),n=F(null),r=F(!0),s=()=>{let{current:o}=n;if(!o)return;let{scrollTop:i,scrollHeight:c,clientHeight:u}=o;r.current=c-i-u<es};return We(()=>{let{current:o}=n;o&&r.current&&(o.scrollTop=o.scrollHeight)},[e]),f("div",{class:"log",children:[f("div",{ref:n,class:"scroll",role:"log","aria-live":"polite","aria-label":"Frames",tabindex:0,onScroll:s,children:f("ol",{children:e.map(o=>f(ns,{row:o},o.id))})}),e.length===0&&f("p",{class:"empty",children:"Connect, then send a message."})]})}var ns=zt(function({row:e}){let{tone:n,address:r,body:s}=bn(e);return f("li",{class:`${e.kind} ${n}`,children:[f("time",{children:ts.format(e.time)}),f("span",{class:"mark","aria-hidden":"true",children:Zr[e.kind]}),f("span",{class:"spoken",children:Qr[e.kind]}),f("code",{children:[r&&f("b",{children:r}),s]})]})});function Nn({session:t}){let e=A(t,({rows:n})=>n.length===0);return f("section",{class:"pane conversation","aria-labelledby":"conversation-heading",children:[f("div",{class:"heading",children:[f("h2",{id:"conversation-heading",children:"Conversation"}),f("button",{type:"button",class:"quiet",disabled:e,onClick:()=>t.clear(),children:"Clear"})]}),f(Rn,{session:t}),f(_n,{session:t}),f(On,{session:t})]})}var rs=1800,ss=3;function Ln(t){let{url:e,uid:n,visitor:r,channel:s,onReady:o}=t,i=[`${r}:Hello, ${r}! I am ${n}, a second connection of this page.`,`#${s}:This went to the channel #${s}: all who have joined it get it.`,`${r}:Your turn. Write a message to all, to me, or to #${s}. Then open this page in a second window: it will have a name of its own.`],c=0,u=new j(e,{uid:n,showSender:!0,onOpen:o,onMessage(a){let[,d,p]=/^([^>]*)>(.*)$/s.exec(String(a))??[];if(d!==r||p===void 0)return;let m=i.length>0?void 0:h(p);m!==void 0?u.send(`${r}:${m}`):l()}});function l(){let a=i.shift();a!==void 0&&(u.send(a),C.after(rs,l))}function h(a){return c++<ss?`I received "${a}", on the way of every message: browser, hub, browser.`:void 0}return u.connect(),()=>u.close()}var Pn="lobby";function Dn(t,e){let{connects:n}=Ne();n!==!1&&(se(e,!0),n?jn(t,e):os(t,e))}function jn(t,e){let n=t.ownUrl;t.connect({url:n,transport:"websocket",uid:e,token:""})}function os(t,e){let n=`guide-of-${e}`;t.join(Pn);let r=Ln({url:t.ownUrl,uid:n,visitor:e,channel:Pn,onReady(){t.client===void 0&&(jn(t,e),t.send(n,"hello"),t.subscribe(()=>t.client?.active||r()))}})}var is=[..."brave brisk bright calm cheerful clever eager fearless gentle".split(" "),..."happy jolly kind lively lucky merry nimble patient quick".split(" ")],cs=[..."badger beaver crane dolphin falcon ferret finch fox heron".split(" "),..."lynx magpie marten otter owl raven robin seal swift".split(" ")];function In(){return`${$n(is)}-${$n(cs)}-${10+Fn(90)}`}function $n(t){return t[Fn(t.length)]??""}function Fn(t){return Math.floor(Math.random()*t)}var ft=document.getElementById("console"),ut=new _e;if(ft){let t=ft.dataset.access==="anonymous",e=Ne().uid??(t?In():"");Je(f(ee,{children:[f(Tn,{session:ut,uid:e}),f(Nn,{session:ut})]}),ft),t&&Dn(ut,e)}\n';var j='var po=Object.defineProperty,Ei=(e,t)=>{let n={};for(var r in e)po(n,r,{get:e[r],enumerable:!0});return t||po(n,Symbol.toStringTag,{value:"Module"}),n};var ys=Symbol("RENDERER"),lr=Symbol("ERROR_HANDLER"),ve=Symbol("STASH"),ds=Symbol("INTERNAL"),vs=Symbol("MEMO"),ho=Symbol("PERMALINK"),Wa=Symbol("RENDERED_JSX");var Ai=e=>(e[ds]=!0,e);var mo=e=>({value:t,children:n})=>{if(!n)return;let r={children:[{tag:Ai(()=>{e.push(t)}),props:{}}]};Array.isArray(n)?r.children.push(...n.flat()):r.children.push(n),r.children.push({tag:Ai(()=>{e.pop()}),props:{}});let s={tag:"",props:r,type:""};return s[lr]=l=>{throw e.pop(),l},s},Rr=e=>{let t=[e],n=mo(t);return n.values=t,n.Provider=n,or.push(n),n};var Nr={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},Ci={},gs="data-precedence",Di=e=>e.rel==="stylesheet"&&"precedence"in e,ji=(e,t)=>e==="link"?t:Nr[e].length>0;var Mi=e=>Array.isArray(e)?e:[e];var Ja=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),bs=e=>Ja.get(e)||e;var vo=(e,t,n)=>{e.size>=t&&e.clear(),e.add(n)};var Ka=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Ti=new Set,go=1024,Xa=e=>{if(Ti.has(e))return!0;let t=e.length;if(t===0)return!1;for(let n=0;n<t;n++){let r=e.charCodeAt(n);if(!(r>=97&&r<=122||r>=65&&r<=90||r>=48&&r<=57||r===45||r===95))return Ka.test(e)?!1:(vo(Ti,go,e),!0)}return vo(Ti,go,e),!0},Za=/[;"\'\\\\/\\[\\](){}]/,Ya=e=>{if(!Za.test(e))return!1;let t=0,n=[];for(let r=0,s=e.length;r<s;r++){let l=e.charCodeAt(r);if(l===92){if(r===s-1)return!0;r++}else if(t!==0){if(l===10||l===12||l===13)return!0;l===t&&(t=0)}else if(l===47&&e.charCodeAt(r+1)===42){let u=e.indexOf("*/",r+2);if(u===-1)return!0;r=u+1}else if(l===34||l===39)t=l;else if(l===40)n.push(41);else if(l===91)n.push(93);else{if(l===123||l===125)return!0;if(l===41||l===93){if(n[n.length-1]!==l)return!0;n.pop()}else if(l===59&&n.length===0)return!0}}return t!==0||n.length!==0},Oi=(e,t)=>{for(let[n,r]of Object.entries(e)){let s=n[0]==="-"||!/[A-Z]/.test(n)?n:n.replace(/[A-Z]/g,u=>`-${u.toLowerCase()}`);if(!Xa(s))continue;if(r==null){t(s,null);continue}let l;if(typeof r=="number")l=s.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${r}`:`${r}px`;else if(typeof r=="string"){if(Ya(r))continue;l=r}else continue;t(s,l)}};var or=[],bo=!1,Pi,Qa,ef=0,ko=!1,tf=()=>{if(bo)return Pi;bo=!0;let e=globalThis,t;for(let n of[()=>e.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>e.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{t=n()}catch{}if(t)break}return t&&(Pi=new t),Pi},nf=()=>tf()?.getStore()||Qa,rf=()=>{ef>0&&!ko&&(ko=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var sf=(e,t)=>{if(!e)return rf(),t.values.at(-1);let n=e.get(t);return n?.length?n.at(-1):t.values[0]};var mn=e=>sf(nf(),e);var lf=0;var of=2,uf=3,cf=4,Ii=new WeakMap,Ri=(e,t)=>!e||!t||e.length!==t.length||t.some((n,r)=>n!==e[r]);var af;var xo=[];var te=e=>{let t=()=>typeof e=="function"?e():e,n=yn.at(-1);if(!n)return[t(),()=>{}];let[,r]=n,s=r[ve][1][lf]||=[],l=r[ve][0]++;return s[l]||=[t(),u=>{let a=af,h=s[l];if(typeof u=="function"&&(u=u(h[0])),!Object.is(u,h[0]))if(h[0]=u,xo.length){let[y,g]=xo.at(-1);Promise.all([y===3?r:Lr([y,!1,a],r),g]).then(([m])=>{if(!m||!(y===2||y===3))return;let v=m.vC;requestAnimationFrame(()=>{setTimeout(()=>{v===m.vC&&Lr([y===3?1:0,!1,a],m)})})})}else Lr([0,!1,a],r)}]};var ff=(e,t,n)=>{let r=yn.at(-1);if(!r)return;let[,s]=r,l=s[ve][1][1]||=[],u=s[ve][0]++,[a,,h]=l[u]||=[];if(Ri(a,n)){h&&h();let y=()=>{g[e]=void 0,g[2]=t()},g=[n,void 0,void 0,void 0,void 0];g[e]=y,l[u]=g}},at=(e,t)=>ff(3,e,t);var ur=(e,t)=>{let n=yn.at(-1);if(!n)return e;let[,r]=n,s=r[ve][1][of]||=[],l=r[ve][0]++,u=s[l];return Ri(u?.[1],t)?s[l]=[e,t]:e=s[l][0],e};function ft(e){let t=yn.at(-1);if(!t)return{current:e};let[,n]=t,r=n[ve][1][cf]||=[],s=n[ve][0]++;return r[s]||={current:e}}var Ni=e=>{let t=Ii.get(e);if(t){if(t.length===2)throw t[1];return t[0]}throw e.then(n=>Ii.set(e,[n]),n=>Ii.set(e,[void 0,n])),e},ks=(e,t)=>{let n=yn.at(-1);if(!n)return e();let[,r]=n,s=r[ve][1][uf]||=[],l=r[ve][0]++,u=s[l];return Ri(u?.[1],t)&&(s[l]=[e(),t]),s[l][0]},pf=0,xs=()=>ks(()=>`:r${(pf++).toString(32)}:`,[]);var $r="_hp",hf={Change:"Input",DoubleClick:"DblClick"},mf={svg:"2000/svg",math:"1998/Math/MathML"},yn=[],Fr=new WeakMap,cr,jo=()=>cr,Qe=e=>"t"in e,Li={onClick:["click",!1]},wo=e=>{if(!e.startsWith("on"))return;if(Li[e])return Li[e];let t=e.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(t){let[,n,r]=t;return Li[e]=[(hf[n]||n).toLowerCase(),!!r]}},_o=(e,t)=>cr&&e instanceof SVGElement&&/[A-Z]/.test(t)&&(t in e.style||t.match(/^(?:o|pai|str|u|ve)/))?t.replace(/([A-Z])/g,"-$1").toLowerCase():t,Mo=e=>e==null||e===!1?null:e,yf=(e,t)=>{"value"in t&&(e.value=Mo(t.value),!e.multiple&&e.selectedIndex===-1&&(e.selectedIndex=0))},So=e=>e instanceof DOMException&&e.name==="InvalidCharacterError",df=(e,t,n)=>{t||={};for(let r in t){let s=t[r];if(r!=="children"&&(!n||n[r]!==s)){r=bs(r);let l=wo(r);if(l){if(n?.[r]!==s&&(n&&e.removeEventListener(l[0],n[r],l[1]),s!=null)){if(typeof s!="function")throw new Error(`Event handler for "${r}" is not a function`);e.addEventListener(l[0],s,l[1])}}else if(r==="dangerouslySetInnerHTML"&&s)e.innerHTML=s.__html;else if(r==="ref"){Fr.get(e)?.();let u;typeof s=="function"?u=s(e)||(()=>s(null)):s&&"current"in s&&(s.current=e,u=()=>s.current=null),Fr.set(e,u)}else if(r==="style"){let u=e.style;typeof s=="string"?u.cssText=s:(u.cssText="",s!=null&&Oi(s,u.setProperty.bind(u)))}else{if(r==="value"){let a=e.nodeName;if(a==="SELECT")continue;if((a==="INPUT"||a==="TEXTAREA")&&(e.value=Mo(s),a==="TEXTAREA")){e.textContent=s;continue}}else(r==="checked"&&e.nodeName==="INPUT"||r==="selected"&&e.nodeName==="OPTION")&&(e[r]=s);let u=_o(e,r);try{s==null||s===!1?e.removeAttribute(u):s===!0?e.setAttribute(u,""):typeof s=="string"||typeof s=="number"?e.setAttribute(u,s):e.setAttribute(u,s.toString())}catch(a){if(!So(a))throw a}}}}if(n)for(let r in n){let s=n[r];if(r!=="children"&&!(r in t)){r=bs(r);let l=wo(r);if(l)e.removeEventListener(l[0],s,l[1]);else if(r==="ref")Fr.get(e)?.(),Fr.delete(e);else try{e.removeAttribute(_o(e,r))}catch(u){if(!So(u))throw u}}}},vf=(e,t)=>{t[ve][0]=0,yn.push([e,t]);let n=t.tag[ys]||t.tag,r=n.defaultProps?{...n.defaultProps,...t.props}:t.props;try{return[n.call(null,r)]}finally{yn.pop()}},To=(e,t,n,r,s)=>{e.vR?.length&&(r.push(...e.vR),delete e.vR),typeof e.tag=="function"&&e[ve][1][1]?.forEach(l=>s.push(l)),e.vC.forEach(l=>{if(Qe(l))n.push(l);else if(typeof l.tag=="function"||l.tag===""){l.c=t;let u=n.length;if(To(l,t,n,r,s),l.s){for(let a=u;a<n.length;a++)n[a].s=!0;l.s=!1}}else n.push(l),l.vR?.length&&(r.push(...l.vR),delete l.vR)})},gf=e=>{for(;e&&(e.tag===$r||!e.e);)e=e.tag===$r||!e.vC?.[0]?e.nN:e.vC[0];return e?.e},Oo=e=>{if(!Qe(e)){let t=e[ve];t?.[1][1]&&(t[1][1].forEach(n=>n[2]?.()),delete t[1][1]),Fr.get(e.e)?.(),e.p===2&&e.vC?.forEach(n=>n.p=2),e.vC?.forEach(Oo)}e.p||(e.e?.remove(),delete e.e),typeof e.tag=="function"&&(Vr.delete(e),ws.delete(e),delete e[ve][3],e.a=!0)},Fi=(e,t,n)=>{e.c=t,Po(e,t,n)},Eo=(e,t)=>{if(t){for(let n=0,r=e.length;n<r;n++)if(e[n]===t)return n}},Ao=Symbol(),Po=(e,t,n)=>{let r=[],s=[],l=[];To(e,t,r,s,l),s.forEach(Oo);let u=n?void 0:t.childNodes,a,h=null;if(n)a=-1;else if(!u.length)a=0;else{let y=Eo(u,gf(e.nN));y!==void 0?(h=u[y],a=y):a=Eo(u,r.find(g=>g.tag!==$r&&g.e)?.e)??-1,a===-1&&(n=!0)}for(let y=0,g=r.length;y<g;y++,a++){let m=r[y],v;if(m.s&&m.e)v=m.e,m.s=!1;else{let x=n||!m.e;if(Qe(m))m.e&&m.d&&(m.e.textContent=m.t),m.d=!1,v=m.e||=document.createTextNode(m.t);else{let C=!m.e;v=m.e||=m.n?document.createElementNS(m.n,m.tag):document.createElement(m.tag),df(v,m.props,C?void 0:m.pP),Po(m,v,x),m.tag==="select"&&yf(v,m.props)}}m.tag===$r?a--:n?v.parentNode||t.appendChild(v):u[a]!==v&&u[a-1]!==v&&(u[a+1]===v?t.appendChild(u[a]):t.insertBefore(v,h||u[a]||null))}if(e.pP&&(e.pP=void 0),l.length){let y=[],g=[];l.forEach(([,m,,v,x])=>{m&&y.push(m),v&&g.push(v),x?.()}),y.forEach(m=>m()),g.length&&requestAnimationFrame(()=>{g.forEach(m=>m())})}},bf=(e,t)=>!!(e&&e.length===t.length&&e.every((n,r)=>n[1]===t[r][1])),kf=e=>{let t=new Map;for(let n of e){let r=n.key;if(t.has(r))return;t.set(r,n)}return t},ws=new WeakMap,_s=(e,t,n)=>{let r=!n&&t.pC;n&&(t.pC||=t.vC);let s;try{n||=typeof t.tag=="function"?vf(e,t):Mi(t.props.children),n[0]?.tag===""&&n[0][lr]&&(s=n[0][lr],e[5].push([e,s,t]));let l=r?[...t.pC]:t.vC?[...t.vC]:void 0,u=[],a,h=(l?.length||0)*2,y;for(let g=0;g<n.length;g++){if(Array.isArray(n[g])){n.splice(g,1,...n[g].flat(1/0)),g--;continue}let m=Io(n[g]);if(m){typeof m.tag=="function"&&!m.tag[ds]&&(or.length>0&&(m[ve][2]=or.map(x=>[x,x.values.at(-1)])),e[5]?.length&&(m[ve][3]=e[5].at(-1)));let v;if(y&&m.key===void 0&&!Qe(m)&&(l=[...y.values()],y=void 0),y){let x=m.key,C=y.get(x);C&&(Qe(m)?Qe(C):C.tag===m.tag&&C.key===x)&&(v=C,y.delete(x))}else if(l&&l.length){let x=l[0];if(Qe(m)?Qe(x):!Qe(x)&&(m.key!==void 0?x.key===m.key&&x.tag===m.tag:x.tag===m.tag))v=l.shift();else{let C=l.findIndex(Qe(m)?P=>Qe(P):m.key!==void 0?P=>P.key===m.key&&P.tag===m.tag:P=>P.tag===m.tag);h-=C===-1?l.length:C,C!==-1&&(v=l[C],l.splice(C,1)),h<0&&(h=1/0,y=kf(l))}}if(v)if(Qe(m))v.t!==m.t&&(v.t=m.t,v.d=!0),m=v;else{let x=v.pP=v.props;if(v.props=m.props,v.f||=m.f||t.f,typeof m.tag=="function"){let C=v[ve][2];v[ve][2]=m[ve][2]||[],v[ve][3]=m[ve][3],!v.f&&((v.o||v)===m.o||v.tag[vs]?.(x,v.props))&&bf(C,v[ve][2])&&(v.s=!0)}m=v}else if(!Qe(m)&&cr){let x=mn(cr);x&&(m.n=x)}if(!Qe(m)&&!m.s&&(_s(e,m),delete m.f),u.push(m),a&&!a.s&&!m.s)for(let x=a;x&&!Qe(x);x=x.vC?.at(-1))x.nN=m;a=m}}if(a&&!a.s)for(let g=a;g&&!Qe(g);g=g.vC?.at(-1))g.nN=t.nN;l=y?[...y.values()]:l,t.vR=r?[...t.vC,...l||[]]:l||[],t.vC=u,r&&delete t.pC}catch(l){if(t.f=!0,l===Ao){if(s)return;throw l}let[u,a,h]=t[ve]?.[3]||[];if(a){let y=()=>Lr([0,!1,e[2]],h),g=ws.get(h)||[];g.push(y),ws.set(h,g);let m=a(l,()=>{let v=ws.get(h);if(v){let x=v.indexOf(y);if(x!==-1)return v.splice(x,1),y()}});if(m){if(e[0]===1)e[1]=!0;else if(_s(e,h,[m]),(a.length===1||e!==u)&&h.c&&!e[5].some(([,,v])=>v===h)){Fi(h,h.c,!1);return}throw Ao}}throw l}finally{s&&e[5].pop()}},Io=e=>{if(!(e==null||typeof e=="boolean")){if(typeof e=="string"||typeof e=="number")return{t:e.toString(),d:!0};if("vR"in e&&(e={tag:e.tag,props:e.props,key:e.key,f:e.f,type:e.tag,ref:e.props.ref,o:e.o||e}),typeof e.tag=="function")e[ve]=[0,[]];else{let t=mf[e.tag];t&&(cr||=Rr(""),e.props.children=[{tag:cr,props:{value:e.n=`http://www.w3.org/${t}`,children:e.props.children}}])}return e}},Ro=(e,t,n)=>{e.c===t&&(e.c=n,e.vC.forEach(r=>Ro(r,t,n)))},Co=(e,t)=>{t[ve][2]?.forEach(([n,r])=>{n.values.push(r)});try{_s(e,t,void 0)}catch{return}if(t.a){delete t.a;return}t[ve][2]?.forEach(([n])=>{n.values.pop()}),(e[0]!==1||!e[1])&&Fi(t,t.c,!1)},Vr=new WeakMap,Do=[],Lr=async(e,t)=>{e[5]||=[];let n=Vr.get(t);n&&n[0](void 0);let r,s=new Promise(l=>r=l);if(Vr.set(t,[r,()=>{e[2]?e[2](e,t,l=>{Co(l,t)}).then(()=>r(t)):(Co(e,t),r(t))}]),Do.length)Do.at(-1).add(t);else{await Promise.resolve();let l=Vr.get(t);l&&(Vr.delete(t),l[1]())}return s},xf=(e,t)=>{let n=[];n[5]=[],n[4]=!0,_s(n,e,void 0),n[4]=!1;let r=document.createDocumentFragment();Fi(e,r,!0),Ro(e,r,t),t.replaceChildren(r)},Ss=(e,t)=>{xf(Io({tag:"",props:{children:e}}),t)};var Vi=(e,t,n)=>({tag:$r,props:{children:e},key:n,e:t,p:1});var Lo=Rr({pending:!1,data:null,method:null,action:null}),No=new Set,Fo=e=>{No.add(e);let t=()=>{No.delete(e)};e.then(t,t)};var qi=Ei({button:()=>Jo,clearCache:()=>wf,composeRef:()=>Es,form:()=>Ho,input:()=>Uo,link:()=>qo,meta:()=>Go,script:()=>$o,style:()=>zo,title:()=>Vo}),wf=()=>{$i=Object.create(null),zi=Object.create(null)},Es=(e,t)=>ks(()=>n=>{let r;e&&(typeof e=="function"?r=e(n)||(()=>{e(null)}):e&&"current"in e&&(e.current=n,r=()=>{e.current=null}));let s=t(n);return()=>{s?.(),r?.()}},[e]),$i=Object.create(null),zi=Object.create(null),zr=(e,t,n,r,s)=>{if(t?.itemProp)return{tag:e,props:t,type:e,ref:t.ref};let l=document.head,{onLoad:u,onError:a,precedence:h,blocking:y,...g}=t,m=null,v=!1,x=Nr[e],C=ji(e,r),P=w=>w.getAttribute("rel")==="stylesheet"&&w.getAttribute("data-precedence")!==null,I;if(C){let w=l.querySelectorAll(e);e:for(let N of w)if(!(e==="link"&&!P(N))){for(let S of x)if(N.getAttribute(S)===t[S]){m=N;break e}}if(!m){let N=x.reduce((S,q)=>t[q]===void 0?S:`${S}-${q}-${t[q]}`,e);v=!zi[N],m=zi[N]||=(()=>{let S=document.createElement(e);for(let q of x)t[q]!==void 0&&S.setAttribute(q,t[q]);return t.rel&&S.setAttribute("rel",t.rel),S})()}}else I=l.querySelectorAll(e);h=r?h??"":void 0,r&&(g[gs]=h);let H=ur(w=>{if(C){if(e==="link"&&h!==void 0){let S=!1;for(let q of l.querySelectorAll(e)){let B=q.getAttribute(gs);if(B===null){l.insertBefore(w,q);return}if(S&&B!==h){l.insertBefore(w,q);return}B===h&&(S=!0)}l.appendChild(w);return}let N=!1;for(let S of l.querySelectorAll(e)){if(N&&S.getAttribute("data-precedence")!==h){l.insertBefore(w,S);return}S.getAttribute("data-precedence")===h&&(N=!0)}l.appendChild(w)}else if(e==="link")l.contains(w)||l.appendChild(w);else if(I){let N=!1;for(let S of I)if(S===w){N=!0;break}N||l.insertBefore(w,l.contains(I[0])?I[0]:l.querySelector(e)),I=void 0}},[C,h,e]),E=Es(t.ref,w=>{let N=x[0];if(n===2&&(w.innerHTML=""),(v||I)&&H(w),!a&&!u||!N)return;let S=$i[w.getAttribute(N)]||=new Promise((q,B)=>{w.addEventListener("load",q),w.addEventListener("error",B)});u&&(S=S.then(u)),a&&(S=S.catch(a)),S.catch(()=>{})});if(s&&y==="render"){let w=Nr[e][0];if(w&&t[w]){let N=t[w],S=$i[N]||=new Promise((q,B)=>{H(m),m.addEventListener("load",q),m.addEventListener("error",B)});Ni(S)}}let R={tag:e,type:e,props:{...g,ref:E},ref:E};return R.p=n,m&&(R.e=m),Vi(R,l)},Vo=e=>{let t=jo();return(t&&mn(t))?.endsWith("svg")?{tag:"title",props:e,type:"title",ref:e.ref}:zr("title",e,void 0,!1,!1)},$o=e=>!e||["src","async"].some(t=>!e[t])?{tag:"script",props:e,type:"script",ref:e.ref}:zr("script",e,1,!1,!0),zo=e=>!e||!["href","precedence"].every(t=>t in e)?{tag:"style",props:e,type:"style",ref:e.ref}:(e["data-href"]=e.href,delete e.href,zr("style",e,2,!0,!0)),qo=e=>!e||["onLoad","onError"].some(t=>t in e)||e.rel==="stylesheet"&&(!("precedence"in e)||"disabled"in e)?{tag:"link",props:e,type:"link",ref:e.ref}:zr("link",e,1,Di(e),!0),Go=e=>zr("meta",e,void 0,!1,!1),Bo=Symbol(),Ho=e=>{let{action:t,...n}=e;typeof t!="function"&&(n.action=t);let[r,s]=te([null,!1]),l=ur(async y=>{let g=y.isTrusted?t:y.detail[Bo];if(typeof g!="function")return;y.preventDefault();let m=new FormData(y.target);s([m,!0]);try{let v=g(m);v instanceof Promise&&(Fo(v),await v)}finally{s([null,!0])}},[]),u=Es(e.ref,y=>(y.addEventListener("submit",l),()=>{y.removeEventListener("submit",l)})),[a,h]=r;return r[1]=!1,{tag:Lo,props:{value:{pending:a!==null,data:a,method:a?"post":null,action:a?t:null},children:{tag:"form",props:{...n,ref:u},type:"form",ref:u}},f:h}},Wo=(e,{formAction:t,...n})=>{if(typeof t=="function"){let r=ur(s=>{s.preventDefault(),s.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Bo]:t}}))},[]);n.ref=Es(n.ref,s=>(s.addEventListener("click",r),()=>{s.removeEventListener("click",r)}))}return{tag:e,props:n,type:e,ref:n.ref}},Uo=e=>Wo("input",e),Jo=e=>Wo("button",e);Object.assign(Ci,{title:Vo,script:$o,style:zo,link:qo,meta:Go,form:Ho,input:Uo,button:Jo});var o=(e,t,n)=>(typeof e=="string"&&qi[e]&&(e=qi[e]),{tag:e,type:e,props:t,key:n,ref:t.ref}),Te=e=>o("",e,void 0);var As,_f={lang:void 0,message:void 0,abortEarly:void 0,abortPipeEarly:void 0};function Gi(e){return!e&&!As?_f:{lang:e?.lang??As?.lang,message:e?.message,abortEarly:e?.abortEarly??As?.abortEarly,abortPipeEarly:e?.abortPipeEarly??As?.abortPipeEarly}}var Sf;function Ef(e){return Sf?.get(e)}var Af;function Cf(e){return Af?.get(e)}var Df;function jf(e,t){return Df?.get(e)?.get(t)}function qr(e){let t=typeof e;return t==="string"?`"${e}"`:t==="number"||t==="bigint"||t==="boolean"?`${e}`:t==="object"||t==="function"?(e&&Object.getPrototypeOf(e)?.constructor?.name)??"null":t}function bt(e,t,n,r,s){let l=s&&"input"in s?s.input:n.value,u=s?.expected??e.expects??null,a=s?.received??qr(l),h={kind:e.kind,type:e.type,input:l,expected:u,received:a,message:`Invalid ${t}: ${u?`Expected ${u} but r`:"R"}eceived ${a}`,requirement:e.requirement,path:s?.path,issues:s?.issues,lang:r.lang,abortEarly:r.abortEarly,abortPipeEarly:r.abortPipeEarly},y=e.kind==="schema",g=s?.message??e.message??jf(e.reference,h.lang)??(y?Cf(h.lang):null)??r.message??Ef(h.lang);g!==void 0&&(h.message=typeof g=="function"?g(h):g),y&&(n.typed=!1),n.issues?n.issues.push(h):n.issues=[h]}function Mf(e,t){return e===t||Number.isNaN(e)&&Number.isNaN(t)}function Tf(e,t){return Object.prototype.hasOwnProperty.call(e,t)&&t!=="__proto__"&&t!=="prototype"&&t!=="constructor"}function Of(e,t){let n=[...new Set(e)];return n.length>1?`(${n.join(` ${t} `)})`:n[0]??"never"}function jt(e){return e["~standard"]={version:1,vendor:"valibot",validate:t=>e["~run"]({value:t},Gi())},e}var Pf=class extends Error{constructor(e){super(e[0].message),this.name="ValiError",this.issues=e}};function Bi(e){return{kind:"validation",type:"finite",reference:Bi,async:!1,expects:null,requirement:Number.isFinite,message:e,"~run"(t,n){return t.typed&&!this.requirement(t.value)&&bt(this,"finite",t,n),t}}}function Hi(e,t){return{kind:"validation",type:"min_value",reference:Hi,async:!1,expects:`>=${e instanceof Date?e.toJSON():qr(e)}`,requirement:e,message:t,"~run"(n,r){return n.typed&&!(n.value>=this.requirement)&&bt(this,"value",n,r,{received:n.value instanceof Date?n.value.toJSON():qr(n.value)}),n}}}function Wi(){return{kind:"transformation",type:"readonly",reference:Wi,async:!1,"~run"(e){return e}}}function Ui(e){return{kind:"validation",type:"safe_integer",reference:Ui,async:!1,expects:null,requirement:Number.isSafeInteger,message:e,"~run"(t,n){return t.typed&&!this.requirement(t.value)&&bt(this,"safe integer",t,n),t}}}function If(e,t,n){return typeof e.fallback=="function"?e.fallback(t,n):e.fallback}function Ko(e,t,n){return typeof e.default=="function"?e.default(t,n):e.default}function ge(e,t){return jt({kind:"schema",type:"array",reference:ge,expects:"Array",async:!1,item:e,message:t,"~run"(n,r){let s=n.value;if(Array.isArray(s)){n.typed=!0,n.value=[];for(let l=0;l<s.length;l++){let u=s[l],a=this.item["~run"]({value:u},r);if(a.issues){let h={type:"array",origin:"value",input:s,key:l,value:u};for(let y of a.issues)y.path?y.path.unshift(h):y.path=[h],n.issues?.push(y);if(n.issues||(n.issues=a.issues),r.abortEarly){n.typed=!1;break}}a.typed||(n.typed=!1),n.value.push(a.value)}}else bt(this,"type",n,r);return n}})}function Gr(e){return jt({kind:"schema",type:"boolean",reference:Gr,expects:"boolean",async:!1,message:e,"~run"(t,n){return typeof t.value=="boolean"?t.typed=!0:bt(this,"type",t,n),t}})}function Ji(e,t){return jt({kind:"schema",type:"custom",reference:Ji,expects:"unknown",async:!1,check:e,message:t,"~run"(n,r){return this.check(n.value)?n.typed=!0:bt(this,"type",n,r),n}})}function dn(e,t){return jt({kind:"schema",type:"literal",reference:dn,expects:qr(e),async:!1,literal:e,message:t,"~run"(n,r){return Mf(n.value,this.literal)?n.typed=!0:bt(this,"type",n,r),n}})}function Xt(e){return jt({kind:"schema",type:"number",reference:Xt,expects:"number",async:!1,message:e,"~run"(t,n){return typeof t.value=="number"&&!isNaN(t.value)?t.typed=!0:bt(this,"type",t,n),t}})}function $(e,t){return jt({kind:"schema",type:"object",reference:$,expects:"Object",async:!1,entries:e,message:t,"~run"(n,r){let s=n.value;if(s&&typeof s=="object"){n.typed=!0,n.value={};for(let l in this.entries){let u=this.entries[l];if(l in s||(u.type==="exact_optional"||u.type==="optional"||u.type==="nullish")&&u.default!==void 0){let a=l in s?s[l]:Ko(u),h=u["~run"]({value:a},r);if(h.issues){let y={type:"object",origin:"value",input:s,key:l,value:a};for(let g of h.issues)g.path?g.path.unshift(y):g.path=[y],n.issues?.push(g);if(n.issues||(n.issues=h.issues),r.abortEarly){n.typed=!1;break}}h.typed||(n.typed=!1),n.value[l]=h.value}else if(u.fallback!==void 0)n.value[l]=If(u);else if(u.type!=="exact_optional"&&u.type!=="optional"&&u.type!=="nullish"&&(bt(this,"key",n,r,{input:void 0,expected:`"${l}"`,path:[{type:"object",origin:"key",input:s,key:l,value:s[l]}]}),r.abortEarly))break}}else bt(this,"type",n,r);return n}})}function Z(e,t){return jt({kind:"schema",type:"optional",reference:Z,expects:`(${e.expects} | undefined)`,async:!1,wrapped:e,default:t,"~run"(n,r){return n.value===void 0&&(this.default!==void 0&&(n.value=Ko(this,n,r)),n.value===void 0)?(n.typed=!0,n):this.wrapped["~run"](n,r)}})}function Ki(e,t){return jt({kind:"schema",type:"picklist",reference:Ki,expects:Of(e.map(qr),"|"),async:!1,options:e,message:t,"~run"(n,r){return this.options.includes(n.value)?n.typed=!0:bt(this,"type",n,r),n}})}function ar(e,t,n){return jt({kind:"schema",type:"record",reference:ar,expects:"Object",async:!1,key:e,value:t,message:n,"~run"(r,s){let l=r.value;if(l&&typeof l=="object"){r.typed=!0,r.value={};for(let u in l)if(Tf(l,u)){let a=l[u],h=this.key["~run"]({value:u},s);if(h.issues){let g={type:"object",origin:"key",input:l,key:u,value:a};for(let m of h.issues)m.path=[g],r.issues?.push(m);if(r.issues||(r.issues=h.issues),s.abortEarly){r.typed=!1;break}}let y=this.value["~run"]({value:a},s);if(y.issues){let g={type:"object",origin:"value",input:l,key:u,value:a};for(let m of y.issues)m.path?m.path.unshift(g):m.path=[g],r.issues?.push(m);if(r.issues||(r.issues=y.issues),s.abortEarly){r.typed=!1;break}}(!h.typed||!y.typed)&&(r.typed=!1),h.typed&&(r.value[h.value]=y.value)}}else bt(this,"type",r,s);return r}})}function vn(e){return jt({kind:"schema",type:"string",reference:vn,expects:"string",async:!1,message:e,"~run"(t,n){return typeof t.value=="string"?t.typed=!0:bt(this,"type",t,n),t}})}function Br(){return jt({kind:"schema",type:"unknown",reference:Br,expects:"unknown",async:!1,"~run"(e){return e.typed=!0,e}})}function Xi(e,t,n){let r=e["~run"]({value:t},Gi(n));if(r.issues)throw new Pf(r.issues);return r.value}function Hr(...e){return jt({...e[0],pipe:e,"~run"(t,n){for(let r of e)if(r.kind!=="metadata"){if(t.issues&&(r.kind==="schema"||r.kind==="transformation")){t.typed=!1;break}(!t.issues||!n.abortEarly&&!n.abortPipeEarly)&&(t=r["~run"](t,n))}return t}})}function Wr(e,t,n){let r=e["~run"]({value:t},Gi(n));return{typed:r.typed,success:!r.issues,output:r.value,issues:r.issues}}function Zo(e){return typeof e=="object"&&e!==null&&!Array.isArray(e)}var Rf=64;function Yo(e){let t=Xo(e)?[e]:[];for(let n=0;t.length>0;n++){if(n===Rf)return!0;t=t.flatMap(r=>Object.values(r).filter(Xo))}return!1}function Xo(e){return typeof e=="object"&&e!==null}var Qo=60;function Nf(e){if(Yo(e))return"deeply nested JSON";let t=JSON.stringify(e)??"nothing";return t.length<=Qo?t:`${t.slice(0,Qo)}\\u2026`}function nn(e){return({input:t})=>`expected ${e}, but got ${Nf(t)}`}function Cs(e){return Ki(e,nn(`one of ${e.join(", ")}`))}var Pd=Ji(Zo,nn("an object"));var pe=vn(nn("a string")),rn=Gr(nn("true or false")),Jr=Hr(Xt(nn("a number")),Bi()),Ie=Hr(Xt(nn("a number")),Ui(nn("a whole number")),Hi(0,nn("0 or more"))),Lf=["user","since","idle","unsent","channels","received","rate"],Ff=["name","clients","rate"],eu={search:Z(pe,""),reverse:Z(rn,!1),limit:Ie},Nd=$({type:dn("connections"),...eu,sort:Cs(Lf),user:Z(pe),channel:Z(pe)}),Ld=$({type:dn("connection"),client:Z(pe),user:Z(pe)}),Fd=$({type:dn("channelPage"),...eu,sort:Cs(Ff),names:Z(Hr(ge(pe),Wi()))}),Vd=$({type:dn("load"),since:Z(Jr,0)}),$d=$({type:dn("trace"),trace:pe,client:pe,payloads:rn}),zd=$({type:dn("send"),client:pe,json:pe});var tu={client:pe,user:pe,node:pe,protocol:pe,transport:pe,address:Z(pe),age:Ie,idle:Ie,unsent:Ie,received:Ie,channels:Ie,rate:Z(Jr)},Ds=$(tu),qd=$({found:Ie,total:Ie,rows:ge(Ds)}),Vf=$({channel:pe,server_side:rn,token:rn,positioned:rn,offset:Ie,epoch:pe,delta:rn,filter:rn,join_leave:rn}),$f=$({...tu,admitted:rn,expires_in:Z(Ie),info:Z(pe),caps:ge($({channels:ge(pe),allow:ge(pe)})),subscriptions:ge(Vf)}),Gd=ge($f),Bd=$({found:Ie,rows:ge($({channel:pe,clients:Ie,delivered:Ie,rate:Z(Jr)}))}),nu=$({node:pe,columns:ge(pe),samples:ge(ge(Jr))}),zf=$({at:Jr,direction:Cs(["in","out"]),type:Z(pe),bytes:Ie,offset:Z(Ie),client:Z(pe),user:Z(pe),text:Z(pe),base64:Z(pe)}),ru=$({frames:ge(zf),skipped:Ie,in:$({frames:Ie,bytes:Ie}),out:$({frames:Ie,bytes:Ie}),ended:Z($({code:Ie,reason:pe}))});var he=vn(),Re=Xt(),Zt=Gr(),lu=$({connections:ge(Ds),found:Re,total:Re}),Zi=$({...Ds.entries,admitted:Zt,expires_in:Z(Re),info:Z(Br()),caps:ge($({channels:ge(he),allow:ge(he)})),subscriptions:ge($({channel:he,server_side:Zt,token:Zt,positioned:Zt,offset:Re,delta:Zt,filter:Zt,join_leave:Zt}))}),ou=$({user:he,connections:ge(Zi)}),uu=$({channels:ge($({channel:he,num_clients:Re,delivered:Re,rate:Z(Re)})),found:Re}),cu=ar(he,$({value:Br(),from:he})),au=$({channel:he,num_clients:Re,delivered:Re,private:Zt,users:Z(ge(he)),position:Z($({offset:Re,epoch:he})),options:cu}),su=$({allowed:Zt,rule:he,why:he,hook:Z(he)}),iu=Z($({kind:he,user:Z(he),expires_in:Z(Re),channel:Z(he),reason:Z(he),message:Z(he)})),fu=$({token:iu,channel_token:iu,connect:su,actions:ar(he,su),options:cu}),pu=$({presence:ar(he,$({user:he,client:he}))}),hu=$({publications:ge($({data:Br(),offset:Z(Re),info:Z($({user:Z(he)}))})),epoch:he,offset:Re}),mu=$({nodes:ge($({uid:he,version:he,num_clients:Re,num_users:Re,num_channels:Re,num_subs:Re,uptime:Re}))}),yu=$({nodes:ge($({node:he,metrics:ge($({name:he,labels:ar(he,he),value:Z(Re)}))}))}),du=$({nodes:ge(nu),answered_within_ms:Re}),js=$({delivered:Zt}),Tn=$({}),vu=ru;var Kr=class extends Error{name="ApiError";code;constructor(t,n){super(n),this.code=t}},gu=$({error:$({code:Xt(),message:vn()})}),bu=()=>location.reload();function Ms(e,t,n){return fetch(e,{method:"POST",headers:{"Content-Type":"application/json"},body:JSON.stringify(t),signal:n})}async function we(e,t,n){let r=await Ms(`inspector/api/${e}`,t);if(r.status===401&&bu(),!r.headers.get("content-type")?.includes("json"))throw new Kr(r.status,await r.text());let l=await r.json(),u=Wr(gu,l);if(u.success){let{code:a,message:h}=u.output.error;throw new Kr(a,h)}return Xi($({result:n}),l).result}async function ku(e,{onLine:t,signal:n}){let r=await Ms("inspector/api/trace",e,n);if(r.status===401&&bu(),!(r.headers.get("content-type")??"").includes("ndjson")||r.body===null){let a=Wr(gu,await r.json()),h=a.success?a.output.error.message:`status ${r.status}`;throw new Kr(r.status,h)}let l=r.body.pipeThrough(new TextDecoderStream).getReader(),u="";for(;;){let{value:a,done:h}=await l.read();if(h)return;let y=(u+a).split(`\n`);u=y.pop()??"";for(let g of y)t(Xi(vu,JSON.parse(g)))}}async function xu(e){let t=await Ms("inspector/login",{key:e});if(t.ok)return;let n=Wr($({error:vn()}),await t.json());return n.success?n.output.error:`Status ${t.status}.`}async function wu(){await Ms("inspector/logout",{})}var qf=new Intl.NumberFormat("en-GB",{maximumFractionDigits:0}),Gf=new Intl.NumberFormat("en-GB",{notation:"compact",maximumSignificantDigits:3});function re(e){return qf.format(e)}function fr(e){return Gf.format(e)}function Mt(e){let t=["B","kB","MB","GB"],n=e,r=0;for(;n>=1e3&&r<t.length-1;)n/=1e3,r++;let s=r===0||n>=100?0:1;return`${n.toFixed(s)} ${t[r]}`}function Ft(e){return e<120?`${Math.round(e)} s`:e<7200?`${Math.round(e/60)} min`:e<172800?`${Math.round(e/3600)} h`:`${Math.round(e/86400)} d`}function Yi(e){let t=e*1e3;return t<.01&&t>0?"< 0.01 ms":`${t.toFixed(t<1?2:1)} ms`}function Qi(e){return`${(e*100).toFixed(e<.1?1:0)} %`}function pr(e){return e.length>12?`${e.slice(0,8)}\\u2026`:e}var sn={get now(){return performance.now()},get wallTime(){return Date.now()},after(e,t){let n=setTimeout(t,e);return()=>clearTimeout(n)},every(e,t){let n=setInterval(t,e);return()=>clearInterval(n)},soon(e){let t=setImmediate(e);return()=>clearImmediate(t)}};var Bf=["channel","connection","user"],Hf=["overview","channels","connections","why"];function Wf(e){let[t="",n=""]=e.replace(/^#\\/?/,"").split("/"),r=Hf.find(u=>u===t);if(r!==void 0)return{kind:r};let s=Bf.find(u=>u===t),l=Uf(n);return s===void 0||l===""?{kind:"overview"}:{kind:s,name:l}}function On(e){return"name"in e?`#/${e.kind}/${encodeURIComponent(e.name)}`:`#/${e.kind}`}function Uf(e){try{return decodeURIComponent(e)}catch(t){if(!(t instanceof URIError))throw t;return""}}function _u(){let[e,t]=te(location.hash);return at(()=>{let n=()=>t(location.hash);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),Wf(e)}function pt(e,t,n){let[r,s]=te({key:e}),[l,u]=te(0);at(()=>{let h,y=!1,g=()=>{y||(h=sn.after(n,m))},m=()=>{if(document.hidden)return g();t().then(v=>y||s({key:e,value:v}),v=>y||s(x=>({...x,key:e,problem:Vt(v)}))).then(g)};return m(),()=>{y=!0,h?.()}},[e,l]);let a=r.key===e;return{value:a?r.value:void 0,problem:a?r.problem:void 0,reload:()=>u(h=>h+1)}}function Vt(e){return e instanceof Error?e.message:String(e)}function Ts(e){let[t,n]=te(e);return at(()=>sn.after(250,()=>n(e)),[e]),t}var Jf=4e3;function ht({children:e,of:t}){let n=ft(null);return at(()=>{location.hash!==""&&n.current?.focus()},[]),o("h2",{ref:n,class:"view-title",tabindex:-1,children:[t&&o("span",{class:"kind",children:t}),e]})}function hr({figures:e}){return o("dl",{class:"inspector-figures",children:Object.entries(e).map(([t,n])=>o("div",{children:[o("dt",{children:t}),o("dd",{"data-figure":t,children:n})]},t))})}function et({children:e}){return o("p",{role:"status",class:"problem",children:e})}function Pn({label:e,onSure:t}){let[n,r]=te(!1),[s,l]=te();return at(()=>{if(n)return sn.after(Jf,()=>r(!1))},[n]),o(Te,{children:[o("button",{type:"button",class:n?"danger sure":"danger",onClick:()=>{r(!n),n&&(l(void 0),t().catch(a=>l(Vt(a))))},children:n?`${e}: sure?`:e}),s&&o("span",{class:"problem",role:"alert",children:s})]})}function Os({client:e}){return o("a",{href:On({kind:"connection",name:e}),title:e,children:o("code",{children:pr(e)})})}function mr({user:e}){return e===""?o("span",{class:"none",children:"\\u2013"}):o("a",{href:On({kind:"user",name:e}),children:e})}function yr({channel:e}){return o("a",{href:On({kind:"channel",name:e}),children:e})}function Ps({options:e}){return o("div",{class:"scroll-x",tabindex:0,children:o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Option"}),o("th",{scope:"col",children:"Value"}),o("th",{scope:"col",children:"From"})]})}),o("tbody",{children:Object.entries(e).map(([t,{value:n,from:r}])=>o("tr",{children:[o("th",{scope:"row",children:o("code",{children:t})}),o("td",{children:o("code",{children:JSON.stringify(n)})}),o("td",{children:o("span",{class:r==="default"?"none":"origin",children:r})})]},t))})]})})}function Is({label:e,sorts:t,sort:n,onSearch:r,onSort:s}){return o("div",{class:"list-bar",children:[o("p",{class:"field",children:[o("label",{for:"search",children:e}),o("input",{id:"search",type:"search",onInput:({target:l})=>l instanceof HTMLInputElement&&r(l.value)})]}),o("p",{class:"field",children:[o("label",{for:"sort",children:"Sorted by"}),o("select",{id:"sort",onChange:({target:l})=>{if(!(l instanceof HTMLSelectElement))return;let u=t.find(([a])=>a===l.value);u!==void 0&&s(u[0])},children:t.map(([l,u])=>o("option",{value:l,selected:l===n,children:u},l))})]})]})}function Rs({offset:e,limit:t,found:n,onMove:r}){let s=Math.min(e+t,n);return o("p",{class:"pager",children:[o("button",{type:"button",disabled:e===0,onClick:()=>r(Math.max(e-t,0)),children:"Previous"}),o("span",{children:n===0?"none":`${e+1}\\u2013${s} of ${n}`}),o("button",{type:"button",disabled:s>=n||e+t>900,onClick:()=>r(e+t),children:"Next"})]})}var Su=50,Kf=2e3,Eu=.5,Xf=[["rate","frames in a second"],["received","frames received"],["unsent","unread bytes"],["channels","number of channels"],["idle","time without a frame"],["since","newest"],["user","uid"]];function Au(){return o(Te,{children:[o(ht,{children:"Connections and users"}),o(el,{query:{}})]})}function el({query:e,action:t}){let[n,r]=te(""),[s,l]=te("rate"),[u,a]=te(0),h=Ts(n),y={...e,search:h,sort:s,offset:u,limit:Su},{value:g,problem:m}=pt(JSON.stringify(y),()=>we("connections",y,lu),Kf);return o(Te,{children:[o(Is,{label:"Search for a uid, an id or an address",sorts:Xf,sort:s,onSearch:v=>{r(v),a(0)},onSort:v=>{l(v),a(0)}}),o(et,{children:m}),o(tl,{rows:g?.connections??[],action:t}),o(Rs,{offset:u,limit:Su,found:g?.found??0,onMove:a})]})}function tl({rows:e,action:t}){let n=Yf(e);return o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Connection"}),o("th",{scope:"col",children:"User"}),o("th",{scope:"col",children:"Protocol"}),o("th",{scope:"col",children:"Address"}),o("th",{scope:"col",class:"number",children:"Age"}),o("th",{scope:"col",class:"number",children:"Idle"}),o("th",{scope:"col",class:"number",children:"Channels"}),o("th",{scope:"col",class:"number",children:"Unread"}),o("th",{scope:"col",class:"number",children:"Frames"}),o("th",{scope:"col",class:"number",children:"Frames / s"}),o("th",{scope:"col",children:"Node"}),t&&o("th",{scope:"col",children:"Action"})]})}),o("tbody",{children:e.map(r=>o(Zf,{row:r,rate:n.get(r.client)??0,action:t},r.client))})]})})}function Zf({row:e,rate:t,action:n}){return o("tr",{children:[o("th",{scope:"row",children:o(Os,{client:e.client})}),o("td",{children:o(mr,{user:e.user})}),o("td",{children:[e.protocol," / ",e.transport]}),o("td",{children:e.address??o("span",{class:"none",children:"internal"})}),o("td",{class:"number",children:Ft(e.age)}),o("td",{class:"number",children:Ft(e.idle)}),o("td",{class:"number",children:re(e.channels)}),o("td",{class:"number",children:Mt(e.unsent)}),o("td",{class:"number",children:re(e.received)}),o("td",{class:"number",children:re(t)}),o("td",{title:e.node,children:o("code",{children:pr(e.node)})}),n&&o("td",{children:n(e)})]})}function Yf(e){let t=ft(new Map),n=performance.now();return new Map(e.map(({client:r,received:s,rate:l})=>{let u=t.current?.get(r),a=(n-(u?.at??n))/1e3,h=u===void 0||a<Eu?void 0:Math.round((s-u.received)/a);return(u===void 0||a>=Eu)&&t.current?.set(r,{at:n,received:s}),[r,l??h]}))}function gn(e,t){let n=new FormData(e).get(t);return typeof n=="string"?n.trim():""}function dr({label:e,button:t,onSend:n}){let[r,s]=te(""),l=xs();return o("form",{class:"json-form",onSubmit:a=>{a.preventDefault();let{target:h}=a;h instanceof HTMLFormElement&&n(Qf(gn(h,"data"))).then(s,y=>s(Vt(y)))},children:[o("p",{class:"field",children:[o("label",{for:l,children:e}),o("input",{id:l,name:"data",autocomplete:"off",required:!0})]}),o("button",{type:"submit",children:t}),o("p",{role:"status",class:"note",children:r})]})}function Qf(e){try{return JSON.parse(e)}catch(t){if(!(t instanceof SyntaxError))throw t;return e}}var ep=300,tp=new Intl.DateTimeFormat("en-GB",{hour:"2-digit",minute:"2-digit",second:"2-digit",fractionalSecondDigits:3}),Cu={frames:[],in:0,out:0,skipped:0};function Ns({of:e}){let[t,n]=te(!1),[r,s]=te(!1),l={...e,payloads:r},u=np(t?l:void 0,()=>n(!1));return o("section",{class:"trace",children:[o("h3",{children:["Live ","channel"in e?"events":"frames"]}),o("p",{class:"trace-bar",children:[o("button",{type:"button",class:t?"":"primary",onClick:()=>n(!t),children:t?"Stop":"Follow"}),o("label",{class:"check",children:[o("input",{type:"checkbox",checked:r,onChange:()=>s(!r)}),"payloads"]}),o("span",{class:"note",children:[re(u.in)," in, ",re(u.out)," out, ",re(u.skipped)," ","not listed",u.end&&`; ended: ${u.end}`]})]}),o("ol",{class:"frames","aria-label":"Frames, the newest first",tabindex:0,children:u.frames.map(a=>o(sp,{frame:a},a.id))})]})}function np(e,t){let[n,r]=te(Cu),s=ft(0);return at(()=>{if(e===void 0)return;let l=new AbortController,{signal:u}=l;r(Cu);let a=y=>r(g=>rp(g,y,s)),h=y=>{u.aborted||(t(),r(g=>({...g,end:g.end??y})))};return ku(e,{onLine:a,signal:u}).then(()=>h("its time is over"),y=>h(Vt(y))),()=>l.abort()},[JSON.stringify(e)]),n}function rp(e,t,n){let r=t.frames.map(l=>{let u=n.current??0;return n.current=u+1,{...l,id:u}}),{ended:s}=t;return{frames:[...r.toReversed(),...e.frames].slice(0,ep),in:e.in+t.in.frames,out:e.out+t.out.frames,skipped:e.skipped+t.skipped,...s===void 0?{}:{end:`${s.code} ${s.reason}`.trim()}}}function sp({frame:e}){let{direction:t,type:n,user:r,offset:s,text:l,base64:u}=e,a=[n==="publication"?"":n,s&&`#${s}`,r&&`by ${r}`].filter(Boolean).join(" ");return o("li",{class:t,children:[o("time",{children:tp.format(e.at)}),o("span",{class:"mark","aria-hidden":"true",children:t==="in"?"\\u2192":"\\u2190"}),o("span",{class:"spoken",children:t==="in"?"from the client":"to the client"}),o("span",{class:"size",children:Mt(e.bytes)}),o("code",{children:[a&&o("b",{children:a}),l??(u&&`base64 ${u}`)]})]})}var nl=2e3,ip=25,lp=100;function Du({channel:e}){let{value:t,problem:n}=pt(e,()=>we("channel",{channel:e},au),nl),r=t===void 0?"\\u2026":t.private?"private":t.users!==void 0?`for ${t.users.join(", ")}`:"open";return o(Te,{children:[o(ht,{of:"Channel",children:e}),o(et,{children:n}),o(hr,{figures:{Subscribers:re(t?.num_clients??0),Events:re(t?.delivered??0),Kind:r,Offset:t?.position?re(t.position.offset):"none",Epoch:o("code",{children:t?.position?.epoch??"none"})}}),o("div",{class:"columns",children:[o("section",{class:"wide",children:[o("h3",{children:"Subscribers"}),o(el,{query:{channel:e},action:({client:s})=>o(Pn,{label:"Unsubscribe",onSure:async()=>{await we("unsubscribe",{client:s,channel:e},Tn)}})})]}),o(op,{channel:e}),o("section",{children:[o("h3",{children:"Options"}),t&&o(Ps,{options:t.options})]}),o(cp,{channel:e}),o(Ns,{of:{channel:e}})]})]})}function op({channel:e}){let{value:t,problem:n,reload:r}=pt(e,()=>we("history",{channel:e,limit:ip,reverse:!0},hu),nl),[s,l]=te(!0);return o("section",{children:[o("h3",{children:"History"}),o(dr,{label:"Publish JSON or text",button:"Publish",onSend:async u=>{let a=$({offset:Z(Xt())}),h=await we("publish",{channel:e,data:u},a);return r(),`Published${h.offset?` as #${h.offset}`:""}.`}}),o(et,{children:n}),t&&o(Te,{children:[o("ol",{class:"frames","aria-label":"Publications, the newest first",children:t.publications.map(({offset:u=0,data:a,info:h})=>o("li",{children:[o("span",{class:"size",children:["#",u]}),o("code",{children:[h?.user&&o("b",{children:["by ",h.user]}),up(JSON.stringify(a),s)]})]},u))}),o("p",{class:"trace-bar",children:[o("button",{type:"button",onClick:()=>l(!s),children:s?"Show all of each":"Show less"}),o(Pn,{label:"Drop the history",onSure:async()=>{await we("history_remove",{channel:e},Tn),r()}})]})]})]})}function up(e,t){return t&&e.length>160?`${e.slice(0,160)}\\u2026`:e}function cp({channel:e}){let{value:t,problem:n}=pt(e,()=>we("presence",{channel:e},pu),nl*2),r=Object.values(t?.presence??{});return o("section",{class:"wide",children:[o("h3",{children:"Presence"}),o(et,{children:n}),o("p",{class:"note",children:[re(r.length)," clients,"," ",re(new Set(r.map(({user:s})=>s)).size)," users"]}),o("ul",{class:"present",children:r.slice(0,lp).map(({client:s,user:l})=>o("li",{children:[o(mr,{user:l})," ",o(Os,{client:s})]},s))})]})}var ju=50,ap=2e3,fp=[["clients","subscribers"],["rate","events in a second"],["name","name"]];function Mu(){let[e,t]=te(""),[n,r]=te("clients"),[s,l]=te(0),a={search:Ts(e),sort:n,offset:s,limit:ju},{value:h,problem:y}=pt(JSON.stringify(a),()=>we("channels_page",a,uu),ap);return o(Te,{children:[o(ht,{children:"Channels"}),o(Is,{label:"Search for a part of the name",sorts:fp,sort:n,onSearch:g=>{t(g),l(0)},onSort:g=>{r(g),l(0)}}),o(et,{children:y}),o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Channel"}),o("th",{scope:"col",class:"number",children:"Subscribers"}),o("th",{scope:"col",class:"number",children:"Events"}),o("th",{scope:"col",class:"number",children:"Events / s"})]})}),o("tbody",{children:(h?.channels??[]).map(g=>o(pp,{row:g},g.channel))})]})}),o(Rs,{offset:s,limit:ju,found:h?.found??0,onMove:l})]})}function pp({row:e}){return o("tr",{children:[o("th",{scope:"row",children:o(yr,{channel:e.channel})}),o("td",{class:"number",children:re(e.num_clients)}),o("td",{class:"number",children:re(e.delivered)}),o("td",{class:"number",children:e.rate===void 0?"":re(e.rate)})]})}var rl=[[3503,"force disconnect","for good (3503)"],[3e3,"reconnect","it comes back (3000)"],[4501,"banned","banned (4501)"]];function Ls({of:e}){let[t,n]=te(rl[0]),[r,s]=te("");return o("div",{class:"disconnect",children:[o("p",{class:"field",children:[o("label",{for:"code",children:"Disconnect"}),o("select",{id:"code",onChange:({target:l})=>{if(!(l instanceof HTMLSelectElement))return;let u=rl.find(([a])=>String(a)===l.value);u!==void 0&&n(u)},children:rl.map(([l,,u])=>o("option",{value:l,selected:l===t[0],children:u},l))})]}),o(Pn,{label:"Disconnect",onSure:async()=>{let[l,u]=t,a={...e,disconnect:{code:l,reason:u}};await we("disconnect",a,Tn),s("Disconnected.")}}),o("p",{role:"status",class:"note",children:r})]})}var hp=1e3;function Tu({client:e}){let{value:t,problem:n}=pt(e,()=>we("connection",{client:e},Zi),hp);return o(Te,{children:[o(ht,{of:"Connection",children:e}),o(et,{children:n}),t&&o(mp,{connection:t}),o("div",{class:"columns",children:[t&&o(yp,{connection:t}),o("section",{children:[o("h3",{children:"Act"}),o(dr,{label:"Send JSON or text to this connection",button:"Send",onSend:async r=>{let s={client:e,data:r},{delivered:l}=await we("send",s,js);return l?"Sent.":"It takes no messages."}}),o(Ls,{of:{client:e}})]}),o(Ns,{of:{client:e}})]})]})}function mp({connection:e}){let{user:t,protocol:n,transport:r,received:s,caps:l}=e,u=ft({at:performance.now(),received:s,rate:0}),{current:a}=u,h=(performance.now()-(a?.at??0))/1e3;return a!==null&&h>=.8&&(a.rate=Math.round((s-a.received)/h),a.at=performance.now(),a.received=s),o(hr,{figures:{User:o(mr,{user:t}),Protocol:`${n} / ${r}`,Address:e.address??"internal",Since:Ft(e.age),"Last frame":`${Ft(e.idle)} ago`,"Unread bytes":Mt(e.unsent),Frames:re(s),"Frames / s":re(a?.rate??0),Admitted:e.admitted?"yes":"not yet","Token ends":e.expires_in===void 0?"never":`in ${Ft(e.expires_in)}`,Capabilities:o("code",{children:l.length?JSON.stringify(l):"none"}),Info:o("code",{children:JSON.stringify(e.info)??"none"}),Node:o("code",{children:e.node})}})}function yp({connection:{client:e,subscriptions:t}}){return o("section",{children:[o("h3",{children:"Channels"}),t.length===0?o("p",{class:"note",children:"None."}):o("div",{class:"scroll-x",tabindex:0,children:o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Channel"}),o("th",{scope:"col",children:"Offset"}),o("th",{scope:"col",children:"Kind"}),o("th",{scope:"col",children:"Action"})]})}),o("tbody",{children:t.map(n=>o("tr",{children:[o("th",{scope:"row",children:o(yr,{channel:n.channel})}),o("td",{children:n.positioned?re(n.offset):"none"}),o("td",{children:[n.server_side&&"by the server",n.token&&"by a token",n.delta&&"deltas",n.filter&&"filtered",n.join_leave&&"joins and leaves"].filter(Boolean).join(", ")||"by the client"}),o("td",{children:o(Pn,{label:"Unsubscribe",onSure:async()=>{let r={client:e,channel:n.channel};await we("unsubscribe",r,Tn)}})})]},n.channel))})]})})]})}var Ou=10,dp=1500,Fs=class{#e=new Map;#t=new Map;#n=new Map;#r=[];get since(){let t=[...this.#e.values()].map(n=>Math.max(0,...n.keys()));return t.length===0?0:Math.min(...t)}add({nodes:t}){let n=new Set(t.map(({node:s})=>s));for(let s of this.#t.keys())n.has(s)||this.#t.delete(s);for(let{node:s,columns:l,samples:u}of t){this.#r=l;let a=this.#e.get(s)??new Map;this.#e.set(s,a);for(let g of u.slice(0,-1))a.set(g[0]??0,g);let[h,y]=[u.at(-1),this.#t.get(s)];y!==void 0&&this.#n.set(s,y),h!==void 0&&this.#t.set(s,h)}let r=sn.wallTime-36e5;for(let s of this.#e.values())for(let l of s.keys())l<r&&s.delete(l)}read(t){let n=new Map,r=[];for(let[l,u]of this.#e){let a=[...u.values()];for(let[m,v]of a.entries()){let x=this.#s(t,a[m-1],v);if(x===void 0)continue;let C=Math.floor((v[0]??0)/1e3/Ou)*Ou,P=n.get(C)??[];n.set(C,P),P.push(x)}let h=this.#t.get(l);if(h===void 0)continue;let y=[...a,this.#n.get(l)??[]].findLast(([m=1/0])=>(h[0]??0)-m>=dp),g=this.#s(t,y,h);g!==void 0&&r.push(g)}let s=[...n.keys()].sort((l,u)=>l-u);return{times:s,values:s.map(l=>Pu(t,n.get(l)??[])),now:Pu(t,r)??0}}#s(t,n,r){let s=(y,g)=>g[this.#r.indexOf(y)]??0,{type:l,column:u}=t;if(l==="gauge"||l==="processGauge")return s(u,r);if(n===void 0)return;let a=s(u,r)-s(u,n);if(l==="ratio"){let y=s(t.of,r)-s(t.of,n);return y>0?a/y:void 0}let h=((r[0]??0)-(n[0]??0))/1e3;return h>0?Math.max(a,0)/h:void 0}};function Pu({type:e},t){if(t.length===0)return null;let n=t.reduce((r,s)=>r+s,0);switch(e){case"gauge":case"rate":return n;case"ratio":return n/t.length;case"processRate":case"processGauge":return Math.max(...t)}}var qe="u-",vp="uplot",gp=qe+"hz",bp=qe+"vt",kp=qe+"title",xp=qe+"wrap",wp=qe+"under",_p=qe+"over",Sp=qe+"axis",Nn=qe+"off",Ep=qe+"select",Ap=qe+"cursor-x",Cp=qe+"cursor-y",Dp=qe+"cursor-pt",jp=qe+"legend",Mp=qe+"live",Tp=qe+"inline",Op=qe+"series",Pp=qe+"marker",Iu=qe+"label",Ip=qe+"value",Yr="width",Qr="height",Xr="top",Ru="bottom",vr="left",sl="right",xl="#000",Nu=xl+"0",il="mousemove",Lu="mousedown",ll="mouseup",Fu="mouseenter",Vu="mouseleave",$u="dblclick",Rp="resize",Np="scroll",zu="change",Gs="dppxchange",wl="--",Sr=typeof window<"u",fl=Sr?document:null,br=Sr?window:null,Lp=Sr?navigator:null,ae,Vs;function pl(){let e=devicePixelRatio;ae!=e&&(ae=e,Vs&&ml(zu,Vs,pl),Vs=matchMedia(`(min-resolution: ${ae-.001}dppx) and (max-resolution: ${ae+.001}dppx)`),Ln(zu,Vs,pl),br.dispatchEvent(new CustomEvent(Gs)))}function kt(e,t){if(t!=null){let n=e.classList;!n.contains(t)&&n.add(t)}}function hl(e,t){let n=e.classList;n.contains(t)&&n.remove(t)}function Ae(e,t,n){e.style[t]=n+"px"}function $t(e,t,n,r){let s=fl.createElement(e);return t!=null&&kt(s,t),n?.insertBefore(s,r),s}function Tt(e,t){return $t("div",e,t)}var qu=new WeakMap;function Yt(e,t,n,r,s){let l="translate("+t+"px,"+n+"px)",u=qu.get(e);l!=u&&(e.style.transform=l,qu.set(e,l),t<0||n<0||t>r||n>s?kt(e,Nn):hl(e,Nn))}var Gu=new WeakMap;function Bu(e,t,n){let r=t+n,s=Gu.get(e);r!=s&&(Gu.set(e,r),e.style.background=t,e.style.borderColor=n)}var Hu=new WeakMap;function Wu(e,t,n,r){let s=t+""+n,l=Hu.get(e);s!=l&&(Hu.set(e,s),e.style.height=n+"px",e.style.width=t+"px",e.style.marginLeft=r?-t/2+"px":0,e.style.marginTop=r?-n/2+"px":0)}var _l={passive:!0},Fp={..._l,capture:!0};function Ln(e,t,n,r){t.addEventListener(e,n,r?Fp:_l)}function ml(e,t,n,r){t.removeEventListener(e,n,_l)}Sr&&pl();function zt(e,t,n,r){let s;n=n||0,r=r||t.length-1;let l=r<=2147483647;for(;r-n>1;)s=l?n+r>>1:xt((n+r)/2),t[s]<e?n=s:r=s;return e-t[n]<=t[r]-e?n:r}function kc(e){return(n,r,s)=>{let l=-1,u=-1;for(let a=r;a<=s;a++)if(e(n[a])){l=a;break}for(let a=s;a>=r;a--)if(e(n[a])){u=a;break}return[l,u]}}var xc=e=>e!=null,wc=e=>e!=null&&e>0,Ws=kc(xc),Vp=kc(wc);function $p(e,t,n,r=0,s=!1){let l=s?Vp:Ws,u=s?wc:xc;[t,n]=l(e,t,n);let a=e[t],h=e[t];if(t>-1)if(r==1)a=e[t],h=e[n];else if(r==-1)a=e[n],h=e[t];else for(let y=t;y<=n;y++){let g=e[y];u(g)&&(g<a?a=g:g>h&&(h=g))}return[a??be,h??-be]}function Us(e,t,n,r){let s=Ku(e),l=Ku(t);e==t&&(s==-1?(e*=n,t/=n):(e/=n,t*=n));let u=n==10?ln:_c,a=s==1?xt:Ot,h=l==1?Ot:xt,y=a(u(ze(e))),g=h(u(ze(t))),m=kr(n,y),v=kr(n,g);return n==10&&(y<0&&(m=ke(m,-y)),g<0&&(v=ke(v,-g))),r||n==2?(e=m*s,t=v*l):(e=Cc(e,m),t=Js(t,v)),[e,t]}function Sl(e,t,n,r){let s=Us(e,t,n,r);return e==0&&(s[0]=0),t==0&&(s[1]=0),s}var El=.1,Uu={mode:3,pad:El},ts={pad:0,soft:null,mode:0},zp={min:ts,max:ts};function Bs(e,t,n,r){return Ks(n)?Ju(e,t,n):(ts.pad=n,ts.soft=r?0:null,ts.mode=r?3:0,Ju(e,t,zp))}function ue(e,t){return e??t}function qp(e,t,n){for(t=ue(t,0),n=ue(n,e.length-1);t<=n;){if(e[t]!=null)return!0;t++}return!1}function Ju(e,t,n){let r=n.min,s=n.max,l=ue(r.pad,0),u=ue(s.pad,0),a=ue(r.hard,-be),h=ue(s.hard,be),y=ue(r.soft,be),g=ue(s.soft,-be),m=ue(r.mode,0),v=ue(s.mode,0),x=t-e,C=ln(x),P=lt(ze(e),ze(t)),I=ln(P),H=ze(I-C);(x<1e-24||H>10)&&(x=0,(e==0||t==0)&&(x=1e-24,m==2&&y!=be&&(l=0),v==2&&g!=-be&&(u=0)));let E=x||P||1e3,R=ln(E),w=kr(10,xt(R)),N=E*(x==0?e==0?.1:1:l),S=ke(Cc(e-N,w/10),24),q=e>=y&&(m==1||m==3&&S<=y||m==2&&S>=y)?y:be,B=lt(a,S<q&&e>=q?q:qt(q,S)),ne=E*(x==0?t==0?.1:1:u),K=ke(Js(t+ne,w/10),24),D=t<=g&&(v==1||v==3&&K>=g||v==2&&K<=g)?g:-be,Y=qt(h,K>D&&t<=D?D:lt(D,K));return B==Y&&B==0&&(Y=100),[B,Y]}var Gp=new Intl.NumberFormat(Sr?Lp.language:"en-US"),Al=e=>Gp.format(e),wt=Math,qs=wt.PI,ze=wt.abs,xt=wt.floor,$e=wt.round,Ot=wt.ceil,qt=wt.min,lt=wt.max,kr=wt.pow,Ku=wt.sign,ln=wt.log10,_c=wt.log2,Bp=(e,t=1)=>wt.sinh(e)*t,ol=(e,t=1)=>wt.asinh(e/t),be=1/0;function Xu(e){return(ln((e^e>>31)-(e>>31))|0)+1}function yl(e,t,n){return qt(lt(e,t),n)}function Sc(e){return typeof e=="function"}function se(e){return Sc(e)?e:()=>e}var Hp=()=>{},Ec=e=>e,Ac=(e,t)=>t,Wp=e=>null,Zu=e=>!0,Yu=(e,t)=>e==t,Up=/\\.\\d*?(?=9{6,}|0{6,})/gm,Fn=e=>{if(jc(e)||kn.has(e))return e;let t=`${e}`,n=t.match(Up);if(n==null)return e;let r=n[0].length-1;if(t.indexOf("e-")!=-1){let[s,l]=t.split("e");return+`${Fn(s)}e${l}`}return ke(e,r)};function In(e,t){return Fn(ke(Fn(e/t))*t)}function Js(e,t){return Fn(Ot(Fn(e/t))*t)}function Cc(e,t){return Fn(xt(Fn(e/t))*t)}function ke(e,t=0){if(jc(e))return e;let n=10**t,r=e*n*(1+Number.EPSILON);return $e(r)/n}var kn=new Map;function Dc(e){return((""+e).split(".")[1]||"").length}function rs(e,t,n,r){let s=[],l=r.map(Dc);for(let u=t;u<n;u++){let a=ze(u),h=ke(kr(e,u),a);for(let y=0;y<r.length;y++){let g=e==10?+`${r[y]}e${u}`:r[y]*h,m=(u>=0?0:a)+(u>=l[y]?0:l[y]),v=e==10?g:ke(g,m);s.push(v),kn.set(v,m)}}return s}var ns={},Cl=[],xr=[null,null],bn=Array.isArray,jc=Number.isInteger,Jp=e=>e===void 0;function Qu(e){return typeof e=="string"}function Ks(e){let t=!1;if(e!=null){let n=e.constructor;t=n==null||n==Object}return t}function Kp(e){return e!=null&&typeof e=="object"}var Xp=Object.getPrototypeOf(Uint8Array),Mc="__proto__";function wr(e,t=Ks){let n;if(bn(e)){let r=e.find(s=>s!=null);if(bn(r)||t(r)){n=Array(e.length);for(let s=0;s<e.length;s++)n[s]=wr(e[s],t)}else n=e.slice()}else if(e instanceof Xp)n=e.slice();else if(t(e)){n={};for(let r in e)r!=Mc&&(n[r]=wr(e[r],t))}else n=e;return n}function Le(e){let t=arguments;for(let n=1;n<t.length;n++){let r=t[n];for(let s in r)s!=Mc&&(Ks(e[s])?Le(e[s],wr(r[s])):e[s]=wr(r[s]))}return e}var Zp=0,Yp=1,Qp=2;function eh(e,t,n){for(let r=0,s,l=-1;r<t.length;r++){let u=t[r];if(u>l){for(s=u-1;s>=0&&e[s]==null;)e[s--]=null;for(s=u+1;s<n&&e[s]==null;)e[l=s++]=null}}}function th(e,t){if(sh(e)){let u=e[0].slice();for(let a=1;a<e.length;a++)u.push(...e[a].slice(1));return ih(u[0])||(u=rh(u)),u}let n=new Set;for(let u=0;u<e.length;u++){let h=e[u][0],y=h.length;for(let g=0;g<y;g++)n.add(h[g])}let r=[Array.from(n).sort((u,a)=>u-a)],s=r[0].length,l=new Map;for(let u=0;u<s;u++)l.set(r[0][u],u);for(let u=0;u<e.length;u++){let a=e[u],h=a[0];for(let y=1;y<a.length;y++){let g=a[y],m=Array(s).fill(void 0),v=t?t[u][y]:Yp,x=[];for(let C=0;C<g.length;C++){let P=g[C],I=l.get(h[C]);P===null?v!=Zp&&(m[I]=P,v==Qp&&x.push(I)):m[I]=P}eh(m,x,s),r.push(m)}}return r}var nh=typeof queueMicrotask>"u"?e=>Promise.resolve().then(e):queueMicrotask;function rh(e){let t=e[0],n=t.length,r=Array(n);for(let l=0;l<r.length;l++)r[l]=l;r.sort((l,u)=>t[l]-t[u]);let s=[];for(let l=0;l<e.length;l++){let u=e[l],a=Array(n);for(let h=0;h<n;h++)a[h]=u[r[h]];s.push(a)}return s}function sh(e){let t=e[0][0],n=t.length;for(let r=1;r<e.length;r++){let s=e[r][0];if(s.length!=n)return!1;if(s!=t){for(let l=0;l<n;l++)if(s[l]!=t[l])return!1}}return!0}function ih(e,t=100){let n=e.length;if(n<=1)return!0;let r=0,s=n-1;for(;r<=s&&e[r]==null;)r++;for(;s>=r&&e[s]==null;)s--;if(s<=r)return!0;let l=lt(1,xt((s-r+1)/t));for(let u=e[r],a=r+l;a<=s;a+=l){let h=e[a];if(h!=null){if(h<=u)return!1;u=h}}return!0}var Tc=["January","February","March","April","May","June","July","August","September","October","November","December"],Oc=["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"];function Pc(e){return e.slice(0,3)}var lh=Oc.map(Pc),oh=Tc.map(Pc),uh={MMMM:Tc,MMM:oh,WWWW:Oc,WWW:lh};function Zr(e){return(e<10?"0":"")+e}function ch(e){return(e<10?"00":e<100?"0":"")+e}var ah={YYYY:e=>e.getFullYear(),YY:e=>(e.getFullYear()+"").slice(2),MMMM:(e,t)=>t.MMMM[e.getMonth()],MMM:(e,t)=>t.MMM[e.getMonth()],MM:e=>Zr(e.getMonth()+1),M:e=>e.getMonth()+1,DD:e=>Zr(e.getDate()),D:e=>e.getDate(),WWWW:(e,t)=>t.WWWW[e.getDay()],WWW:(e,t)=>t.WWW[e.getDay()],HH:e=>Zr(e.getHours()),H:e=>e.getHours(),h:e=>{let t=e.getHours();return t==0?12:t>12?t-12:t},AA:e=>e.getHours()>=12?"PM":"AM",aa:e=>e.getHours()>=12?"pm":"am",a:e=>e.getHours()>=12?"p":"a",mm:e=>Zr(e.getMinutes()),m:e=>e.getMinutes(),ss:e=>Zr(e.getSeconds()),s:e=>e.getSeconds(),fff:e=>ch(e.getMilliseconds())};function Dl(e,t){t=t||uh;let n=[],r=/\\{([a-z]+)\\}|[^{]+/gi,s;for(;s=r.exec(e);)n.push(s[0][0]=="{"?ah[s[1]]:s[0]);return l=>{let u="";for(let a=0;a<n.length;a++)u+=typeof n[a]=="string"?n[a]:n[a](l,t);return u}}var fh=new Intl.DateTimeFormat().resolvedOptions().timeZone;function ph(e,t){let n;return t=="UTC"||t=="Etc/UTC"?n=new Date(+e+e.getTimezoneOffset()*6e4):t==fh?n=e:(n=new Date(e.toLocaleString("en-US",{timeZone:t})),n.setMilliseconds(e.getMilliseconds())),n}var Ic=e=>e%1==0,Hs=[1,2,2.5,5],hh=rs(10,-32,0,Hs),Rc=rs(10,0,32,Hs),mh=Rc.filter(Ic),Rn=hh.concat(Rc),jl=`\n`,Nc="{YYYY}",ec=jl+Nc,Lc="{M}/{D}",es=jl+Lc,$s=es+"/{YY}",Fc="{aa}",yh="{h}:{mm}",gr=yh+Fc,tc=jl+gr,nc=":{ss}",me=null;function Vc(e){let t=e*1e3,n=t*60,r=n*60,s=r*24,l=s*30,u=s*365,h=(e==1?rs(10,0,3,Hs).filter(Ic):rs(10,-3,0,Hs)).concat([t,t*5,t*10,t*15,t*30,n,n*5,n*10,n*15,n*30,r,r*2,r*3,r*4,r*6,r*8,r*12,s,s*2,s*3,s*4,s*5,s*6,s*7,s*8,s*9,s*10,s*15,l,l*2,l*3,l*4,l*6,u,u*2,u*5,u*10,u*25,u*50,u*100]),y=[[u,Nc,me,me,me,me,me,me,1],[s*28,"{MMM}",ec,me,me,me,me,me,1],[s,Lc,ec,me,me,me,me,me,1],[r,"{h}"+Fc,$s,me,es,me,me,me,1],[n,gr,$s,me,es,me,me,me,1],[t,nc,$s+" "+gr,me,es+" "+gr,me,tc,me,1],[e,nc+".{fff}",$s+" "+gr,me,es+" "+gr,me,tc,me,1]];function g(m){return(v,x,C,P,I,H)=>{let E=[],R=I>=u,w=I>=l&&I<u,N=m(C),S=ke(N*e,3),q=ul(N.getFullYear(),R?0:N.getMonth(),w||R?1:N.getDate()),B=ke(q*e,3);if(w||R){let ne=w?I/l:0,K=R?I/u:0,D=S==B?S:ke(ul(q.getFullYear()+K,q.getMonth()+ne,1)*e,3),Y=new Date($e(D/e)),L=Y.getFullYear(),U=Y.getMonth();for(let G=0;D<=P;G++){let ie=ul(L+K*G,U+ne*G,1),z=ie-m(ke(ie*e,3));D=ke((+ie+z)*e,3),D<=P&&E.push(D)}}else{let ne=I>=s?s:I,K=xt(C)-xt(S),D=B+K+Js(S-B,ne);E.push(D);let Y=m(D),L=Y.getHours()+Y.getMinutes()/n+Y.getSeconds()/r,U=I/r,G=v.axes[x]._space,ie=H/G;for(;D=ke(D+I,e==1?0:3),!(D>P);)if(U>1){let z=xt(ke(L+U,6))%24,le=m(D).getHours()-z;le>1&&(le=-1),D-=le*r,L=(L+U)%24;let ye=E[E.length-1];ke((D-ye)/I,3)*ie>=.7&&E.push(D)}else E.push(D)}return E}}return[h,y,g]}var[dh,vh,gh]=Vc(1),[bh,kh,xh]=Vc(.001);rs(2,-53,53,[1]);function rc(e,t){return e.map(n=>n.map((r,s)=>s==0||s==8||r==null?r:t(s==1||n[8]==0?r:n[1]+r)))}function sc(e,t){return(n,r,s,l,u)=>{let a=t.find(C=>u>=C[0])||t[t.length-1],h,y,g,m,v,x;return r.map(C=>{let P=e(C),I=P.getFullYear(),H=P.getMonth(),E=P.getDate(),R=P.getHours(),w=P.getMinutes(),N=P.getSeconds(),S=I!=h&&a[2]||H!=y&&a[3]||E!=g&&a[4]||R!=m&&a[5]||w!=v&&a[6]||N!=x&&a[7]||a[1];return h=I,y=H,g=E,m=R,v=w,x=N,S(P)})}}function wh(e,t){let n=Dl(t);return(r,s,l,u,a)=>s.map(h=>n(e(h)))}function ul(e,t,n){return new Date(e,t,n)}function ic(e,t){return t(e)}var _h="{YYYY}-{MM}-{DD} {h}:{mm}{aa}";function lc(e,t){return(n,r,s,l)=>l==null?wl:t(e(r))}function Sh(e,t){let n=e.series[t];return n.width?n.stroke(e,t):n.points.width?n.points.stroke(e,t):null}function Eh(e,t){return e.series[t].fill(e,t)}var Ah={show:!0,live:!0,isolate:!1,mount:Hp,markers:{show:!0,width:2,stroke:Sh,fill:Eh,dash:"solid"},idx:null,idxs:null,values:[]};function Ch(e,t){let n=e.cursor.points,r=Tt(),s=n.size(e,t);Ae(r,Yr,s),Ae(r,Qr,s);let l=s/-2;Ae(r,"marginLeft",l),Ae(r,"marginTop",l);let u=n.width(e,t,s);return u&&Ae(r,"borderWidth",u),r}function Dh(e,t){let n=e.series[t].points;return n._fill||n._stroke}function jh(e,t){let n=e.series[t].points;return n._stroke||n._fill}function Mh(e,t){return e.series[t].points.size}var cl=[0,0];function Th(e,t,n){return cl[0]=t,cl[1]=n,cl}function zs(e,t,n,r=!0){return s=>{s.button==0&&(!r||s.target==t)&&n(s)}}function al(e,t,n,r=!0){return s=>{(!r||s.target==t)&&n(s)}}var Oh={show:!0,x:!0,y:!0,lock:!1,move:Th,points:{one:!1,show:Ch,size:Mh,width:0,stroke:jh,fill:Dh},bind:{mousedown:zs,mouseup:zs,click:zs,dblclick:zs,mousemove:al,mouseleave:al,mouseenter:al},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(e,t)=>{t.stopPropagation(),t.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(e,t,n,r,s)=>r-s,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},$c={show:!0,stroke:"rgba(0,0,0,0.07)",width:2},Ml=Le({},$c,{filter:Ac}),zc=Le({},Ml,{size:10}),qc=Le({},$c,{show:!1}),Tl=\'12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"\',Gc="bold "+Tl,Bc=1.5,oc={show:!0,scale:"x",stroke:xl,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:Gc,side:2,grid:Ml,ticks:zc,border:qc,font:Tl,lineGap:Bc,rotate:0},Ph="Value",Ih="Time",uc={show:!0,scale:"x",auto:!1,sorted:1,min:be,max:-be,idxs:[]};function Rh(e,t,n,r,s){return t.map(l=>l==null?"":Al(l))}function Nh(e,t,n,r,s,l,u){let a=[],h=kn.get(s)||0;n=u?n:ke(Js(n,s),h);for(let y=n;y<=r;y=ke(y+s,h))a.push(Object.is(y,-0)?0:y);return a}function dl(e,t,n,r,s,l,u){let a=[],h=e.scales[e.axes[t].scale].log,y=h==10?ln:_c,g=xt(y(n));s=kr(h,g),h==10&&(s=Rn[zt(s,Rn)]);let m=n,v=s*h;h==10&&(v=Rn[zt(v,Rn)]);do a.push(m),m=m+s,h==10&&!kn.has(m)&&(m=ke(m,kn.get(s))),m>=v&&(s=m,v=s*h,h==10&&(v=Rn[zt(v,Rn)]));while(m<=r);return a}function Lh(e,t,n,r,s,l,u){let h=e.scales[e.axes[t].scale].asinh,y=r>h?dl(e,t,lt(h,n),r,s):[h],g=r>=0&&n<=0?[0]:[];return(n<-h?dl(e,t,lt(h,-r),-n,s):[h]).reverse().map(v=>-v).concat(g,y)}var Hc=/./,Fh=/[12357]/,Vh=/[125]/,cc=/1/,vl=(e,t,n,r)=>e.map((s,l)=>t==4&&s==0||l%r==0&&n.test(s.toExponential()[s<0?1:0])?s:null);function $h(e,t,n,r,s){let l=e.axes[n],u=l.scale,a=e.scales[u],h=e.valToPos,y=l._space,g=h(10,u),m=h(9,u)-g>=y?Hc:h(7,u)-g>=y?Fh:h(5,u)-g>=y?Vh:cc;if(m==cc){let v=ze(h(1,u)-g);if(v<y)return vl(t.slice().reverse(),a.distr,m,Ot(y/v)).reverse()}return vl(t,a.distr,m,1)}function zh(e,t,n,r,s){let l=e.axes[n],u=l.scale,a=l._space,h=e.valToPos,y=ze(h(1,u)-h(2,u));return y<a?vl(t.slice().reverse(),3,Hc,Ot(a/y)).reverse():t}function qh(e,t,n,r){return r==null?wl:t==null?"":Al(t)}var ac={show:!0,scale:"y",stroke:xl,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:Gc,side:3,grid:Ml,ticks:zc,border:qc,font:Tl,lineGap:Bc,rotate:0};function Gh(e,t){let n=3+(e||1)*2;return ke(n*t,3)}function Bh(e,t){let{scale:n,idxs:r}=e.series[0],s=e._data[0],l=e.valToPos(s[r[0]],n,!0),u=e.valToPos(s[r[1]],n,!0),a=ze(u-l),h=e.series[t],y=a/(h.points.space*ae);return r[1]-r[0]<=y}var fc={scale:null,auto:!0,sorted:0,min:be,max:-be},Wc=(e,t,n,r,s)=>s,pc={show:!0,auto:!0,sorted:0,gaps:Wc,alpha:1,facets:[Le({},fc,{scale:"x"}),Le({},fc,{scale:"y"})]},hc={scale:"y",auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:Wc,alpha:1,points:{show:Bh,filter:null},values:null,min:be,max:-be,idxs:[],path:null,clip:null};function Hh(e,t,n,r,s){return n/10}var Uc={time:!0,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},Wh=Le({},Uc,{time:!1,ori:1}),mc={};function Jc(e,t){let n=mc[e];return n||(n={key:e,plots:[],sub(r){n.plots.push(r)},unsub(r){n.plots=n.plots.filter(s=>s!=r)},pub(r,s,l,u,a,h,y){for(let g=0;g<n.plots.length;g++)n.plots[g]!=s&&n.plots[g].pub(r,s,l,u,a,h,y)}},e!=null&&(mc[e]=n)),n}var _r=1,gl=2;function Vn(e,t,n){let r=e.mode,s=e.series[t],l=r==2?e._data[t]:e._data,u=e.scales,a=e.bbox,h=l[0],y=r==2?l[1]:l[t],g=r==2?u[s.facets[0].scale]:u[e.series[0].scale],m=r==2?u[s.facets[1].scale]:u[s.scale],v=a.left,x=a.top,C=a.width,P=a.height,I=e.valToPosH,H=e.valToPosV;return g.ori==0?n(s,h,y,g,m,I,H,v,x,C,P,Zs,Er,Qs,Xc,Yc):n(s,h,y,g,m,H,I,x,v,P,C,Ys,Ar,Il,Zc,Qc)}function Ol(e,t){let n=0,r=0,s=ue(e.bands,Cl);for(let l=0;l<s.length;l++){let u=s[l];u.series[0]==t?n=u.dir:u.series[1]==t&&(u.dir==1?r|=1:r|=2)}return[n,r==1?-1:r==2?1:r==3?2:0]}function Uh(e,t,n,r,s){let l=e.mode,u=e.series[t],a=l==2?u.facets[1].scale:u.scale,h=e.scales[a];return s==-1?h.min:s==1?h.max:h.distr==3?h.dir==1?h.min:h.max:0}function on(e,t,n,r,s,l){return Vn(e,t,(u,a,h,y,g,m,v,x,C,P,I)=>{let H=u.pxRound,E=y.dir*(y.ori==0?1:-1),R=y.ori==0?Er:Ar,w,N;E==1?(w=n,N=r):(w=r,N=n);let S=H(m(a[w],y,P,x)),q=H(v(h[w],g,I,C)),B=H(m(a[N],y,P,x)),ne=H(v(l==1?g.max:g.min,g,I,C)),K=new Path2D(s);return R(K,B,ne),R(K,S,ne),R(K,S,q),K})}function Xs(e,t,n,r,s,l){let u=null;if(e.length>0){u=new Path2D;let a=t==0?Qs:Il,h=n;for(let m=0;m<e.length;m++){let v=e[m];if(v[1]>v[0]){let x=v[0]-h;x>0&&a(u,h,r,x,r+l),h=v[1]}}let y=n+s-h,g=10;y>0&&a(u,h,r-g/2,y,r+l+g)}return u}function Jh(e,t,n){let r=e[e.length-1];r&&r[0]==t?r[1]=n:e.push([t,n])}function Pl(e,t,n,r,s,l,u){let a=[],h=e.length;for(let y=s==1?n:r;y>=n&&y<=r;y+=s)if(t[y]===null){let m=y,v=y;if(s==1)for(;++y<=r&&t[y]===null;)v=y;else for(;--y>=n&&t[y]===null;)v=y;let x=l(e[m]),C=v==m?x:l(e[v]),P=m-s;x=u<=0&&P>=0&&P<h?l(e[P]):x;let H=v+s;C=u>=0&&H>=0&&H<h?l(e[H]):C,C>=x&&a.push([x,C])}return a}function yc(e){return e==0?Ec:e==1?$e:t=>In(t,e)}function Kc(e){let t=e==0?Zs:Ys,n=e==0?(s,l,u,a,h,y)=>{s.arcTo(l,u,a,h,y)}:(s,l,u,a,h,y)=>{s.arcTo(u,l,h,a,y)},r=e==0?(s,l,u,a,h)=>{s.rect(l,u,a,h)}:(s,l,u,a,h)=>{s.rect(u,l,h,a)};return(s,l,u,a,h,y=0,g=0)=>{y==0&&g==0?r(s,l,u,a,h):(y=qt(y,a/2,h/2),g=qt(g,a/2,h/2),t(s,l+y,u),n(s,l+a,u,l+a,u+h,y),n(s,l+a,u+h,l,u+h,g),n(s,l,u+h,l,u,g),n(s,l,u,l+a,u,y),s.closePath())}}var Zs=(e,t,n)=>{e.moveTo(t,n)},Ys=(e,t,n)=>{e.moveTo(n,t)},Er=(e,t,n)=>{e.lineTo(t,n)},Ar=(e,t,n)=>{e.lineTo(n,t)},Qs=Kc(0),Il=Kc(1),Xc=(e,t,n,r,s,l)=>{e.arc(t,n,r,s,l)},Zc=(e,t,n,r,s,l)=>{e.arc(n,t,r,s,l)},Yc=(e,t,n,r,s,l,u)=>{e.bezierCurveTo(t,n,r,s,l,u)},Qc=(e,t,n,r,s,l,u)=>{e.bezierCurveTo(n,t,s,r,u,l)};function ea(e){return(t,n,r,s,l)=>Vn(t,n,(u,a,h,y,g,m,v,x,C,P,I)=>{let{pxRound:H,points:E}=u,R,w;y.ori==0?(R=Zs,w=Xc):(R=Ys,w=Zc);let N=ke(E.width*ae,3),S=(E.size-E.width)/2*ae,q=ke(S*2,3),B=new Path2D,ne=new Path2D,{left:K,top:D,width:Y,height:L}=t.bbox;Qs(ne,K-q,D-q,Y+q*2,L+q*2);let U=G=>{if(h[G]!=null){let ie=H(m(a[G],y,P,x)),z=H(v(h[G],g,I,C));R(B,ie+S,z),w(B,ie,z,S,0,qs*2)}};if(l)l.forEach(U);else for(let G=r;G<=s;G++)U(G);return{stroke:N>0?B:null,fill:B,clip:ne,flags:_r|gl}})}function ta(e){return(t,n,r,s,l,u)=>{r!=s&&(l!=r&&u!=r&&e(t,n,r),l!=s&&u!=s&&e(t,n,s),e(t,n,u))}}var Kh=ta(Er),Xh=ta(Ar);function na(e){let t=ue(e?.alignGaps,0);return(n,r,s,l)=>Vn(n,r,(u,a,h,y,g,m,v,x,C,P,I)=>{[s,l]=Ws(h,s,l);let H=u.pxRound,E=L=>H(m(L,y,P,x)),R=L=>H(v(L,g,I,C)),w,N;y.ori==0?(w=Er,N=Kh):(w=Ar,N=Xh);let S=y.dir*(y.ori==0?1:-1),q={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:_r},B=q.stroke,ne=!1;if(l-s>=P*4){let L=F=>n.posToVal(F,y.key,!0),U=null,G=null,ie,z,ot,Ce=E(a[S==1?s:l]),le=E(a[s]),ye=E(a[l]),Q=L(S==1?le+1:ye-1);for(let F=S==1?s:l;F>=s&&F<=l;F+=S){let Fe=a[F],De=(S==1?Fe<Q:Fe>Q)?Ce:E(Fe),fe=h[F];De==Ce?fe!=null?(z=fe,U==null?(w(B,De,R(z)),ie=U=G=z):z<U?U=z:z>G&&(G=z)):fe===null&&(ne=!0):(U!=null&&N(B,Ce,R(U),R(G),R(ie),R(z)),fe!=null?(z=fe,w(B,De,R(z)),U=G=ie=z):(U=G=null,fe===null&&(ne=!0)),Ce=De,Q=L(Ce+S))}U!=null&&U!=G&&ot!=Ce&&N(B,Ce,R(U),R(G),R(ie),R(z))}else for(let L=S==1?s:l;L>=s&&L<=l;L+=S){let U=h[L];U===null?ne=!0:U!=null&&w(B,E(a[L]),R(U))}let[D,Y]=Ol(n,r);if(u.fill!=null||D!=0){let L=q.fill=new Path2D(B),U=u.fillTo(n,r,u.min,u.max,D),G=R(U),ie=E(a[s]),z=E(a[l]);S==-1&&([z,ie]=[ie,z]),w(L,z,G),w(L,ie,G)}if(!u.spanGaps){let L=[];ne&&L.push(...Pl(a,h,s,l,S,E,t)),q.gaps=L=u.gaps(n,r,s,l,L),q.clip=Xs(L,y.ori,x,C,P,I)}return Y!=0&&(q.band=Y==2?[on(n,r,s,l,B,-1),on(n,r,s,l,B,1)]:on(n,r,s,l,B,Y)),q})}function Zh(e){let t=ue(e.align,1),n=ue(e.ascDesc,!1),r=ue(e.alignGaps,0),s=ue(e.extend,!1);return(l,u,a,h)=>Vn(l,u,(y,g,m,v,x,C,P,I,H,E,R)=>{[a,h]=Ws(m,a,h);let w=y.pxRound,{left:N,width:S}=l.bbox,q=le=>w(C(le,v,E,I)),B=le=>w(P(le,x,R,H)),ne=v.ori==0?Er:Ar,K={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:_r},D=K.stroke,Y=v.dir*(v.ori==0?1:-1),L=B(m[Y==1?a:h]),U=q(g[Y==1?a:h]),G=U,ie=U;s&&t==-1&&(ie=N,ne(D,ie,L)),ne(D,U,L);for(let le=Y==1?a:h;le>=a&&le<=h;le+=Y){let ye=m[le];if(ye==null)continue;let Q=q(g[le]),F=B(ye);t==1?ne(D,Q,L):ne(D,G,F),ne(D,Q,F),L=F,G=Q}let z=G;s&&t==1&&(z=N+S,ne(D,z,L));let[ot,Ce]=Ol(l,u);if(y.fill!=null||ot!=0){let le=K.fill=new Path2D(D),ye=y.fillTo(l,u,y.min,y.max,ot),Q=B(ye);ne(le,z,Q),ne(le,ie,Q)}if(!y.spanGaps){let le=[];le.push(...Pl(g,m,a,h,Y,q,r));let ye=y.width*ae/2,Q=n||t==1?ye:-ye,F=n||t==-1?-ye:ye;le.forEach(Fe=>{Fe[0]+=Q,Fe[1]+=F}),K.gaps=le=y.gaps(l,u,a,h,le),K.clip=Xs(le,v.ori,I,H,E,R)}return Ce!=0&&(K.band=Ce==2?[on(l,u,a,h,D,-1),on(l,u,a,h,D,1)]:on(l,u,a,h,D,Ce)),K})}function dc(e,t,n,r,s,l,u=be){if(e.length>1){let a=null;for(let h=0,y=1/0;h<e.length;h++)if(t[h]!==void 0){if(a!=null){let g=ze(e[h]-e[a]);g<y&&(y=g,u=ze(n(e[h],r,s,l)-n(e[a],r,s,l)))}a=h}}return u}function Yh(e){e=e||ns;let t=ue(e.size,[.6,be,1]),n=e.align||0,r=e.gap||0,s=e.radius;s=s==null?[0,0]:typeof s=="number"?[s,0]:s;let l=se(s),u=1-t[0],a=ue(t[1],be),h=ue(t[2],1),y=ue(e.disp,ns),g=ue(e.each,x=>{}),{fill:m,stroke:v}=y;return(x,C,P,I)=>Vn(x,C,(H,E,R,w,N,S,q,B,ne,K,D)=>{let Y=H.pxRound,L=n,U=r*ae,G=a*ae,ie=h*ae,z,ot;w.ori==0?[z,ot]=l(x,C):[ot,z]=l(x,C);let Ce=w.dir*(w.ori==0?1:-1),le=w.ori==0?Qs:Il,ye=w.ori==0?g:(T,xe,Ve,Bn,_n,Bt,Sn)=>{g(T,xe,Ve,_n,Bn,Sn,Bt)},Q=ue(x.bands,Cl).find(T=>T.series[0]==C),F=Q!=null?Q.dir:0,Fe=H.fillTo(x,C,H.min,H.max,F),tt=Y(q(Fe,N,D,ne)),De,fe,Pt,mt=K,Me=Y(H.width*ae),Gt=!1,Qt=null,_t=null,un=null,zn=null;m!=null&&(Me==0||v!=null)&&(Gt=!0,Qt=m.values(x,C,P,I),_t=new Map,new Set(Qt).forEach(T=>{T!=null&&_t.set(T,new Path2D)}),Me>0&&(un=v.values(x,C,P,I),zn=new Map,new Set(un).forEach(T=>{T!=null&&zn.set(T,new Path2D)})));let{x0:qn,size:Cr}=y;if(qn!=null&&Cr!=null){L=1,E=qn.values(x,C,P,I),qn.unit==2&&(E=E.map(Ve=>x.posToVal(B+Ve*K,w.key,!0)));let T=Cr.values(x,C,P,I);Cr.unit==2?fe=T[0]*K:fe=S(T[0],w,K,B)-S(0,w,K,B),mt=dc(E,R,S,w,K,B,mt),Pt=mt-fe+U}else mt=dc(E,R,S,w,K,B,mt),Pt=mt*u+U,fe=mt-Pt;Pt<1&&(Pt=0),Me>=fe/2&&(Me=0),Pt<5&&(Y=Ec);let is=Pt>0,xn=mt-Pt-(is?Me:0);fe=Y(yl(xn,ie,G)),De=(L==0?fe/2:L==Ce?0:fe)-L*Ce*((L==0?U/2:0)+(is?Me/2:0));let nt={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},Gn=Gt?null:new Path2D,en=null;if(Q!=null)en=x.data[Q.series[1]];else{let{y0:T,y1:xe}=y;T!=null&&xe!=null&&(R=xe.values(x,C,P,I),en=T.values(x,C,P,I))}let wn=z*fe,X=ot*fe;for(let T=Ce==1?P:I;T>=P&&T<=I;T+=Ce){let xe=R[T];if(xe==null)continue;if(en!=null){let ut=en[T]??0;if(xe-ut==0)continue;tt=q(ut,N,D,ne)}let Ve=w.distr!=2||y!=null?E[T]:T,Bn=S(Ve,w,K,B),_n=q(ue(xe,Fe),N,D,ne),Bt=Y(Bn-De),Sn=Y(lt(_n,tt)),yt=Y(qt(_n,tt)),St=Sn-yt;if(xe!=null){let ut=xe<0?X:wn,It=xe<0?wn:X;Gt?(Me>0&&un[T]!=null&&le(zn.get(un[T]),Bt,yt+xt(Me/2),fe,lt(0,St-Me),ut,It),Qt[T]!=null&&le(_t.get(Qt[T]),Bt,yt+xt(Me/2),fe,lt(0,St-Me),ut,It)):le(Gn,Bt,yt+xt(Me/2),fe,lt(0,St-Me),ut,It),ye(x,C,T,Bt-Me/2,yt,fe+Me,St)}}return Me>0?nt.stroke=Gt?zn:Gn:Gt||(nt._fill=H.width==0?H._fill:H._stroke??H._fill,nt.width=0),nt.fill=Gt?_t:Gn,nt})}function Qh(e,t){let n=ue(t?.alignGaps,0);return(r,s,l,u)=>Vn(r,s,(a,h,y,g,m,v,x,C,P,I,H)=>{[l,u]=Ws(y,l,u);let E=a.pxRound,R=z=>E(v(z,g,I,C)),w=z=>E(x(z,m,H,P)),N,S,q;g.ori==0?(N=Zs,q=Er,S=Yc):(N=Ys,q=Ar,S=Qc);let B=g.dir*(g.ori==0?1:-1),ne=R(h[B==1?l:u]),K=ne,D=[],Y=[];for(let z=B==1?l:u;z>=l&&z<=u;z+=B)if(y[z]!=null){let Ce=h[z],le=R(Ce);D.push(K=le),Y.push(w(y[z]))}let L={stroke:e(D,Y,N,q,S,E),fill:null,clip:null,band:null,gaps:null,flags:_r},U=L.stroke,[G,ie]=Ol(r,s);if(a.fill!=null||G!=0){let z=L.fill=new Path2D(U),ot=a.fillTo(r,s,a.min,a.max,G),Ce=w(ot);q(z,K,Ce),q(z,ne,Ce)}if(!a.spanGaps){let z=[];z.push(...Pl(h,y,l,u,B,R,n)),L.gaps=z=a.gaps(r,s,l,u,z),L.clip=Xs(z,g.ori,C,P,I,H)}return ie!=0&&(L.band=ie==2?[on(r,s,l,u,U,-1),on(r,s,l,u,U,1)]:on(r,s,l,u,U,ie)),L})}function em(e){return Qh(tm,e)}function tm(e,t,n,r,s,l){let u=e.length;if(u<2)return null;let a=new Path2D;if(n(a,e[0],t[0]),u==2)r(a,e[1],t[1]);else{let h=Array(u),y=Array(u-1),g=Array(u-1),m=Array(u-1);for(let v=0;v<u-1;v++)g[v]=t[v+1]-t[v],m[v]=e[v+1]-e[v],y[v]=g[v]/m[v];h[0]=y[0];for(let v=1;v<u-1;v++)y[v]===0||y[v-1]===0||y[v-1]>0!=y[v]>0?h[v]=0:(h[v]=3*(m[v-1]+m[v])/((2*m[v]+m[v-1])/y[v-1]+(m[v]+2*m[v-1])/y[v]),isFinite(h[v])||(h[v]=0));h[u-1]=y[u-2];for(let v=0;v<u-1;v++)s(a,e[v]+m[v]/3,t[v]+h[v]*m[v]/3,e[v+1]-m[v]/3,t[v+1]-h[v+1]*m[v]/3,e[v+1],t[v+1])}return a}var bl=new Set;function vc(){for(let e of bl)e.syncRect(!0)}Sr&&(Ln(Rp,br,vc),Ln(Np,br,vc,!0),Ln(Gs,br,()=>{Ze.pxRatio=ae}));var nm=na(),rm=ea();function gc(e,t,n,r){return(r?[e[0],e[1]].concat(e.slice(2)):[e[0]].concat(e.slice(1))).map((l,u)=>kl(l,u,t,n))}function sm(e,t){return e.map((n,r)=>r==0?{}:Le({},t,n))}function kl(e,t,n,r){return Le({},t==0?n:r,e)}function ra(e,t,n){return t==null?xr:[t,n]}var im=ra;function lm(e,t,n){return t==null?xr:Bs(t,n,El,!0)}function sa(e,t,n,r){return t==null?xr:Us(t,n,e.scales[r].log,!1)}var om=sa;function ia(e,t,n,r){return t==null?xr:Sl(t,n,e.scales[r].log,!1)}var um=ia;function cm(e,t,n,r,s){let l=lt(Xu(e),Xu(t)),u=t-e,a=zt(s/r*u,n);do{let h=n[a],y=r*h/u;if(y>=s&&l+(h<5?kn.get(h):0)<=17)return[h,y]}while(++a<n.length);return[0,0]}function bc(e){let t,n;return e=e.replace(/(\\d+)px/,(r,s)=>(t=$e((n=+s)*ae))+"px"),[e,t,n]}function am(e){e.show&&[e.font,e.labelFont].forEach(t=>{let n=ke(t[2]*ae,1);t[0]=t[0].replace(/[0-9.]+px/,n+"px"),t[1]=n})}function Ze(e,t,n){let r={mode:ue(e.mode,1)},s=r.mode;function l(i,c,f,p){let d=c.valToPct(i);return p+f*(c.dir==-1?1-d:d)}function u(i,c,f,p){let d=c.valToPct(i);return p+f*(c.dir==-1?d:1-d)}function a(i,c,f,p){return c.ori==0?l(i,c,f,p):u(i,c,f,p)}r.valToPosH=l,r.valToPosV=u;let h=!1;r.status=0;let y=r.root=Tt(vp);if(e.id!=null&&(y.id=e.id),kt(y,e.class),e.title){let i=Tt(kp,y);i.textContent=e.title}let g=$t("canvas"),m=r.ctx=g.getContext("2d"),v=Tt(xp,y);Ln("click",v,i=>{i.target===C&&(_e!=tr||je!=nr)&&Xe.click(r,i)},!0);let x=r.under=Tt(wp,v);v.appendChild(g);let C=r.over=Tt(_p,v);e=wr(e);let P=+ue(e.pxAlign,1),I=yc(P);(e.plugins||[]).forEach(i=>{i.opts&&(e=i.opts(r,e)||e)});let H=e.ms||.001,E=r.series=s==1?gc(e.series||[],uc,hc,!1):sm(e.series||[null],pc),R=r.axes=gc(e.axes||[],oc,ac,!0),w=r.scales={},N=r.bands=e.bands||[];N.forEach(i=>{i.fill=se(i.fill||null),i.dir=ue(i.dir,-1)});let S=s==2?E[1].facets[0].scale:E[0].scale,q={axes:Ta,series:Aa},B=(e.drawOrder||["axes","series"]).map(i=>q[i]);function ne(i){let c=i.distr==3?f=>ln(f>0?f:i.clamp(r,f,i.min,i.max,i.key)):i.distr==4?f=>ol(f,i.asinh):i.distr==100?f=>i.fwd(f):f=>f;return f=>{let p=c(f),{_min:d,_max:b}=i,k=b-d;return(p-d)/k}}function K(i){let c=w[i];if(c==null){let f=(e.scales||ns)[i]||ns;if(f.from!=null){K(f.from);let p=Le({},w[f.from],f,{key:i});p.valToPct=ne(p),w[i]=p}else{c=w[i]=Le({},i==S?Uc:Wh,f),c.key=i;let p=c.time,d=c.range,b=bn(d);if((i!=S||s==2&&!p)&&(b&&(d[0]==null||d[1]==null)&&(d={min:d[0]==null?Uu:{mode:1,hard:d[0],soft:d[0]},max:d[1]==null?Uu:{mode:1,hard:d[1],soft:d[1]}},b=!1),!b&&Ks(d))){let k=d;d=(_,A,j)=>A==null?xr:Bs(A,j,k)}c.range=se(d||(p?im:i==S?c.distr==3?om:c.distr==4?um:ra:c.distr==3?sa:c.distr==4?ia:lm)),c.auto=se(b?!1:c.auto),c.clamp=se(c.clamp||Hh),c._min=c._max=null,c.valToPct=ne(c)}}}K("x"),K("y"),s==1&&E.forEach(i=>{K(i.scale)}),R.forEach(i=>{K(i.scale)});for(let i in e.scales)K(i);let D=w[S],Y=D.distr,L,U;D.ori==0?(kt(y,gp),L=l,U=u):(kt(y,bp),L=u,U=l);let G={};for(let i in w){let c=w[i];(c.min!=null||c.max!=null)&&(G[i]={min:c.min,max:c.max},c.min=c.max=null)}let ie=e.tzDate||(i=>new Date($e(i/H))),z=e.fmtDate||Dl,ot=H==1?gh(ie):xh(ie),Ce=sc(ie,rc(H==1?vh:kh,z)),le=lc(ie,ic(_h,z)),ye=[],Q=r.legend=Le({},Ah,e.legend),F=r.cursor=Le({},Oh,{drag:{y:s==2}},e.cursor),Fe=Q.show,tt=F.show,De=Q.markers;Q.idxs=ye,De.width=se(De.width),De.dash=se(De.dash),De.stroke=se(De.stroke),De.fill=se(De.fill);let fe,Pt,mt,Me=[],Gt=[],Qt,_t=!1,un={};if(Q.live){let i=E[1]?E[1].values:null;_t=i!=null,Qt=_t?i(r,1,0):{_:0};for(let c in Qt)un[c]=wl}if(Fe)if(fe=$t("table",jp,y),mt=$t("tbody",null,fe),Q.mount(r,fe),_t){Pt=$t("thead",null,fe,mt);let i=$t("tr",null,Pt);$t("th",null,i);for(var zn in Qt)$t("th",Iu,i).textContent=zn}else kt(fe,Tp),Q.live&&kt(fe,Mp);let qn={show:!0},Cr={show:!1};function is(i,c){if(c==0&&(_t||!Q.live||s==2))return xr;let f=[],p=$t("tr",Op,mt,mt.childNodes[c]);kt(p,i.class),i.show||kt(p,Nn);let d=$t("th",null,p);if(De.show){let _=Tt(Pp,d);if(c>0){let A=De.width(r,c);A&&(_.style.border=A+"px "+De.dash(r,c)+" "+De.stroke(r,c)),_.style.background=De.fill(r,c)}}let b=Tt(Iu,d);i.label instanceof HTMLElement?b.appendChild(i.label):b.textContent=i.label,c>0&&(De.show||(b.style.color=i.width>0?De.stroke(r,c):De.fill(r,c)),nt("click",d,_=>{if(F._lock)return;An(_);let A=E.indexOf(i);if((_.ctrlKey||_.metaKey)!=Q.isolate){let j=E.some((M,O)=>O>0&&O!=A&&M.show);E.forEach((M,O)=>{O>0&&Wt(O,j?O==A?qn:Cr:qn,!0,Ne.setSeries)})}else Wt(A,{show:!i.show},!0,Ne.setSeries)},!1),Wn&&nt(Fu,d,_=>{F._lock||(An(_),Wt(E.indexOf(i),sr,!0,Ne.setSeries))},!1));for(var k in Qt){let _=$t("td",Ip,p);_.textContent="--",f.push(_)}return[p,f]}let xn=new Map;function nt(i,c,f,p=!0){let d=xn.get(c)||{},b=F.bind[i](r,c,f,p);b&&(Ln(i,c,d[i]=b),xn.set(c,d))}function Gn(i,c,f){let p=xn.get(c)||{};for(let d in p)(i==null||d==i)&&(ml(d,c,p[d]),delete p[d]);i==null&&xn.delete(c)}let en=0,wn=0,X=0,T=0,xe=0,Ve=0,Bn=xe,_n=Ve,Bt=X,Sn=T,yt=0,St=0,ut=0,It=0;r.bbox={};let ni=!1,ls=!1,Hn=!1,En=!1,os=!1,Et=!1;function ri(i,c,f){(f||i!=r.width||c!=r.height)&&Nl(i,c),Zn(!1),Hn=!0,ls=!0,Yn()}function Nl(i,c){r.width=en=X=i,r.height=wn=T=c,xe=Ve=0,ba(),ka();let f=r.bbox;yt=f.left=In(xe*ae,.5),St=f.top=In(Ve*ae,.5),ut=f.width=In(X*ae,.5),It=f.height=In(T*ae,.5)}let da=3;function va(){let i=!1,c=0;for(;!i;){c++;let f=ja(c),p=Ma(c);i=c==da||f&&p,i||(Nl(r.width,r.height),ls=!0)}}function ga({width:i,height:c}){ri(i,c)}r.setSize=ga;function ba(){let i=!1,c=!1,f=!1,p=!1;R.forEach((d,b)=>{if(d.show&&d._show){let{side:k,_size:_}=d,A=k%2,j=d.label!=null?d.labelSize:0,M=_+j;M>0&&(A?(X-=M,k==3?(xe+=M,p=!0):f=!0):(T-=M,k==0?(Ve+=M,i=!0):c=!0))}}),Cn[0]=i,Cn[1]=f,Cn[2]=c,Cn[3]=p,X-=cn[1]+cn[3],xe+=cn[3],T-=cn[2]+cn[0],Ve+=cn[0]}function ka(){let i=xe+X,c=Ve+T,f=xe,p=Ve;function d(b,k){switch(b){case 1:return i+=k,i-k;case 2:return c+=k,c-k;case 3:return f-=k,f+k;case 0:return p-=k,p+k}}R.forEach((b,k)=>{if(b.show&&b._show){let _=b.side;b._pos=d(_,b._size),b.label!=null&&(b._lpos=d(_,b.labelSize))}})}if(F.dataIdx==null){let i=F.hover,c=i.skip=new Set(i.skip??[]);c.add(void 0);let f=i.prox=se(i.prox),p=i.bias??=0;F.dataIdx=(d,b,k,_)=>{if(b==0)return k;let A=k,j=f(d,b,k,_)??be,M=j>=0&&j<be,O=D.ori==0?X:T,J=F.left,ce=t[0],oe=t[b];if(c.has(oe[k])){A=null;let ee=null,W=null,V;if(p==0||p==-1)for(V=k;ee==null&&V-- >0;)c.has(oe[V])||(ee=V);if(p==0||p==1)for(V=k;W==null&&V++<oe.length;)c.has(oe[V])||(W=V);if(ee!=null||W!=null)if(M){let Ee=ee==null?-1/0:L(ce[ee],D,O,0),Oe=W==null?1/0:L(ce[W],D,O,0),Je=J-Ee,de=Oe-J;Je<=de?Je<=j&&(A=ee):de<=j&&(A=W)}else A=W==null?ee:ee==null?W:k-ee<=W-k?ee:W}else M&&ze(J-L(ce[k],D,O,0))>j&&(A=null);return A}}let An=i=>{F.event=i};F.idxs=ye,F._lock=!1;let Ye=F.points;Ye.show=se(Ye.show),Ye.size=se(Ye.size),Ye.stroke=se(Ye.stroke),Ye.width=se(Ye.width),Ye.fill=se(Ye.fill);let Ht=r.focus=Le({},e.focus||{alpha:.3},F.focus),Wn=Ht.prox>=0,Un=Wn&&Ye.one,At=[],Jn=[],Kn=[];function Ll(i,c){let f=Ye.show(r,c);if(f instanceof HTMLElement)return kt(f,Dp),kt(f,i.class),Yt(f,-10,-10,X,T),C.insertBefore(f,At[c]),f}function Fl(i,c){if(s==1||c>0){let f=s==1&&w[i.scale].time,p=i.value;i.value=f?Qu(p)?lc(ie,ic(p,z)):p||le:p||qh,i.label=i.label||(f?Ih:Ph)}if(Un||c>0){i.width=i.width==null?1:i.width,i.paths=i.paths||nm||Wp,i.fillTo=se(i.fillTo||Uh),i.pxAlign=+ue(i.pxAlign,P),i.pxRound=yc(i.pxAlign),i.stroke=se(i.stroke||null),i.fill=se(i.fill||null),i._stroke=i._fill=i._paths=i._focus=null;let f=Gh(lt(1,i.width),1),p=i.points=Le({},{size:f,width:lt(1,f*.2),stroke:i.stroke,space:f*2,paths:rm,_stroke:null,_fill:null},i.points);p.show=se(p.show),p.filter=se(p.filter),p.fill=se(p.fill),p.stroke=se(p.stroke),p.paths=se(p.paths),p.pxAlign=i.pxAlign}if(Fe){let f=is(i,c);Me.splice(c,0,f[0]),Gt.splice(c,0,f[1]),Q.values.push(null)}if(tt){ye.splice(c,0,null);let f=null;Un?c==0&&(f=Ll(i,c)):c>0&&(f=Ll(i,c)),At.splice(c,0,f),Jn.splice(c,0,0),Kn.splice(c,0,0)}Ue("addSeries",c)}function xa(i,c){c=c??E.length,i=s==1?kl(i,c,uc,hc):kl(i,c,{},pc),E.splice(c,0,i),Fl(E[c],c)}r.addSeries=xa;function wa(i){if(E.splice(i,1),Fe){Q.values.splice(i,1),Gt.splice(i,1);let c=Me.splice(i,1)[0];Gn(null,c.firstChild),c.remove()}tt&&(ye.splice(i,1),At.splice(i,1)[0].remove(),Jn.splice(i,1),Kn.splice(i,1)),Ue("delSeries",i)}r.delSeries=wa;let Cn=[!1,!1,!1,!1];function _a(i,c){if(i._show=i.show,i.show){let f=i.side%2,p=w[i.scale];p==null&&(i.scale=f?E[1].scale:S,p=w[i.scale]);let d=p.time;i.size=se(i.size),i.space=se(i.space),i.rotate=se(i.rotate),bn(i.incrs)&&i.incrs.forEach(k=>{!kn.has(k)&&kn.set(k,Dc(k))}),i.incrs=se(i.incrs||(p.distr==2?mh:d?H==1?dh:bh:Rn)),i.splits=se(i.splits||(d&&p.distr==1?ot:p.distr==3?dl:p.distr==4?Lh:Nh)),i.stroke=se(i.stroke),i.grid.stroke=se(i.grid.stroke),i.ticks.stroke=se(i.ticks.stroke),i.border.stroke=se(i.border.stroke);let b=i.values;i.values=bn(b)&&!bn(b[0])?se(b):d?bn(b)?sc(ie,rc(b,z)):Qu(b)?wh(ie,b):b||Ce:b||Rh,i.filter=se(i.filter||(p.distr>=3&&p.log==10?$h:p.distr==3&&p.log==2?zh:Ac)),i.font=bc(i.font),i.labelFont=bc(i.labelFont),i._size=i.size(r,null,c,0),i._space=i._rotate=i._incrs=i._found=i._splits=i._values=null,i._size>0&&(Cn[c]=!0,i._el=Tt(Sp,v))}}function Dr(i,c,f,p){let[d,b,k,_]=f,A=c%2,j=0;return A==0&&(_||b)&&(j=c==0&&!d||c==2&&!k?$e(oc.size/3):0),A==1&&(d||k)&&(j=c==1&&!b||c==3&&!_?$e(ac.size/2):0),j}let Vl=r.padding=(e.padding||[Dr,Dr,Dr,Dr]).map(i=>se(ue(i,Dr))),cn=r._padding=Vl.map((i,c)=>i(r,c,Cn,0)),Ke,Ge=null,Be=null,us=s==1?E[0].idxs:null,Rt=null,jr=!1;function $l(i,c){if(t=i??[],r.data=r._data=t,s==2){Ke=0;for(let f=1;f<E.length;f++)Ke+=t[f][0].length}else{t.length==0&&(r.data=r._data=t=[[]]),Rt=t[0],Ke=Rt.length;let f=t;if(Y==2){f=t.slice();let p=f[0]=Array(Ke);for(let d=0;d<Ke;d++)p[d]=d}r._data=t=f}if(Zn(!0),Ue("setData"),Y==2&&(Hn=!0),c!==!1){let f=D;f.auto(r,jr)?si():fn(S,f.min,f.max),En=En||F.left>=0,Et=!0,Yn()}}r.setData=$l;function si(){jr=!0;let i,c;s==1&&(Ke>0?(Ge=us[0]=0,Be=us[1]=Ke-1,i=t[0][Ge],c=t[0][Be],Y==2?(i=Ge,c=Be):i==c&&(Y==3?[i,c]=Us(i,i,D.log,!1):Y==4?[i,c]=Sl(i,i,D.log,!1):D.time?c=i+$e(86400/H):[i,c]=Bs(i,c,El,!0))):(Ge=us[0]=i=null,Be=us[1]=c=null)),fn(S,i,c)}let cs,Xn,ii,li,oi,ui,ci,ai,fi,ct;function zl(i,c,f,p,d,b){i??=Nu,f??=Cl,p??="butt",d??=Nu,b??="round",i!=cs&&(m.strokeStyle=cs=i),d!=Xn&&(m.fillStyle=Xn=d),c!=ii&&(m.lineWidth=ii=c),b!=oi&&(m.lineJoin=oi=b),p!=ui&&(m.lineCap=ui=p),f!=li&&m.setLineDash(li=f)}function ql(i,c,f,p){c!=Xn&&(m.fillStyle=Xn=c),i!=ci&&(m.font=ci=i),f!=ai&&(m.textAlign=ai=f),p!=fi&&(m.textBaseline=fi=p)}function pi(i,c,f,p,d=0){if(p.length>0&&i.auto(r,jr)&&(c==null||c.min==null)){let b=ue(Ge,0),k=ue(Be,p.length-1),_=f.min==null?$p(p,b,k,d,i.distr==3):[f.min,f.max];i.min=qt(i.min,f.min=_[0]),i.max=lt(i.max,f.max=_[1])}}let Gl={min:null,max:null};function Sa(){for(let p in w){let d=w[p];G[p]==null&&(d.min==null||G[S]!=null&&d.auto(r,jr))&&(G[p]=Gl)}for(let p in w){let d=w[p];G[p]==null&&d.from!=null&&G[d.from]!=null&&(G[p]=Gl)}G[S]!=null&&Zn(!0);let i={};for(let p in G){let d=G[p];if(d!=null){let b=i[p]=wr(w[p],Kp);if(d.min!=null)Le(b,d);else if(p!=S||s==2)if(Ke==0&&b.from==null){let k=b.range(r,null,null,p);b.min=k[0],b.max=k[1]}else b.min=be,b.max=-be}}if(Ke>0){E.forEach((p,d)=>{if(s==1){let b=p.scale,k=G[b];if(k==null)return;let _=i[b];if(d==0){let A=_.range(r,_.min,_.max,b);_.min=A[0],_.max=A[1],Ge=zt(_.min,t[0]),Be=zt(_.max,t[0]),Be-Ge>1&&(t[0][Ge]<_.min&&Ge++,t[0][Be]>_.max&&Be--),p.min=Rt[Ge],p.max=Rt[Be]}else p.show&&p.auto&&pi(_,k,p,t[d],p.sorted);p.idxs[0]=Ge,p.idxs[1]=Be}else if(d>0&&p.show&&p.auto){let[b,k]=p.facets,_=b.scale,A=k.scale,[j,M]=t[d],O=i[_],J=i[A];O!=null&&pi(O,G[_],b,j,b.sorted),J!=null&&pi(J,G[A],k,M,k.sorted),p.min=k.min,p.max=k.max}});for(let p in i){let d=i[p],b=G[p];if(d.from==null&&(b==null||b.min==null)){let k=d.range(r,d.min==be?null:d.min,d.max==-be?null:d.max,p);d.min=k[0],d.max=k[1]}}}for(let p in i){let d=i[p];if(d.from!=null){let b=i[d.from];if(b.min==null)d.min=d.max=null;else{let k=d.range(r,b.min,b.max,p);d.min=k[0],d.max=k[1]}}}let c={},f=!1;for(let p in i){let d=i[p],b=w[p];if(b.min!=d.min||b.max!=d.max){b.min=d.min,b.max=d.max;let k=b.distr;b._min=k==3?ln(b.min):k==4?ol(b.min,b.asinh):k==100?b.fwd(b.min):b.min,b._max=k==3?ln(b.max):k==4?ol(b.max,b.asinh):k==100?b.fwd(b.max):b.max,c[p]=f=!0}}if(f){E.forEach((p,d)=>{s==2?d>0&&c.y&&(p._paths=null):c[p.scale]&&(p._paths=null)});for(let p in c)Hn=!0,Ue("setScale",p);tt&&F.left>=0&&(En=Et=!0)}for(let p in G)G[p]=null}function Ea(i){let c=yl(Ge-1,0,Ke-1),f=yl(Be+1,0,Ke-1);for(;i[c]==null&&c>0;)c--;for(;i[f]==null&&f<Ke-1;)f++;return[c,f]}function Aa(){if(Ke>0){let i=E.some(c=>c._focus)&&ct!=Ht.alpha;i&&(m.globalAlpha=ct=Ht.alpha),E.forEach((c,f)=>{if(f>0&&c.show&&(Bl(f,!1),Bl(f,!0),c._paths==null)){let p=ct;ct!=c.alpha&&(m.globalAlpha=ct=c.alpha);let d=s==2?[0,t[f][0].length-1]:Ea(t[f]);c._paths=c.paths(r,f,d[0],d[1]),ct!=p&&(m.globalAlpha=ct=p)}}),E.forEach((c,f)=>{if(f>0&&c.show){let p=ct;ct!=c.alpha&&(m.globalAlpha=ct=c.alpha),c._paths!=null&&Hl(f,!1);{let d=c._paths!=null?c._paths.gaps:null,b=c.points.show(r,f,Ge,Be,d),k=c.points.filter(r,f,b,d);(b||k)&&(c.points._paths=c.points.paths(r,f,Ge,Be,k),Hl(f,!0))}ct!=p&&(m.globalAlpha=ct=p),Ue("drawSeries",f)}}),i&&(m.globalAlpha=ct=1)}}function Bl(i,c){let f=c?E[i].points:E[i];f._stroke=f.stroke(r,i),f._fill=f.fill(r,i)}function Hl(i,c){let f=c?E[i].points:E[i],{stroke:p,fill:d,clip:b,flags:k,_stroke:_=f._stroke,_fill:A=f._fill,_width:j=f.width}=f._paths;j=ke(j*ae,3);let M=null,O=j%2/2;c&&A==null&&(A=j>0?"#fff":_);let J=f.pxAlign==1&&O>0;if(J&&m.translate(O,O),!c){let ce=yt-j/2,oe=St-j/2,ee=ut+j,W=It+j;M=new Path2D,M.rect(ce,oe,ee,W)}c?hi(_,j,f.dash,f.cap,A,p,d,k,b):Ca(i,_,j,f.dash,f.cap,A,p,d,k,M,b),J&&m.translate(-O,-O)}function Ca(i,c,f,p,d,b,k,_,A,j,M){let O=!1;A!=0&&N.forEach((J,ce)=>{if(J.series[0]==i){let oe=E[J.series[1]],ee=t[J.series[1]],W=(oe._paths||ns).band;bn(W)&&(W=J.dir==1?W[0]:W[1]);let V,Ee=null;oe.show&&W&&qp(ee,Ge,Be)?(Ee=J.fill(r,ce)||b,V=oe._paths.clip):W=null,hi(c,f,p,d,Ee,k,_,A,j,M,V,W),O=!0}}),O||hi(c,f,p,d,b,k,_,A,j,M)}let Wl=_r|gl;function hi(i,c,f,p,d,b,k,_,A,j,M,O){zl(i,c,f,p,d),(A||j||O)&&(m.save(),A&&m.clip(A),j&&m.clip(j)),O?(_&Wl)==Wl?(m.clip(O),M&&m.clip(M),fs(d,k),as(i,b,c)):_&gl?(fs(d,k),m.clip(O),as(i,b,c)):_&_r&&(m.save(),m.clip(O),M&&m.clip(M),fs(d,k),m.restore(),as(i,b,c)):(fs(d,k),as(i,b,c)),(A||j||O)&&m.restore()}function as(i,c,f){f>0&&(c instanceof Map?c.forEach((p,d)=>{m.strokeStyle=cs=d,m.stroke(p)}):c!=null&&i&&m.stroke(c))}function fs(i,c){c instanceof Map?c.forEach((f,p)=>{m.fillStyle=Xn=p,m.fill(f)}):c!=null&&i&&m.fill(c)}function Da(i,c,f,p){let d=R[i],b;if(p<=0)b=[0,0];else{let k=d._space=d.space(r,i,c,f,p),_=d._incrs=d.incrs(r,i,c,f,p,k);b=cm(c,f,_,p,k)}return d._found=b}function mi(i,c,f,p,d,b,k,_,A,j){let M=k%2/2;P==1&&m.translate(M,M),zl(_,k,A,j,_),m.beginPath();let O,J,ce,oe,ee=d+(p==0||p==3?-b:b);f==0?(J=d,oe=ee):(O=d,ce=ee);for(let W=0;W<i.length;W++)c[W]!=null&&(f==0?O=ce=i[W]:J=oe=i[W],m.moveTo(O,J),m.lineTo(ce,oe));m.stroke(),P==1&&m.translate(-M,-M)}function ja(i){let c=!0;return R.forEach((f,p)=>{if(!f.show)return;let d=w[f.scale];if(d.min==null){f._show&&(c=!1,f._show=!1,Zn(!1));return}else f._show||(c=!1,f._show=!0,Zn(!1));let b=f.side,k=b%2,{min:_,max:A}=d,[j,M]=Da(p,_,A,k==0?X:T);if(M==0)return;let O=d.distr==2,J=f._splits=f.splits(r,p,_,A,j,M,O),ce=d.distr==2?J.map(V=>Rt[V]):J,oe=d.distr==2?Rt[J[1]]-Rt[J[0]]:j,ee=f._values=f.values(r,f.filter(r,ce,p,M,oe),p,M,oe);f._rotate=b==2?f.rotate(r,ee,p,M):0;let W=f._size;f._size=Ot(f.size(r,ee,p,i)),W!=null&&f._size!=W&&(c=!1)}),c}function Ma(i){let c=!0;return Vl.forEach((f,p)=>{let d=f(r,p,Cn,i);d!=cn[p]&&(c=!1),cn[p]=d}),c}function Ta(){for(let i=0;i<R.length;i++){let c=R[i];if(!c.show||!c._show)continue;let f=c.side,p=f%2,d,b,k=c.stroke(r,i),_=f==0||f==3?-1:1,[A,j]=c._found;if(c.label!=null){let st=c.labelGap*_,gt=$e((c._lpos+st)*ae);ql(c.labelFont[0],k,"center",f==2?Xr:Ru),m.save(),p==1?(d=b=0,m.translate(gt,$e(St+It/2)),m.rotate((f==3?-qs:qs)/2)):(d=$e(yt+ut/2),b=gt);let Mn=Sc(c.label)?c.label(r,i,A,j):c.label;m.fillText(Mn,d,b),m.restore()}if(j==0)continue;let M=w[c.scale],O=p==0?ut:It,J=p==0?yt:St,ce=c._splits,oe=M.distr==2?ce.map(st=>Rt[st]):ce,ee=M.distr==2?Rt[ce[1]]-Rt[ce[0]]:A,W=c.ticks,V=c.border,Ee=W.show?W.size:0,Oe=$e(Ee*ae),Je=$e((c.alignTo==2?c._size-Ee-c.gap:c.gap)*ae),de=c._rotate*-qs/180,Pe=I(c._pos*ae),dt=(Oe+Je)*_,rt=Pe+dt;b=p==0?rt:0,d=p==1?rt:0;let Ct=c.font[0],Nt=c.align==1?vr:c.align==2?sl:de>0?vr:de<0?sl:p==0?"center":f==3?sl:vr,Jt=de||p==1?"middle":f==2?Xr:Ru;ql(Ct,k,Nt,Jt);let vt=c.font[1]*c.lineGap,Dt=ce.map(st=>I(a(st,M,O,J))),Lt=c._values;for(let st=0;st<Lt.length;st++){let gt=Lt[st];if(gt!=null){p==0?d=Dt[st]:b=Dt[st],gt=""+gt;let Mn=gt.indexOf(`\n`)==-1?[gt]:gt.split(/\\n/gm);for(let it=0;it<Mn.length;it++){let fo=Mn[it];de?(m.save(),m.translate(d,b+it*vt),m.rotate(de),m.fillText(fo,0,0),m.restore()):m.fillText(fo,d,b+it*vt)}}}W.show&&mi(Dt,W.filter(r,oe,i,j,ee),p,f,Pe,Oe,ke(W.width*ae,3),W.stroke(r,i),W.dash,W.cap);let Kt=c.grid;Kt.show&&mi(Dt,Kt.filter(r,oe,i,j,ee),p,p==0?2:1,p==0?St:yt,p==0?It:ut,ke(Kt.width*ae,3),Kt.stroke(r,i),Kt.dash,Kt.cap),V.show&&mi([Pe],[1],p==0?1:0,p==0?1:2,p==1?St:yt,p==1?It:ut,ke(V.width*ae,3),V.stroke(r,i),V.dash,V.cap)}Ue("drawAxes")}function Zn(i){E.forEach((c,f)=>{f>0&&(c._paths=null,i&&(s==1?(c.min=null,c.max=null):c.facets.forEach(p=>{p.min=null,p.max=null})))})}let ps=!1,yi=!1,Mr=[];function Oa(){yi=!1;for(let i=0;i<Mr.length;i++)Ue(...Mr[i]);Mr.length=0}function Yn(){ps||(nh(Ul),ps=!0)}function Pa(i,c=!1){ps=!0,yi=c,i(r),Ul(),c&&Mr.length>0&&queueMicrotask(Oa)}r.batch=Pa;function Ul(){if(ni&&(Sa(),ni=!1),Hn&&(va(),Hn=!1),ls){if(Ae(x,vr,xe),Ae(x,Xr,Ve),Ae(x,Yr,X),Ae(x,Qr,T),Ae(C,vr,xe),Ae(C,Xr,Ve),Ae(C,Yr,X),Ae(C,Qr,T),Ae(v,Yr,en),Ae(v,Qr,wn),g.width=$e(en*ae),g.height=$e(wn*ae),R.forEach(({_el:i,_show:c,_size:f,_pos:p,side:d})=>{if(i!=null)if(c){let b=d===3||d===0?f:0,k=d%2==1;Ae(i,k?"left":"top",p-b),Ae(i,k?"width":"height",f),Ae(i,k?"top":"left",k?Ve:xe),Ae(i,k?"height":"width",k?T:X),hl(i,Nn)}else kt(i,Nn)}),cs=Xn=ii=oi=ui=ci=ai=fi=li=null,ct=1,Pr(!0),xe!=Bn||Ve!=_n||X!=Bt||T!=Sn){Zn(!1);let i=X/Bt,c=T/Sn;if(tt&&!En&&F.left>=0){F.left*=i,F.top*=c,Qn&&Yt(Qn,$e(F.left),0,X,T),er&&Yt(er,0,$e(F.top),X,T);for(let f=0;f<At.length;f++){let p=At[f];p!=null&&(Jn[f]*=i,Kn[f]*=c,Yt(p,Ot(Jn[f]),Ot(Kn[f]),X,T))}}if(Se.show&&!os&&Se.left>=0&&Se.width>0){Se.left*=i,Se.width*=i,Se.top*=c,Se.height*=c;for(let f in xi)Ae(rr,f,Se[f])}Bn=xe,_n=Ve,Bt=X,Sn=T}Ue("setSize"),ls=!1}en>0&&wn>0&&(m.clearRect(0,0,g.width,g.height),Ue("drawClear"),B.forEach(i=>i()),Ue("draw")),Se.show&&os&&(hs(Se),os=!1),tt&&En&&(jn(null,!0,!1),En=!1),Q.show&&Q.live&&Et&&(bi(),Et=!1),h||(h=!0,r.status=1,Ue("ready")),jr=!1,ps=!1}r.redraw=(i,c)=>{Hn=c||!1,i!==!1?fn(S,D.min,D.max):Yn()};function di(i,c){let f=w[i];if(f.from==null){if(Ke==0){let p=f.range(r,c.min,c.max,i);c.min=p[0],c.max=p[1]}if(c.min>c.max){let p=c.min;c.min=c.max,c.max=p}if(Ke>1&&c.min!=null&&c.max!=null&&c.max-c.min<1e-16)return;i==S&&f.distr==2&&Ke>0&&(c.min=zt(c.min,t[0]),c.max=zt(c.max,t[0]),c.min==c.max&&c.max++),G[i]=c,ni=!0,Yn()}}r.setScale=di;let vi,gi,Qn,er,Jl,Kl,tr,nr,Xl,Zl,_e,je,an=!1,Xe=F.drag,He=Xe.x,We=Xe.y;tt&&(F.x&&(vi=Tt(Ap,C)),F.y&&(gi=Tt(Cp,C)),D.ori==0?(Qn=vi,er=gi):(Qn=gi,er=vi),_e=F.left,je=F.top);let Se=r.select=Le({show:!0,over:!0,left:0,width:0,top:0,height:0},e.select),rr=Se.show?Tt(Ep,Se.over?C:x):null;function hs(i,c){if(Se.show){for(let f in i)Se[f]=i[f],f in xi&&Ae(rr,f,i[f]);c!==!1&&Ue("setSelect")}}r.setSelect=hs;function Ia(i){if(E[i].show)Fe&&hl(Me[i],Nn);else if(Fe&&kt(Me[i],Nn),tt){let f=Un?At[0]:At[i];f!=null&&Yt(f,-10,-10,X,T)}}function fn(i,c,f){di(i,{min:c,max:f})}function Wt(i,c,f,p){c.focus!=null&&Va(i),c.show!=null&&E.forEach((d,b)=>{b>0&&(i==b||i==null)&&(d.show=c.show,Ia(b),s==2?(fn(d.facets[0].scale,null,null),fn(d.facets[1].scale,null,null)):fn(d.scale,null,null),Yn())}),f!==!1&&Ue("setSeries",i,c),p&&Ir("setSeries",r,i,c)}r.setSeries=Wt;function Ra(i,c){Le(N[i],c)}function Na(i,c){i.fill=se(i.fill||null),i.dir=ue(i.dir,-1),c=c??N.length,N.splice(c,0,i)}function La(i){i==null?N.length=0:N.splice(i,1)}r.addBand=Na,r.setBand=Ra,r.delBand=La;function Fa(i,c){E[i].alpha=c,tt&&At[i]!=null&&(At[i].style.opacity=c),Fe&&Me[i]&&(Me[i].style.opacity=c)}let tn,pn,Dn,sr={focus:!0};function Va(i){if(i!=Dn){let c=i==null,f=Ht.alpha!=1;E.forEach((p,d)=>{if(s==1||d>0){let b=c||d==0||d==i;p._focus=c?null:b,f&&Fa(d,b?1:Ht.alpha)}}),Dn=i,f&&Yn()}}Fe&&Wn&&nt(Vu,fe,i=>{F._lock||(An(i),Dn!=null&&Wt(null,sr,!0,Ne.setSeries))});function Ut(i,c,f){let p=w[c];f&&(i=i/ae-(p.ori==1?Ve:xe));let d=X;p.ori==1&&(d=T,i=d-i),p.dir==-1&&(i=d-i);let b=p._min,k=p._max,_=i/d,A=b+(k-b)*_,j=p.distr;return j==3?kr(10,A):j==4?Bp(A,p.asinh):j==100?p.bwd(A):A}function $a(i,c){let f=Ut(i,S,c);return zt(f,t[0],Ge,Be)}r.valToIdx=i=>zt(i,t[0]),r.posToIdx=$a,r.posToVal=Ut,r.valToPos=(i,c,f)=>w[c].ori==0?l(i,w[c],f?ut:X,f?yt:0):u(i,w[c],f?It:T,f?St:0),r.setCursor=(i,c,f)=>{_e=i.left,je=i.top,jn(null,c,f)};function Yl(i,c){Ae(rr,vr,Se.left=i),Ae(rr,Yr,Se.width=c)}function Ql(i,c){Ae(rr,Xr,Se.top=i),Ae(rr,Qr,Se.height=c)}let Tr=D.ori==0?Yl:Ql,Or=D.ori==1?Yl:Ql;function za(){if(Fe&&Q.live)for(let i=s==2?1:0;i<E.length;i++){if(i==0&&_t)continue;let c=Q.values[i],f=0;for(let p in c)Gt[i][f++].firstChild.nodeValue=c[p]}}function bi(i,c){if(i!=null&&(i.idxs?i.idxs.forEach((f,p)=>{ye[p]=f}):Jp(i.idx)||ye.fill(i.idx),Q.idx=ye[0]),Fe&&Q.live){for(let f=0;f<E.length;f++)(f>0||s==1&&!_t)&&qa(f,ye[f]);za()}Et=!1,c!==!1&&Ue("setLegend")}r.setLegend=bi;function qa(i,c){let f=E[i],p=i==0&&Y==2?Rt:t[i],d;_t?d=f.values(r,i,c)??un:(d=f.value(r,c==null?null:p[c],i,c),d=d==null?un:{_:d}),Q.values[i]=d}function jn(i,c,f){Xl=_e,Zl=je,[_e,je]=F.move(r,_e,je),F.left=_e,F.top=je,tt&&(Qn&&Yt(Qn,$e(_e),0,X,T),er&&Yt(er,0,$e(je),X,T));let p,d=Ge>Be;tn=be,pn=null;let b=D.ori==0?X:T,k=D.ori==1?X:T;if(_e<0||Ke==0||d){p=F.idx=null;for(let _=0;_<E.length;_++){let A=At[_];A!=null&&Yt(A,-10,-10,X,T)}Wn&&Wt(null,sr,!0,i==null&&Ne.setSeries),Q.live&&(ye.fill(p),Et=!0)}else{let _,A,j;s==1&&(_=D.ori==0?_e:je,A=Ut(_,S),p=F.idx=zt(A,t[0],Ge,Be),j=L(t[0][p],D,b,0));let M=-10,O=-10,J=0,ce=0,oe=!0,ee="",W="";for(let V=s==2?1:0;V<E.length;V++){let Ee=E[V],Oe=ye[V],Je=Oe==null?null:s==1?t[V][Oe]:t[V][1][Oe],de=F.dataIdx(r,V,p,A),Pe=de==null?null:s==1?t[V][de]:t[V][1][de];if(Et=Et||Pe!=Je||de!=Oe,ye[V]=de,V>0&&Ee.show){let dt=de==null?-10:de==p?j:L(s==1?t[0][de]:t[V][0][de],D,b,0),rt=Pe==null?-10:U(Pe,s==1?w[Ee.scale]:w[Ee.facets[1].scale],k,0);if(Wn&&Pe!=null){let Ct=D.ori==1?_e:je,Nt=ze(Ht.dist(r,V,de,rt,Ct));if(Nt<tn){let Jt=Ht.bias;if(Jt!=0){let vt=Ut(Ct,Ee.scale),Dt=Pe>=0?1:-1,Lt=vt>=0?1:-1;Lt==Dt&&(Lt==1?Jt==1?Pe>=vt:Pe<=vt:Jt==1?Pe<=vt:Pe>=vt)&&(tn=Nt,pn=V)}else tn=Nt,pn=V}}if(Et||Un){let Ct,Nt;D.ori==0?(Ct=dt,Nt=rt):(Ct=rt,Nt=dt);let Jt,vt,Dt,Lt,Kt,st,gt=!0,Mn=Ye.bbox;if(Mn!=null){gt=!1;let it=Mn(r,V);Dt=it.left,Lt=it.top,Jt=it.width,vt=it.height}else Dt=Ct,Lt=Nt,Jt=vt=Ye.size(r,V);if(st=Ye.fill(r,V),Kt=Ye.stroke(r,V),Un)V==pn&&tn<=Ht.prox&&(M=Dt,O=Lt,J=Jt,ce=vt,oe=gt,ee=st,W=Kt);else{let it=At[V];it!=null&&(Jn[V]=Dt,Kn[V]=Lt,Wu(it,Jt,vt,gt),Bu(it,st,Kt),Yt(it,Ot(Dt),Ot(Lt),X,T))}}}}if(Un){let V=Ht.prox,Ee=Dn==null?tn<=V:tn>V||pn!=Dn;if(Et||Ee){let Oe=At[0];Oe!=null&&(Jn[0]=M,Kn[0]=O,Wu(Oe,J,ce,oe),Bu(Oe,ee,W),Yt(Oe,Ot(M),Ot(O),X,T))}}}if(Se.show&&an)if(i!=null){let[_,A]=Ne.scales,[j,M]=Ne.match,[O,J]=i.cursor.sync.scales,ce=i.cursor.drag;if(He=ce._x,We=ce._y,He||We){let{left:oe,top:ee,width:W,height:V}=i.select,Ee=i.scales[O].ori,Oe=i.posToVal,Je,de,Pe,dt,rt,Ct=_!=null&&j(_,O),Nt=A!=null&&M(A,J);Ct&&He?(Ee==0?(Je=oe,de=W):(Je=ee,de=V),Pe=w[_],dt=L(Oe(Je,O),Pe,b,0),rt=L(Oe(Je+de,O),Pe,b,0),Tr(qt(dt,rt),ze(rt-dt))):Tr(0,b),Nt&&We?(Ee==1?(Je=oe,de=W):(Je=ee,de=V),Pe=w[A],dt=U(Oe(Je,J),Pe,k,0),rt=U(Oe(Je+de,J),Pe,k,0),Or(qt(dt,rt),ze(rt-dt))):Or(0,k)}else wi()}else{let _=ze(Xl-Jl),A=ze(Zl-Kl);if(D.ori==1){let J=_;_=A,A=J}He=Xe.x&&_>=Xe.dist,We=Xe.y&&A>=Xe.dist;let j=Xe.uni;j!=null?He&&We&&(He=_>=j,We=A>=j,!He&&!We&&(A>_?We=!0:He=!0)):Xe.x&&Xe.y&&(He||We)&&(He=We=!0);let M,O;He&&(D.ori==0?(M=tr,O=_e):(M=nr,O=je),Tr(qt(M,O),ze(O-M)),We||Or(0,k)),We&&(D.ori==1?(M=tr,O=_e):(M=nr,O=je),Or(qt(M,O),ze(O-M)),He||Tr(0,b)),!He&&!We&&(Tr(0,0),Or(0,0))}if(Xe._x=He,Xe._y=We,i==null){if(f){if(ao!=null){let[_,A]=Ne.scales;Ne.values[0]=_!=null?Ut(D.ori==0?_e:je,_):null,Ne.values[1]=A!=null?Ut(D.ori==1?_e:je,A):null}Ir(il,r,_e,je,X,T,p)}if(Wn){let _=f&&Ne.setSeries,A=Ht.prox;Dn==null?tn<=A&&Wt(pn,sr,!0,_):tn>A?Wt(null,sr,!0,_):pn!=Dn&&Wt(pn,sr,!0,_)}}Et&&(Q.idx=p,bi()),c!==!1&&Ue("setCursor")}let hn=null;Object.defineProperty(r,"rect",{get(){return hn==null&&Pr(!1),hn}});function Pr(i=!1){i?hn=null:(hn=C.getBoundingClientRect(),Ue("syncRect",hn))}function eo(i,c,f,p,d,b,k){F._lock||an&&i!=null&&i.movementX==0&&i.movementY==0||(ki(i,c,f,p,d,b,k,!1,i!=null),i!=null?jn(null,!0,!0):jn(c,!0,!1))}function ki(i,c,f,p,d,b,k,_,A){if(hn==null&&Pr(!1),An(i),i!=null)f=i.clientX-hn.left,p=i.clientY-hn.top;else{if(f<0||p<0){_e=-10,je=-10;return}let[j,M]=Ne.scales,O=c.cursor.sync,[J,ce]=O.values,[oe,ee]=O.scales,[W,V]=Ne.match,Ee=c.axes[0].side%2==1,Oe=D.ori==0?X:T,Je=D.ori==1?X:T,de=Ee?b:d,Pe=Ee?d:b,dt=Ee?p:f,rt=Ee?f:p;if(oe!=null?f=W(j,oe)?a(J,w[j],Oe,0):-10:f=Oe*(dt/de),ee!=null?p=V(M,ee)?a(ce,w[M],Je,0):-10:p=Je*(rt/Pe),D.ori==1){let Ct=f;f=p,p=Ct}}A&&(c==null||c.cursor.event.type==il)&&((f<=1||f>=X-1)&&(f=In(f,X)),(p<=1||p>=T-1)&&(p=In(p,T))),_?(Jl=f,Kl=p,[tr,nr]=F.move(r,f,p)):(_e=f,je=p)}let xi={width:0,height:0,left:0,top:0};function wi(){hs(xi,!1)}let to,no,ro,so;function io(i,c,f,p,d,b,k){an=!0,He=We=Xe._x=Xe._y=!1,ki(i,c,f,p,d,b,k,!0,!1),i!=null&&(nt(ll,fl,lo,!1),Ir(Lu,r,tr,nr,X,T,null));let{left:_,top:A,width:j,height:M}=Se;to=_,no=A,ro=j,so=M}function lo(i,c,f,p,d,b,k){an=Xe._x=Xe._y=!1,ki(i,c,f,p,d,b,k,!1,!0);let{left:_,top:A,width:j,height:M}=Se,O=j>0||M>0,J=to!=_||no!=A||ro!=j||so!=M;if(O&&J&&hs(Se),Xe.setScale&&O&&J){let ce=_,oe=j,ee=A,W=M;if(D.ori==1&&(ce=A,oe=M,ee=_,W=j),He&&fn(S,Ut(ce,S),Ut(ce+oe,S)),We)for(let V in w){let Ee=w[V];V!=S&&Ee.from==null&&Ee.min!=be&&fn(V,Ut(ee+W,V),Ut(ee,V))}wi()}else F.lock&&(F._lock=!F._lock,jn(c,!0,i!=null));i!=null&&(Gn(ll,fl),Ir(ll,r,_e,je,X,T,null))}function Ga(i,c,f,p,d,b,k){if(F._lock)return;An(i);let _=an;if(an){let A=!0,j=!0,M=10,O,J;D.ori==0?(O=He,J=We):(O=We,J=He),O&&J&&(A=_e<=M||_e>=X-M,j=je<=M||je>=T-M),O&&A&&(_e=_e<tr?0:X),J&&j&&(je=je<nr?0:T),jn(null,!0,!0),an=!1}_e=-10,je=-10,ye.fill(null),jn(null,!0,!0),_&&(an=_)}function oo(i,c,f,p,d,b,k){F._lock||(An(i),si(),wi(),i!=null&&Ir($u,r,_e,je,X,T,null))}function uo(){R.forEach(am),ri(r.width,r.height,!0)}Ln(Gs,br,uo);let ir={};ir.mousedown=io,ir.mousemove=eo,ir.mouseup=lo,ir.dblclick=oo,ir.setSeries=(i,c,f,p)=>{let d=Ne.match[2];f=d(r,c,f),f!=-1&&Wt(f,p,!0,!1)},tt&&(nt(Lu,C,io),nt(il,C,eo),nt(Fu,C,i=>{An(i),Pr(!1)}),nt(Vu,C,Ga),nt($u,C,oo),bl.add(r),r.syncRect=Pr);let ms=r.hooks=e.hooks||{};function Ue(i,c,f){yi?Mr.push([i,c,f]):i in ms&&ms[i].forEach(p=>{p.call(null,r,c,f)})}(e.plugins||[]).forEach(i=>{for(let c in i.hooks)ms[c]=(ms[c]||[]).concat(i.hooks[c])});let co=(i,c,f)=>f,Ne=Le({key:null,setSeries:!1,filters:{pub:Zu,sub:Zu},scales:[S,E[1]?E[1].scale:null],match:[Yu,Yu,co],values:[null,null]},F.sync);Ne.match.length==2&&Ne.match.push(co),F.sync=Ne;let ao=Ne.key,_i=Jc(ao);function Ir(i,c,f,p,d,b,k){Ne.filters.pub(i,c,f,p,d,b,k)&&_i.pub(i,c,f,p,d,b,k)}_i.sub(r);function Ba(i,c,f,p,d,b,k){Ne.filters.sub(i,c,f,p,d,b,k)&&ir[i](null,c,f,p,d,b,k)}r.pub=Ba;function Ha(){_i.unsub(r),bl.delete(r),xn.clear(),ml(Gs,br,uo),y.remove(),fe?.remove(),Ue("destroy")}r.destroy=Ha;function Si(){Ue("init",e,t),$l(t||e.data,!1),G[S]?di(S,G[S]):si(),os=Se.show&&(Se.width>0||Se.height>0),En=Et=!0,ri(e.width,e.height)}return E.forEach(Fl),R.forEach(_a),n?n instanceof HTMLElement?(n.appendChild(y),Si()):n(r,Si):Si(),r}Ze.assign=Le;Ze.fmtNum=Al;Ze.rangeNum=Bs;Ze.rangeLog=Us;Ze.rangeAsinh=Sl;Ze.orient=Vn;Ze.pxRatio=ae;Ze.join=th;Ze.fmtDate=Dl,Ze.tzDate=ph;Ze.sync=Jc;{Ze.addGap=Jh,Ze.clipGaps=Xs;let e=Ze.paths={points:ea};e.linear=na,e.stepped=Zh,e.bars=Yh,e.spline=em}var oa=44,fm=3600,pm=300;function ua({label:e,series:t,format:n}){let r=ft(null),s=ft(null);at(()=>{let{current:a}=r;if(a===null)return;let h=new Ze(hm(a),la(t),a);s.current=h;let y=new ResizeObserver(()=>h.setSize({width:a.clientWidth,height:oa}));return y.observe(a),()=>{y.disconnect(),h.destroy()}},[]),at(()=>s.current?.setData(la(t)),[t]);let l=t.values.filter(a=>a!==null),u=l.length===0?t.now:Math.max(...l);return o("div",{class:"sparkline",children:[o("p",{children:[o("span",{class:"term",children:e}),o("output",{"data-figure":e,children:n(t.now)})]}),o("div",{ref:r,class:"plot",role:"img","aria-label":`${e} over the last hour: at most ${n(u)}`})]})}function la({times:e,values:t}){return[[...e],[...t]]}function hm(e){let t=getComputedStyle(e).color;return{width:e.clientWidth||200,height:oa,padding:[4,2,4,2],legend:{show:!1},cursor:{show:!1},axes:[{show:!1},{show:!1}],scales:{x:{time:!0,range:(n,r,s)=>{let l=s??sn.wallTime/1e3;return[Math.max(l-fm,Math.min(r??l,l-pm)),l]}},y:{range:(n,r,s)=>[0,Math.max(s??0,1e-9)*1.05]}},series:[{},{stroke:t,width:1.5,fill:t.replace("rgb(","rgba(").replace(")",", 0.12)"),points:{show:!1}}]}}var mm=2e3,ym=[["Connections",ca("thrum_connections"),re],["Messages in / s",$n("thrum_messages_received_total"),fr],["Messages out / s",$n("thrum_messages_sent_total"),fr],["Publications / s",$n("thrum_publications_total"),fr],["Bytes in / s",$n("thrum_received_bytes_total"),Mt],["Bytes out / s",$n("thrum_sent_bytes_total"),Mt],["Publish latency",Rl("thrum_publish_duration_seconds_sum","thrum_publish_duration_seconds_count"),Yi],["Joined frames",Rl("thrum_joined_frames_sent_total","thrum_frames_sent_total"),Qi],["Event loop lag",Rl("thrum_event_loop_lag_seconds_sum","thrum_event_loop_lag_seconds_count"),Yi],["CPU of the process",{type:"processRate",column:"process_cpu_seconds_total"},Qi],["Memory of the process",{type:"processGauge",column:"process_resident_memory_bytes"},Mt],["Evictions / s",$n("thrum_evictions_total"),fr],["Slow consumers / s",$n("thrum_slow_consumers_total"),fr],["Waiting for slow clients",ca("thrum_backlog_bytes"),Mt]];function ca(e){return{type:"gauge",column:e}}function $n(e){return{type:"rate",column:e}}function Rl(e,t){return{type:"ratio",column:e,of:t}}function aa(){let e=ft(new Fs),{value:t,problem:n}=pt("overview",async()=>{let{current:r}=e,s=r?.since??0,[l,u,a]=await Promise.all([we("load",{since:s},du),we("node_metrics",{},yu),we("info",{},mu)]);return r?.add(l),{metrics:u,info:a,answeredWithinMs:l.answered_within_ms}},mm);return o(Te,{children:[o(ht,{children:"Overview"}),o(et,{children:n}),o("div",{class:"sparklines",children:ym.map(([r,s,l])=>o(ua,{label:r,series:e.current?.read(s)??dm,format:l},r))}),t&&o("div",{class:"columns",children:[o(gm,{nodes:t.info.nodes,metrics:t.metrics,answeredWithinMs:t.answeredWithinMs}),o(bm,{metrics:t.metrics}),o(km,{metrics:t.metrics})]})]})}var dm={times:[],values:[],now:0};function ei(e,t){return e.filter(n=>n.name===t).reduce((n,{value:r=0})=>n+r,0)}function vm({node:e,metrics:t}){let n=t.find(({name:s})=>s==="thrum_broker_state")?.labels.state,r=ei(t,"thrum_relay_gaps_total")+ei(t,"thrum_position_gaps_total");return o("tr",{children:[o("th",{scope:"row",title:e.uid,children:[o("code",{children:pr(e.uid)})," ",e.version]}),o("td",{children:Ft(e.uptime)}),o("td",{children:re(e.num_clients)}),o("td",{children:re(e.num_users)}),o("td",{children:re(e.num_channels)}),o("td",{children:re(e.num_subs)}),o("td",{children:Mt(ei(t,"thrum_heap_used_bytes"))}),o("td",{children:n}),o("td",{children:re(r)}),o("td",{children:re(ei(t,"thrum_relay_repairs_total"))})]})}function gm({nodes:e,metrics:t,answeredWithinMs:n}){return o("section",{class:"wide",children:[o("h3",{children:"Nodes"}),o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Node"}),o("th",{scope:"col",children:"Up"}),o("th",{scope:"col",children:"Clients"}),o("th",{scope:"col",children:"Users"}),o("th",{scope:"col",children:"Channels"}),o("th",{scope:"col",children:"Subscriptions"}),o("th",{scope:"col",children:"Heap"}),o("th",{scope:"col",children:"Broker"}),o("th",{scope:"col",children:"Gaps"}),o("th",{scope:"col",children:"Repairs"})]})}),o("tbody",{children:e.map(r=>o(vm,{node:r,metrics:t.nodes.find(s=>s.node===r.uid)?.metrics??[]},r.uid))})]})}),o("p",{class:"note",children:["All nodes have answered within ",n," ms."]})]})}function ti({nodes:e},t){let n=new Map;for(let r of e.flatMap(({metrics:s})=>s)){if(r.name!==t||r.value===void 0)continue;let s=Object.values(r.labels).join(" over ");n.set(s,(n.get(s)??0)+r.value)}return n}function bm({metrics:e}){let t=ti(e,"thrum_connections"),n=ti(e,"thrum_connections_opened_total");return o("section",{children:[o("h3",{children:"Connections by protocol and transport"}),o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Kind"}),o("th",{scope:"col",children:"Open"}),o("th",{scope:"col",children:"Ever"})]})}),o("tbody",{children:[...t].filter(([r])=>n.get(r)).map(([r,s])=>o("tr",{children:[o("th",{scope:"row",children:r}),o("td",{children:re(s)}),o("td",{children:re(n.get(r)??0)})]},r))})]})]})}function km({metrics:e}){let t=[...[...ti(e,"thrum_evictions_total")].map(([n,r])=>[`closed with ${n}`,r]),...[...ti(e,"thrum_refusals_total")].map(([n,r])=>[`limit ${n}`,r])].filter(([,n])=>n>0);return o("section",{children:[o("h3",{children:"Evictions and refusals"}),t.length===0?o("p",{class:"note",children:"None so far."}):o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Reason"}),o("th",{scope:"col",children:"Number"})]})}),o("tbody",{children:t.map(([n,r])=>o("tr",{children:[o("th",{scope:"row",children:n}),o("td",{children:re(r)})]},n))})]})]})}var xm=2e3;function fa({user:e}){let{value:t,problem:n}=pt(e,()=>we("user",{user:e},ou),xm),r=t?.connections??[],s=new Set(r.flatMap(({subscriptions:l})=>l.map(({channel:u})=>u)));return o(Te,{children:[o(ht,{of:"User",children:e}),o(et,{children:n}),o(hr,{figures:{Connections:re(r.length),Channels:re(s.size)}}),o(tl,{rows:r}),o("div",{class:"columns",children:[o("section",{children:[o("h3",{children:"Channels"}),o("ul",{class:"present",children:[...s].map(l=>o("li",{children:o(yr,{channel:l})},l))})]}),o("section",{children:[o("h3",{children:"Act"}),o(dr,{label:"Send JSON or text to all of these connections",button:"Send",onSend:async l=>{let u={user:e,data:l},{delivered:a}=await we("send",u,js);return a?"Sent.":"No connection has received it."}}),o(Ls,{of:{user:e}})]})]})]})}function ha(){let[e,t]=te(),[n,r]=te();return o(Te,{children:[o(ht,{children:"Why"}),o("form",{class:"why",onSubmit:l=>{l.preventDefault();let{target:u}=l;u instanceof HTMLFormElement&&(r(void 0),we("explain",{token:gn(u,"token"),channel_token:gn(u,"channel_token"),channel:gn(u,"channel")},fu).then(t,a=>{t(void 0),r(Vt(a))}))},children:[o("p",{class:"field",children:[o("label",{for:"token",children:"Token of the connection, or of a subscription; none is a client without one"}),o("textarea",{id:"token",name:"token",rows:4,spellcheck:!1})]}),o("p",{class:"field",children:[o("label",{for:"channel_token",children:"Token of the subscription beside it, if the client sends one"}),o("textarea",{id:"channel_token",name:"channel_token",rows:2,spellcheck:!1})]}),o("p",{class:"field",children:[o("label",{for:"channel",children:"Channel"}),o("input",{id:"channel",name:"channel",required:!0,autocomplete:"off"})]}),o("button",{type:"submit",class:"primary",children:"Explain"})]}),o(et,{children:n}),e&&o(wm,{answer:e})]})}function wm({answer:e}){let t=Object.entries({connect:e.connect,...e.actions});return o("div",{class:"columns","aria-live":"polite",children:[o("section",{children:[o("h3",{children:"What it may do"}),e.token&&o(pa,{token:e.token}),e.channel_token&&o(pa,{token:e.channel_token}),o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Action"}),o("th",{scope:"col",children:"Allowed"}),o("th",{scope:"col",children:"By which rule"})]})}),o("tbody",{children:t.map(([n,{allowed:r,rule:s,why:l,hook:u}])=>o("tr",{"data-action":n,children:[o("th",{scope:"row",children:n}),o("td",{class:r?"yes":"no",children:r?"yes":"no"}),o("td",{children:[o("code",{children:s})," ",l,u&&` The hook ${u} of the program may still refuse.`]})]},n))})]})]}),o("section",{children:[o("h3",{children:"Options that hold"}),o(Ps,{options:e.options})]})]})}function pa({token:e}){if(e.kind==="invalid")return o("p",{class:"problem",children:["The token is not accepted (",e.reason,"): ",e.message,"."]});let t=e.expires_in===void 0?"without an end":`for ${Ft(e.expires_in)}`;return o("p",{class:"note",children:["A token of a ",e.kind," for ",e.user||"a client without a uid",e.channel&&`, for the channel ${e.channel}`,", ",t,"."]})}var _m=[["overview","Overview",["overview"]],["channels","Channels",["channels","channel"]],["connections","Connections",["connections","connection","user"]],["why","Why",["why"]]];function ma({hasSession:e}){let t=_u(),n=async()=>{await wu(),location.reload()};return o(Te,{children:[o("div",{class:"inspector-bar",children:[o("nav",{"aria-label":"Inspector",children:o("ul",{class:"tabs",children:_m.map(([r,s,l])=>o("li",{children:o("a",{href:On({kind:r}),"aria-current":Sm(t.kind,l)?"page":void 0,children:s})},r))})}),e&&o("button",{type:"button",class:"quiet",onClick:n,children:"Log out"})]}),o(Em,{view:t},On(t))]})}function Sm(e,t){return t.includes(e)}function Em({view:e}){switch(e.kind){case"overview":return o(aa,{});case"channels":return o(Mu,{});case"channel":return o(Du,{channel:e.name});case"connections":return o(Au,{});case"connection":return o(Tu,{client:e.name});case"user":return o(fa,{user:e.name});case"why":return o(ha,{})}}function ya(){let[e,t]=te();return o("form",{class:"login",onSubmit:async r=>{if(r.preventDefault(),!(r.target instanceof HTMLFormElement))return;let s=gn(r.target,"key"),l=await xu(s).catch(Vt);l===void 0?location.reload():t(l)},children:[o("p",{class:"field",children:[o("label",{for:"key",children:"Admin key of this server"}),o("input",{id:"key",name:"key",type:"password",autocomplete:"current-password",required:!0})]}),o("button",{type:"submit",class:"primary",children:"Log in"}),o("p",{role:"alert",class:"problem",children:e})]})}var ss=document.getElementById("inspector");ss?.dataset.admission==="login"?Ss(o(ya,{}),ss):ss&&Ss(o(ma,{hasSession:ss.dataset.admission==="session"}),ss);\n';var N=`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="15" fill="#0b6e55" />
  <g fill="none" stroke="#fff" stroke-linecap="round" stroke-width="3.5">
    <path d="M11 32C24 6 40 6 53 32" />
    <path d="M11 32H53" opacity=".5" />
    <path d="M11 32C24 58 40 58 53 32" />
  </g>
  <circle cx="11" cy="32" r="4.5" fill="#fff" />
  <circle cx="53" cy="32" r="4.5" fill="#fff" />
</svg>
`;var be=[e,p,t,h,n,r,i,l,o,s,d,u,c,a,f,m];export{O as consoleScript,N as favicon,j as inspectorScript,be as styles};
