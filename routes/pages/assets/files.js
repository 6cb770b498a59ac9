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
  min-width: 0;
  gap: 0.4rem;
  padding: 0;
  list-style: none;
}

.channels li {
  display: flex;
  align-items: center;
  max-width: 100%;
  padding-left: 0.65rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  color: var(--accent);
  font: 0.8125rem/1.9 var(--mono);
}

.channels li bdi {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.channels li button {
  flex: none;
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

/* A client chooses its name, and how long that is. */
.name-link {
  overflow-wrap: anywhere;
}

.inspector .list .name-link {
  display: inline-block;
  max-width: min(24rem, 50vw);
  overflow: hidden;
  text-overflow: ellipsis;
  vertical-align: bottom;
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

.present li {
  min-width: 0;
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

/* A character of a name that is not seen */

bdi mark {
  margin-inline: 0.1em;
  padding-inline: 0.2em;
  border: 1px solid currentColor;
  border-radius: 0.2rem;
  background: none;
  color: var(--alarm);
  font: 0.85em var(--mono);
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
`;var j='var ht=Object.defineProperty,Pe=(t,e)=>{let n={};for(var r in t)ht(n,r,{get:t[r],enumerable:!0});return e||ht(n,Symbol.toStringTag,{value:"Module"}),n};var ie=Symbol("RENDERER"),$=Symbol("ERROR_HANDLER"),y=Symbol("STASH"),ce=Symbol("INTERNAL"),K=Symbol("MEMO"),dt=Symbol("PERMALINK"),Hn=Symbol("RENDERED_JSX");var Le=t=>(t[ce]=!0,t);var pt=t=>({value:e,children:n})=>{if(!n)return;let r={children:[{tag:Le(()=>{t.push(e)}),props:{}}]};Array.isArray(n)?r.children.push(...n.flat()):r.children.push(n),r.children.push({tag:Le(()=>{t.pop()}),props:{}});let s={tag:"",props:r,type:""};return s[$]=o=>{throw t.pop(),o},s},G=t=>{let e=[t],n=pt(e);return n.values=e,n.Provider=n,I.push(n),n};var X={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},De={},ae="data-precedence",je=t=>t.rel==="stylesheet"&&"precedence"in t,$e=(t,e)=>t==="link"?e:X[t].length>0;var Ie=t=>Array.isArray(t)?t:[t];var Vn=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),le=t=>Vn.get(t)||t;var yt=(t,e,n)=>{t.size>=e&&t.clear(),t.add(n)};var Wn=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Fe=new Set,gt=1024,Kn=t=>{if(Fe.has(t))return!0;let e=t.length;if(e===0)return!1;for(let n=0;n<e;n++){let r=t.charCodeAt(n);if(!(r>=97&&r<=122||r>=65&&r<=90||r>=48&&r<=57||r===45||r===95))return Wn.test(t)?!1:(yt(Fe,gt,t),!0)}return yt(Fe,gt,t),!0},Gn=/[;"\'\\\\/\\[\\](){}]/,Xn=t=>{if(!Gn.test(t))return!1;let e=0,n=[];for(let r=0,s=t.length;r<s;r++){let o=t.charCodeAt(r);if(o===92){if(r===s-1)return!0;r++}else if(e!==0){if(o===10||o===12||o===13)return!0;o===e&&(e=0)}else if(o===47&&t.charCodeAt(r+1)===42){let i=t.indexOf("*/",r+2);if(i===-1)return!0;r=i+1}else if(o===34||o===39)e=o;else if(o===40)n.push(41);else if(o===91)n.push(93);else{if(o===123||o===125)return!0;if(o===41||o===93){if(n[n.length-1]!==o)return!0;n.pop()}else if(o===59&&n.length===0)return!0}}return e!==0||n.length!==0},Be=(t,e)=>{for(let[n,r]of Object.entries(t)){let s=n[0]==="-"||!/[A-Z]/.test(n)?n:n.replace(/[A-Z]/g,i=>`-${i.toLowerCase()}`);if(!Kn(s))continue;if(r==null){e(s,null);continue}let o;if(typeof r=="number")o=s.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${r}`:`${r}px`;else if(typeof r=="string"){if(Xn(r))continue;o=r}else continue;e(s,o)}};var wt=(t,e)=>{if(t===e)return!0;let n=Object.keys(t).sort(),r=Object.keys(e).sort();if(n.length!==r.length)return!1;for(let s=0,o=n.length;s<o;s++)if(!(n[s]==="children"&&r[s]==="children"&&!t.children?.length&&!e.children?.length)&&t[n[s]]!==e[n[s]])return!1;return!0};var I=[],St=!1,He,qn,Jn=0,bt=!1,zn=()=>{if(St)return He;St=!0;let t=globalThis,e;for(let n of[()=>t.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>t.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{e=n()}catch{}if(e)break}return e&&(He=new e),He},Zn=()=>zn()?.getStore()||qn,Yn=()=>{Jn>0&&!bt&&(bt=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var Qn=(t,e)=>{if(!t)return Yn(),e.values.at(-1);let n=t.get(e);return n?.length?n.at(-1):e.values[0]};var O=t=>Qn(Zn(),t);var er=0;var tr=2,nr=3,rr=4,Ue=new WeakMap,Ve=(t,e)=>!t||!e||t.length!==e.length||e.some((n,r)=>n!==t[r]);var sr;var Et=[];var D=t=>{let e=()=>typeof t=="function"?t():t,n=R.at(-1);if(!n)return[e(),()=>{}];let[,r]=n,s=r[y][1][er]||=[],o=r[y][0]++;return s[o]||=[e(),i=>{let c=sr,u=s[o];if(typeof i=="function"&&(i=i(u[0])),!Object.is(i,u[0]))if(u[0]=i,Et.length){let[f,h]=Et.at(-1);Promise.all([f===3?r:q([f,!1,c],r),h]).then(([a])=>{if(!a||!(f===2||f===3))return;let d=a.vC;requestAnimationFrame(()=>{setTimeout(()=>{d===a.vC&&q([f===3?1:0,!1,c],a)})})})}else q([0,!1,c],r)}]};var vt=(t,e,n)=>{let r=R.at(-1);if(!r)return;let[,s]=r,o=s[y][1][1]||=[],i=s[y][0]++,[c,,u]=o[i]||=[];if(Ve(c,n)){u&&u();let f=()=>{h[t]=void 0,h[2]=e()},h=[n,void 0,void 0,void 0,void 0];h[t]=f,o[i]=h}},J=(t,e)=>vt(3,t,e),We=(t,e)=>vt(1,t,e);var N=(t,e)=>{let n=R.at(-1);if(!n)return t;let[,r]=n,s=r[y][1][tr]||=[],o=r[y][0]++,i=s[o];return Ve(i?.[1],e)?s[o]=[t,e]:t=s[o][0],t};function F(t){let e=R.at(-1);if(!e)return{current:t};let[,n]=e,r=n[y][1][rr]||=[],s=n[y][0]++;return r[s]||={current:t}}var Ke=t=>{let e=Ue.get(t);if(e){if(e.length===2)throw e[1];return e[0]}throw t.then(n=>Ue.set(t,[n]),n=>Ue.set(t,[void 0,n])),t},fe=(t,e)=>{let n=R.at(-1);if(!n)return t();let[,r]=n,s=r[y][1][nr]||=[],o=r[y][0]++,i=s[o];return Ve(i?.[1],e)&&(s[o]=[t(),e]),s[o][0]},or=0,ue=()=>fe(()=>`:r${(or++).toString(32)}:`,[]);var Ge=(t,e,n)=>{let r=R.at(-1);if(!r){if(!n)throw new Error("getServerSnapshot is required for server side rendering");return n()}let s=r[0][4]&&n?n():e(),[,o]=D(0),i=F([s,e]);i.current=[s,e];let c=F(null);return J(()=>{let u=()=>o(a=>a+1);c.current?.(),c.current=t(u);let[f,h]=i.current;Object.is(f,h())||u()},[t]),J(()=>()=>c.current?.(),[]),s};var Y="_hp",ir={Change:"Input",DoubleClick:"DblClick"},cr={svg:"2000/svg",math:"1998/Math/MathML"},R=[],z=new WeakMap,B,_t=()=>B,b=t=>"t"in t,Xe={onClick:["click",!1]},xt=t=>{if(!t.startsWith("on"))return;if(Xe[t])return Xe[t];let e=t.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(e){let[,n,r]=e;return Xe[t]=[(ir[n]||n).toLowerCase(),!!r]}},Ct=(t,e)=>B&&t instanceof SVGElement&&/[A-Z]/.test(e)&&(e in t.style||e.match(/^(?:o|pai|str|u|ve)/))?e.replace(/([A-Z])/g,"-$1").toLowerCase():e,Ot=t=>t==null||t===!1?null:t,ar=(t,e)=>{"value"in e&&(t.value=Ot(e.value),!t.multiple&&t.selectedIndex===-1&&(t.selectedIndex=0))},At=t=>t instanceof DOMException&&t.name==="InvalidCharacterError",lr=(t,e,n)=>{e||={};for(let r in e){let s=e[r];if(r!=="children"&&(!n||n[r]!==s)){r=le(r);let o=xt(r);if(o){if(n?.[r]!==s&&(n&&t.removeEventListener(o[0],n[r],o[1]),s!=null)){if(typeof s!="function")throw new Error(`Event handler for "${r}" is not a function`);t.addEventListener(o[0],s,o[1])}}else if(r==="dangerouslySetInnerHTML"&&s)t.innerHTML=s.__html;else if(r==="ref"){z.get(t)?.();let i;typeof s=="function"?i=s(t)||(()=>s(null)):s&&"current"in s&&(s.current=t,i=()=>s.current=null),z.set(t,i)}else if(r==="style"){let i=t.style;typeof s=="string"?i.cssText=s:(i.cssText="",s!=null&&Be(s,i.setProperty.bind(i)))}else{if(r==="value"){let c=t.nodeName;if(c==="SELECT")continue;if((c==="INPUT"||c==="TEXTAREA")&&(t.value=Ot(s),c==="TEXTAREA")){t.textContent=s;continue}}else(r==="checked"&&t.nodeName==="INPUT"||r==="selected"&&t.nodeName==="OPTION")&&(t[r]=s);let i=Ct(t,r);try{s==null||s===!1?t.removeAttribute(i):s===!0?t.setAttribute(i,""):typeof s=="string"||typeof s=="number"?t.setAttribute(i,s):t.setAttribute(i,s.toString())}catch(c){if(!At(c))throw c}}}}if(n)for(let r in n){let s=n[r];if(r!=="children"&&!(r in e)){r=le(r);let o=xt(r);if(o)t.removeEventListener(o[0],s,o[1]);else if(r==="ref")z.get(t)?.(),z.delete(t);else try{t.removeAttribute(Ct(t,r))}catch(i){if(!At(i))throw i}}}},fr=(t,e)=>{e[y][0]=0,R.push([t,e]);let n=e.tag[ie]||e.tag,r=n.defaultProps?{...n.defaultProps,...e.props}:e.props;try{return[n.call(null,r)]}finally{R.pop()}},Nt=(t,e,n,r,s)=>{t.vR?.length&&(r.push(...t.vR),delete t.vR),typeof t.tag=="function"&&t[y][1][1]?.forEach(o=>s.push(o)),t.vC.forEach(o=>{if(b(o))n.push(o);else if(typeof o.tag=="function"||o.tag===""){o.c=e;let i=n.length;if(Nt(o,e,n,r,s),o.s){for(let c=i;c<n.length;c++)n[c].s=!0;o.s=!1}}else n.push(o),o.vR?.length&&(r.push(...o.vR),delete o.vR)})},ur=t=>{for(;t&&(t.tag===Y||!t.e);)t=t.tag===Y||!t.vC?.[0]?t.nN:t.vC[0];return t?.e},Pt=t=>{if(!b(t)){let e=t[y];e?.[1][1]&&(e[1][1].forEach(n=>n[2]?.()),delete e[1][1]),z.get(t.e)?.(),t.p===2&&t.vC?.forEach(n=>n.p=2),t.vC?.forEach(Pt)}t.p||(t.e?.remove(),delete t.e),typeof t.tag=="function"&&(Z.delete(t),he.delete(t),delete t[y][3],t.a=!0)},qe=(t,e,n)=>{t.c=e,Lt(t,e,n)},kt=(t,e)=>{if(e){for(let n=0,r=t.length;n<r;n++)if(t[n]===e)return n}},Mt=Symbol(),Lt=(t,e,n)=>{let r=[],s=[],o=[];Nt(t,e,r,s,o),s.forEach(Pt);let i=n?void 0:e.childNodes,c,u=null;if(n)c=-1;else if(!i.length)c=0;else{let f=kt(i,ur(t.nN));f!==void 0?(u=i[f],c=f):c=kt(i,r.find(h=>h.tag!==Y&&h.e)?.e)??-1,c===-1&&(n=!0)}for(let f=0,h=r.length;f<h;f++,c++){let a=r[f],d;if(a.s&&a.e)d=a.e,a.s=!1;else{let p=n||!a.e;if(b(a))a.e&&a.d&&(a.e.textContent=a.t),a.d=!1,d=a.e||=document.createTextNode(a.t);else{let m=!a.e;d=a.e||=a.n?document.createElementNS(a.n,a.tag):document.createElement(a.tag),lr(d,a.props,m?void 0:a.pP),Lt(a,d,p),a.tag==="select"&&ar(d,a.props)}}a.tag===Y?c--:n?d.parentNode||e.appendChild(d):i[c]!==d&&i[c-1]!==d&&(i[c+1]===d?e.appendChild(i[c]):e.insertBefore(d,u||i[c]||null))}if(t.pP&&(t.pP=void 0),o.length){let f=[],h=[];o.forEach(([,a,,d,p])=>{a&&f.push(a),d&&h.push(d),p?.()}),f.forEach(a=>a()),h.length&&requestAnimationFrame(()=>{h.forEach(a=>a())})}},hr=(t,e)=>!!(t&&t.length===e.length&&t.every((n,r)=>n[1]===e[r][1])),dr=t=>{let e=new Map;for(let n of t){let r=n.key;if(e.has(r))return;e.set(r,n)}return e},he=new WeakMap,de=(t,e,n)=>{let r=!n&&e.pC;n&&(e.pC||=e.vC);let s;try{n||=typeof e.tag=="function"?fr(t,e):Ie(e.props.children),n[0]?.tag===""&&n[0][$]&&(s=n[0][$],t[5].push([t,s,e]));let o=r?[...e.pC]:e.vC?[...e.vC]:void 0,i=[],c,u=(o?.length||0)*2,f;for(let h=0;h<n.length;h++){if(Array.isArray(n[h])){n.splice(h,1,...n[h].flat(1/0)),h--;continue}let a=Dt(n[h]);if(a){typeof a.tag=="function"&&!a.tag[ce]&&(I.length>0&&(a[y][2]=I.map(p=>[p,p.values.at(-1)])),t[5]?.length&&(a[y][3]=t[5].at(-1)));let d;if(f&&a.key===void 0&&!b(a)&&(o=[...f.values()],f=void 0),f){let p=a.key,m=f.get(p);m&&(b(a)?b(m):m.tag===a.tag&&m.key===p)&&(d=m,f.delete(p))}else if(o&&o.length){let p=o[0];if(b(a)?b(p):!b(p)&&(a.key!==void 0?p.key===a.key&&p.tag===a.tag:p.tag===a.tag))d=o.shift();else{let m=o.findIndex(b(a)?x=>b(x):a.key!==void 0?x=>x.key===a.key&&x.tag===a.tag:x=>x.tag===a.tag);u-=m===-1?o.length:m,m!==-1&&(d=o[m],o.splice(m,1)),u<0&&(u=1/0,f=dr(o))}}if(d)if(b(a))d.t!==a.t&&(d.t=a.t,d.d=!0),a=d;else{let p=d.pP=d.props;if(d.props=a.props,d.f||=a.f||e.f,typeof a.tag=="function"){let m=d[y][2];d[y][2]=a[y][2]||[],d[y][3]=a[y][3],!d.f&&((d.o||d)===a.o||d.tag[K]?.(p,d.props))&&hr(m,d[y][2])&&(d.s=!0)}a=d}else if(!b(a)&&B){let p=O(B);p&&(a.n=p)}if(!b(a)&&!a.s&&(de(t,a),delete a.f),i.push(a),c&&!c.s&&!a.s)for(let p=c;p&&!b(p);p=p.vC?.at(-1))p.nN=a;c=a}}if(c&&!c.s)for(let h=c;h&&!b(h);h=h.vC?.at(-1))h.nN=e.nN;o=f?[...f.values()]:o,e.vR=r?[...e.vC,...o||[]]:o||[],e.vC=i,r&&delete e.pC}catch(o){if(e.f=!0,o===Mt){if(s)return;throw o}let[i,c,u]=e[y]?.[3]||[];if(c){let f=()=>q([0,!1,t[2]],u),h=he.get(u)||[];h.push(f),he.set(u,h);let a=c(o,()=>{let d=he.get(u);if(d){let p=d.indexOf(f);if(p!==-1)return d.splice(p,1),f()}});if(a){if(t[0]===1)t[1]=!0;else if(de(t,u,[a]),(c.length===1||t!==i)&&u.c&&!t[5].some(([,,d])=>d===u)){qe(u,u.c,!1);return}throw Mt}}throw o}finally{s&&t[5].pop()}},Dt=t=>{if(!(t==null||typeof t=="boolean")){if(typeof t=="string"||typeof t=="number")return{t:t.toString(),d:!0};if("vR"in t&&(t={tag:t.tag,props:t.props,key:t.key,f:t.f,type:t.tag,ref:t.props.ref,o:t.o||t}),typeof t.tag=="function")t[y]=[0,[]];else{let e=cr[t.tag];e&&(B||=G(""),t.props.children=[{tag:B,props:{value:t.n=`http://www.w3.org/${e}`,children:t.props.children}}])}return t}},jt=(t,e,n)=>{t.c===e&&(t.c=n,t.vC.forEach(r=>jt(r,e,n)))},Tt=(t,e)=>{e[y][2]?.forEach(([n,r])=>{n.values.push(r)});try{de(t,e,void 0)}catch{return}if(e.a){delete e.a;return}e[y][2]?.forEach(([n])=>{n.values.pop()}),(t[0]!==1||!t[1])&&qe(e,e.c,!1)},Z=new WeakMap,Rt=[],q=async(t,e)=>{t[5]||=[];let n=Z.get(e);n&&n[0](void 0);let r,s=new Promise(o=>r=o);if(Z.set(e,[r,()=>{t[2]?t[2](t,e,o=>{Tt(o,e)}).then(()=>r(e)):(Tt(t,e),r(e))}]),Rt.length)Rt.at(-1).add(e);else{await Promise.resolve();let o=Z.get(e);o&&(Z.delete(e),o[1]())}return s},pr=(t,e)=>{let n=[];n[5]=[],n[4]=!0,de(n,t,void 0),n[4]=!1;let r=document.createDocumentFragment();qe(t,r,!0),jt(t,r,e),e.replaceChildren(r)},Je=(t,e)=>{pr(Dt({tag:"",props:{children:t}}),e)};var ze=(t,e,n)=>({tag:Y,props:{children:t},key:n,e,p:1});var It=G({pending:!1,data:null,method:null,action:null}),$t=new Set,Ft=t=>{$t.add(t);let e=()=>{$t.delete(t)};t.then(e,e)};var Qe=Pe({button:()=>Jt,clearCache:()=>mr,composeRef:()=>pe,form:()=>Gt,input:()=>qt,link:()=>Vt,meta:()=>Wt,script:()=>Ht,style:()=>Ut,title:()=>Bt}),mr=()=>{Ze=Object.create(null),Ye=Object.create(null)},pe=(t,e)=>fe(()=>n=>{let r;t&&(typeof t=="function"?r=t(n)||(()=>{t(null)}):t&&"current"in t&&(t.current=n,r=()=>{t.current=null}));let s=e(n);return()=>{s?.(),r?.()}},[t]),Ze=Object.create(null),Ye=Object.create(null),Q=(t,e,n,r,s)=>{if(e?.itemProp)return{tag:t,props:e,type:t,ref:e.ref};let o=document.head,{onLoad:i,onError:c,precedence:u,blocking:f,...h}=e,a=null,d=!1,p=X[t],m=$e(t,r),x=w=>w.getAttribute("rel")==="stylesheet"&&w.getAttribute("data-precedence")!==null,k;if(m){let w=o.querySelectorAll(t);e:for(let S of w)if(!(t==="link"&&!x(S))){for(let g of p)if(S.getAttribute(g)===e[g]){a=S;break e}}if(!a){let S=p.reduce((g,E)=>e[E]===void 0?g:`${g}-${E}-${e[E]}`,t);d=!Ye[S],a=Ye[S]||=(()=>{let g=document.createElement(t);for(let E of p)e[E]!==void 0&&g.setAttribute(E,e[E]);return e.rel&&g.setAttribute("rel",e.rel),g})()}}else k=o.querySelectorAll(t);u=r?u??"":void 0,r&&(h[ae]=u);let P=N(w=>{if(m){if(t==="link"&&u!==void 0){let g=!1;for(let E of o.querySelectorAll(t)){let L=E.getAttribute(ae);if(L===null){o.insertBefore(w,E);return}if(g&&L!==u){o.insertBefore(w,E);return}L===u&&(g=!0)}o.appendChild(w);return}let S=!1;for(let g of o.querySelectorAll(t)){if(S&&g.getAttribute("data-precedence")!==u){o.insertBefore(w,g);return}g.getAttribute("data-precedence")===u&&(S=!0)}o.appendChild(w)}else if(t==="link")o.contains(w)||o.appendChild(w);else if(k){let S=!1;for(let g of k)if(g===w){S=!0;break}S||o.insertBefore(w,o.contains(k[0])?k[0]:o.querySelector(t)),k=void 0}},[m,u,t]),oe=pe(e.ref,w=>{let S=p[0];if(n===2&&(w.innerHTML=""),(d||k)&&P(w),!c&&!i||!S)return;let g=Ze[w.getAttribute(S)]||=new Promise((E,L)=>{w.addEventListener("load",E),w.addEventListener("error",L)});i&&(g=g.then(i)),c&&(g=g.catch(c)),g.catch(()=>{})});if(s&&f==="render"){let w=X[t][0];if(w&&e[w]){let S=e[w],g=Ze[S]||=new Promise((E,L)=>{P(a),a.addEventListener("load",E),a.addEventListener("error",L)});Ke(g)}}let W={tag:t,type:t,props:{...h,ref:oe},ref:oe};return W.p=n,a&&(W.e=a),ze(W,o)},Bt=t=>{let e=_t();return(e&&O(e))?.endsWith("svg")?{tag:"title",props:t,type:"title",ref:t.ref}:Q("title",t,void 0,!1,!1)},Ht=t=>!t||["src","async"].some(e=>!t[e])?{tag:"script",props:t,type:"script",ref:t.ref}:Q("script",t,1,!1,!0),Ut=t=>!t||!["href","precedence"].every(e=>e in t)?{tag:"style",props:t,type:"style",ref:t.ref}:(t["data-href"]=t.href,delete t.href,Q("style",t,2,!0,!0)),Vt=t=>!t||["onLoad","onError"].some(e=>e in t)||t.rel==="stylesheet"&&(!("precedence"in t)||"disabled"in t)?{tag:"link",props:t,type:"link",ref:t.ref}:Q("link",t,1,je(t),!0),Wt=t=>Q("meta",t,void 0,!1,!1),Kt=Symbol(),Gt=t=>{let{action:e,...n}=t;typeof e!="function"&&(n.action=e);let[r,s]=D([null,!1]),o=N(async f=>{let h=f.isTrusted?e:f.detail[Kt];if(typeof h!="function")return;f.preventDefault();let a=new FormData(f.target);s([a,!0]);try{let d=h(a);d instanceof Promise&&(Ft(d),await d)}finally{s([null,!0])}},[]),i=pe(t.ref,f=>(f.addEventListener("submit",o),()=>{f.removeEventListener("submit",o)})),[c,u]=r;return r[1]=!1,{tag:It,props:{value:{pending:c!==null,data:c,method:c?"post":null,action:c?e:null},children:{tag:"form",props:{...n,ref:i},type:"form",ref:i}},f:u}},Xt=(t,{formAction:e,...n})=>{if(typeof e=="function"){let r=N(s=>{s.preventDefault(),s.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Kt]:e}}))},[]);n.ref=pe(n.ref,s=>(s.addEventListener("click",r),()=>{s.removeEventListener("click",r)}))}return{tag:t,props:n,type:t,ref:n.ref}},qt=t=>Xt("input",t),Jt=t=>Xt("button",t);Object.assign(De,{title:Bt,script:Ht,style:Ut,link:Vt,meta:Wt,form:Gt,input:qt,button:Jt});var l=(t,e,n)=>(typeof t=="string"&&Qe[t]&&(t=Qe[t]),{tag:t,type:t,props:e,key:n,ref:e.ref}),ee=t=>l("",t,void 0);var zt=(t,e=wt)=>{let n=r=>t(r);return n[K]=e,n};function M(t,e){let n=new FormData(t).get(e);return typeof n=="string"?n.trim():""}function _(t){let{name:e,label:n,value:r="",type:s="text",suggestions:o}=t,i=ue();return l("p",{class:`field field-${e}`,children:[l("label",{for:i,children:n}),l("input",{id:i,name:e,type:s,value:r,placeholder:t.placeholder,required:t.required,list:o&&`${i}-list`,autocomplete:"off",autocapitalize:"off",spellcheck:!1}),o&&l("datalist",{id:`${i}-list`,children:o.map(c=>l("option",{value:c},c))})]})}function Zt({name:t,label:e,choices:n}){let r=ue();return l("p",{class:`field field-${t}`,children:[l("label",{for:r,children:e}),l("select",{id:r,name:t,children:n.map(([s,o])=>l("option",{value:s,children:o},s))})]})}var C={get now(){return performance.now()},get wallTime(){return Date.now()},after(t,e){let n=setTimeout(e,t);return()=>clearTimeout(n)},every(t,e){let n=setInterval(e,t);return()=>clearInterval(n)},soon(t){let e=setImmediate(t);return()=>clearImmediate(e)}};var gi=new TextEncoder;function me(t){return typeof t=="object"&&t!==null&&!Array.isArray(t)}var T={messageTooBig:{code:1009,reason:"message too big",reconnect:!1},shutdown:{code:3001,reason:"shutdown",reconnect:!0},internal:{code:3004,reason:"internal server error",reconnect:!0},expired:{code:3005,reason:"connection expired",reconnect:!0},slow:{code:3008,reason:"slow",reconnect:!0},insufficientState:{code:3010,reason:"insufficient state",reconnect:!0},forceReconnect:{code:3011,reason:"force reconnect",reconnect:!0},silent:{code:3012,reason:"Network connection timeout!",reconnect:!0},subscriptionExpired:{code:3006,reason:"subscription expired",reconnect:!0},noPong:{code:3012,reason:"no pong",reconnect:!0},tooManyRequests:{code:3013,reason:"too many requests",reconnect:!0},invalidToken:{code:3500,reason:"invalid token",reconnect:!1},badRequest:{code:3501,reason:"bad request",reconnect:!1},stale:{code:3502,reason:"stale",reconnect:!1},forceDisconnect:{code:3503,reason:"force disconnect",reconnect:!1},connectionLimit:{code:3504,reason:"connection limit",reconnect:!1},channelLimit:{code:3505,reason:"channel limit",reconnect:!1},inappropriateProtocol:{code:3506,reason:"inappropriate protocol",reconnect:!1},permissionDenied:{code:3507,reason:"permission denied",reconnect:!1},notAvailable:{code:3508,reason:"not available",reconnect:!1},tooManyErrors:{code:3509,reason:"too many errors",reconnect:!1}};function Yt(t){if(!t.startsWith("{"))return{reason:t};try{let e=JSON.parse(t);if(!me(e)||typeof e.reason!="string")return{reason:t};let n=et(e.retry_after_ms);return n===void 0?{reason:e.reason}:{reason:e.reason,retryAfterMs:n}}catch(e){if(!(e instanceof SyntaxError))throw e;return{reason:t}}}function et(t){return typeof t=="number"&&t>=0&&isFinite(t)?t:void 0}var v={code:1006,reason:"gone",reconnect:!0};function Qt(t){return t===T.messageTooBig.code?!1:!(t>=3500&&t<=3999||t>=4500&&t<=4999)}var ye={number:()=>Math.random(),uuid:()=>crypto.randomUUID()};var ge=class{#e=new Map;add(e){let{channel:n=""}=e,r=this.#e.get(n)??[];r.push(JSON.stringify(e)),this.#e.set(n,r)}isDuplicate(e){let{channel:n=""}=e,r=this.#e.get(n);if(r===void 0)return!1;let s=r.indexOf(JSON.stringify(e));return r.splice(0,s+1),(s<0||r.length===0)&&this.#e.delete(n),s>=0}};function we(t,{clock:e,signal:n}){return new Promise(r=>{let s=()=>{o(),n.removeEventListener("abort",s),r()},o=e.after(t,s);n.addEventListener("abort",s),n.aborted&&s()})}var yr=2/3,Se=class{#e;#t;#n=new AbortController;#r;#i;constructor(e){let{feed:n,silenceMs:r}=e;this.#e=e;let s=n({...e,pollMs:Math.floor(r*yr),signal:this.#n.signal,onActivity:()=>this.#c()});this.#t=s[Symbol.asyncIterator](),this.#c()}async next(){let e=await this.#s(),n=this.#r??e;return n.type!=="open"&&n.type!=="messages"&&this.cancel(),n}cancel(){this.#o({type:"cancelled"})}async#s(){try{let{value:e,done:n}=await this.#t.next();if(n)return en("");if(e.type!=="end")return e;let{code:r,reason:s,retryAfterMs:o}=e,i={code:r,reason:s,wasClean:!0};return o===void 0?{type:"end",close:i}:{type:"end",close:{...i,retryAfterMs:o}}}catch(e){return en(String(e))}}#c(){let{clock:e,silenceMs:n,silenceClose:r}=this.#e;this.#i?.(),this.#r===void 0&&(this.#i=e.after(n,()=>{this.#o({type:"end",close:r})}))}#o(e){this.#i?.(),this.#r===void 0&&(this.#r=e,this.#n.abort(),this.#t.return?.().catch(()=>{}))}};function en(t){return{type:"end",close:{code:v.code,reason:t,wasClean:!1}}}var tt=/^error:(\\d+) (.*)$/s,nt=1e3,gr=3500,wr=401,Sr=413,br=503,Er=new Set([400,403,404]),tn=new Set([408,429]);async function H(t,e){let{status:n,statusText:r}=t,s=rt(t,e),[o=""]=(await t.text()).split(/[\\r\\n]/);return{status:n,text:o||r,retryAfterMs:s}}function rt({headers:t},{clock:e,random:n}){let r=t.get("retry-after")?.trim()??"",s=/^\\d+$/.test(r)?Number(r)*1e3:Date.parse(/GMT$/.test(r)?r:"")-e.wallTime;if(isFinite(s))return Math.max(s,0)+Math.floor(n.number()*1e3)}function te({status:t,text:e}){return Er.has(t)&&st(e)<nt}function be({status:t}){return t===br||t===wr||tn.has(t)}function Ee({text:t}){return tt.test(t)&&st(t)<nt?t:void 0}function U(t){let{text:e,retryAfterMs:n}=t,[,,r=e]=tt.exec(e)??[],s={code:vr(t),reason:r,wasClean:!0};return n===void 0?s:{...s,retryAfterMs:n}}function vr({status:t,text:e}){if(t<400||t>=500||tn.has(t))return v.code;let r=st(e);return r>=nt?r:t===Sr?T.messageTooBig.code:gr}function st(t){return Number(tt.exec(t)?.[1]??0)}async function ne({url:t,headers:e,fetch:n},r,{channels:s,since:o,signal:i}){let c=rn(t,r);for(let f of s)c.searchParams.append("channel",f);o!==void 0&&c.searchParams.set("since",o);let u=o===void 0?8e3:0;return c.href.length+u>65e3?new Response("error:106 limit exceeded",{status:403}):await n(c,{headers:e(),signal:i,cache:"no-store"})}function nn({url:t,headers:e,fetch:n},r,s){return n(rn(t,"/send"),{method:"POST",body:r,headers:e(),signal:s})}function rn(t,e){let n=new URL(`.${e}`,t);for(let[r,s]of t.searchParams)n.searchParams.set(r,s);return n}async function sn(t,e){let n=new Map;await on(t,e,n);let r=e.channels.at(-1);return n.size===0&&r!==void 0&&n.set(r,cn(e.refusal)),n}async function on(t,{channels:e,refusal:n,signal:r},s){let[o]=e;if(o!==void 0&&e.length===1){s.set(o,cn(n));return}let i=Math.ceil(e.length/2);for(let c of[e.slice(0,i),e.slice(i)]){let u=await xr(t,c,r);u!==void 0&&await on(t,{channels:c,refusal:u,signal:r},s)}}async function xr(t,e,n){let s=await ne(t,"/poll?timeout=0",{channels:e,signal:n});if(s.ok){await s.body?.cancel();return}let o=await H(s,t);return te(o)?o:void 0}function cn(t){return Ee(t)??`error:${t.status} ${t.text}`}var Cr=50,an=new Set,ve=class{#e;#t=new AbortController;#n=an;#r;#i;#s;#c=Promise.resolve();constructor(e){this.#e=e}async open(e){let n=await this.#f(new Set);n!==void 0&&(e(),n())}change(e,n){return this.#c=this.#c.then(()=>this.#o(e,n))}renew(e){return this.#c=this.#c.then(()=>this.#o([],e,!0))}async#o(e,n,r=!1){let{accepts:s,resumePoint:o}=this.#e;if(r&&this.#r===void 0)return;let i=new Set(this.#n);for(let f of e){let h=f.slice(2);f.startsWith("+")?i.add(h):i.delete(h)}let c=new Map,u;for(;u===void 0&&!(Ar(i,this.#n)&&!r);){if(this.#t.signal.aborted)return;let f=i.size===0&&s==="channels",h=c.size;if(f){this.#h();break}if(u=await this.#f(i,{refused:c,isRenewal:r}),r&&u===void 0&&c.size===h)return}i.size===0&&s!=="directs"&&(o.since=void 0);for(let f of e){let h=c.get(f.slice(2));n(f.startsWith("+")&&h!==void 0?h:f)}for(let f of c.keys())e.includes(`+#${f}`)||n(`-#${f}`);u?.()}cancel(){this.#t.abort(),this.#r?.cancel(),this.#i?.cancel()}async#f(e,{refused:n=new Map,isRenewal:r=!1}={}){let{resumePoint:s,clock:o,onEnd:i}=this.#e,{signal:c}=this.#t,u=[...e],f=u.length>0?s.since:void 0,h=new Se({...this.#e,channels:u,since:f}),a=new ge;[this.#i,this.#s]=[h,a];let d=await h.next();if(d.type==="open")return this.#r&&await we(Cr,{clock:o,signal:c}),this.#r?.cancel(),this.#r=h,this.#i=this.#s=void 0,this.#n=new Set(e),()=>this.#a(h,a);if(this.#s=void 0,d.type==="refused"&&u.length>0&&te(d.refusal)){let{refusal:m}=d,x=await this.#u({channels:u,refusal:m,signal:c});for(let[k,P]of x)n.set(k,P),e.delete(k)}else d.type==="refused"?r&&be(d.refusal)||i(U(d.refusal)):d.type==="end"&&!r&&i(d.close)}async#u(e){try{return await sn(this.#e,e)}catch(n){let r=String(n);return this.#e.onEnd({code:v.code,reason:r,wasClean:!1}),new Map}}async#a(e,n){let{onEnd:r}=this.#e;for(;;){let s=await e.next();switch(s.type){case"open":break;case"messages":this.#l(s,n);break;case"refused":return r(te(s.refusal)?{...U(s.refusal),code:v.code}:U(s.refusal));case"end":return r(s.close);case"cancelled":return}}}#l({messages:e,cursor:n},r){let{accepts:s,resumePoint:o,onMessage:i}=this.#e;for(let c of e){let u=c.channel===void 0?"directs":"channels";s!=="all"&&s!==u||(this.#s?.add(c),r.isDuplicate(c)||i(c))}this.#n.size>0&&(o.since=n??o.since)}#h(){this.#r?.cancel(),this.#r=void 0,this.#n=an}};function Ar(t,e){return t.size===e.size&&[...t].every(n=>e.has(n))}var kr=500,ln=async function*(t){let e=await ne(t,"/sse",t);if(t.onActivity(),!e.ok||e.body===null)return yield fn(e,t);yield{type:"open"};let n=new TextDecoder,r="";for await(let s of e.body){t.onActivity();let o=n.decode(s,{stream:!0}),i=(r+o).split(`\n\n`);r=i.pop()??"";for(let c of i)yield*Mr(c)}},ot=async function*(t){let{clock:e,random:n,pollMs:r,signal:s}=t,{since:o}=t;for(let i=!1;;i=!0){let c=i?r:0,u=e.now,f=`/poll?timeout=${c}ms`,h=await ne(t,f,{...t,since:o});if(t.onActivity(),!h.ok)return yield fn(h,t);i||(yield{type:"open"});let{publications:a,cursor:d,recovered:p}=await h.json();o=d,yield{type:"messages",messages:a,cursor:d};let m=rt(h,t);if(m!==void 0){let{code:oe,reason:W}=T.shutdown;return yield{type:"end",code:oe,reason:W,retryAfterMs:m}}let x=a.length===0||!p;if(!i||!x)continue;let P=kr*(1+n.number())-(e.now-u);if(P>0&&await we(P,{clock:e,signal:s}),s.aborted)return}};async function fn(t,e){return{type:"refused",refusal:await H(t,e)}}function*Mr(t){let e=new Map;for(let c of t.split(`\n`)){let[,u="",f=""]=/^([^:]*): ?(.*)$/s.exec(c)??[];e.set(u,f)}let n=e.get("data"),r=n===void 0?void 0:JSON.parse(n),s=e.get("event")??"message",o=r!==void 0&&s==="message"?[r]:[],i=e.get("id");if((i!==void 0||o.length>0)&&(yield{type:"messages",messages:o,cursor:i}),r!==void 0&&s==="disconnect"){let{code:c,reason:u}=r,f=et(r.retry_after_ms);yield{type:"end",code:c,reason:u,retryAfterMs:f}}}var xe=/^[+-]#/,Tr=/^(?:pong|error:\\d+ .*)$/s,Ce=class{#e;#t=new AbortController;#n=[];#r=0;#i=!1;constructor(e){this.#e=e}get length(){return this.#r}get hasChanges(){return this.#n.some(e=>xe.test(e))}push(e){this.#n.push(e),this.#r+=e.length,this.#s()}dropChanges(){this.#n=this.#n.filter(e=>!xe.test(e))}stop(){let e=this.#n.filter(n=>n!=="ping"&&!xe.test(n));return this.#n=[],this.#t.abort(),e}async#s(){if(!this.#i){for(this.#i=!0,await Promise.resolve();this.#n.length>0;){let e=this.#n.findIndex(r=>!xe.test(r)),n=this.#n.splice(0,e<0?1/0:e||1);if(e!==0)await this.#e.onChanges(n);else for(let r of n)await this.#c(r);for(let{length:r}of n)this.#r-=r}this.#i=!1}}async#c(e){let{server:n,answerMs:r,onAnswer:s}=this.#e,o=n.clock.after(r,()=>{this.#o({code:v.code,reason:"no answer",wasClean:!1})});try{let i=await nn(n,e,this.#t.signal);if(!i.ok){let u=await H(i,n),f=Ee(u);return f!==void 0?s(f):(be(u)&&this.#n.unshift(e),this.#o(U(u)))}let c=(await i.text()).trimEnd();if(c==="")return;if(!Tr.test(c))throw new TypeError("Cannot read the answer to a frame: expected pong or an error");s(c)}catch(i){let c=String(i);this.#o({code:v.code,reason:c,wasClean:!1})}finally{o()}}#o(e){this.#e.onLost(e),this.stop()}};function Ae(t,{minMs:e,maxMs:n,random:r}){if(t<=0)return 0;let s=Math.min(n,e*2**t);return e+r*Math.max(0,s-e)}var Rr=2/3,_r=3e4,Or=1e3,un=2**31-1,Nr=3,V=class{#e;#t;#n;#r;#i=0;#s=0;#c;#o;constructor(e){this.#e=e}get token(){return this.#r}get hasSource(){return this.#t!==void 0}use({token:e,onTokenError:n}){this.#n=n??this.#n,typeof e=="function"?this.#t=e:e&&this.#f(e)}async ask(){if(this.#t===void 0)return;let e=++this.#s;try{let n=await this.#t();if(e!==this.#s)return;if(typeof n!="string"||n===""){let r=n===""?"an empty string":typeof n;throw new TypeError(`Cannot take a token from its source: got ${r}, expected a JWT`)}this.#f(n)}catch(n){throw e===this.#s&&this.#n?.(n),n}}accepted(e){this.#i=0,this.#o=e,this.#u()}refused(){return this.hasSource&&++this.#i<Nr}stop(){this.#c?.(),this.#o=void 0,this.#s++}#f(e){this.#s++,this.#r=e,this.#o?.(e),this.#o!==void 0&&this.#u()}#u(){if(this.#t===void 0||this.#r===void 0)return;let e=Pr(this.#r,this.#e.clock.wallTime);if(e===1/0)return this.#c?.();let n=Math.min(e*(1-Rr),_r),r=Math.max(e-n,Or);r>un?this.#l(un,()=>this.#u()):this.#l(r,()=>this.#a(0))}async#a(e){let{random:n,minDelayMs:r,maxDelayMs:s}=this.#e,o=this.#o;try{await this.ask()}catch{if(this.#o!==o)return;let i={minMs:r,maxMs:s,random:n.number()},c=Ae(e+1,i);this.#l(c,()=>this.#a(e+1))}}#l(e,n){this.#c?.(),this.#c=this.#e.clock.after(e,n)}};function Pr(t,e){let{exp:n,iat:r}=Lr(t);if(typeof n!="number")return 1/0;let s=n*1e3-e,o=typeof r=="number"?(n-r)*1e3:1/0;return s>0?Math.min(s,o):o}function Lr(t){let[,e=""]=t.split(".");try{let n=e.replaceAll("-","+").replaceAll("_","/"),r=JSON.parse(atob(n));return me(r)?r:{}}catch{return{}}}var Dr={sse:ln,poll:ot},jr={code:3012,reason:"nothing was received",wasClean:!1},$r={minDelayMs:500,maxDelayMs:2e4},hn=1e3;function ct(t,e={}){let{clock:n=C,random:r=ye}=e,s={since:void 0},o=new V({clock:n,random:r,...$r});o.use(e);let i=Dr[t],c={...e,clock:n,random:r,feed:i,resumePoint:s,tokens:o};return class extends it{static authenticate(u){o.use(u)}constructor(u){super(u,c)}}}var it=class extends EventTarget{binaryType="arraybuffer";readyState=0;undelivered=[];#e;#t;#n;#r;#i;#s;constructor(e,n){super();let{feed:r,resumePoint:s,tokens:o}=n;this.#e=s,this.#t=o,this.#n=new URL(e).searchParams.get("from")==="1";let i=Ir(e,n),c=f=>new ve({...i,accepts:f,resumePoint:s,onMessage:h=>this.#u(h),onEnd:h=>this.#l(h)}),u=r===ot;this.#r=c(u?"all":"directs"),this.#i=u?this.#r:c("channels"),this.#s=new Ce({server:i,answerMs:i.silenceMs,onChanges:f=>this.#i.change(f,h=>this.#a(h)),onAnswer:f=>this.#a(f),onLost:f=>this.#l(f)}),this.#c()}get bufferedAmount(){return this.#s.length}send(e){e.startsWith("auth:")||e==="pong"||e===""||this.#s.push(e)}close(e=hn,n=""){this.#l({code:e,reason:n,wasClean:!0})}async#c(){try{await this.#t.ask()}catch(e){let n=String(e);return this.#l({code:v.code,reason:n,wasClean:!1})}this.readyState===0&&await this.#r.open(()=>this.#o())}#o(){this.readyState=1,this.#t.accepted(()=>this.#f()),this.dispatchEvent(new Event("open")),this.#s.hasChanges||(this.#e.since=void 0)}#f(){let e=new Set([this.#r,this.#i]);for(let n of e)n.renew(r=>this.#a(r))}#u({channel:e,data:n,info:r}){let s=typeof n=="string"?n:JSON.stringify(n);e!==void 0?this.#a(`#${e}:${s}`):this.#n?this.#a(`${r?.user??""}>${s}`):this.#a(s)}#a(e){this.readyState===1&&this.dispatchEvent(new MessageEvent("message",{data:e}))}#l(e){if(this.readyState===3)return;this.readyState=3,this.#t.stop(),this.#r.cancel(),this.#i.cancel(),e.code===hn?this.#s.dropChanges():this.undelivered=this.#s.stop();let r=e.code===T.invalidToken.code&&this.#t.refused()?T.expired.code:e.code,{retryAfterMs:s}=e,o=new CloseEvent("close",{...e,code:r});this.dispatchEvent(Object.assign(o,{retryAfterMs:s}))}};function Ir(t,e){let{feed:n,tokens:r,silenceMs:s=37500,clock:o,random:i}=e,c=new URL(t);return c.protocol=c.protocol.replace("ws","http"),c.searchParams.delete("from"),{feed:n,url:c,headers:()=>Fr(r.token),fetch:e.fetch??globalThis.fetch.bind(globalThis),clock:o,random:i,silenceMs:s,silenceClose:jr}}function Fr(t){return t===void 0?{}:{Authorization:`Bearer ${t}`}}function at(t=globalThis){return{get online(){let{navigator:e}=globalThis;return e?.onLine!==!1},watch(e){let n=()=>e(!0),r=()=>e(!1);return t.addEventListener?.("online",n),t.addEventListener?.("offline",r),()=>{t.removeEventListener?.("online",n),t.removeEventListener?.("offline",r)}}}}var ke=class{#e;#t;#n;#r;constructor(e){this.#e=e}get nextAt(){return this.#r}start(){this.stop(),this.#i()}stop(){this.#t?.(),this.#r=void 0,this.received()}received(){this.#n?.(),this.#n=void 0}probe(){this.#n===void 0&&this.#c()}#i(){let{clock:e,periodMs:n}=this.#e;this.#r=e.wallTime+n,this.#s(n)}#s(e){let{clock:n}=this.#e,r=Math.min(e,1e4),s=n.wallTime+r;this.#t=n.after(r,()=>{let o=n.wallTime-s>3e3;if(e>r&&!o)return this.#s(e-r);this.#i(),this.#c()})}#c(){this.#e.onBeat(),this.#n??=this.#o(!1)}#o(e){let{clock:n,answerMs:r,onBeat:s,onSilence:o}=this.#e,i=n.wallTime+r;return n.after(r,()=>{if(n.wallTime-i>3e3&&!e)return this.#n=this.#o(!0),s();this.stop(),o()})}};function dn(t){return{showSender:!1,heartbeatMs:55e3,answerMs:1e4,minDelayMs:500,maxDelayMs:2e4,connectTimeoutMs:1e4,maxQueuedFrames:100,WebSocket:globalThis.WebSocket,network:at(),clock:C,random:ye,...t}}function pn(t,{uid:e,token:n,showSender:r}){let s=new URL(t);if(s.protocol!=="ws:"&&s.protocol!=="wss:")throw new TypeError(`Cannot connect to "${t}": not a ws: or wss: URL`);return e&&!n&&s.searchParams.set("uid",e),r&&s.searchParams.set("from","1"),s.href}var Br=0,mn=1,yn=3,Hr=5e3,Ur=36e5,Me={code:v.code,reason:"",wasClean:!1},Te=class{#e;#t;#n;#r;#i;#s;#c=0;#o;constructor(e,n){this.#e=e,this.#t=n}get readyState(){let e=this.#r!==void 0;return this.#n?.readyState??(e?Br:yn)}get bufferedAmount(){return this.#n?.bufferedAmount??0}get retryCount(){return this.#c}get nextAttemptAt(){return this.#o}open(){if(!(this.readyState<=mn)){if(this.#n!==void 0)return this.#h(Me);this.#c=0,this.#f()}}reopen(e){this.#p(e),this.#h(e)}close(e){this.#m(),!(this.readyState===yn&&this.#n===void 0)&&(this.#p(e),this.#y(e))}send(e){return this.#n?.readyState!==mn?!1:(this.#n.send(e),!0)}#f(){let{connectTimeoutMs:e,prepare:n}=this.#t;if(this.#g(e,()=>{this.#p({code:1e3,reason:"timeout"}),this.#l({...Me,reason:"handshake timeout"})}),n===void 0)return this.#u();let r=n();this.#r=r,r.then(()=>{this.#r===r&&this.#u()},s=>{this.#r===r&&this.#l({...Me,reason:String(s)})})}#u(){let{WebSocket:e,onAttempt:n}=this.#t;this.#r=void 0;try{this.#n=new e(this.#e)}catch(r){return this.#l({...Me,reason:String(r)})}this.#n.binaryType="arraybuffer",this.#a(this.#n),n()}#a(e){let{onOpen:n,onFrame:r}=this.#t,s=Object.entries({open:()=>{this.#g(Hr,()=>this.#c=0),n()},message:({data:o})=>{o!==void 0&&r(o)},close:o=>{let{code:i=v.code,wasClean:c=!1,retryAfterMs:u}=o,f=Yt(o.reason??""),h=u===void 0?{}:{retryAfterMs:u};this.#l({code:i,wasClean:c,...h,...f})}});for(let[o,i]of s)e.addEventListener(o,i);this.#i=()=>{for(let[o,i]of s)e.removeEventListener(o,i)}}#l(e){let n=!this.#t.mayReconnect(e);n?this.#m():this.#d(this.#c+1,e.retryAfterMs),this.#y(e,n)}#h(e){this.#d(0),this.#y(e)}#d(e,n){let{clock:r,delayMs:s}=this.#t,o=s(e),i=e>1?o:0,c=n===void 0?o:Math.max(Math.min(n,Ur),i);this.#c=e,this.#g(c,()=>this.#f()),this.#o=r.wallTime+c}#p({code:e,reason:n}){this.#i?.(),this.#n?.close(e,n)}#y(e,n=!1){let{undelivered:r=[]}=this.#n??{};this.#i?.(),this.#n=this.#r=void 0,this.#t.onClose(e,{undelivered:r,isFinal:n})}#g(e,n){this.#m(),this.#s=this.#t.clock.after(e,n)}#m(){this.#s?.(),this.#o=void 0}};var Re={normal:{code:1e3,reason:"",wasClean:!0},silent:{code:3012,reason:"no answer to ping",wasClean:!1},offline:{code:4e3,reason:"offline",wasClean:!1}},Vr=0,gn=1,_e="auth:",j=class{#e;#t;#n;#r;#i=new Set;#s=[];#c=!1;#o=!1;#f=!1;#u;#a;#l;#h;constructor(e,n={}){let r=dn(n),{clock:s,heartbeatMs:o,answerMs:i,random:c,onChange:u}=r;this.#e=r,this.#r=new V(r),this.#p(r),this.#n=new ke({clock:s,periodMs:o,answerMs:i,onBeat:()=>this.#S(),onSilence:()=>this.#x()}),this.#t=new Te(pn(e,n),{WebSocket:r.WebSocket,clock:s,connectTimeoutMs:r.connectTimeoutMs,delayMs:f=>Ae(f,{minMs:r.minDelayMs,maxMs:r.maxDelayMs,random:c.number()}),prepare:this.#r.hasSource?()=>this.#r.ask():void 0,mayReconnect:({code:f})=>Qt(f)||f===T.invalidToken.code&&this.#r.refused(),onAttempt:()=>u?.(),onOpen:()=>this.#g(),onFrame:f=>this.#b(f),onClose:(f,h)=>this.#E(f,h)})}get readyState(){return this.#t.readyState}get active(){return this.#u!==void 0}get bufferedAmount(){return this.#t.bufferedAmount}get queuedFrames(){return this.#s.length}get retryCount(){return this.#t.retryCount}get nextAttemptAt(){return this.#t.nextAttemptAt}get nextHeartbeatAt(){return this.#n.nextAt}get lastClose(){return this.#a}get roundTripMs(){return this.#h}get online(){return this.#e.network.online}get channels(){return this.#i}connect(){this.#u??=this.#e.network.watch(e=>this.#v(e)),this.#t.open(),this.#e.onChange?.()}close(){this.#w(),this.#t.close(Re.normal),this.#e.onChange?.()}[Symbol.dispose](){this.close()}send(e){if(e.startsWith(_e))return this.#y(e);if(this.#d(e))return"sent";let n=this.#s.length>=this.#e.maxQueuedFrames;return!this.active||n?"dropped":(this.#s.push(e),this.#e.onChange?.(),"queued")}join(e){this.#i.add(e),this.#d(`+#${e}`)}leave(e){this.#i.delete(e),this.#d(`-#${e}`)}#d(e){let n=this.#c&&this.#t.send(e);return n&&e==="ping"&&(this.#l=this.#e.clock.now),n&&this.#e.onFrame?.("out",e),n}#p(e){let{WebSocket:n}=this.#e;e.token!==void 0&&(n.authenticate?n.authenticate(e):this.#r.use(e))}#y(e){return this.#p({token:e.slice(_e.length)}),this.#o&&this.#t.send(e),this.readyState===gn?"sent":this.active?"queued":"dropped"}#g(){let{token:e}=this.#r;if(e===void 0)return this.#m();this.#o=!0,this.#t.send(`${_e}${e}`),this.#n.probe()}#m(){let{onOpen:e,onChange:n}=this.#e;this.#o=!1,this.#c=!0,this.#n.start(),this.#r.accepted(r=>this.#t.send(`${_e}${r}`)),e?.();for(let r of this.#i)this.#d(`+#${r}`);for(;this.#s[0]!==void 0&&this.#d(this.#s[0]);)this.#s.shift();n?.()}#S(){this.#o?this.#t.send("ping")&&(this.#l=this.#e.clock.now):this.#d("ping")}#b(e){this.#f=!1,this.#n.received();let n=this.#o&&e==="pong";if(n||this.#e.onFrame?.("in",e),e==="pong"&&this.#l!==void 0&&(this.#h=this.#e.clock.now-this.#l,this.#l=void 0),n)return this.#m();e==="ping"?this.#d("pong"):e!=="pong"&&this.#e.onMessage?.(e)}#E(e,{undelivered:n,isFinal:r}){this.#c=this.#o=!1,this.#n.stop(),this.#r.stop(),this.#a=e,r&&this.#w(),this.active&&(this.#s.unshift(...n),this.#s.length=Math.min(this.#s.length,this.#e.maxQueuedFrames)),this.#e.onClose?.(e),this.#e.onChange?.()}#v(e){let n=this.#f&&this.readyState===Vr;this.#f=!e,e&&n?this.#t.reopen(Re.offline):this.readyState===gn?this.#n.probe():e&&this.#t.open(),this.#e.onChange?.()}#x(){this.#f?this.#t.close(Re.offline):this.#t.reopen(Re.silent)}#w(){this.#u?.(),this.#u=void 0,this.#s.length=0}};function wn(t,e){return[...t.slice(Math.max(0,t.length-500+1)),e]}function Sn(t){if(typeof t=="string")return t;let e=new Uint8Array(t,0,Math.min(t.byteLength,32)),n=Array.from(e,s=>s.toString(16).padStart(2,"0")),r=t.byteLength>32?" \\u2026":"";return`[${t.byteLength} bytes] ${n.join(" ")}${r}`}function bn({kind:t,text:e}){let n={address:"",body:e};if(t==="note"||/^(?:ping|pong|[+-]#.*)$/s.test(e))return{tone:"control",...n};if(t==="in"&&e.startsWith("error:"))return{tone:"error",...n};let r=t==="in"&&!e.startsWith("#")?">":":",s=e.indexOf(r)+1;return{tone:"message",address:e.slice(0,s),body:e.slice(s)}}var re=[["websocket","WebSocket"],["sse","SSE + POST"],["poll","Long polling"]],Wr=3500,Kr="the server does not accept this token; one that has neither TOKEN_SECRET nor JWKS_URL accepts none: connect with a uid alone",Oe=class{#e=new Set;#t;#n=[];#r=[];#i="websocket";#s=!1;#c=0;#o=0;get ownUrl(){return new URL("ws",location.href.replace(/^http/,"ws")).href}get client(){return this.#t}get transport(){return this.#i}get channels(){return this.#n}get rows(){return this.#r}get version(){return this.#o}subscribe(e){return this.#e.add(e),()=>this.#e.delete(e)}connect(e){let{url:n,transport:r}=e;this.#t?.close();try{this.#t=this.#f(e),this.#i=r}catch(s){if(!(s instanceof TypeError))throw s;return this.#a(s.message)}for(let s of this.#n)this.#t.join(s);this.#a(`connecting to ${n}`),this.#t.connect()}disconnect(){this.#t?.close()}send(e,n){switch(this.#t?.send(`${e}:${n}`)){case"sent":return;case"queued":return this.#a(`waits for the connection: ${e}:${n}`);default:return this.#a(`not connected, not sent: ${e}:${n}`)}}join(e){this.#n.includes(e)||(this.#n=[...this.#n,e],this.#t?.join(e),this.#h())}leave(e){this.#n=this.#n.filter(n=>n!==e),this.#t?.leave(e),this.#h()}clear(){this.#r=[],this.#h()}#f({url:e,transport:n,uid:r,token:s}){let o=n==="websocket"?{}:{WebSocket:ct(n)};return new j(e,{...o,uid:r,token:s,showSender:!0,onFrame:(i,c)=>{this.#u(c)||this.#l(i,Sn(c))},onOpen:()=>{this.#a("open"),this.#s=!0,this.#t?.send("ping")},onClose:({code:i,reason:c,wasClean:u})=>{let f=u?"closed":"lost";this.#a(`${f}: ${[i,c].join(" ").trim()}`),i===Wr&&s!==""&&this.#a(Kr)},onChange:()=>this.#h()})}#u(e){let n=this.#s&&(e==="ping"||e==="pong");return n&&e==="pong"&&(this.#s=!1),n}#a(e){this.#l("note",e)}#l(e,n){let r={id:this.#c++,time:C.wallTime,kind:e,text:n};this.#r=wn(this.#r,r),this.#h()}#h(){this.#o++;for(let e of this.#e)e()}};function A(t,e){let n=N(r=>t.subscribe(r),[t]);return Ge(n,()=>e(t))}function En(t){let[e,n]=D(C.wallTime);return J(()=>C.every(t,()=>n(C.wallTime)),[t]),e}var vn=["connecting","open","closing","closed"],Gr=3,Xr=250;function Cn({session:t}){let e=En(Xr);A(t,({version:r})=>r);let{client:n}=t;return l("div",{class:"readout",children:[l(qr,{state:n?.readyState??Gr}),l(lt,{figures:Jr(t)}),l(lt,{figures:zr(n,e)}),l("h3",{children:"Last close"}),l(lt,{figures:Zr(n)})]})}function qr({state:t}){return l("div",{class:"ready-state","data-state":t,children:[l("p",{role:"status",children:[l("span",{class:"term",children:"readyState"}),l("span",{class:"digit",children:t}),l("span",{class:"name",children:vn[t]})]}),l("ol",{"aria-hidden":"true",children:vn.map((e,n)=>l("li",{class:n===t?"current":void 0},e))})]})}function lt({figures:t}){return l("dl",{class:"figures",children:t.map(([e,n])=>l("div",{children:[l("dt",{children:e}),l("dd",{"data-figure":e,children:n})]},e))})}function Jr({client:t,transport:e}){let n=t?.roundTripMs;return[["transport",re.find(([r])=>r===e)?.[1]??"\\u2013"],["round trip",n===void 0?"\\u2013":`${n.toFixed(1)} ms`]]}function zr(t,e){let n=t?.queuedFrames??0;return[["bufferedAmount",`${t?.bufferedAmount??0} bytes`],["waiting",`${n} ${n===1?"frame":"frames"}`],["heartbeat",xn(t?.nextHeartbeatAt,e)],["network",t?.online??navigator.onLine?"online":"offline"],["reconnects",String(t?.retryCount??0)],["next attempt",xn(t?.nextAttemptAt,e)]]}function Zr(t){let e=t?.lastClose;return[["code",e?String(e.code):"\\u2013"],["wasClean",e?String(e.wasClean):"\\u2013"],["reason",e?.reason||"\\u2013"]]}function xn(t,e){return t===void 0?"\\u2013":`in ${Math.max(0,Math.ceil((t-e)/1e3))} s`}var An="thrum.uid",kn="thrum.connects";function Ne(){return Mn(()=>{let t=localStorage.getItem(kn);return{uid:sessionStorage.getItem(An)??void 0,connects:t===null?void 0:t==="true"}})??{uid:void 0,connects:void 0}}function se(t,e){Mn(()=>{sessionStorage.setItem(An,t),localStorage.setItem(kn,String(e))})}function Mn(t){try{return t()}catch(e){if(!(e instanceof DOMException))throw e;return}}function Tn({session:t,uid:e}){let n=A(t,({client:o})=>o?.active??!1),r=o=>{if(o.preventDefault(),!(o.currentTarget instanceof HTMLFormElement))return;let i=o.currentTarget;se(M(i,"uid"),!0),t.connect({url:M(i,"url"),transport:Yr(M(i,"transport")),uid:M(i,"uid"),token:M(i,"token")})},s=o=>{let{form:i}=o.currentTarget;i&&se(M(i,"uid"),!1),t.disconnect()};return l("section",{class:"pane connection","aria-labelledby":"connection-heading",children:[l("h2",{id:"connection-heading",children:"Connection"}),l("form",{onSubmit:r,children:[l(_,{name:"url",label:"URL",type:"url",value:t.ownUrl,required:!0}),l("div",{class:"pair",children:[l(_,{name:"uid",label:"uid",value:e,placeholder:"alice"}),l(_,{name:"token",label:"Token, instead of a uid",type:"password",placeholder:"JWT"})]}),l(Zt,{name:"transport",label:"Transport",choices:re}),l("p",{class:"actions",children:[l("button",{type:"submit",class:n?void 0:"primary",children:n?"Reconnect":"Connect"}),l("button",{type:"button",disabled:!n,onClick:s,children:"Disconnect"})]})]}),l(Cn,{session:t})]})}function Yr(t){return re.find(([e])=>e===t)?.[0]??"websocket"}var Qr=/([\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]|(?! )\\p{Zs})/u;function es(t){return t.split(Qr).map((e,n)=>n%2===1?{text:ts(e),isCode:!0}:{text:e,isCode:!1}).filter(({text:e})=>e!=="")}function ts(t){return`U+${(t.codePointAt(0)??0).toString(16).toUpperCase().padStart(4,"0")}`}function Rn({children:t}){return l("bdi",{children:es(t).map(({text:e,isCode:n},r)=>n?l("mark",{children:e},r):e)})}function _n({session:t}){let e=A(t,({channels:r})=>r),n=r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=M(r.currentTarget,"channel");t.join(s.replace(/^#/,"")),r.currentTarget.reset()};return l("div",{class:"channels",children:[l("ul",{"aria-label":"Channels joined",children:e.map(r=>l("li",{title:r,children:[l(Rn,{children:`#${r}`}),l("button",{type:"button","aria-label":`Leave #${r}`,onClick:()=>t.leave(r),children:"\\xD7"})]},r))}),l("form",{onSubmit:n,children:[l(_,{name:"channel",label:"Channel",placeholder:"#room",required:!0}),l("button",{type:"submit",children:"Join"})]})]})}function On({session:t}){let e=A(t,({channels:r})=>r);return l("form",{class:"composer",onSubmit:r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=r.currentTarget,o=s.elements.namedItem("message");o instanceof HTMLInputElement&&(t.send(M(s,"to"),o.value),o.value="",o.focus())},children:[l(_,{name:"to",label:"To",value:"all",placeholder:"uid, all or #channel",suggestions:["all",...e.map(r=>`#${r}`)],required:!0}),l(_,{name:"message",label:"Message",required:!0}),l("button",{type:"submit",class:"primary",children:"Send"})]})}var ns={in:"\\u2190",out:"\\u2192",note:"\\xB7"},rs={in:"received",out:"sent",note:"note"},ss=40,os=new Intl.DateTimeFormat("en-GB",{timeStyle:"medium"});function Nn({session:t}){let e=A(t,({rows:o})=>o),n=F(null),r=F(!0),s=()=>{let{current:o}=n;if(!o)return;let{scrollTop:i,scrollHeight:c,clientHeight:u}=o;r.current=c-i-u<ss};return We(()=>{let{current:o}=n;o&&r.current&&(o.scrollTop=o.scrollHeight)},[e]),l("div",{class:"log",children:[l("div",{ref:n,class:"scroll",role:"log","aria-live":"polite","aria-label":"Frames",tabindex:0,onScroll:s,children:l("ol",{children:e.map(o=>l(is,{row:o},o.id))})}),e.length===0&&l("p",{class:"empty",children:"Connect, then send a message."})]})}var is=zt(function({row:e}){let{tone:n,address:r,body:s}=bn(e);return l("li",{class:`${e.kind} ${n}`,children:[l("time",{children:os.format(e.time)}),l("span",{class:"mark","aria-hidden":"true",children:ns[e.kind]}),l("span",{class:"spoken",children:rs[e.kind]}),l("code",{children:[r&&l("b",{children:r}),s]})]})});function Pn({session:t}){let e=A(t,({rows:n})=>n.length===0);return l("section",{class:"pane conversation","aria-labelledby":"conversation-heading",children:[l("div",{class:"heading",children:[l("h2",{id:"conversation-heading",children:"Conversation"}),l("button",{type:"button",class:"quiet",disabled:e,onClick:()=>t.clear(),children:"Clear"})]}),l(_n,{session:t}),l(Nn,{session:t}),l(On,{session:t})]})}var cs=1800,as=3;function Ln(t){let{url:e,uid:n,visitor:r,channel:s,onReady:o}=t,i=[`${r}:Hello, ${r}! I am ${n}, a second connection of this page.`,`#${s}:This went to the channel #${s}: all who have joined it get it.`,`${r}:Your turn. Write a message to all, to me, or to #${s}. Then open this page in a second window: it will have a name of its own.`],c=0,u=new j(e,{uid:n,showSender:!0,onOpen:o,onMessage(a){let[,d,p]=/^([^>]*)>(.*)$/s.exec(String(a))??[];if(d!==r||p===void 0)return;let m=i.length>0?void 0:h(p);m!==void 0?u.send(`${r}:${m}`):f()}});function f(){let a=i.shift();a!==void 0&&(u.send(a),C.after(cs,f))}function h(a){return c++<as?`I received "${a}", on the way of every message: browser, hub, browser.`:void 0}return u.connect(),()=>u.close()}var Dn="lobby";function jn(t,e){let{connects:n}=Ne();n!==!1&&(se(e,!0),n?$n(t,e):ls(t,e))}function $n(t,e){let n=t.ownUrl;t.connect({url:n,transport:"websocket",uid:e,token:""})}function ls(t,e){let n=`guide-of-${e}`;t.join(Dn);let r=Ln({url:t.ownUrl,uid:n,visitor:e,channel:Dn,onReady(){t.client===void 0&&($n(t,e),t.send(n,"hello"),t.subscribe(()=>t.client?.active||r()))}})}var fs=[..."brave brisk bright calm cheerful clever eager fearless gentle".split(" "),..."happy jolly kind lively lucky merry nimble patient quick".split(" ")],us=[..."badger beaver crane dolphin falcon ferret finch fox heron".split(" "),..."lynx magpie marten otter owl raven robin seal swift".split(" ")];function Fn(){return`${In(fs)}-${In(us)}-${10+Bn(90)}`}function In(t){return t[Bn(t.length)]??""}function Bn(t){return Math.floor(Math.random()*t)}var ft=document.getElementById("console"),ut=new Oe;if(ft){let t=ft.dataset.access==="anonymous",e=Ne().uid??(t?Fn():"");Je(l(ee,{children:[l(Tn,{session:ut,uid:e}),l(Pn,{session:ut})]}),ft),t&&jn(ut,e)}\n';var O='var ho=Object.defineProperty,Ai=(e,t)=>{let n={};for(var r in e)ho(n,r,{get:e[r],enumerable:!0});return t||ho(n,Symbol.toStringTag,{value:"Module"}),n};var ds=Symbol("RENDERER"),or=Symbol("ERROR_HANDLER"),ve=Symbol("STASH"),vs=Symbol("INTERNAL"),gs=Symbol("MEMO"),mo=Symbol("PERMALINK"),Ja=Symbol("RENDERED_JSX");var Ci=e=>(e[vs]=!0,e);var yo=e=>({value:t,children:n})=>{if(!n)return;let r={children:[{tag:Ci(()=>{e.push(t)}),props:{}}]};Array.isArray(n)?r.children.push(...n.flat()):r.children.push(n),r.children.push({tag:Ci(()=>{e.pop()}),props:{}});let s={tag:"",props:r,type:""};return s[or]=l=>{throw e.pop(),l},s},Nr=e=>{let t=[e],n=yo(t);return n.values=t,n.Provider=n,ur.push(n),n};var Lr={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},Di={},bs="data-precedence",ji=e=>e.rel==="stylesheet"&&"precedence"in e,Mi=(e,t)=>e==="link"?t:Lr[e].length>0;var Ti=e=>Array.isArray(e)?e:[e];var Za=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),ks=e=>Za.get(e)||e;var go=(e,t,n)=>{e.size>=t&&e.clear(),e.add(n)};var Xa=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Oi=new Set,bo=1024,Ya=e=>{if(Oi.has(e))return!0;let t=e.length;if(t===0)return!1;for(let n=0;n<t;n++){let r=e.charCodeAt(n);if(!(r>=97&&r<=122||r>=65&&r<=90||r>=48&&r<=57||r===45||r===95))return Xa.test(e)?!1:(go(Oi,bo,e),!0)}return go(Oi,bo,e),!0},Qa=/[;"\'\\\\/\\[\\](){}]/,ef=e=>{if(!Qa.test(e))return!1;let t=0,n=[];for(let r=0,s=e.length;r<s;r++){let l=e.charCodeAt(r);if(l===92){if(r===s-1)return!0;r++}else if(t!==0){if(l===10||l===12||l===13)return!0;l===t&&(t=0)}else if(l===47&&e.charCodeAt(r+1)===42){let u=e.indexOf("*/",r+2);if(u===-1)return!0;r=u+1}else if(l===34||l===39)t=l;else if(l===40)n.push(41);else if(l===91)n.push(93);else{if(l===123||l===125)return!0;if(l===41||l===93){if(n[n.length-1]!==l)return!0;n.pop()}else if(l===59&&n.length===0)return!0}}return t!==0||n.length!==0},Pi=(e,t)=>{for(let[n,r]of Object.entries(e)){let s=n[0]==="-"||!/[A-Z]/.test(n)?n:n.replace(/[A-Z]/g,u=>`-${u.toLowerCase()}`);if(!Ya(s))continue;if(r==null){t(s,null);continue}let l;if(typeof r=="number")l=s.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${r}`:`${r}px`;else if(typeof r=="string"){if(ef(r))continue;l=r}else continue;t(s,l)}};var ur=[],ko=!1,Ii,tf,nf=0,xo=!1,rf=()=>{if(ko)return Ii;ko=!0;let e=globalThis,t;for(let n of[()=>e.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>e.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{t=n()}catch{}if(t)break}return t&&(Ii=new t),Ii},sf=()=>rf()?.getStore()||tf,lf=()=>{nf>0&&!xo&&(xo=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var of=(e,t)=>{if(!e)return lf(),t.values.at(-1);let n=e.get(t);return n?.length?n.at(-1):t.values[0]};var yn=e=>of(sf(),e);var uf=0;var cf=2,af=3,ff=4,Ri=new WeakMap,Ni=(e,t)=>!e||!t||e.length!==t.length||t.some((n,r)=>n!==e[r]);var pf;var wo=[];var te=e=>{let t=()=>typeof e=="function"?e():e,n=dn.at(-1);if(!n)return[t(),()=>{}];let[,r]=n,s=r[ve][1][uf]||=[],l=r[ve][0]++;return s[l]||=[t(),u=>{let a=pf,h=s[l];if(typeof u=="function"&&(u=u(h[0])),!Object.is(u,h[0]))if(h[0]=u,wo.length){let[y,g]=wo.at(-1);Promise.all([y===3?r:Fr([y,!1,a],r),g]).then(([m])=>{if(!m||!(y===2||y===3))return;let v=m.vC;requestAnimationFrame(()=>{setTimeout(()=>{v===m.vC&&Fr([y===3?1:0,!1,a],m)})})})}else Fr([0,!1,a],r)}]};var hf=(e,t,n)=>{let r=dn.at(-1);if(!r)return;let[,s]=r,l=s[ve][1][1]||=[],u=s[ve][0]++,[a,,h]=l[u]||=[];if(Ni(a,n)){h&&h();let y=()=>{g[e]=void 0,g[2]=t()},g=[n,void 0,void 0,void 0,void 0];g[e]=y,l[u]=g}},at=(e,t)=>hf(3,e,t);var cr=(e,t)=>{let n=dn.at(-1);if(!n)return e;let[,r]=n,s=r[ve][1][cf]||=[],l=r[ve][0]++,u=s[l];return Ni(u?.[1],t)?s[l]=[e,t]:e=s[l][0],e};function ft(e){let t=dn.at(-1);if(!t)return{current:e};let[,n]=t,r=n[ve][1][ff]||=[],s=n[ve][0]++;return r[s]||={current:e}}var Li=e=>{let t=Ri.get(e);if(t){if(t.length===2)throw t[1];return t[0]}throw e.then(n=>Ri.set(e,[n]),n=>Ri.set(e,[void 0,n])),e},xs=(e,t)=>{let n=dn.at(-1);if(!n)return e();let[,r]=n,s=r[ve][1][af]||=[],l=r[ve][0]++,u=s[l];return Ni(u?.[1],t)&&(s[l]=[e(),t]),s[l][0]},mf=0,ws=()=>xs(()=>`:r${(mf++).toString(32)}:`,[]);var zr="_hp",yf={Change:"Input",DoubleClick:"DblClick"},df={svg:"2000/svg",math:"1998/Math/MathML"},dn=[],Vr=new WeakMap,ar,Mo=()=>ar,Qe=e=>"t"in e,Fi={onClick:["click",!1]},_o=e=>{if(!e.startsWith("on"))return;if(Fi[e])return Fi[e];let t=e.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(t){let[,n,r]=t;return Fi[e]=[(yf[n]||n).toLowerCase(),!!r]}},So=(e,t)=>ar&&e instanceof SVGElement&&/[A-Z]/.test(t)&&(t in e.style||t.match(/^(?:o|pai|str|u|ve)/))?t.replace(/([A-Z])/g,"-$1").toLowerCase():t,To=e=>e==null||e===!1?null:e,vf=(e,t)=>{"value"in t&&(e.value=To(t.value),!e.multiple&&e.selectedIndex===-1&&(e.selectedIndex=0))},Eo=e=>e instanceof DOMException&&e.name==="InvalidCharacterError",gf=(e,t,n)=>{t||={};for(let r in t){let s=t[r];if(r!=="children"&&(!n||n[r]!==s)){r=ks(r);let l=_o(r);if(l){if(n?.[r]!==s&&(n&&e.removeEventListener(l[0],n[r],l[1]),s!=null)){if(typeof s!="function")throw new Error(`Event handler for "${r}" is not a function`);e.addEventListener(l[0],s,l[1])}}else if(r==="dangerouslySetInnerHTML"&&s)e.innerHTML=s.__html;else if(r==="ref"){Vr.get(e)?.();let u;typeof s=="function"?u=s(e)||(()=>s(null)):s&&"current"in s&&(s.current=e,u=()=>s.current=null),Vr.set(e,u)}else if(r==="style"){let u=e.style;typeof s=="string"?u.cssText=s:(u.cssText="",s!=null&&Pi(s,u.setProperty.bind(u)))}else{if(r==="value"){let a=e.nodeName;if(a==="SELECT")continue;if((a==="INPUT"||a==="TEXTAREA")&&(e.value=To(s),a==="TEXTAREA")){e.textContent=s;continue}}else(r==="checked"&&e.nodeName==="INPUT"||r==="selected"&&e.nodeName==="OPTION")&&(e[r]=s);let u=So(e,r);try{s==null||s===!1?e.removeAttribute(u):s===!0?e.setAttribute(u,""):typeof s=="string"||typeof s=="number"?e.setAttribute(u,s):e.setAttribute(u,s.toString())}catch(a){if(!Eo(a))throw a}}}}if(n)for(let r in n){let s=n[r];if(r!=="children"&&!(r in t)){r=ks(r);let l=_o(r);if(l)e.removeEventListener(l[0],s,l[1]);else if(r==="ref")Vr.get(e)?.(),Vr.delete(e);else try{e.removeAttribute(So(e,r))}catch(u){if(!Eo(u))throw u}}}},bf=(e,t)=>{t[ve][0]=0,dn.push([e,t]);let n=t.tag[ds]||t.tag,r=n.defaultProps?{...n.defaultProps,...t.props}:t.props;try{return[n.call(null,r)]}finally{dn.pop()}},Oo=(e,t,n,r,s)=>{e.vR?.length&&(r.push(...e.vR),delete e.vR),typeof e.tag=="function"&&e[ve][1][1]?.forEach(l=>s.push(l)),e.vC.forEach(l=>{if(Qe(l))n.push(l);else if(typeof l.tag=="function"||l.tag===""){l.c=t;let u=n.length;if(Oo(l,t,n,r,s),l.s){for(let a=u;a<n.length;a++)n[a].s=!0;l.s=!1}}else n.push(l),l.vR?.length&&(r.push(...l.vR),delete l.vR)})},kf=e=>{for(;e&&(e.tag===zr||!e.e);)e=e.tag===zr||!e.vC?.[0]?e.nN:e.vC[0];return e?.e},Po=e=>{if(!Qe(e)){let t=e[ve];t?.[1][1]&&(t[1][1].forEach(n=>n[2]?.()),delete t[1][1]),Vr.get(e.e)?.(),e.p===2&&e.vC?.forEach(n=>n.p=2),e.vC?.forEach(Po)}e.p||(e.e?.remove(),delete e.e),typeof e.tag=="function"&&($r.delete(e),_s.delete(e),delete e[ve][3],e.a=!0)},Vi=(e,t,n)=>{e.c=t,Io(e,t,n)},Ao=(e,t)=>{if(t){for(let n=0,r=e.length;n<r;n++)if(e[n]===t)return n}},Co=Symbol(),Io=(e,t,n)=>{let r=[],s=[],l=[];Oo(e,t,r,s,l),s.forEach(Po);let u=n?void 0:t.childNodes,a,h=null;if(n)a=-1;else if(!u.length)a=0;else{let y=Ao(u,kf(e.nN));y!==void 0?(h=u[y],a=y):a=Ao(u,r.find(g=>g.tag!==zr&&g.e)?.e)??-1,a===-1&&(n=!0)}for(let y=0,g=r.length;y<g;y++,a++){let m=r[y],v;if(m.s&&m.e)v=m.e,m.s=!1;else{let x=n||!m.e;if(Qe(m))m.e&&m.d&&(m.e.textContent=m.t),m.d=!1,v=m.e||=document.createTextNode(m.t);else{let C=!m.e;v=m.e||=m.n?document.createElementNS(m.n,m.tag):document.createElement(m.tag),gf(v,m.props,C?void 0:m.pP),Io(m,v,x),m.tag==="select"&&vf(v,m.props)}}m.tag===zr?a--:n?v.parentNode||t.appendChild(v):u[a]!==v&&u[a-1]!==v&&(u[a+1]===v?t.appendChild(u[a]):t.insertBefore(v,h||u[a]||null))}if(e.pP&&(e.pP=void 0),l.length){let y=[],g=[];l.forEach(([,m,,v,x])=>{m&&y.push(m),v&&g.push(v),x?.()}),y.forEach(m=>m()),g.length&&requestAnimationFrame(()=>{g.forEach(m=>m())})}},xf=(e,t)=>!!(e&&e.length===t.length&&e.every((n,r)=>n[1]===t[r][1])),wf=e=>{let t=new Map;for(let n of e){let r=n.key;if(t.has(r))return;t.set(r,n)}return t},_s=new WeakMap,Ss=(e,t,n)=>{let r=!n&&t.pC;n&&(t.pC||=t.vC);let s;try{n||=typeof t.tag=="function"?bf(e,t):Ti(t.props.children),n[0]?.tag===""&&n[0][or]&&(s=n[0][or],e[5].push([e,s,t]));let l=r?[...t.pC]:t.vC?[...t.vC]:void 0,u=[],a,h=(l?.length||0)*2,y;for(let g=0;g<n.length;g++){if(Array.isArray(n[g])){n.splice(g,1,...n[g].flat(1/0)),g--;continue}let m=Ro(n[g]);if(m){typeof m.tag=="function"&&!m.tag[vs]&&(ur.length>0&&(m[ve][2]=ur.map(x=>[x,x.values.at(-1)])),e[5]?.length&&(m[ve][3]=e[5].at(-1)));let v;if(y&&m.key===void 0&&!Qe(m)&&(l=[...y.values()],y=void 0),y){let x=m.key,C=y.get(x);C&&(Qe(m)?Qe(C):C.tag===m.tag&&C.key===x)&&(v=C,y.delete(x))}else if(l&&l.length){let x=l[0];if(Qe(m)?Qe(x):!Qe(x)&&(m.key!==void 0?x.key===m.key&&x.tag===m.tag:x.tag===m.tag))v=l.shift();else{let C=l.findIndex(Qe(m)?P=>Qe(P):m.key!==void 0?P=>P.key===m.key&&P.tag===m.tag:P=>P.tag===m.tag);h-=C===-1?l.length:C,C!==-1&&(v=l[C],l.splice(C,1)),h<0&&(h=1/0,y=wf(l))}}if(v)if(Qe(m))v.t!==m.t&&(v.t=m.t,v.d=!0),m=v;else{let x=v.pP=v.props;if(v.props=m.props,v.f||=m.f||t.f,typeof m.tag=="function"){let C=v[ve][2];v[ve][2]=m[ve][2]||[],v[ve][3]=m[ve][3],!v.f&&((v.o||v)===m.o||v.tag[gs]?.(x,v.props))&&xf(C,v[ve][2])&&(v.s=!0)}m=v}else if(!Qe(m)&&ar){let x=yn(ar);x&&(m.n=x)}if(!Qe(m)&&!m.s&&(Ss(e,m),delete m.f),u.push(m),a&&!a.s&&!m.s)for(let x=a;x&&!Qe(x);x=x.vC?.at(-1))x.nN=m;a=m}}if(a&&!a.s)for(let g=a;g&&!Qe(g);g=g.vC?.at(-1))g.nN=t.nN;l=y?[...y.values()]:l,t.vR=r?[...t.vC,...l||[]]:l||[],t.vC=u,r&&delete t.pC}catch(l){if(t.f=!0,l===Co){if(s)return;throw l}let[u,a,h]=t[ve]?.[3]||[];if(a){let y=()=>Fr([0,!1,e[2]],h),g=_s.get(h)||[];g.push(y),_s.set(h,g);let m=a(l,()=>{let v=_s.get(h);if(v){let x=v.indexOf(y);if(x!==-1)return v.splice(x,1),y()}});if(m){if(e[0]===1)e[1]=!0;else if(Ss(e,h,[m]),(a.length===1||e!==u)&&h.c&&!e[5].some(([,,v])=>v===h)){Vi(h,h.c,!1);return}throw Co}}throw l}finally{s&&e[5].pop()}},Ro=e=>{if(!(e==null||typeof e=="boolean")){if(typeof e=="string"||typeof e=="number")return{t:e.toString(),d:!0};if("vR"in e&&(e={tag:e.tag,props:e.props,key:e.key,f:e.f,type:e.tag,ref:e.props.ref,o:e.o||e}),typeof e.tag=="function")e[ve]=[0,[]];else{let t=df[e.tag];t&&(ar||=Nr(""),e.props.children=[{tag:ar,props:{value:e.n=`http://www.w3.org/${t}`,children:e.props.children}}])}return e}},No=(e,t,n)=>{e.c===t&&(e.c=n,e.vC.forEach(r=>No(r,t,n)))},Do=(e,t)=>{t[ve][2]?.forEach(([n,r])=>{n.values.push(r)});try{Ss(e,t,void 0)}catch{return}if(t.a){delete t.a;return}t[ve][2]?.forEach(([n])=>{n.values.pop()}),(e[0]!==1||!e[1])&&Vi(t,t.c,!1)},$r=new WeakMap,jo=[],Fr=async(e,t)=>{e[5]||=[];let n=$r.get(t);n&&n[0](void 0);let r,s=new Promise(l=>r=l);if($r.set(t,[r,()=>{e[2]?e[2](e,t,l=>{Do(l,t)}).then(()=>r(t)):(Do(e,t),r(t))}]),jo.length)jo.at(-1).add(t);else{await Promise.resolve();let l=$r.get(t);l&&($r.delete(t),l[1]())}return s},_f=(e,t)=>{let n=[];n[5]=[],n[4]=!0,Ss(n,e,void 0),n[4]=!1;let r=document.createDocumentFragment();Vi(e,r,!0),No(e,r,t),t.replaceChildren(r)},Es=(e,t)=>{_f(Ro({tag:"",props:{children:e}}),t)};var $i=(e,t,n)=>({tag:zr,props:{children:e},key:n,e:t,p:1});var Fo=Nr({pending:!1,data:null,method:null,action:null}),Lo=new Set,Vo=e=>{Lo.add(e);let t=()=>{Lo.delete(e)};e.then(t,t)};var Gi=Ai({button:()=>Ko,clearCache:()=>Sf,composeRef:()=>As,form:()=>Wo,input:()=>Jo,link:()=>Go,meta:()=>Bo,script:()=>zo,style:()=>qo,title:()=>$o}),Sf=()=>{zi=Object.create(null),qi=Object.create(null)},As=(e,t)=>xs(()=>n=>{let r;e&&(typeof e=="function"?r=e(n)||(()=>{e(null)}):e&&"current"in e&&(e.current=n,r=()=>{e.current=null}));let s=t(n);return()=>{s?.(),r?.()}},[e]),zi=Object.create(null),qi=Object.create(null),qr=(e,t,n,r,s)=>{if(t?.itemProp)return{tag:e,props:t,type:e,ref:t.ref};let l=document.head,{onLoad:u,onError:a,precedence:h,blocking:y,...g}=t,m=null,v=!1,x=Lr[e],C=Mi(e,r),P=w=>w.getAttribute("rel")==="stylesheet"&&w.getAttribute("data-precedence")!==null,I;if(C){let w=l.querySelectorAll(e);e:for(let N of w)if(!(e==="link"&&!P(N))){for(let S of x)if(N.getAttribute(S)===t[S]){m=N;break e}}if(!m){let N=x.reduce((S,q)=>t[q]===void 0?S:`${S}-${q}-${t[q]}`,e);v=!qi[N],m=qi[N]||=(()=>{let S=document.createElement(e);for(let q of x)t[q]!==void 0&&S.setAttribute(q,t[q]);return t.rel&&S.setAttribute("rel",t.rel),S})()}}else I=l.querySelectorAll(e);h=r?h??"":void 0,r&&(g[bs]=h);let H=cr(w=>{if(C){if(e==="link"&&h!==void 0){let S=!1;for(let q of l.querySelectorAll(e)){let B=q.getAttribute(bs);if(B===null){l.insertBefore(w,q);return}if(S&&B!==h){l.insertBefore(w,q);return}B===h&&(S=!0)}l.appendChild(w);return}let N=!1;for(let S of l.querySelectorAll(e)){if(N&&S.getAttribute("data-precedence")!==h){l.insertBefore(w,S);return}S.getAttribute("data-precedence")===h&&(N=!0)}l.appendChild(w)}else if(e==="link")l.contains(w)||l.appendChild(w);else if(I){let N=!1;for(let S of I)if(S===w){N=!0;break}N||l.insertBefore(w,l.contains(I[0])?I[0]:l.querySelector(e)),I=void 0}},[C,h,e]),E=As(t.ref,w=>{let N=x[0];if(n===2&&(w.innerHTML=""),(v||I)&&H(w),!a&&!u||!N)return;let S=zi[w.getAttribute(N)]||=new Promise((q,B)=>{w.addEventListener("load",q),w.addEventListener("error",B)});u&&(S=S.then(u)),a&&(S=S.catch(a)),S.catch(()=>{})});if(s&&y==="render"){let w=Lr[e][0];if(w&&t[w]){let N=t[w],S=zi[N]||=new Promise((q,B)=>{H(m),m.addEventListener("load",q),m.addEventListener("error",B)});Li(S)}}let R={tag:e,type:e,props:{...g,ref:E},ref:E};return R.p=n,m&&(R.e=m),$i(R,l)},$o=e=>{let t=Mo();return(t&&yn(t))?.endsWith("svg")?{tag:"title",props:e,type:"title",ref:e.ref}:qr("title",e,void 0,!1,!1)},zo=e=>!e||["src","async"].some(t=>!e[t])?{tag:"script",props:e,type:"script",ref:e.ref}:qr("script",e,1,!1,!0),qo=e=>!e||!["href","precedence"].every(t=>t in e)?{tag:"style",props:e,type:"style",ref:e.ref}:(e["data-href"]=e.href,delete e.href,qr("style",e,2,!0,!0)),Go=e=>!e||["onLoad","onError"].some(t=>t in e)||e.rel==="stylesheet"&&(!("precedence"in e)||"disabled"in e)?{tag:"link",props:e,type:"link",ref:e.ref}:qr("link",e,1,ji(e),!0),Bo=e=>qr("meta",e,void 0,!1,!1),Ho=Symbol(),Wo=e=>{let{action:t,...n}=e;typeof t!="function"&&(n.action=t);let[r,s]=te([null,!1]),l=cr(async y=>{let g=y.isTrusted?t:y.detail[Ho];if(typeof g!="function")return;y.preventDefault();let m=new FormData(y.target);s([m,!0]);try{let v=g(m);v instanceof Promise&&(Vo(v),await v)}finally{s([null,!0])}},[]),u=As(e.ref,y=>(y.addEventListener("submit",l),()=>{y.removeEventListener("submit",l)})),[a,h]=r;return r[1]=!1,{tag:Fo,props:{value:{pending:a!==null,data:a,method:a?"post":null,action:a?t:null},children:{tag:"form",props:{...n,ref:u},type:"form",ref:u}},f:h}},Uo=(e,{formAction:t,...n})=>{if(typeof t=="function"){let r=cr(s=>{s.preventDefault(),s.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Ho]:t}}))},[]);n.ref=As(n.ref,s=>(s.addEventListener("click",r),()=>{s.removeEventListener("click",r)}))}return{tag:e,props:n,type:e,ref:n.ref}},Jo=e=>Uo("input",e),Ko=e=>Uo("button",e);Object.assign(Di,{title:$o,script:zo,style:qo,link:Go,meta:Bo,form:Wo,input:Jo,button:Ko});var o=(e,t,n)=>(typeof e=="string"&&Gi[e]&&(e=Gi[e]),{tag:e,type:e,props:t,key:n,ref:t.ref}),Te=e=>o("",e,void 0);var Cs,Ef={lang:void 0,message:void 0,abortEarly:void 0,abortPipeEarly:void 0};function Bi(e){return!e&&!Cs?Ef:{lang:e?.lang??Cs?.lang,message:e?.message,abortEarly:e?.abortEarly??Cs?.abortEarly,abortPipeEarly:e?.abortPipeEarly??Cs?.abortPipeEarly}}var Af;function Cf(e){return Af?.get(e)}var Df;function jf(e){return Df?.get(e)}var Mf;function Tf(e,t){return Mf?.get(e)?.get(t)}function Gr(e){let t=typeof e;return t==="string"?`"${e}"`:t==="number"||t==="bigint"||t==="boolean"?`${e}`:t==="object"||t==="function"?(e&&Object.getPrototypeOf(e)?.constructor?.name)??"null":t}function kt(e,t,n,r,s){let l=s&&"input"in s?s.input:n.value,u=s?.expected??e.expects??null,a=s?.received??Gr(l),h={kind:e.kind,type:e.type,input:l,expected:u,received:a,message:`Invalid ${t}: ${u?`Expected ${u} but r`:"R"}eceived ${a}`,requirement:e.requirement,path:s?.path,issues:s?.issues,lang:r.lang,abortEarly:r.abortEarly,abortPipeEarly:r.abortPipeEarly},y=e.kind==="schema",g=s?.message??e.message??Tf(e.reference,h.lang)??(y?jf(h.lang):null)??r.message??Cf(h.lang);g!==void 0&&(h.message=typeof g=="function"?g(h):g),y&&(n.typed=!1),n.issues?n.issues.push(h):n.issues=[h]}function Of(e,t){return e===t||Number.isNaN(e)&&Number.isNaN(t)}function Pf(e,t){return Object.prototype.hasOwnProperty.call(e,t)&&t!=="__proto__"&&t!=="prototype"&&t!=="constructor"}function If(e,t){let n=[...new Set(e)];return n.length>1?`(${n.join(` ${t} `)})`:n[0]??"never"}function Mt(e){return e["~standard"]={version:1,vendor:"valibot",validate:t=>e["~run"]({value:t},Bi())},e}var Rf=class extends Error{constructor(e){super(e[0].message),this.name="ValiError",this.issues=e}};function Hi(e){return{kind:"validation",type:"finite",reference:Hi,async:!1,expects:null,requirement:Number.isFinite,message:e,"~run"(t,n){return t.typed&&!this.requirement(t.value)&&kt(this,"finite",t,n),t}}}function Wi(e,t){return{kind:"validation",type:"min_value",reference:Wi,async:!1,expects:`>=${e instanceof Date?e.toJSON():Gr(e)}`,requirement:e,message:t,"~run"(n,r){return n.typed&&!(n.value>=this.requirement)&&kt(this,"value",n,r,{received:n.value instanceof Date?n.value.toJSON():Gr(n.value)}),n}}}function Ui(){return{kind:"transformation",type:"readonly",reference:Ui,async:!1,"~run"(e){return e}}}function Ji(e){return{kind:"validation",type:"safe_integer",reference:Ji,async:!1,expects:null,requirement:Number.isSafeInteger,message:e,"~run"(t,n){return t.typed&&!this.requirement(t.value)&&kt(this,"safe integer",t,n),t}}}function Nf(e,t,n){return typeof e.fallback=="function"?e.fallback(t,n):e.fallback}function Zo(e,t,n){return typeof e.default=="function"?e.default(t,n):e.default}function ge(e,t){return Mt({kind:"schema",type:"array",reference:ge,expects:"Array",async:!1,item:e,message:t,"~run"(n,r){let s=n.value;if(Array.isArray(s)){n.typed=!0,n.value=[];for(let l=0;l<s.length;l++){let u=s[l],a=this.item["~run"]({value:u},r);if(a.issues){let h={type:"array",origin:"value",input:s,key:l,value:u};for(let y of a.issues)y.path?y.path.unshift(h):y.path=[h],n.issues?.push(y);if(n.issues||(n.issues=a.issues),r.abortEarly){n.typed=!1;break}}a.typed||(n.typed=!1),n.value.push(a.value)}}else kt(this,"type",n,r);return n}})}function Br(e){return Mt({kind:"schema",type:"boolean",reference:Br,expects:"boolean",async:!1,message:e,"~run"(t,n){return typeof t.value=="boolean"?t.typed=!0:kt(this,"type",t,n),t}})}function Ki(e,t){return Mt({kind:"schema",type:"custom",reference:Ki,expects:"unknown",async:!1,check:e,message:t,"~run"(n,r){return this.check(n.value)?n.typed=!0:kt(this,"type",n,r),n}})}function vn(e,t){return Mt({kind:"schema",type:"literal",reference:vn,expects:Gr(e),async:!1,literal:e,message:t,"~run"(n,r){return Of(n.value,this.literal)?n.typed=!0:kt(this,"type",n,r),n}})}function Xt(e){return Mt({kind:"schema",type:"number",reference:Xt,expects:"number",async:!1,message:e,"~run"(t,n){return typeof t.value=="number"&&!isNaN(t.value)?t.typed=!0:kt(this,"type",t,n),t}})}function $(e,t){return Mt({kind:"schema",type:"object",reference:$,expects:"Object",async:!1,entries:e,message:t,"~run"(n,r){let s=n.value;if(s&&typeof s=="object"){n.typed=!0,n.value={};for(let l in this.entries){let u=this.entries[l];if(l in s||(u.type==="exact_optional"||u.type==="optional"||u.type==="nullish")&&u.default!==void 0){let a=l in s?s[l]:Zo(u),h=u["~run"]({value:a},r);if(h.issues){let y={type:"object",origin:"value",input:s,key:l,value:a};for(let g of h.issues)g.path?g.path.unshift(y):g.path=[y],n.issues?.push(g);if(n.issues||(n.issues=h.issues),r.abortEarly){n.typed=!1;break}}h.typed||(n.typed=!1),n.value[l]=h.value}else if(u.fallback!==void 0)n.value[l]=Nf(u);else if(u.type!=="exact_optional"&&u.type!=="optional"&&u.type!=="nullish"&&(kt(this,"key",n,r,{input:void 0,expected:`"${l}"`,path:[{type:"object",origin:"key",input:s,key:l,value:s[l]}]}),r.abortEarly))break}}else kt(this,"type",n,r);return n}})}function X(e,t){return Mt({kind:"schema",type:"optional",reference:X,expects:`(${e.expects} | undefined)`,async:!1,wrapped:e,default:t,"~run"(n,r){return n.value===void 0&&(this.default!==void 0&&(n.value=Zo(this,n,r)),n.value===void 0)?(n.typed=!0,n):this.wrapped["~run"](n,r)}})}function Zi(e,t){return Mt({kind:"schema",type:"picklist",reference:Zi,expects:If(e.map(Gr),"|"),async:!1,options:e,message:t,"~run"(n,r){return this.options.includes(n.value)?n.typed=!0:kt(this,"type",n,r),n}})}function fr(e,t,n){return Mt({kind:"schema",type:"record",reference:fr,expects:"Object",async:!1,key:e,value:t,message:n,"~run"(r,s){let l=r.value;if(l&&typeof l=="object"){r.typed=!0,r.value={};for(let u in l)if(Pf(l,u)){let a=l[u],h=this.key["~run"]({value:u},s);if(h.issues){let g={type:"object",origin:"key",input:l,key:u,value:a};for(let m of h.issues)m.path=[g],r.issues?.push(m);if(r.issues||(r.issues=h.issues),s.abortEarly){r.typed=!1;break}}let y=this.value["~run"]({value:a},s);if(y.issues){let g={type:"object",origin:"value",input:l,key:u,value:a};for(let m of y.issues)m.path?m.path.unshift(g):m.path=[g],r.issues?.push(m);if(r.issues||(r.issues=y.issues),s.abortEarly){r.typed=!1;break}}(!h.typed||!y.typed)&&(r.typed=!1),h.typed&&(r.value[h.value]=y.value)}}else kt(this,"type",r,s);return r}})}function gn(e){return Mt({kind:"schema",type:"string",reference:gn,expects:"string",async:!1,message:e,"~run"(t,n){return typeof t.value=="string"?t.typed=!0:kt(this,"type",t,n),t}})}function Hr(){return Mt({kind:"schema",type:"unknown",reference:Hr,expects:"unknown",async:!1,"~run"(e){return e.typed=!0,e}})}function Xi(e,t,n){let r=e["~run"]({value:t},Bi(n));if(r.issues)throw new Rf(r.issues);return r.value}function Wr(...e){return Mt({...e[0],pipe:e,"~run"(t,n){for(let r of e)if(r.kind!=="metadata"){if(t.issues&&(r.kind==="schema"||r.kind==="transformation")){t.typed=!1;break}(!t.issues||!n.abortEarly&&!n.abortPipeEarly)&&(t=r["~run"](t,n))}return t}})}function Ur(e,t,n){let r=e["~run"]({value:t},Bi(n));return{typed:r.typed,success:!r.issues,output:r.value,issues:r.issues}}function Yo(e){return typeof e=="object"&&e!==null&&!Array.isArray(e)}var Lf=64;function Qo(e){let t=Xo(e)?[e]:[];for(let n=0;t.length>0;n++){if(n===Lf)return!0;t=t.flatMap(r=>Object.values(r).filter(Xo))}return!1}function Xo(e){return typeof e=="object"&&e!==null}var eu=60;function Ff(e){if(Qo(e))return"deeply nested JSON";let t=JSON.stringify(e)??"nothing";return t.length<=eu?t:`${t.slice(0,eu)}\\u2026`}function rn(e){return({input:t})=>`expected ${e}, but got ${Ff(t)}`}function Ds(e){return Zi(e,rn(`one of ${e.join(", ")}`))}var Fd=Ki(Yo,rn("an object"));var pe=gn(rn("a string")),sn=Br(rn("true or false")),Kr=Wr(Xt(rn("a number")),Hi()),Ie=Wr(Xt(rn("a number")),Ji(rn("a whole number")),Wi(0,rn("0 or more"))),Vf=["user","since","idle","unsent","channels","received","rate"],$f=["name","clients","rate"],tu={search:X(pe,""),reverse:X(sn,!1),limit:Ie},zd=$({type:vn("connections"),...tu,sort:Ds(Vf),user:X(pe),channel:X(pe)}),qd=$({type:vn("connection"),client:X(pe),user:X(pe)}),Gd=$({type:vn("channelPage"),...tu,sort:Ds($f),names:X(Wr(ge(pe),Ui()))}),Bd=$({type:vn("load"),since:X(Kr,0)}),Hd=$({type:vn("trace"),trace:pe,client:pe,payloads:sn}),Wd=$({type:vn("send"),client:pe,json:pe});var nu={client:pe,user:pe,node:pe,protocol:pe,transport:pe,address:X(pe),age:Ie,idle:Ie,unsent:Ie,received:Ie,channels:Ie,rate:X(Kr)},js=$(nu),Ud=$({found:Ie,total:Ie,rows:ge(js)}),zf=$({channel:pe,server_side:sn,token:sn,positioned:sn,offset:Ie,epoch:pe,delta:sn,filter:sn,join_leave:sn}),qf=$({...nu,admitted:sn,expires_in:X(Ie),info:X(pe),caps:ge($({channels:ge(pe),allow:ge(pe)})),subscriptions:ge(zf)}),Jd=ge(qf),Kd=$({found:Ie,rows:ge($({channel:pe,clients:Ie,delivered:Ie,rate:X(Kr)}))}),ru=$({node:pe,columns:ge(pe),samples:ge(ge(Kr))}),Gf=$({at:Kr,direction:Ds(["in","out"]),type:X(pe),bytes:Ie,offset:X(Ie),client:X(pe),user:X(pe),text:X(pe),base64:X(pe)}),su=$({frames:ge(Gf),skipped:Ie,in:$({frames:Ie,bytes:Ie}),out:$({frames:Ie,bytes:Ie}),ended:X($({code:Ie,reason:pe}))});var he=gn(),Re=Xt(),Yt=Br(),ou=$({connections:ge(js),found:Re,total:Re}),Yi=$({...js.entries,admitted:Yt,expires_in:X(Re),info:X(Hr()),caps:ge($({channels:ge(he),allow:ge(he)})),subscriptions:ge($({channel:he,server_side:Yt,token:Yt,positioned:Yt,offset:Re,delta:Yt,filter:Yt,join_leave:Yt}))}),uu=$({user:he,connections:ge(Yi)}),cu=$({channels:ge($({channel:he,num_clients:Re,delivered:Re,rate:X(Re)})),found:Re}),au=fr(he,$({value:Hr(),from:he})),fu=$({channel:he,num_clients:Re,delivered:Re,private:Yt,users:X(ge(he)),position:X($({offset:Re,epoch:he})),options:au}),iu=$({allowed:Yt,rule:he,why:he,hook:X(he)}),lu=X($({kind:he,user:X(he),expires_in:X(Re),channel:X(he),reason:X(he),message:X(he)})),pu=$({token:lu,channel_token:lu,connect:iu,actions:fr(he,iu),options:au}),hu=$({presence:fr(he,$({user:he,client:he}))}),mu=$({publications:ge($({data:Hr(),offset:X(Re),info:X($({user:X(he)}))})),epoch:he,offset:Re}),yu=$({nodes:ge($({uid:he,version:he,num_clients:Re,num_users:Re,num_channels:Re,num_subs:Re,uptime:Re}))}),du=$({nodes:ge($({node:he,metrics:ge($({name:he,labels:fr(he,he),value:X(Re)}))}))}),vu=$({nodes:ge(ru),answered_within_ms:Re}),Ms=$({delivered:Yt}),Pn=$({}),gu=su;var Zr=class extends Error{name="ApiError";code;constructor(t,n){super(n),this.code=t}},bu=$({error:$({code:Xt(),message:gn()})}),ku=()=>location.reload();function Ts(e,t,n){return fetch(e,{method:"POST",headers:{"Content-Type":"application/json"},body:JSON.stringify(t),signal:n})}async function we(e,t,n){let r=await Ts(`inspector/api/${e}`,t);if(r.status===401&&ku(),!r.headers.get("content-type")?.includes("json"))throw new Zr(r.status,await r.text());let l=await r.json(),u=Ur(bu,l);if(u.success){let{code:a,message:h}=u.output.error;throw new Zr(a,h)}return Xi($({result:n}),l).result}async function xu(e,{onLine:t,signal:n}){let r=await Ts("inspector/api/trace",e,n);if(r.status===401&&ku(),!(r.headers.get("content-type")??"").includes("ndjson")||r.body===null){let a=Ur(bu,await r.json()),h=a.success?a.output.error.message:`status ${r.status}`;throw new Zr(r.status,h)}let l=r.body.pipeThrough(new TextDecoderStream).getReader(),u="";for(;;){let{value:a,done:h}=await l.read();if(h)return;let y=(u+a).split(`\n`);u=y.pop()??"";for(let g of y)t(Xi(gu,JSON.parse(g)))}}async function wu(e){let t=await Ts("inspector/login",{key:e});if(t.ok)return;let n=Ur($({error:gn()}),await t.json());return n.success?n.output.error:`Status ${t.status}.`}async function _u(){await Ts("inspector/logout",{})}var Bf=/([\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]|(?! )\\p{Zs})/u;function Hf(e){return e.split(Bf).map((t,n)=>n%2===1?{text:Wf(t),isCode:!0}:{text:t,isCode:!1}).filter(({text:t})=>t!=="")}function Wf(e){return`U+${(e.codePointAt(0)??0).toString(16).toUpperCase().padStart(4,"0")}`}function pt({children:e}){return o("bdi",{children:Hf(e).map(({text:t,isCode:n},r)=>n?o("mark",{children:t},r):t)})}var Uf=new Intl.NumberFormat("en-GB",{maximumFractionDigits:0}),Jf=new Intl.NumberFormat("en-GB",{notation:"compact",maximumSignificantDigits:3});function re(e){return Uf.format(e)}function pr(e){return Jf.format(e)}function Tt(e){let t=["B","kB","MB","GB"],n=e,r=0;for(;n>=1e3&&r<t.length-1;)n/=1e3,r++;let s=r===0||n>=100?0:1;return`${n.toFixed(s)} ${t[r]}`}function Vt(e){return e<120?`${Math.round(e)} s`:e<7200?`${Math.round(e/60)} min`:e<172800?`${Math.round(e/3600)} h`:`${Math.round(e/86400)} d`}function Qi(e){let t=e*1e3;return t<.01&&t>0?"< 0.01 ms":`${t.toFixed(t<1?2:1)} ms`}function el(e){return`${(e*100).toFixed(e<.1?1:0)} %`}function hr(e){return e.length>12?`${e.slice(0,8)}\\u2026`:e}var ln={get now(){return performance.now()},get wallTime(){return Date.now()},after(e,t){let n=setTimeout(t,e);return()=>clearTimeout(n)},every(e,t){let n=setInterval(t,e);return()=>clearInterval(n)},soon(e){let t=setImmediate(e);return()=>clearImmediate(t)}};var Kf=["channel","connection","user"],Zf=["overview","channels","connections","why"];function Xf(e){let[t="",n=""]=e.replace(/^#\\/?/,"").split("/"),r=Zf.find(u=>u===t);if(r!==void 0)return{kind:r};let s=Kf.find(u=>u===t),l=Yf(n);return s===void 0||l===""?{kind:"overview"}:{kind:s,name:l}}function bn(e){return"name"in e?`#/${e.kind}/${encodeURIComponent(e.name)}`:`#/${e.kind}`}function Yf(e){try{return decodeURIComponent(e)}catch(t){if(!(t instanceof URIError))throw t;return""}}function Su(){let[e,t]=te(location.hash);return at(()=>{let n=()=>t(location.hash);return addEventListener("hashchange",n),()=>removeEventListener("hashchange",n)},[]),Xf(e)}function ht(e,t,n){let[r,s]=te({key:e}),[l,u]=te(0);at(()=>{let h,y=!1,g=()=>{y||(h=ln.after(n,m))},m=()=>{if(document.hidden)return g();t().then(v=>y||s({key:e,value:v}),v=>y||s(x=>({...x,key:e,problem:$t(v)}))).then(g)};return m(),()=>{y=!0,h?.()}},[e,l]);let a=r.key===e;return{value:a?r.value:void 0,problem:a?r.problem:void 0,reload:()=>u(h=>h+1)}}function $t(e){return e instanceof Error?e.message:String(e)}function Os(e){let[t,n]=te(e);return at(()=>ln.after(250,()=>n(e)),[e]),t}var Qf=4e3;function mt({children:e,of:t}){let n=ft(null);return at(()=>{location.hash!==""&&n.current?.focus()},[]),o("h2",{ref:n,class:"view-title",tabindex:-1,children:[t&&o("span",{class:"kind",children:t}),e]})}function mr({figures:e}){return o("dl",{class:"inspector-figures",children:Object.entries(e).map(([t,n])=>o("div",{children:[o("dt",{children:t}),o("dd",{"data-figure":t,children:n})]},t))})}function et({children:e}){return o("p",{role:"status",class:"problem",children:e})}function In({label:e,onSure:t}){let[n,r]=te(!1),[s,l]=te();return at(()=>{if(n)return ln.after(Qf,()=>r(!1))},[n]),o(Te,{children:[o("button",{type:"button",class:n?"danger sure":"danger",onClick:()=>{r(!n),n&&(l(void 0),t().catch(a=>l($t(a))))},children:n?`${e}: sure?`:e}),s&&o("span",{class:"problem",role:"alert",children:s})]})}function Ps({client:e}){return o("a",{href:bn({kind:"connection",name:e}),title:e,children:o("code",{children:hr(e)})})}function yr({user:e}){return e===""?o("span",{class:"none",children:"\\u2013"}):o(Eu,{view:{kind:"user",name:e}})}function dr({channel:e}){return o(Eu,{view:{kind:"channel",name:e}})}function Eu({view:e}){return o("a",{class:"name-link",href:bn(e),title:e.name,children:o(pt,{children:e.name})})}function Is({options:e}){return o("div",{class:"scroll-x",tabindex:0,children:o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Option"}),o("th",{scope:"col",children:"Value"}),o("th",{scope:"col",children:"From"})]})}),o("tbody",{children:Object.entries(e).map(([t,{value:n,from:r}])=>o("tr",{children:[o("th",{scope:"row",children:o("code",{children:t})}),o("td",{children:o("code",{children:JSON.stringify(n)})}),o("td",{children:o("span",{class:r==="default"?"none":"origin",children:r})})]},t))})]})})}function Rs({label:e,sorts:t,sort:n,onSearch:r,onSort:s}){return o("div",{class:"list-bar",children:[o("p",{class:"field",children:[o("label",{for:"search",children:e}),o("input",{id:"search",type:"search",onInput:({target:l})=>l instanceof HTMLInputElement&&r(l.value)})]}),o("p",{class:"field",children:[o("label",{for:"sort",children:"Sorted by"}),o("select",{id:"sort",onChange:({target:l})=>{if(!(l instanceof HTMLSelectElement))return;let u=t.find(([a])=>a===l.value);u!==void 0&&s(u[0])},children:t.map(([l,u])=>o("option",{value:l,selected:l===n,children:u},l))})]})]})}function Ns({offset:e,limit:t,found:n,onMove:r}){let s=Math.min(e+t,n);return o("p",{class:"pager",children:[o("button",{type:"button",disabled:e===0,onClick:()=>r(Math.max(e-t,0)),children:"Previous"}),o("span",{children:n===0?"none":`${e+1}\\u2013${s} of ${n}`}),o("button",{type:"button",disabled:s>=n||e+t>900,onClick:()=>r(e+t),children:"Next"})]})}var Au=50,ep=2e3,Cu=.5,tp=[["rate","frames in a second"],["received","frames received"],["unsent","unread bytes"],["channels","number of channels"],["idle","time without a frame"],["since","newest"],["user","uid"]];function Du(){return o(Te,{children:[o(mt,{children:"Connections and users"}),o(tl,{query:{}})]})}function tl({query:e,action:t}){let[n,r]=te(""),[s,l]=te("rate"),[u,a]=te(0),h=Os(n),y={...e,search:h,sort:s,offset:u,limit:Au},{value:g,problem:m}=ht(JSON.stringify(y),()=>we("connections",y,ou),ep);return o(Te,{children:[o(Rs,{label:"Search for a uid, an id or an address",sorts:tp,sort:s,onSearch:v=>{r(v),a(0)},onSort:v=>{l(v),a(0)}}),o(et,{children:m}),o(nl,{rows:g?.connections??[],action:t}),o(Ns,{offset:u,limit:Au,found:g?.found??0,onMove:a})]})}function nl({rows:e,action:t}){let n=rp(e);return o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Connection"}),o("th",{scope:"col",children:"User"}),o("th",{scope:"col",children:"Protocol"}),o("th",{scope:"col",children:"Address"}),o("th",{scope:"col",class:"number",children:"Age"}),o("th",{scope:"col",class:"number",children:"Idle"}),o("th",{scope:"col",class:"number",children:"Channels"}),o("th",{scope:"col",class:"number",children:"Unread"}),o("th",{scope:"col",class:"number",children:"Frames"}),o("th",{scope:"col",class:"number",children:"Frames / s"}),o("th",{scope:"col",children:"Node"}),t&&o("th",{scope:"col",children:"Action"})]})}),o("tbody",{children:e.map(r=>o(np,{row:r,rate:n.get(r.client)??0,action:t},r.client))})]})})}function np({row:e,rate:t,action:n}){return o("tr",{children:[o("th",{scope:"row",children:o(Ps,{client:e.client})}),o("td",{children:o(yr,{user:e.user})}),o("td",{children:[e.protocol," / ",e.transport]}),o("td",{children:e.address??o("span",{class:"none",children:"internal"})}),o("td",{class:"number",children:Vt(e.age)}),o("td",{class:"number",children:Vt(e.idle)}),o("td",{class:"number",children:re(e.channels)}),o("td",{class:"number",children:Tt(e.unsent)}),o("td",{class:"number",children:re(e.received)}),o("td",{class:"number",children:re(t)}),o("td",{title:e.node,children:o("code",{children:hr(e.node)})}),n&&o("td",{children:n(e)})]})}function rp(e){let t=ft(new Map),n=performance.now();return new Map(e.map(({client:r,received:s,rate:l})=>{let u=t.current?.get(r),a=(n-(u?.at??n))/1e3,h=u===void 0||a<Cu?void 0:Math.round((s-u.received)/a);return(u===void 0||a>=Cu)&&t.current?.set(r,{at:n,received:s}),[r,l??h]}))}function kn(e,t){let n=new FormData(e).get(t);return typeof n=="string"?n.trim():""}function vr({label:e,button:t,onSend:n}){let[r,s]=te(""),l=ws();return o("form",{class:"json-form",onSubmit:a=>{a.preventDefault();let{target:h}=a;h instanceof HTMLFormElement&&n(sp(kn(h,"data"))).then(s,y=>s($t(y)))},children:[o("p",{class:"field",children:[o("label",{for:l,children:e}),o("input",{id:l,name:"data",autocomplete:"off",required:!0})]}),o("button",{type:"submit",children:t}),o("p",{role:"status",class:"note",children:r})]})}function sp(e){try{return JSON.parse(e)}catch(t){if(!(t instanceof SyntaxError))throw t;return e}}var ip=300,lp=new Intl.DateTimeFormat("en-GB",{hour:"2-digit",minute:"2-digit",second:"2-digit",fractionalSecondDigits:3}),ju={frames:[],in:0,out:0,skipped:0};function Ls({of:e}){let[t,n]=te(!1),[r,s]=te(!1),l={...e,payloads:r},u=op(t?l:void 0,()=>n(!1));return o("section",{class:"trace",children:[o("h3",{children:["Live ","channel"in e?"events":"frames"]}),o("p",{class:"trace-bar",children:[o("button",{type:"button",class:t?"":"primary",onClick:()=>n(!t),children:t?"Stop":"Follow"}),o("label",{class:"check",children:[o("input",{type:"checkbox",checked:r,onChange:()=>s(!r)}),"payloads"]}),o("span",{class:"note",children:[re(u.in)," in, ",re(u.out)," out, ",re(u.skipped)," ","not listed",u.end&&`; ended: ${u.end}`]})]}),o("ol",{class:"frames","aria-label":"Frames, the newest first",tabindex:0,children:u.frames.map(a=>o(cp,{frame:a},a.id))})]})}function op(e,t){let[n,r]=te(ju),s=ft(0);return at(()=>{if(e===void 0)return;let l=new AbortController,{signal:u}=l;r(ju);let a=y=>r(g=>up(g,y,s)),h=y=>{u.aborted||(t(),r(g=>({...g,end:g.end??y})))};return xu(e,{onLine:a,signal:u}).then(()=>h("its time is over"),y=>h($t(y))),()=>l.abort()},[JSON.stringify(e)]),n}function up(e,t,n){let r=t.frames.map(l=>{let u=n.current??0;return n.current=u+1,{...l,id:u}}),{ended:s}=t;return{frames:[...r.toReversed(),...e.frames].slice(0,ip),in:e.in+t.in.frames,out:e.out+t.out.frames,skipped:e.skipped+t.skipped,...s===void 0?{}:{end:`${s.code} ${s.reason}`.trim()}}}function cp({frame:e}){let{direction:t,type:n,user:r,offset:s,text:l,base64:u}=e,a=[n==="publication"?"":n,s&&`#${s}`,r&&`by ${r}`].filter(Boolean).join(" ");return o("li",{class:t,children:[o("time",{children:lp.format(e.at)}),o("span",{class:"mark","aria-hidden":"true",children:t==="in"?"\\u2192":"\\u2190"}),o("span",{class:"spoken",children:t==="in"?"from the client":"to the client"}),o("span",{class:"size",children:Tt(e.bytes)}),o("code",{children:[a&&o("b",{children:o(pt,{children:a})}),l===void 0?u&&`base64 ${u}`:o(pt,{children:l})]})]})}var rl=2e3,ap=25,fp=100;function Mu({channel:e}){let{value:t,problem:n}=ht(e,()=>we("channel",{channel:e},fu),rl),r=t===void 0?"\\u2026":t.private?"private":t.users!==void 0?`for ${t.users.join(", ")}`:"open";return o(Te,{children:[o(mt,{of:"Channel",children:o(pt,{children:e})}),o(et,{children:n}),o(mr,{figures:{Subscribers:re(t?.num_clients??0),Events:re(t?.delivered??0),Kind:o(pt,{children:r}),Offset:t?.position?re(t.position.offset):"none",Epoch:o("code",{children:t?.position?.epoch??"none"})}}),o("div",{class:"columns",children:[o("section",{class:"wide",children:[o("h3",{children:"Subscribers"}),o(tl,{query:{channel:e},action:({client:s})=>o(In,{label:"Unsubscribe",onSure:async()=>{await we("unsubscribe",{client:s,channel:e},Pn)}})})]}),o(pp,{channel:e}),o("section",{children:[o("h3",{children:"Options"}),t&&o(Is,{options:t.options})]}),o(mp,{channel:e}),o(Ls,{of:{channel:e}})]})]})}function pp({channel:e}){let{value:t,problem:n,reload:r}=ht(e,()=>we("history",{channel:e,limit:ap,reverse:!0},mu),rl),[s,l]=te(!0);return o("section",{children:[o("h3",{children:"History"}),o(vr,{label:"Publish JSON or text",button:"Publish",onSend:async u=>{let a=$({offset:X(Xt())}),h=await we("publish",{channel:e,data:u},a);return r(),`Published${h.offset?` as #${h.offset}`:""}.`}}),o(et,{children:n}),t&&o(Te,{children:[o("ol",{class:"frames","aria-label":"Publications, the newest first",children:t.publications.map(({offset:u=0,data:a,info:h})=>o("li",{children:[o("span",{class:"size",children:["#",u]}),o("code",{children:[h?.user&&o("b",{children:["by ",o(pt,{children:h.user})]}),o(pt,{children:hp(JSON.stringify(a),s)})]})]},u))}),o("p",{class:"trace-bar",children:[o("button",{type:"button",onClick:()=>l(!s),children:s?"Show all of each":"Show less"}),o(In,{label:"Drop the history",onSure:async()=>{await we("history_remove",{channel:e},Pn),r()}})]})]})]})}function hp(e,t){return t&&e.length>160?`${e.slice(0,160)}\\u2026`:e}function mp({channel:e}){let{value:t,problem:n}=ht(e,()=>we("presence",{channel:e},hu),rl*2),r=Object.values(t?.presence??{});return o("section",{class:"wide",children:[o("h3",{children:"Presence"}),o(et,{children:n}),o("p",{class:"note",children:[re(r.length)," clients,"," ",re(new Set(r.map(({user:s})=>s)).size)," users"]}),o("ul",{class:"present",children:r.slice(0,fp).map(({client:s,user:l})=>o("li",{children:[o(yr,{user:l})," ",o(Ps,{client:s})]},s))})]})}var Tu=50,yp=2e3,dp=[["clients","subscribers"],["rate","events in a second"],["name","name"]];function Ou(){let[e,t]=te(""),[n,r]=te("clients"),[s,l]=te(0),a={search:Os(e),sort:n,offset:s,limit:Tu},{value:h,problem:y}=ht(JSON.stringify(a),()=>we("channels_page",a,cu),yp);return o(Te,{children:[o(mt,{children:"Channels"}),o(Rs,{label:"Search for a part of the name",sorts:dp,sort:n,onSearch:g=>{t(g),l(0)},onSort:g=>{r(g),l(0)}}),o(et,{children:y}),o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Channel"}),o("th",{scope:"col",class:"number",children:"Subscribers"}),o("th",{scope:"col",class:"number",children:"Events"}),o("th",{scope:"col",class:"number",children:"Events / s"})]})}),o("tbody",{children:(h?.channels??[]).map(g=>o(vp,{row:g},g.channel))})]})}),o(Ns,{offset:s,limit:Tu,found:h?.found??0,onMove:l})]})}function vp({row:e}){return o("tr",{children:[o("th",{scope:"row",children:o(dr,{channel:e.channel})}),o("td",{class:"number",children:re(e.num_clients)}),o("td",{class:"number",children:re(e.delivered)}),o("td",{class:"number",children:e.rate===void 0?"":re(e.rate)})]})}var sl=[[3503,"force disconnect","for good (3503)"],[3e3,"reconnect","it comes back (3000)"],[4501,"banned","banned (4501)"]];function Fs({of:e}){let[t,n]=te(sl[0]),[r,s]=te("");return o("div",{class:"disconnect",children:[o("p",{class:"field",children:[o("label",{for:"code",children:"Disconnect"}),o("select",{id:"code",onChange:({target:l})=>{if(!(l instanceof HTMLSelectElement))return;let u=sl.find(([a])=>String(a)===l.value);u!==void 0&&n(u)},children:sl.map(([l,,u])=>o("option",{value:l,selected:l===t[0],children:u},l))})]}),o(In,{label:"Disconnect",onSure:async()=>{let[l,u]=t,a={...e,disconnect:{code:l,reason:u}};await we("disconnect",a,Pn),s("Disconnected.")}}),o("p",{role:"status",class:"note",children:r})]})}var gp=1e3;function Pu({client:e}){let{value:t,problem:n}=ht(e,()=>we("connection",{client:e},Yi),gp);return o(Te,{children:[o(mt,{of:"Connection",children:e}),o(et,{children:n}),t&&o(bp,{connection:t}),o("div",{class:"columns",children:[t&&o(kp,{connection:t}),o("section",{children:[o("h3",{children:"Act"}),o(vr,{label:"Send JSON or text to this connection",button:"Send",onSend:async r=>{let s={client:e,data:r},{delivered:l}=await we("send",s,Ms);return l?"Sent.":"It takes no messages."}}),o(Fs,{of:{client:e}})]}),o(Ls,{of:{client:e}})]})]})}function bp({connection:e}){let{user:t,protocol:n,transport:r,received:s,caps:l}=e,u=ft({at:performance.now(),received:s,rate:0}),{current:a}=u,h=(performance.now()-(a?.at??0))/1e3;return a!==null&&h>=.8&&(a.rate=Math.round((s-a.received)/h),a.at=performance.now(),a.received=s),o(mr,{figures:{User:o(yr,{user:t}),Protocol:`${n} / ${r}`,Address:e.address??"internal",Since:Vt(e.age),"Last frame":`${Vt(e.idle)} ago`,"Unread bytes":Tt(e.unsent),Frames:re(s),"Frames / s":re(a?.rate??0),Admitted:e.admitted?"yes":"not yet","Token ends":e.expires_in===void 0?"never":`in ${Vt(e.expires_in)}`,Capabilities:o("code",{children:l.length?JSON.stringify(l):"none"}),Info:o("code",{children:o(pt,{children:JSON.stringify(e.info)??"none"})}),Node:o("code",{children:e.node})}})}function kp({connection:{client:e,subscriptions:t}}){return o("section",{children:[o("h3",{children:"Channels"}),t.length===0?o("p",{class:"note",children:"None."}):o("div",{class:"scroll-x",tabindex:0,children:o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Channel"}),o("th",{scope:"col",children:"Offset"}),o("th",{scope:"col",children:"Kind"}),o("th",{scope:"col",children:"Action"})]})}),o("tbody",{children:t.map(n=>o("tr",{children:[o("th",{scope:"row",children:o(dr,{channel:n.channel})}),o("td",{children:n.positioned?re(n.offset):"none"}),o("td",{children:[n.server_side&&"by the server",n.token&&"by a token",n.delta&&"deltas",n.filter&&"filtered",n.join_leave&&"joins and leaves"].filter(Boolean).join(", ")||"by the client"}),o("td",{children:o(In,{label:"Unsubscribe",onSure:async()=>{let r={client:e,channel:n.channel};await we("unsubscribe",r,Pn)}})})]},n.channel))})]})})]})}var Iu=10,xp=1500,Vs=class{#e=new Map;#t=new Map;#n=new Map;#r=[];get since(){let t=[...this.#e.values()].map(n=>Math.max(0,...n.keys()));return t.length===0?0:Math.min(...t)}add({nodes:t}){let n=new Set(t.map(({node:s})=>s));for(let s of this.#t.keys())n.has(s)||this.#t.delete(s);for(let{node:s,columns:l,samples:u}of t){this.#r=l;let a=this.#e.get(s)??new Map;this.#e.set(s,a);for(let g of u.slice(0,-1))a.set(g[0]??0,g);let[h,y]=[u.at(-1),this.#t.get(s)];y!==void 0&&this.#n.set(s,y),h!==void 0&&this.#t.set(s,h)}let r=ln.wallTime-36e5;for(let s of this.#e.values())for(let l of s.keys())l<r&&s.delete(l)}read(t){let n=new Map,r=[];for(let[l,u]of this.#e){let a=[...u.values()];for(let[m,v]of a.entries()){let x=this.#s(t,a[m-1],v);if(x===void 0)continue;let C=Math.floor((v[0]??0)/1e3/Iu)*Iu,P=n.get(C)??[];n.set(C,P),P.push(x)}let h=this.#t.get(l);if(h===void 0)continue;let y=[...a,this.#n.get(l)??[]].findLast(([m=1/0])=>(h[0]??0)-m>=xp),g=this.#s(t,y,h);g!==void 0&&r.push(g)}let s=[...n.keys()].sort((l,u)=>l-u);return{times:s,values:s.map(l=>Ru(t,n.get(l)??[])),now:Ru(t,r)??0}}#s(t,n,r){let s=(y,g)=>g[this.#r.indexOf(y)]??0,{type:l,column:u}=t;if(l==="gauge"||l==="processGauge")return s(u,r);if(n===void 0)return;let a=s(u,r)-s(u,n);if(l==="ratio"){let y=s(t.of,r)-s(t.of,n);return y>0?a/y:void 0}let h=((r[0]??0)-(n[0]??0))/1e3;return h>0?Math.max(a,0)/h:void 0}};function Ru({type:e},t){if(t.length===0)return null;let n=t.reduce((r,s)=>r+s,0);switch(e){case"gauge":case"rate":return n;case"ratio":return n/t.length;case"processRate":case"processGauge":return Math.max(...t)}}var qe="u-",wp="uplot",_p=qe+"hz",Sp=qe+"vt",Ep=qe+"title",Ap=qe+"wrap",Cp=qe+"under",Dp=qe+"over",jp=qe+"axis",Ln=qe+"off",Mp=qe+"select",Tp=qe+"cursor-x",Op=qe+"cursor-y",Pp=qe+"cursor-pt",Ip=qe+"legend",Rp=qe+"live",Np=qe+"inline",Lp=qe+"series",Fp=qe+"marker",Nu=qe+"label",Vp=qe+"value",Qr="width",es="height",Xr="top",Lu="bottom",gr="left",il="right",wl="#000",Fu=wl+"0",ll="mousemove",Vu="mousedown",ol="mouseup",$u="mouseenter",zu="mouseleave",qu="dblclick",$p="resize",zp="scroll",Gu="change",Bs="dppxchange",_l="--",Er=typeof window<"u",pl=Er?document:null,kr=Er?window:null,qp=Er?navigator:null,ae,$s;function hl(){let e=devicePixelRatio;ae!=e&&(ae=e,$s&&yl(Gu,$s,hl),$s=matchMedia(`(min-resolution: ${ae-.001}dppx) and (max-resolution: ${ae+.001}dppx)`),Fn(Gu,$s,hl),kr.dispatchEvent(new CustomEvent(Bs)))}function xt(e,t){if(t!=null){let n=e.classList;!n.contains(t)&&n.add(t)}}function ml(e,t){let n=e.classList;n.contains(t)&&n.remove(t)}function Ae(e,t,n){e.style[t]=n+"px"}function zt(e,t,n,r){let s=pl.createElement(e);return t!=null&&xt(s,t),n?.insertBefore(s,r),s}function Ot(e,t){return zt("div",e,t)}var Bu=new WeakMap;function Qt(e,t,n,r,s){let l="translate("+t+"px,"+n+"px)",u=Bu.get(e);l!=u&&(e.style.transform=l,Bu.set(e,l),t<0||n<0||t>r||n>s?xt(e,Ln):ml(e,Ln))}var Hu=new WeakMap;function Wu(e,t,n){let r=t+n,s=Hu.get(e);r!=s&&(Hu.set(e,r),e.style.background=t,e.style.borderColor=n)}var Uu=new WeakMap;function Ju(e,t,n,r){let s=t+""+n,l=Uu.get(e);s!=l&&(Uu.set(e,s),e.style.height=n+"px",e.style.width=t+"px",e.style.marginLeft=r?-t/2+"px":0,e.style.marginTop=r?-n/2+"px":0)}var Sl={passive:!0},Gp={...Sl,capture:!0};function Fn(e,t,n,r){t.addEventListener(e,n,r?Gp:Sl)}function yl(e,t,n,r){t.removeEventListener(e,n,Sl)}Er&&hl();function qt(e,t,n,r){let s;n=n||0,r=r||t.length-1;let l=r<=2147483647;for(;r-n>1;)s=l?n+r>>1:wt((n+r)/2),t[s]<e?n=s:r=s;return e-t[n]<=t[r]-e?n:r}function wc(e){return(n,r,s)=>{let l=-1,u=-1;for(let a=r;a<=s;a++)if(e(n[a])){l=a;break}for(let a=s;a>=r;a--)if(e(n[a])){u=a;break}return[l,u]}}var _c=e=>e!=null,Sc=e=>e!=null&&e>0,Us=wc(_c),Bp=wc(Sc);function Hp(e,t,n,r=0,s=!1){let l=s?Bp:Us,u=s?Sc:_c;[t,n]=l(e,t,n);let a=e[t],h=e[t];if(t>-1)if(r==1)a=e[t],h=e[n];else if(r==-1)a=e[n],h=e[t];else for(let y=t;y<=n;y++){let g=e[y];u(g)&&(g<a?a=g:g>h&&(h=g))}return[a??be,h??-be]}function Js(e,t,n,r){let s=Xu(e),l=Xu(t);e==t&&(s==-1?(e*=n,t/=n):(e/=n,t*=n));let u=n==10?on:Ec,a=s==1?wt:Pt,h=l==1?Pt:wt,y=a(u(ze(e))),g=h(u(ze(t))),m=xr(n,y),v=xr(n,g);return n==10&&(y<0&&(m=ke(m,-y)),g<0&&(v=ke(v,-g))),r||n==2?(e=m*s,t=v*l):(e=jc(e,m),t=Ks(t,v)),[e,t]}function El(e,t,n,r){let s=Js(e,t,n,r);return e==0&&(s[0]=0),t==0&&(s[1]=0),s}var Al=.1,Ku={mode:3,pad:Al},ns={pad:0,soft:null,mode:0},Wp={min:ns,max:ns};function Hs(e,t,n,r){return Zs(n)?Zu(e,t,n):(ns.pad=n,ns.soft=r?0:null,ns.mode=r?3:0,Zu(e,t,Wp))}function ue(e,t){return e??t}function Up(e,t,n){for(t=ue(t,0),n=ue(n,e.length-1);t<=n;){if(e[t]!=null)return!0;t++}return!1}function Zu(e,t,n){let r=n.min,s=n.max,l=ue(r.pad,0),u=ue(s.pad,0),a=ue(r.hard,-be),h=ue(s.hard,be),y=ue(r.soft,be),g=ue(s.soft,-be),m=ue(r.mode,0),v=ue(s.mode,0),x=t-e,C=on(x),P=lt(ze(e),ze(t)),I=on(P),H=ze(I-C);(x<1e-24||H>10)&&(x=0,(e==0||t==0)&&(x=1e-24,m==2&&y!=be&&(l=0),v==2&&g!=-be&&(u=0)));let E=x||P||1e3,R=on(E),w=xr(10,wt(R)),N=E*(x==0?e==0?.1:1:l),S=ke(jc(e-N,w/10),24),q=e>=y&&(m==1||m==3&&S<=y||m==2&&S>=y)?y:be,B=lt(a,S<q&&e>=q?q:Gt(q,S)),ne=E*(x==0?t==0?.1:1:u),K=ke(Ks(t+ne,w/10),24),D=t<=g&&(v==1||v==3&&K>=g||v==2&&K<=g)?g:-be,Y=Gt(h,K>D&&t<=D?D:lt(D,K));return B==Y&&B==0&&(Y=100),[B,Y]}var Jp=new Intl.NumberFormat(Er?qp.language:"en-US"),Cl=e=>Jp.format(e),_t=Math,Gs=_t.PI,ze=_t.abs,wt=_t.floor,$e=_t.round,Pt=_t.ceil,Gt=_t.min,lt=_t.max,xr=_t.pow,Xu=_t.sign,on=_t.log10,Ec=_t.log2,Kp=(e,t=1)=>_t.sinh(e)*t,ul=(e,t=1)=>_t.asinh(e/t),be=1/0;function Yu(e){return(on((e^e>>31)-(e>>31))|0)+1}function dl(e,t,n){return Gt(lt(e,t),n)}function Ac(e){return typeof e=="function"}function se(e){return Ac(e)?e:()=>e}var Zp=()=>{},Cc=e=>e,Dc=(e,t)=>t,Xp=e=>null,Qu=e=>!0,ec=(e,t)=>e==t,Yp=/\\.\\d*?(?=9{6,}|0{6,})/gm,Vn=e=>{if(Tc(e)||wn.has(e))return e;let t=`${e}`,n=t.match(Yp);if(n==null)return e;let r=n[0].length-1;if(t.indexOf("e-")!=-1){let[s,l]=t.split("e");return+`${Vn(s)}e${l}`}return ke(e,r)};function Rn(e,t){return Vn(ke(Vn(e/t))*t)}function Ks(e,t){return Vn(Pt(Vn(e/t))*t)}function jc(e,t){return Vn(wt(Vn(e/t))*t)}function ke(e,t=0){if(Tc(e))return e;let n=10**t,r=e*n*(1+Number.EPSILON);return $e(r)/n}var wn=new Map;function Mc(e){return((""+e).split(".")[1]||"").length}function ss(e,t,n,r){let s=[],l=r.map(Mc);for(let u=t;u<n;u++){let a=ze(u),h=ke(xr(e,u),a);for(let y=0;y<r.length;y++){let g=e==10?+`${r[y]}e${u}`:r[y]*h,m=(u>=0?0:a)+(u>=l[y]?0:l[y]),v=e==10?g:ke(g,m);s.push(v),wn.set(v,m)}}return s}var rs={},Dl=[],wr=[null,null],xn=Array.isArray,Tc=Number.isInteger,Qp=e=>e===void 0;function tc(e){return typeof e=="string"}function Zs(e){let t=!1;if(e!=null){let n=e.constructor;t=n==null||n==Object}return t}function eh(e){return e!=null&&typeof e=="object"}var th=Object.getPrototypeOf(Uint8Array),Oc="__proto__";function _r(e,t=Zs){let n;if(xn(e)){let r=e.find(s=>s!=null);if(xn(r)||t(r)){n=Array(e.length);for(let s=0;s<e.length;s++)n[s]=_r(e[s],t)}else n=e.slice()}else if(e instanceof th)n=e.slice();else if(t(e)){n={};for(let r in e)r!=Oc&&(n[r]=_r(e[r],t))}else n=e;return n}function Le(e){let t=arguments;for(let n=1;n<t.length;n++){let r=t[n];for(let s in r)s!=Oc&&(Zs(e[s])?Le(e[s],_r(r[s])):e[s]=_r(r[s]))}return e}var nh=0,rh=1,sh=2;function ih(e,t,n){for(let r=0,s,l=-1;r<t.length;r++){let u=t[r];if(u>l){for(s=u-1;s>=0&&e[s]==null;)e[s--]=null;for(s=u+1;s<n&&e[s]==null;)e[l=s++]=null}}}function lh(e,t){if(ch(e)){let u=e[0].slice();for(let a=1;a<e.length;a++)u.push(...e[a].slice(1));return ah(u[0])||(u=uh(u)),u}let n=new Set;for(let u=0;u<e.length;u++){let h=e[u][0],y=h.length;for(let g=0;g<y;g++)n.add(h[g])}let r=[Array.from(n).sort((u,a)=>u-a)],s=r[0].length,l=new Map;for(let u=0;u<s;u++)l.set(r[0][u],u);for(let u=0;u<e.length;u++){let a=e[u],h=a[0];for(let y=1;y<a.length;y++){let g=a[y],m=Array(s).fill(void 0),v=t?t[u][y]:rh,x=[];for(let C=0;C<g.length;C++){let P=g[C],I=l.get(h[C]);P===null?v!=nh&&(m[I]=P,v==sh&&x.push(I)):m[I]=P}ih(m,x,s),r.push(m)}}return r}var oh=typeof queueMicrotask>"u"?e=>Promise.resolve().then(e):queueMicrotask;function uh(e){let t=e[0],n=t.length,r=Array(n);for(let l=0;l<r.length;l++)r[l]=l;r.sort((l,u)=>t[l]-t[u]);let s=[];for(let l=0;l<e.length;l++){let u=e[l],a=Array(n);for(let h=0;h<n;h++)a[h]=u[r[h]];s.push(a)}return s}function ch(e){let t=e[0][0],n=t.length;for(let r=1;r<e.length;r++){let s=e[r][0];if(s.length!=n)return!1;if(s!=t){for(let l=0;l<n;l++)if(s[l]!=t[l])return!1}}return!0}function ah(e,t=100){let n=e.length;if(n<=1)return!0;let r=0,s=n-1;for(;r<=s&&e[r]==null;)r++;for(;s>=r&&e[s]==null;)s--;if(s<=r)return!0;let l=lt(1,wt((s-r+1)/t));for(let u=e[r],a=r+l;a<=s;a+=l){let h=e[a];if(h!=null){if(h<=u)return!1;u=h}}return!0}var Pc=["January","February","March","April","May","June","July","August","September","October","November","December"],Ic=["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"];function Rc(e){return e.slice(0,3)}var fh=Ic.map(Rc),ph=Pc.map(Rc),hh={MMMM:Pc,MMM:ph,WWWW:Ic,WWW:fh};function Yr(e){return(e<10?"0":"")+e}function mh(e){return(e<10?"00":e<100?"0":"")+e}var yh={YYYY:e=>e.getFullYear(),YY:e=>(e.getFullYear()+"").slice(2),MMMM:(e,t)=>t.MMMM[e.getMonth()],MMM:(e,t)=>t.MMM[e.getMonth()],MM:e=>Yr(e.getMonth()+1),M:e=>e.getMonth()+1,DD:e=>Yr(e.getDate()),D:e=>e.getDate(),WWWW:(e,t)=>t.WWWW[e.getDay()],WWW:(e,t)=>t.WWW[e.getDay()],HH:e=>Yr(e.getHours()),H:e=>e.getHours(),h:e=>{let t=e.getHours();return t==0?12:t>12?t-12:t},AA:e=>e.getHours()>=12?"PM":"AM",aa:e=>e.getHours()>=12?"pm":"am",a:e=>e.getHours()>=12?"p":"a",mm:e=>Yr(e.getMinutes()),m:e=>e.getMinutes(),ss:e=>Yr(e.getSeconds()),s:e=>e.getSeconds(),fff:e=>mh(e.getMilliseconds())};function jl(e,t){t=t||hh;let n=[],r=/\\{([a-z]+)\\}|[^{]+/gi,s;for(;s=r.exec(e);)n.push(s[0][0]=="{"?yh[s[1]]:s[0]);return l=>{let u="";for(let a=0;a<n.length;a++)u+=typeof n[a]=="string"?n[a]:n[a](l,t);return u}}var dh=new Intl.DateTimeFormat().resolvedOptions().timeZone;function vh(e,t){let n;return t=="UTC"||t=="Etc/UTC"?n=new Date(+e+e.getTimezoneOffset()*6e4):t==dh?n=e:(n=new Date(e.toLocaleString("en-US",{timeZone:t})),n.setMilliseconds(e.getMilliseconds())),n}var Nc=e=>e%1==0,Ws=[1,2,2.5,5],gh=ss(10,-32,0,Ws),Lc=ss(10,0,32,Ws),bh=Lc.filter(Nc),Nn=gh.concat(Lc),Ml=`\n`,Fc="{YYYY}",nc=Ml+Fc,Vc="{M}/{D}",ts=Ml+Vc,zs=ts+"/{YY}",$c="{aa}",kh="{h}:{mm}",br=kh+$c,rc=Ml+br,sc=":{ss}",me=null;function zc(e){let t=e*1e3,n=t*60,r=n*60,s=r*24,l=s*30,u=s*365,h=(e==1?ss(10,0,3,Ws).filter(Nc):ss(10,-3,0,Ws)).concat([t,t*5,t*10,t*15,t*30,n,n*5,n*10,n*15,n*30,r,r*2,r*3,r*4,r*6,r*8,r*12,s,s*2,s*3,s*4,s*5,s*6,s*7,s*8,s*9,s*10,s*15,l,l*2,l*3,l*4,l*6,u,u*2,u*5,u*10,u*25,u*50,u*100]),y=[[u,Fc,me,me,me,me,me,me,1],[s*28,"{MMM}",nc,me,me,me,me,me,1],[s,Vc,nc,me,me,me,me,me,1],[r,"{h}"+$c,zs,me,ts,me,me,me,1],[n,br,zs,me,ts,me,me,me,1],[t,sc,zs+" "+br,me,ts+" "+br,me,rc,me,1],[e,sc+".{fff}",zs+" "+br,me,ts+" "+br,me,rc,me,1]];function g(m){return(v,x,C,P,I,H)=>{let E=[],R=I>=u,w=I>=l&&I<u,N=m(C),S=ke(N*e,3),q=cl(N.getFullYear(),R?0:N.getMonth(),w||R?1:N.getDate()),B=ke(q*e,3);if(w||R){let ne=w?I/l:0,K=R?I/u:0,D=S==B?S:ke(cl(q.getFullYear()+K,q.getMonth()+ne,1)*e,3),Y=new Date($e(D/e)),L=Y.getFullYear(),U=Y.getMonth();for(let G=0;D<=P;G++){let ie=cl(L+K*G,U+ne*G,1),z=ie-m(ke(ie*e,3));D=ke((+ie+z)*e,3),D<=P&&E.push(D)}}else{let ne=I>=s?s:I,K=wt(C)-wt(S),D=B+K+Ks(S-B,ne);E.push(D);let Y=m(D),L=Y.getHours()+Y.getMinutes()/n+Y.getSeconds()/r,U=I/r,G=v.axes[x]._space,ie=H/G;for(;D=ke(D+I,e==1?0:3),!(D>P);)if(U>1){let z=wt(ke(L+U,6))%24,le=m(D).getHours()-z;le>1&&(le=-1),D-=le*r,L=(L+U)%24;let ye=E[E.length-1];ke((D-ye)/I,3)*ie>=.7&&E.push(D)}else E.push(D)}return E}}return[h,y,g]}var[xh,wh,_h]=zc(1),[Sh,Eh,Ah]=zc(.001);ss(2,-53,53,[1]);function ic(e,t){return e.map(n=>n.map((r,s)=>s==0||s==8||r==null?r:t(s==1||n[8]==0?r:n[1]+r)))}function lc(e,t){return(n,r,s,l,u)=>{let a=t.find(C=>u>=C[0])||t[t.length-1],h,y,g,m,v,x;return r.map(C=>{let P=e(C),I=P.getFullYear(),H=P.getMonth(),E=P.getDate(),R=P.getHours(),w=P.getMinutes(),N=P.getSeconds(),S=I!=h&&a[2]||H!=y&&a[3]||E!=g&&a[4]||R!=m&&a[5]||w!=v&&a[6]||N!=x&&a[7]||a[1];return h=I,y=H,g=E,m=R,v=w,x=N,S(P)})}}function Ch(e,t){let n=jl(t);return(r,s,l,u,a)=>s.map(h=>n(e(h)))}function cl(e,t,n){return new Date(e,t,n)}function oc(e,t){return t(e)}var Dh="{YYYY}-{MM}-{DD} {h}:{mm}{aa}";function uc(e,t){return(n,r,s,l)=>l==null?_l:t(e(r))}function jh(e,t){let n=e.series[t];return n.width?n.stroke(e,t):n.points.width?n.points.stroke(e,t):null}function Mh(e,t){return e.series[t].fill(e,t)}var Th={show:!0,live:!0,isolate:!1,mount:Zp,markers:{show:!0,width:2,stroke:jh,fill:Mh,dash:"solid"},idx:null,idxs:null,values:[]};function Oh(e,t){let n=e.cursor.points,r=Ot(),s=n.size(e,t);Ae(r,Qr,s),Ae(r,es,s);let l=s/-2;Ae(r,"marginLeft",l),Ae(r,"marginTop",l);let u=n.width(e,t,s);return u&&Ae(r,"borderWidth",u),r}function Ph(e,t){let n=e.series[t].points;return n._fill||n._stroke}function Ih(e,t){let n=e.series[t].points;return n._stroke||n._fill}function Rh(e,t){return e.series[t].points.size}var al=[0,0];function Nh(e,t,n){return al[0]=t,al[1]=n,al}function qs(e,t,n,r=!0){return s=>{s.button==0&&(!r||s.target==t)&&n(s)}}function fl(e,t,n,r=!0){return s=>{(!r||s.target==t)&&n(s)}}var Lh={show:!0,x:!0,y:!0,lock:!1,move:Nh,points:{one:!1,show:Oh,size:Rh,width:0,stroke:Ih,fill:Ph},bind:{mousedown:qs,mouseup:qs,click:qs,dblclick:qs,mousemove:fl,mouseleave:fl,mouseenter:fl},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(e,t)=>{t.stopPropagation(),t.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(e,t,n,r,s)=>r-s,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},qc={show:!0,stroke:"rgba(0,0,0,0.07)",width:2},Tl=Le({},qc,{filter:Dc}),Gc=Le({},Tl,{size:10}),Bc=Le({},qc,{show:!1}),Ol=\'12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"\',Hc="bold "+Ol,Wc=1.5,cc={show:!0,scale:"x",stroke:wl,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:Hc,side:2,grid:Tl,ticks:Gc,border:Bc,font:Ol,lineGap:Wc,rotate:0},Fh="Value",Vh="Time",ac={show:!0,scale:"x",auto:!1,sorted:1,min:be,max:-be,idxs:[]};function $h(e,t,n,r,s){return t.map(l=>l==null?"":Cl(l))}function zh(e,t,n,r,s,l,u){let a=[],h=wn.get(s)||0;n=u?n:ke(Ks(n,s),h);for(let y=n;y<=r;y=ke(y+s,h))a.push(Object.is(y,-0)?0:y);return a}function vl(e,t,n,r,s,l,u){let a=[],h=e.scales[e.axes[t].scale].log,y=h==10?on:Ec,g=wt(y(n));s=xr(h,g),h==10&&(s=Nn[qt(s,Nn)]);let m=n,v=s*h;h==10&&(v=Nn[qt(v,Nn)]);do a.push(m),m=m+s,h==10&&!wn.has(m)&&(m=ke(m,wn.get(s))),m>=v&&(s=m,v=s*h,h==10&&(v=Nn[qt(v,Nn)]));while(m<=r);return a}function qh(e,t,n,r,s,l,u){let h=e.scales[e.axes[t].scale].asinh,y=r>h?vl(e,t,lt(h,n),r,s):[h],g=r>=0&&n<=0?[0]:[];return(n<-h?vl(e,t,lt(h,-r),-n,s):[h]).reverse().map(v=>-v).concat(g,y)}var Uc=/./,Gh=/[12357]/,Bh=/[125]/,fc=/1/,gl=(e,t,n,r)=>e.map((s,l)=>t==4&&s==0||l%r==0&&n.test(s.toExponential()[s<0?1:0])?s:null);function Hh(e,t,n,r,s){let l=e.axes[n],u=l.scale,a=e.scales[u],h=e.valToPos,y=l._space,g=h(10,u),m=h(9,u)-g>=y?Uc:h(7,u)-g>=y?Gh:h(5,u)-g>=y?Bh:fc;if(m==fc){let v=ze(h(1,u)-g);if(v<y)return gl(t.slice().reverse(),a.distr,m,Pt(y/v)).reverse()}return gl(t,a.distr,m,1)}function Wh(e,t,n,r,s){let l=e.axes[n],u=l.scale,a=l._space,h=e.valToPos,y=ze(h(1,u)-h(2,u));return y<a?gl(t.slice().reverse(),3,Uc,Pt(a/y)).reverse():t}function Uh(e,t,n,r){return r==null?_l:t==null?"":Cl(t)}var pc={show:!0,scale:"y",stroke:wl,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:Hc,side:3,grid:Tl,ticks:Gc,border:Bc,font:Ol,lineGap:Wc,rotate:0};function Jh(e,t){let n=3+(e||1)*2;return ke(n*t,3)}function Kh(e,t){let{scale:n,idxs:r}=e.series[0],s=e._data[0],l=e.valToPos(s[r[0]],n,!0),u=e.valToPos(s[r[1]],n,!0),a=ze(u-l),h=e.series[t],y=a/(h.points.space*ae);return r[1]-r[0]<=y}var hc={scale:null,auto:!0,sorted:0,min:be,max:-be},Jc=(e,t,n,r,s)=>s,mc={show:!0,auto:!0,sorted:0,gaps:Jc,alpha:1,facets:[Le({},hc,{scale:"x"}),Le({},hc,{scale:"y"})]},yc={scale:"y",auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:Jc,alpha:1,points:{show:Kh,filter:null},values:null,min:be,max:-be,idxs:[],path:null,clip:null};function Zh(e,t,n,r,s){return n/10}var Kc={time:!0,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},Xh=Le({},Kc,{time:!1,ori:1}),dc={};function Zc(e,t){let n=dc[e];return n||(n={key:e,plots:[],sub(r){n.plots.push(r)},unsub(r){n.plots=n.plots.filter(s=>s!=r)},pub(r,s,l,u,a,h,y){for(let g=0;g<n.plots.length;g++)n.plots[g]!=s&&n.plots[g].pub(r,s,l,u,a,h,y)}},e!=null&&(dc[e]=n)),n}var Sr=1,bl=2;function $n(e,t,n){let r=e.mode,s=e.series[t],l=r==2?e._data[t]:e._data,u=e.scales,a=e.bbox,h=l[0],y=r==2?l[1]:l[t],g=r==2?u[s.facets[0].scale]:u[e.series[0].scale],m=r==2?u[s.facets[1].scale]:u[s.scale],v=a.left,x=a.top,C=a.width,P=a.height,I=e.valToPosH,H=e.valToPosV;return g.ori==0?n(s,h,y,g,m,I,H,v,x,C,P,Ys,Ar,ei,Yc,ea):n(s,h,y,g,m,H,I,x,v,P,C,Qs,Cr,Rl,Qc,ta)}function Pl(e,t){let n=0,r=0,s=ue(e.bands,Dl);for(let l=0;l<s.length;l++){let u=s[l];u.series[0]==t?n=u.dir:u.series[1]==t&&(u.dir==1?r|=1:r|=2)}return[n,r==1?-1:r==2?1:r==3?2:0]}function Yh(e,t,n,r,s){let l=e.mode,u=e.series[t],a=l==2?u.facets[1].scale:u.scale,h=e.scales[a];return s==-1?h.min:s==1?h.max:h.distr==3?h.dir==1?h.min:h.max:0}function un(e,t,n,r,s,l){return $n(e,t,(u,a,h,y,g,m,v,x,C,P,I)=>{let H=u.pxRound,E=y.dir*(y.ori==0?1:-1),R=y.ori==0?Ar:Cr,w,N;E==1?(w=n,N=r):(w=r,N=n);let S=H(m(a[w],y,P,x)),q=H(v(h[w],g,I,C)),B=H(m(a[N],y,P,x)),ne=H(v(l==1?g.max:g.min,g,I,C)),K=new Path2D(s);return R(K,B,ne),R(K,S,ne),R(K,S,q),K})}function Xs(e,t,n,r,s,l){let u=null;if(e.length>0){u=new Path2D;let a=t==0?ei:Rl,h=n;for(let m=0;m<e.length;m++){let v=e[m];if(v[1]>v[0]){let x=v[0]-h;x>0&&a(u,h,r,x,r+l),h=v[1]}}let y=n+s-h,g=10;y>0&&a(u,h,r-g/2,y,r+l+g)}return u}function Qh(e,t,n){let r=e[e.length-1];r&&r[0]==t?r[1]=n:e.push([t,n])}function Il(e,t,n,r,s,l,u){let a=[],h=e.length;for(let y=s==1?n:r;y>=n&&y<=r;y+=s)if(t[y]===null){let m=y,v=y;if(s==1)for(;++y<=r&&t[y]===null;)v=y;else for(;--y>=n&&t[y]===null;)v=y;let x=l(e[m]),C=v==m?x:l(e[v]),P=m-s;x=u<=0&&P>=0&&P<h?l(e[P]):x;let H=v+s;C=u>=0&&H>=0&&H<h?l(e[H]):C,C>=x&&a.push([x,C])}return a}function vc(e){return e==0?Cc:e==1?$e:t=>Rn(t,e)}function Xc(e){let t=e==0?Ys:Qs,n=e==0?(s,l,u,a,h,y)=>{s.arcTo(l,u,a,h,y)}:(s,l,u,a,h,y)=>{s.arcTo(u,l,h,a,y)},r=e==0?(s,l,u,a,h)=>{s.rect(l,u,a,h)}:(s,l,u,a,h)=>{s.rect(u,l,h,a)};return(s,l,u,a,h,y=0,g=0)=>{y==0&&g==0?r(s,l,u,a,h):(y=Gt(y,a/2,h/2),g=Gt(g,a/2,h/2),t(s,l+y,u),n(s,l+a,u,l+a,u+h,y),n(s,l+a,u+h,l,u+h,g),n(s,l,u+h,l,u,g),n(s,l,u,l+a,u,y),s.closePath())}}var Ys=(e,t,n)=>{e.moveTo(t,n)},Qs=(e,t,n)=>{e.moveTo(n,t)},Ar=(e,t,n)=>{e.lineTo(t,n)},Cr=(e,t,n)=>{e.lineTo(n,t)},ei=Xc(0),Rl=Xc(1),Yc=(e,t,n,r,s,l)=>{e.arc(t,n,r,s,l)},Qc=(e,t,n,r,s,l)=>{e.arc(n,t,r,s,l)},ea=(e,t,n,r,s,l,u)=>{e.bezierCurveTo(t,n,r,s,l,u)},ta=(e,t,n,r,s,l,u)=>{e.bezierCurveTo(n,t,s,r,u,l)};function na(e){return(t,n,r,s,l)=>$n(t,n,(u,a,h,y,g,m,v,x,C,P,I)=>{let{pxRound:H,points:E}=u,R,w;y.ori==0?(R=Ys,w=Yc):(R=Qs,w=Qc);let N=ke(E.width*ae,3),S=(E.size-E.width)/2*ae,q=ke(S*2,3),B=new Path2D,ne=new Path2D,{left:K,top:D,width:Y,height:L}=t.bbox;ei(ne,K-q,D-q,Y+q*2,L+q*2);let U=G=>{if(h[G]!=null){let ie=H(m(a[G],y,P,x)),z=H(v(h[G],g,I,C));R(B,ie+S,z),w(B,ie,z,S,0,Gs*2)}};if(l)l.forEach(U);else for(let G=r;G<=s;G++)U(G);return{stroke:N>0?B:null,fill:B,clip:ne,flags:Sr|bl}})}function ra(e){return(t,n,r,s,l,u)=>{r!=s&&(l!=r&&u!=r&&e(t,n,r),l!=s&&u!=s&&e(t,n,s),e(t,n,u))}}var em=ra(Ar),tm=ra(Cr);function sa(e){let t=ue(e?.alignGaps,0);return(n,r,s,l)=>$n(n,r,(u,a,h,y,g,m,v,x,C,P,I)=>{[s,l]=Us(h,s,l);let H=u.pxRound,E=L=>H(m(L,y,P,x)),R=L=>H(v(L,g,I,C)),w,N;y.ori==0?(w=Ar,N=em):(w=Cr,N=tm);let S=y.dir*(y.ori==0?1:-1),q={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Sr},B=q.stroke,ne=!1;if(l-s>=P*4){let L=F=>n.posToVal(F,y.key,!0),U=null,G=null,ie,z,ot,Ce=E(a[S==1?s:l]),le=E(a[s]),ye=E(a[l]),Q=L(S==1?le+1:ye-1);for(let F=S==1?s:l;F>=s&&F<=l;F+=S){let Fe=a[F],De=(S==1?Fe<Q:Fe>Q)?Ce:E(Fe),fe=h[F];De==Ce?fe!=null?(z=fe,U==null?(w(B,De,R(z)),ie=U=G=z):z<U?U=z:z>G&&(G=z)):fe===null&&(ne=!0):(U!=null&&N(B,Ce,R(U),R(G),R(ie),R(z)),fe!=null?(z=fe,w(B,De,R(z)),U=G=ie=z):(U=G=null,fe===null&&(ne=!0)),Ce=De,Q=L(Ce+S))}U!=null&&U!=G&&ot!=Ce&&N(B,Ce,R(U),R(G),R(ie),R(z))}else for(let L=S==1?s:l;L>=s&&L<=l;L+=S){let U=h[L];U===null?ne=!0:U!=null&&w(B,E(a[L]),R(U))}let[D,Y]=Pl(n,r);if(u.fill!=null||D!=0){let L=q.fill=new Path2D(B),U=u.fillTo(n,r,u.min,u.max,D),G=R(U),ie=E(a[s]),z=E(a[l]);S==-1&&([z,ie]=[ie,z]),w(L,z,G),w(L,ie,G)}if(!u.spanGaps){let L=[];ne&&L.push(...Il(a,h,s,l,S,E,t)),q.gaps=L=u.gaps(n,r,s,l,L),q.clip=Xs(L,y.ori,x,C,P,I)}return Y!=0&&(q.band=Y==2?[un(n,r,s,l,B,-1),un(n,r,s,l,B,1)]:un(n,r,s,l,B,Y)),q})}function nm(e){let t=ue(e.align,1),n=ue(e.ascDesc,!1),r=ue(e.alignGaps,0),s=ue(e.extend,!1);return(l,u,a,h)=>$n(l,u,(y,g,m,v,x,C,P,I,H,E,R)=>{[a,h]=Us(m,a,h);let w=y.pxRound,{left:N,width:S}=l.bbox,q=le=>w(C(le,v,E,I)),B=le=>w(P(le,x,R,H)),ne=v.ori==0?Ar:Cr,K={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Sr},D=K.stroke,Y=v.dir*(v.ori==0?1:-1),L=B(m[Y==1?a:h]),U=q(g[Y==1?a:h]),G=U,ie=U;s&&t==-1&&(ie=N,ne(D,ie,L)),ne(D,U,L);for(let le=Y==1?a:h;le>=a&&le<=h;le+=Y){let ye=m[le];if(ye==null)continue;let Q=q(g[le]),F=B(ye);t==1?ne(D,Q,L):ne(D,G,F),ne(D,Q,F),L=F,G=Q}let z=G;s&&t==1&&(z=N+S,ne(D,z,L));let[ot,Ce]=Pl(l,u);if(y.fill!=null||ot!=0){let le=K.fill=new Path2D(D),ye=y.fillTo(l,u,y.min,y.max,ot),Q=B(ye);ne(le,z,Q),ne(le,ie,Q)}if(!y.spanGaps){let le=[];le.push(...Il(g,m,a,h,Y,q,r));let ye=y.width*ae/2,Q=n||t==1?ye:-ye,F=n||t==-1?-ye:ye;le.forEach(Fe=>{Fe[0]+=Q,Fe[1]+=F}),K.gaps=le=y.gaps(l,u,a,h,le),K.clip=Xs(le,v.ori,I,H,E,R)}return Ce!=0&&(K.band=Ce==2?[un(l,u,a,h,D,-1),un(l,u,a,h,D,1)]:un(l,u,a,h,D,Ce)),K})}function gc(e,t,n,r,s,l,u=be){if(e.length>1){let a=null;for(let h=0,y=1/0;h<e.length;h++)if(t[h]!==void 0){if(a!=null){let g=ze(e[h]-e[a]);g<y&&(y=g,u=ze(n(e[h],r,s,l)-n(e[a],r,s,l)))}a=h}}return u}function rm(e){e=e||rs;let t=ue(e.size,[.6,be,1]),n=e.align||0,r=e.gap||0,s=e.radius;s=s==null?[0,0]:typeof s=="number"?[s,0]:s;let l=se(s),u=1-t[0],a=ue(t[1],be),h=ue(t[2],1),y=ue(e.disp,rs),g=ue(e.each,x=>{}),{fill:m,stroke:v}=y;return(x,C,P,I)=>$n(x,C,(H,E,R,w,N,S,q,B,ne,K,D)=>{let Y=H.pxRound,L=n,U=r*ae,G=a*ae,ie=h*ae,z,ot;w.ori==0?[z,ot]=l(x,C):[ot,z]=l(x,C);let Ce=w.dir*(w.ori==0?1:-1),le=w.ori==0?ei:Rl,ye=w.ori==0?g:(T,xe,Ve,Hn,En,Ht,An)=>{g(T,xe,Ve,En,Hn,An,Ht)},Q=ue(x.bands,Dl).find(T=>T.series[0]==C),F=Q!=null?Q.dir:0,Fe=H.fillTo(x,C,H.min,H.max,F),tt=Y(q(Fe,N,D,ne)),De,fe,It,yt=K,Me=Y(H.width*ae),Bt=!1,en=null,St=null,cn=null,qn=null;m!=null&&(Me==0||v!=null)&&(Bt=!0,en=m.values(x,C,P,I),St=new Map,new Set(en).forEach(T=>{T!=null&&St.set(T,new Path2D)}),Me>0&&(cn=v.values(x,C,P,I),qn=new Map,new Set(cn).forEach(T=>{T!=null&&qn.set(T,new Path2D)})));let{x0:Gn,size:Dr}=y;if(Gn!=null&&Dr!=null){L=1,E=Gn.values(x,C,P,I),Gn.unit==2&&(E=E.map(Ve=>x.posToVal(B+Ve*K,w.key,!0)));let T=Dr.values(x,C,P,I);Dr.unit==2?fe=T[0]*K:fe=S(T[0],w,K,B)-S(0,w,K,B),yt=gc(E,R,S,w,K,B,yt),It=yt-fe+U}else yt=gc(E,R,S,w,K,B,yt),It=yt*u+U,fe=yt-It;It<1&&(It=0),Me>=fe/2&&(Me=0),It<5&&(Y=Cc);let ls=It>0,_n=yt-It-(ls?Me:0);fe=Y(dl(_n,ie,G)),De=(L==0?fe/2:L==Ce?0:fe)-L*Ce*((L==0?U/2:0)+(ls?Me/2:0));let nt={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},Bn=Bt?null:new Path2D,tn=null;if(Q!=null)tn=x.data[Q.series[1]];else{let{y0:T,y1:xe}=y;T!=null&&xe!=null&&(R=xe.values(x,C,P,I),tn=T.values(x,C,P,I))}let Sn=z*fe,Z=ot*fe;for(let T=Ce==1?P:I;T>=P&&T<=I;T+=Ce){let xe=R[T];if(xe==null)continue;if(tn!=null){let ut=tn[T]??0;if(xe-ut==0)continue;tt=q(ut,N,D,ne)}let Ve=w.distr!=2||y!=null?E[T]:T,Hn=S(Ve,w,K,B),En=q(ue(xe,Fe),N,D,ne),Ht=Y(Hn-De),An=Y(lt(En,tt)),dt=Y(Gt(En,tt)),Et=An-dt;if(xe!=null){let ut=xe<0?Z:Sn,Rt=xe<0?Sn:Z;Bt?(Me>0&&cn[T]!=null&&le(qn.get(cn[T]),Ht,dt+wt(Me/2),fe,lt(0,Et-Me),ut,Rt),en[T]!=null&&le(St.get(en[T]),Ht,dt+wt(Me/2),fe,lt(0,Et-Me),ut,Rt)):le(Bn,Ht,dt+wt(Me/2),fe,lt(0,Et-Me),ut,Rt),ye(x,C,T,Ht-Me/2,dt,fe+Me,Et)}}return Me>0?nt.stroke=Bt?qn:Bn:Bt||(nt._fill=H.width==0?H._fill:H._stroke??H._fill,nt.width=0),nt.fill=Bt?St:Bn,nt})}function sm(e,t){let n=ue(t?.alignGaps,0);return(r,s,l,u)=>$n(r,s,(a,h,y,g,m,v,x,C,P,I,H)=>{[l,u]=Us(y,l,u);let E=a.pxRound,R=z=>E(v(z,g,I,C)),w=z=>E(x(z,m,H,P)),N,S,q;g.ori==0?(N=Ys,q=Ar,S=ea):(N=Qs,q=Cr,S=ta);let B=g.dir*(g.ori==0?1:-1),ne=R(h[B==1?l:u]),K=ne,D=[],Y=[];for(let z=B==1?l:u;z>=l&&z<=u;z+=B)if(y[z]!=null){let Ce=h[z],le=R(Ce);D.push(K=le),Y.push(w(y[z]))}let L={stroke:e(D,Y,N,q,S,E),fill:null,clip:null,band:null,gaps:null,flags:Sr},U=L.stroke,[G,ie]=Pl(r,s);if(a.fill!=null||G!=0){let z=L.fill=new Path2D(U),ot=a.fillTo(r,s,a.min,a.max,G),Ce=w(ot);q(z,K,Ce),q(z,ne,Ce)}if(!a.spanGaps){let z=[];z.push(...Il(h,y,l,u,B,R,n)),L.gaps=z=a.gaps(r,s,l,u,z),L.clip=Xs(z,g.ori,C,P,I,H)}return ie!=0&&(L.band=ie==2?[un(r,s,l,u,U,-1),un(r,s,l,u,U,1)]:un(r,s,l,u,U,ie)),L})}function im(e){return sm(lm,e)}function lm(e,t,n,r,s,l){let u=e.length;if(u<2)return null;let a=new Path2D;if(n(a,e[0],t[0]),u==2)r(a,e[1],t[1]);else{let h=Array(u),y=Array(u-1),g=Array(u-1),m=Array(u-1);for(let v=0;v<u-1;v++)g[v]=t[v+1]-t[v],m[v]=e[v+1]-e[v],y[v]=g[v]/m[v];h[0]=y[0];for(let v=1;v<u-1;v++)y[v]===0||y[v-1]===0||y[v-1]>0!=y[v]>0?h[v]=0:(h[v]=3*(m[v-1]+m[v])/((2*m[v]+m[v-1])/y[v-1]+(m[v]+2*m[v-1])/y[v]),isFinite(h[v])||(h[v]=0));h[u-1]=y[u-2];for(let v=0;v<u-1;v++)s(a,e[v]+m[v]/3,t[v]+h[v]*m[v]/3,e[v+1]-m[v]/3,t[v+1]-h[v+1]*m[v]/3,e[v+1],t[v+1])}return a}var kl=new Set;function bc(){for(let e of kl)e.syncRect(!0)}Er&&(Fn($p,kr,bc),Fn(zp,kr,bc,!0),Fn(Bs,kr,()=>{Xe.pxRatio=ae}));var om=sa(),um=na();function kc(e,t,n,r){return(r?[e[0],e[1]].concat(e.slice(2)):[e[0]].concat(e.slice(1))).map((l,u)=>xl(l,u,t,n))}function cm(e,t){return e.map((n,r)=>r==0?{}:Le({},t,n))}function xl(e,t,n,r){return Le({},t==0?n:r,e)}function ia(e,t,n){return t==null?wr:[t,n]}var am=ia;function fm(e,t,n){return t==null?wr:Hs(t,n,Al,!0)}function la(e,t,n,r){return t==null?wr:Js(t,n,e.scales[r].log,!1)}var pm=la;function oa(e,t,n,r){return t==null?wr:El(t,n,e.scales[r].log,!1)}var hm=oa;function mm(e,t,n,r,s){let l=lt(Yu(e),Yu(t)),u=t-e,a=qt(s/r*u,n);do{let h=n[a],y=r*h/u;if(y>=s&&l+(h<5?wn.get(h):0)<=17)return[h,y]}while(++a<n.length);return[0,0]}function xc(e){let t,n;return e=e.replace(/(\\d+)px/,(r,s)=>(t=$e((n=+s)*ae))+"px"),[e,t,n]}function ym(e){e.show&&[e.font,e.labelFont].forEach(t=>{let n=ke(t[2]*ae,1);t[0]=t[0].replace(/[0-9.]+px/,n+"px"),t[1]=n})}function Xe(e,t,n){let r={mode:ue(e.mode,1)},s=r.mode;function l(i,c,f,p){let d=c.valToPct(i);return p+f*(c.dir==-1?1-d:d)}function u(i,c,f,p){let d=c.valToPct(i);return p+f*(c.dir==-1?d:1-d)}function a(i,c,f,p){return c.ori==0?l(i,c,f,p):u(i,c,f,p)}r.valToPosH=l,r.valToPosV=u;let h=!1;r.status=0;let y=r.root=Ot(wp);if(e.id!=null&&(y.id=e.id),xt(y,e.class),e.title){let i=Ot(Ep,y);i.textContent=e.title}let g=zt("canvas"),m=r.ctx=g.getContext("2d"),v=Ot(Ap,y);Fn("click",v,i=>{i.target===C&&(_e!=nr||je!=rr)&&Ze.click(r,i)},!0);let x=r.under=Ot(Cp,v);v.appendChild(g);let C=r.over=Ot(Dp,v);e=_r(e);let P=+ue(e.pxAlign,1),I=vc(P);(e.plugins||[]).forEach(i=>{i.opts&&(e=i.opts(r,e)||e)});let H=e.ms||.001,E=r.series=s==1?kc(e.series||[],ac,yc,!1):cm(e.series||[null],mc),R=r.axes=kc(e.axes||[],cc,pc,!0),w=r.scales={},N=r.bands=e.bands||[];N.forEach(i=>{i.fill=se(i.fill||null),i.dir=ue(i.dir,-1)});let S=s==2?E[1].facets[0].scale:E[0].scale,q={axes:Pa,series:Da},B=(e.drawOrder||["axes","series"]).map(i=>q[i]);function ne(i){let c=i.distr==3?f=>on(f>0?f:i.clamp(r,f,i.min,i.max,i.key)):i.distr==4?f=>ul(f,i.asinh):i.distr==100?f=>i.fwd(f):f=>f;return f=>{let p=c(f),{_min:d,_max:b}=i,k=b-d;return(p-d)/k}}function K(i){let c=w[i];if(c==null){let f=(e.scales||rs)[i]||rs;if(f.from!=null){K(f.from);let p=Le({},w[f.from],f,{key:i});p.valToPct=ne(p),w[i]=p}else{c=w[i]=Le({},i==S?Kc:Xh,f),c.key=i;let p=c.time,d=c.range,b=xn(d);if((i!=S||s==2&&!p)&&(b&&(d[0]==null||d[1]==null)&&(d={min:d[0]==null?Ku:{mode:1,hard:d[0],soft:d[0]},max:d[1]==null?Ku:{mode:1,hard:d[1],soft:d[1]}},b=!1),!b&&Zs(d))){let k=d;d=(_,A,j)=>A==null?wr:Hs(A,j,k)}c.range=se(d||(p?am:i==S?c.distr==3?pm:c.distr==4?hm:ia:c.distr==3?la:c.distr==4?oa:fm)),c.auto=se(b?!1:c.auto),c.clamp=se(c.clamp||Zh),c._min=c._max=null,c.valToPct=ne(c)}}}K("x"),K("y"),s==1&&E.forEach(i=>{K(i.scale)}),R.forEach(i=>{K(i.scale)});for(let i in e.scales)K(i);let D=w[S],Y=D.distr,L,U;D.ori==0?(xt(y,_p),L=l,U=u):(xt(y,Sp),L=u,U=l);let G={};for(let i in w){let c=w[i];(c.min!=null||c.max!=null)&&(G[i]={min:c.min,max:c.max},c.min=c.max=null)}let ie=e.tzDate||(i=>new Date($e(i/H))),z=e.fmtDate||jl,ot=H==1?_h(ie):Ah(ie),Ce=lc(ie,ic(H==1?wh:Eh,z)),le=uc(ie,oc(Dh,z)),ye=[],Q=r.legend=Le({},Th,e.legend),F=r.cursor=Le({},Lh,{drag:{y:s==2}},e.cursor),Fe=Q.show,tt=F.show,De=Q.markers;Q.idxs=ye,De.width=se(De.width),De.dash=se(De.dash),De.stroke=se(De.stroke),De.fill=se(De.fill);let fe,It,yt,Me=[],Bt=[],en,St=!1,cn={};if(Q.live){let i=E[1]?E[1].values:null;St=i!=null,en=St?i(r,1,0):{_:0};for(let c in en)cn[c]=_l}if(Fe)if(fe=zt("table",Ip,y),yt=zt("tbody",null,fe),Q.mount(r,fe),St){It=zt("thead",null,fe,yt);let i=zt("tr",null,It);zt("th",null,i);for(var qn in en)zt("th",Nu,i).textContent=qn}else xt(fe,Np),Q.live&&xt(fe,Rp);let Gn={show:!0},Dr={show:!1};function ls(i,c){if(c==0&&(St||!Q.live||s==2))return wr;let f=[],p=zt("tr",Lp,yt,yt.childNodes[c]);xt(p,i.class),i.show||xt(p,Ln);let d=zt("th",null,p);if(De.show){let _=Ot(Fp,d);if(c>0){let A=De.width(r,c);A&&(_.style.border=A+"px "+De.dash(r,c)+" "+De.stroke(r,c)),_.style.background=De.fill(r,c)}}let b=Ot(Nu,d);i.label instanceof HTMLElement?b.appendChild(i.label):b.textContent=i.label,c>0&&(De.show||(b.style.color=i.width>0?De.stroke(r,c):De.fill(r,c)),nt("click",d,_=>{if(F._lock)return;Dn(_);let A=E.indexOf(i);if((_.ctrlKey||_.metaKey)!=Q.isolate){let j=E.some((M,O)=>O>0&&O!=A&&M.show);E.forEach((M,O)=>{O>0&&Ut(O,j?O==A?Gn:Dr:Gn,!0,Ne.setSeries)})}else Ut(A,{show:!i.show},!0,Ne.setSeries)},!1),Un&&nt($u,d,_=>{F._lock||(Dn(_),Ut(E.indexOf(i),ir,!0,Ne.setSeries))},!1));for(var k in en){let _=zt("td",Vp,p);_.textContent="--",f.push(_)}return[p,f]}let _n=new Map;function nt(i,c,f,p=!0){let d=_n.get(c)||{},b=F.bind[i](r,c,f,p);b&&(Fn(i,c,d[i]=b),_n.set(c,d))}function Bn(i,c,f){let p=_n.get(c)||{};for(let d in p)(i==null||d==i)&&(yl(d,c,p[d]),delete p[d]);i==null&&_n.delete(c)}let tn=0,Sn=0,Z=0,T=0,xe=0,Ve=0,Hn=xe,En=Ve,Ht=Z,An=T,dt=0,Et=0,ut=0,Rt=0;r.bbox={};let ri=!1,os=!1,Wn=!1,Cn=!1,us=!1,At=!1;function si(i,c,f){(f||i!=r.width||c!=r.height)&&Ll(i,c),Yn(!1),Wn=!0,os=!0,Qn()}function Ll(i,c){r.width=tn=Z=i,r.height=Sn=T=c,xe=Ve=0,xa(),wa();let f=r.bbox;dt=f.left=Rn(xe*ae,.5),Et=f.top=Rn(Ve*ae,.5),ut=f.width=Rn(Z*ae,.5),Rt=f.height=Rn(T*ae,.5)}let ga=3;function ba(){let i=!1,c=0;for(;!i;){c++;let f=Ta(c),p=Oa(c);i=c==ga||f&&p,i||(Ll(r.width,r.height),os=!0)}}function ka({width:i,height:c}){si(i,c)}r.setSize=ka;function xa(){let i=!1,c=!1,f=!1,p=!1;R.forEach((d,b)=>{if(d.show&&d._show){let{side:k,_size:_}=d,A=k%2,j=d.label!=null?d.labelSize:0,M=_+j;M>0&&(A?(Z-=M,k==3?(xe+=M,p=!0):f=!0):(T-=M,k==0?(Ve+=M,i=!0):c=!0))}}),jn[0]=i,jn[1]=f,jn[2]=c,jn[3]=p,Z-=an[1]+an[3],xe+=an[3],T-=an[2]+an[0],Ve+=an[0]}function wa(){let i=xe+Z,c=Ve+T,f=xe,p=Ve;function d(b,k){switch(b){case 1:return i+=k,i-k;case 2:return c+=k,c-k;case 3:return f-=k,f+k;case 0:return p-=k,p+k}}R.forEach((b,k)=>{if(b.show&&b._show){let _=b.side;b._pos=d(_,b._size),b.label!=null&&(b._lpos=d(_,b.labelSize))}})}if(F.dataIdx==null){let i=F.hover,c=i.skip=new Set(i.skip??[]);c.add(void 0);let f=i.prox=se(i.prox),p=i.bias??=0;F.dataIdx=(d,b,k,_)=>{if(b==0)return k;let A=k,j=f(d,b,k,_)??be,M=j>=0&&j<be,O=D.ori==0?Z:T,J=F.left,ce=t[0],oe=t[b];if(c.has(oe[k])){A=null;let ee=null,W=null,V;if(p==0||p==-1)for(V=k;ee==null&&V-- >0;)c.has(oe[V])||(ee=V);if(p==0||p==1)for(V=k;W==null&&V++<oe.length;)c.has(oe[V])||(W=V);if(ee!=null||W!=null)if(M){let Ee=ee==null?-1/0:L(ce[ee],D,O,0),Oe=W==null?1/0:L(ce[W],D,O,0),Je=J-Ee,de=Oe-J;Je<=de?Je<=j&&(A=ee):de<=j&&(A=W)}else A=W==null?ee:ee==null?W:k-ee<=W-k?ee:W}else M&&ze(J-L(ce[k],D,O,0))>j&&(A=null);return A}}let Dn=i=>{F.event=i};F.idxs=ye,F._lock=!1;let Ye=F.points;Ye.show=se(Ye.show),Ye.size=se(Ye.size),Ye.stroke=se(Ye.stroke),Ye.width=se(Ye.width),Ye.fill=se(Ye.fill);let Wt=r.focus=Le({},e.focus||{alpha:.3},F.focus),Un=Wt.prox>=0,Jn=Un&&Ye.one,Ct=[],Kn=[],Zn=[];function Fl(i,c){let f=Ye.show(r,c);if(f instanceof HTMLElement)return xt(f,Pp),xt(f,i.class),Qt(f,-10,-10,Z,T),C.insertBefore(f,Ct[c]),f}function Vl(i,c){if(s==1||c>0){let f=s==1&&w[i.scale].time,p=i.value;i.value=f?tc(p)?uc(ie,oc(p,z)):p||le:p||Uh,i.label=i.label||(f?Vh:Fh)}if(Jn||c>0){i.width=i.width==null?1:i.width,i.paths=i.paths||om||Xp,i.fillTo=se(i.fillTo||Yh),i.pxAlign=+ue(i.pxAlign,P),i.pxRound=vc(i.pxAlign),i.stroke=se(i.stroke||null),i.fill=se(i.fill||null),i._stroke=i._fill=i._paths=i._focus=null;let f=Jh(lt(1,i.width),1),p=i.points=Le({},{size:f,width:lt(1,f*.2),stroke:i.stroke,space:f*2,paths:um,_stroke:null,_fill:null},i.points);p.show=se(p.show),p.filter=se(p.filter),p.fill=se(p.fill),p.stroke=se(p.stroke),p.paths=se(p.paths),p.pxAlign=i.pxAlign}if(Fe){let f=ls(i,c);Me.splice(c,0,f[0]),Bt.splice(c,0,f[1]),Q.values.push(null)}if(tt){ye.splice(c,0,null);let f=null;Jn?c==0&&(f=Fl(i,c)):c>0&&(f=Fl(i,c)),Ct.splice(c,0,f),Kn.splice(c,0,0),Zn.splice(c,0,0)}Ue("addSeries",c)}function _a(i,c){c=c??E.length,i=s==1?xl(i,c,ac,yc):xl(i,c,{},mc),E.splice(c,0,i),Vl(E[c],c)}r.addSeries=_a;function Sa(i){if(E.splice(i,1),Fe){Q.values.splice(i,1),Bt.splice(i,1);let c=Me.splice(i,1)[0];Bn(null,c.firstChild),c.remove()}tt&&(ye.splice(i,1),Ct.splice(i,1)[0].remove(),Kn.splice(i,1),Zn.splice(i,1)),Ue("delSeries",i)}r.delSeries=Sa;let jn=[!1,!1,!1,!1];function Ea(i,c){if(i._show=i.show,i.show){let f=i.side%2,p=w[i.scale];p==null&&(i.scale=f?E[1].scale:S,p=w[i.scale]);let d=p.time;i.size=se(i.size),i.space=se(i.space),i.rotate=se(i.rotate),xn(i.incrs)&&i.incrs.forEach(k=>{!wn.has(k)&&wn.set(k,Mc(k))}),i.incrs=se(i.incrs||(p.distr==2?bh:d?H==1?xh:Sh:Nn)),i.splits=se(i.splits||(d&&p.distr==1?ot:p.distr==3?vl:p.distr==4?qh:zh)),i.stroke=se(i.stroke),i.grid.stroke=se(i.grid.stroke),i.ticks.stroke=se(i.ticks.stroke),i.border.stroke=se(i.border.stroke);let b=i.values;i.values=xn(b)&&!xn(b[0])?se(b):d?xn(b)?lc(ie,ic(b,z)):tc(b)?Ch(ie,b):b||Ce:b||$h,i.filter=se(i.filter||(p.distr>=3&&p.log==10?Hh:p.distr==3&&p.log==2?Wh:Dc)),i.font=xc(i.font),i.labelFont=xc(i.labelFont),i._size=i.size(r,null,c,0),i._space=i._rotate=i._incrs=i._found=i._splits=i._values=null,i._size>0&&(jn[c]=!0,i._el=Ot(jp,v))}}function jr(i,c,f,p){let[d,b,k,_]=f,A=c%2,j=0;return A==0&&(_||b)&&(j=c==0&&!d||c==2&&!k?$e(cc.size/3):0),A==1&&(d||k)&&(j=c==1&&!b||c==3&&!_?$e(pc.size/2):0),j}let $l=r.padding=(e.padding||[jr,jr,jr,jr]).map(i=>se(ue(i,jr))),an=r._padding=$l.map((i,c)=>i(r,c,jn,0)),Ke,Ge=null,Be=null,cs=s==1?E[0].idxs:null,Nt=null,Mr=!1;function zl(i,c){if(t=i??[],r.data=r._data=t,s==2){Ke=0;for(let f=1;f<E.length;f++)Ke+=t[f][0].length}else{t.length==0&&(r.data=r._data=t=[[]]),Nt=t[0],Ke=Nt.length;let f=t;if(Y==2){f=t.slice();let p=f[0]=Array(Ke);for(let d=0;d<Ke;d++)p[d]=d}r._data=t=f}if(Yn(!0),Ue("setData"),Y==2&&(Wn=!0),c!==!1){let f=D;f.auto(r,Mr)?ii():pn(S,f.min,f.max),Cn=Cn||F.left>=0,At=!0,Qn()}}r.setData=zl;function ii(){Mr=!0;let i,c;s==1&&(Ke>0?(Ge=cs[0]=0,Be=cs[1]=Ke-1,i=t[0][Ge],c=t[0][Be],Y==2?(i=Ge,c=Be):i==c&&(Y==3?[i,c]=Js(i,i,D.log,!1):Y==4?[i,c]=El(i,i,D.log,!1):D.time?c=i+$e(86400/H):[i,c]=Hs(i,c,Al,!0))):(Ge=cs[0]=i=null,Be=cs[1]=c=null)),pn(S,i,c)}let as,Xn,li,oi,ui,ci,ai,fi,pi,ct;function ql(i,c,f,p,d,b){i??=Fu,f??=Dl,p??="butt",d??=Fu,b??="round",i!=as&&(m.strokeStyle=as=i),d!=Xn&&(m.fillStyle=Xn=d),c!=li&&(m.lineWidth=li=c),b!=ui&&(m.lineJoin=ui=b),p!=ci&&(m.lineCap=ci=p),f!=oi&&m.setLineDash(oi=f)}function Gl(i,c,f,p){c!=Xn&&(m.fillStyle=Xn=c),i!=ai&&(m.font=ai=i),f!=fi&&(m.textAlign=fi=f),p!=pi&&(m.textBaseline=pi=p)}function hi(i,c,f,p,d=0){if(p.length>0&&i.auto(r,Mr)&&(c==null||c.min==null)){let b=ue(Ge,0),k=ue(Be,p.length-1),_=f.min==null?Hp(p,b,k,d,i.distr==3):[f.min,f.max];i.min=Gt(i.min,f.min=_[0]),i.max=lt(i.max,f.max=_[1])}}let Bl={min:null,max:null};function Aa(){for(let p in w){let d=w[p];G[p]==null&&(d.min==null||G[S]!=null&&d.auto(r,Mr))&&(G[p]=Bl)}for(let p in w){let d=w[p];G[p]==null&&d.from!=null&&G[d.from]!=null&&(G[p]=Bl)}G[S]!=null&&Yn(!0);let i={};for(let p in G){let d=G[p];if(d!=null){let b=i[p]=_r(w[p],eh);if(d.min!=null)Le(b,d);else if(p!=S||s==2)if(Ke==0&&b.from==null){let k=b.range(r,null,null,p);b.min=k[0],b.max=k[1]}else b.min=be,b.max=-be}}if(Ke>0){E.forEach((p,d)=>{if(s==1){let b=p.scale,k=G[b];if(k==null)return;let _=i[b];if(d==0){let A=_.range(r,_.min,_.max,b);_.min=A[0],_.max=A[1],Ge=qt(_.min,t[0]),Be=qt(_.max,t[0]),Be-Ge>1&&(t[0][Ge]<_.min&&Ge++,t[0][Be]>_.max&&Be--),p.min=Nt[Ge],p.max=Nt[Be]}else p.show&&p.auto&&hi(_,k,p,t[d],p.sorted);p.idxs[0]=Ge,p.idxs[1]=Be}else if(d>0&&p.show&&p.auto){let[b,k]=p.facets,_=b.scale,A=k.scale,[j,M]=t[d],O=i[_],J=i[A];O!=null&&hi(O,G[_],b,j,b.sorted),J!=null&&hi(J,G[A],k,M,k.sorted),p.min=k.min,p.max=k.max}});for(let p in i){let d=i[p],b=G[p];if(d.from==null&&(b==null||b.min==null)){let k=d.range(r,d.min==be?null:d.min,d.max==-be?null:d.max,p);d.min=k[0],d.max=k[1]}}}for(let p in i){let d=i[p];if(d.from!=null){let b=i[d.from];if(b.min==null)d.min=d.max=null;else{let k=d.range(r,b.min,b.max,p);d.min=k[0],d.max=k[1]}}}let c={},f=!1;for(let p in i){let d=i[p],b=w[p];if(b.min!=d.min||b.max!=d.max){b.min=d.min,b.max=d.max;let k=b.distr;b._min=k==3?on(b.min):k==4?ul(b.min,b.asinh):k==100?b.fwd(b.min):b.min,b._max=k==3?on(b.max):k==4?ul(b.max,b.asinh):k==100?b.fwd(b.max):b.max,c[p]=f=!0}}if(f){E.forEach((p,d)=>{s==2?d>0&&c.y&&(p._paths=null):c[p.scale]&&(p._paths=null)});for(let p in c)Wn=!0,Ue("setScale",p);tt&&F.left>=0&&(Cn=At=!0)}for(let p in G)G[p]=null}function Ca(i){let c=dl(Ge-1,0,Ke-1),f=dl(Be+1,0,Ke-1);for(;i[c]==null&&c>0;)c--;for(;i[f]==null&&f<Ke-1;)f++;return[c,f]}function Da(){if(Ke>0){let i=E.some(c=>c._focus)&&ct!=Wt.alpha;i&&(m.globalAlpha=ct=Wt.alpha),E.forEach((c,f)=>{if(f>0&&c.show&&(Hl(f,!1),Hl(f,!0),c._paths==null)){let p=ct;ct!=c.alpha&&(m.globalAlpha=ct=c.alpha);let d=s==2?[0,t[f][0].length-1]:Ca(t[f]);c._paths=c.paths(r,f,d[0],d[1]),ct!=p&&(m.globalAlpha=ct=p)}}),E.forEach((c,f)=>{if(f>0&&c.show){let p=ct;ct!=c.alpha&&(m.globalAlpha=ct=c.alpha),c._paths!=null&&Wl(f,!1);{let d=c._paths!=null?c._paths.gaps:null,b=c.points.show(r,f,Ge,Be,d),k=c.points.filter(r,f,b,d);(b||k)&&(c.points._paths=c.points.paths(r,f,Ge,Be,k),Wl(f,!0))}ct!=p&&(m.globalAlpha=ct=p),Ue("drawSeries",f)}}),i&&(m.globalAlpha=ct=1)}}function Hl(i,c){let f=c?E[i].points:E[i];f._stroke=f.stroke(r,i),f._fill=f.fill(r,i)}function Wl(i,c){let f=c?E[i].points:E[i],{stroke:p,fill:d,clip:b,flags:k,_stroke:_=f._stroke,_fill:A=f._fill,_width:j=f.width}=f._paths;j=ke(j*ae,3);let M=null,O=j%2/2;c&&A==null&&(A=j>0?"#fff":_);let J=f.pxAlign==1&&O>0;if(J&&m.translate(O,O),!c){let ce=dt-j/2,oe=Et-j/2,ee=ut+j,W=Rt+j;M=new Path2D,M.rect(ce,oe,ee,W)}c?mi(_,j,f.dash,f.cap,A,p,d,k,b):ja(i,_,j,f.dash,f.cap,A,p,d,k,M,b),J&&m.translate(-O,-O)}function ja(i,c,f,p,d,b,k,_,A,j,M){let O=!1;A!=0&&N.forEach((J,ce)=>{if(J.series[0]==i){let oe=E[J.series[1]],ee=t[J.series[1]],W=(oe._paths||rs).band;xn(W)&&(W=J.dir==1?W[0]:W[1]);let V,Ee=null;oe.show&&W&&Up(ee,Ge,Be)?(Ee=J.fill(r,ce)||b,V=oe._paths.clip):W=null,mi(c,f,p,d,Ee,k,_,A,j,M,V,W),O=!0}}),O||mi(c,f,p,d,b,k,_,A,j,M)}let Ul=Sr|bl;function mi(i,c,f,p,d,b,k,_,A,j,M,O){ql(i,c,f,p,d),(A||j||O)&&(m.save(),A&&m.clip(A),j&&m.clip(j)),O?(_&Ul)==Ul?(m.clip(O),M&&m.clip(M),ps(d,k),fs(i,b,c)):_&bl?(ps(d,k),m.clip(O),fs(i,b,c)):_&Sr&&(m.save(),m.clip(O),M&&m.clip(M),ps(d,k),m.restore(),fs(i,b,c)):(ps(d,k),fs(i,b,c)),(A||j||O)&&m.restore()}function fs(i,c,f){f>0&&(c instanceof Map?c.forEach((p,d)=>{m.strokeStyle=as=d,m.stroke(p)}):c!=null&&i&&m.stroke(c))}function ps(i,c){c instanceof Map?c.forEach((f,p)=>{m.fillStyle=Xn=p,m.fill(f)}):c!=null&&i&&m.fill(c)}function Ma(i,c,f,p){let d=R[i],b;if(p<=0)b=[0,0];else{let k=d._space=d.space(r,i,c,f,p),_=d._incrs=d.incrs(r,i,c,f,p,k);b=mm(c,f,_,p,k)}return d._found=b}function yi(i,c,f,p,d,b,k,_,A,j){let M=k%2/2;P==1&&m.translate(M,M),ql(_,k,A,j,_),m.beginPath();let O,J,ce,oe,ee=d+(p==0||p==3?-b:b);f==0?(J=d,oe=ee):(O=d,ce=ee);for(let W=0;W<i.length;W++)c[W]!=null&&(f==0?O=ce=i[W]:J=oe=i[W],m.moveTo(O,J),m.lineTo(ce,oe));m.stroke(),P==1&&m.translate(-M,-M)}function Ta(i){let c=!0;return R.forEach((f,p)=>{if(!f.show)return;let d=w[f.scale];if(d.min==null){f._show&&(c=!1,f._show=!1,Yn(!1));return}else f._show||(c=!1,f._show=!0,Yn(!1));let b=f.side,k=b%2,{min:_,max:A}=d,[j,M]=Ma(p,_,A,k==0?Z:T);if(M==0)return;let O=d.distr==2,J=f._splits=f.splits(r,p,_,A,j,M,O),ce=d.distr==2?J.map(V=>Nt[V]):J,oe=d.distr==2?Nt[J[1]]-Nt[J[0]]:j,ee=f._values=f.values(r,f.filter(r,ce,p,M,oe),p,M,oe);f._rotate=b==2?f.rotate(r,ee,p,M):0;let W=f._size;f._size=Pt(f.size(r,ee,p,i)),W!=null&&f._size!=W&&(c=!1)}),c}function Oa(i){let c=!0;return $l.forEach((f,p)=>{let d=f(r,p,jn,i);d!=an[p]&&(c=!1),an[p]=d}),c}function Pa(){for(let i=0;i<R.length;i++){let c=R[i];if(!c.show||!c._show)continue;let f=c.side,p=f%2,d,b,k=c.stroke(r,i),_=f==0||f==3?-1:1,[A,j]=c._found;if(c.label!=null){let st=c.labelGap*_,bt=$e((c._lpos+st)*ae);Gl(c.labelFont[0],k,"center",f==2?Xr:Lu),m.save(),p==1?(d=b=0,m.translate(bt,$e(Et+Rt/2)),m.rotate((f==3?-Gs:Gs)/2)):(d=$e(dt+ut/2),b=bt);let On=Ac(c.label)?c.label(r,i,A,j):c.label;m.fillText(On,d,b),m.restore()}if(j==0)continue;let M=w[c.scale],O=p==0?ut:Rt,J=p==0?dt:Et,ce=c._splits,oe=M.distr==2?ce.map(st=>Nt[st]):ce,ee=M.distr==2?Nt[ce[1]]-Nt[ce[0]]:A,W=c.ticks,V=c.border,Ee=W.show?W.size:0,Oe=$e(Ee*ae),Je=$e((c.alignTo==2?c._size-Ee-c.gap:c.gap)*ae),de=c._rotate*-Gs/180,Pe=I(c._pos*ae),vt=(Oe+Je)*_,rt=Pe+vt;b=p==0?rt:0,d=p==1?rt:0;let Dt=c.font[0],Lt=c.align==1?gr:c.align==2?il:de>0?gr:de<0?il:p==0?"center":f==3?il:gr,Kt=de||p==1?"middle":f==2?Xr:Lu;Gl(Dt,k,Lt,Kt);let gt=c.font[1]*c.lineGap,jt=ce.map(st=>I(a(st,M,O,J))),Ft=c._values;for(let st=0;st<Ft.length;st++){let bt=Ft[st];if(bt!=null){p==0?d=jt[st]:b=jt[st],bt=""+bt;let On=bt.indexOf(`\n`)==-1?[bt]:bt.split(/\\n/gm);for(let it=0;it<On.length;it++){let po=On[it];de?(m.save(),m.translate(d,b+it*gt),m.rotate(de),m.fillText(po,0,0),m.restore()):m.fillText(po,d,b+it*gt)}}}W.show&&yi(jt,W.filter(r,oe,i,j,ee),p,f,Pe,Oe,ke(W.width*ae,3),W.stroke(r,i),W.dash,W.cap);let Zt=c.grid;Zt.show&&yi(jt,Zt.filter(r,oe,i,j,ee),p,p==0?2:1,p==0?Et:dt,p==0?Rt:ut,ke(Zt.width*ae,3),Zt.stroke(r,i),Zt.dash,Zt.cap),V.show&&yi([Pe],[1],p==0?1:0,p==0?1:2,p==1?Et:dt,p==1?Rt:ut,ke(V.width*ae,3),V.stroke(r,i),V.dash,V.cap)}Ue("drawAxes")}function Yn(i){E.forEach((c,f)=>{f>0&&(c._paths=null,i&&(s==1?(c.min=null,c.max=null):c.facets.forEach(p=>{p.min=null,p.max=null})))})}let hs=!1,di=!1,Tr=[];function Ia(){di=!1;for(let i=0;i<Tr.length;i++)Ue(...Tr[i]);Tr.length=0}function Qn(){hs||(oh(Jl),hs=!0)}function Ra(i,c=!1){hs=!0,di=c,i(r),Jl(),c&&Tr.length>0&&queueMicrotask(Ia)}r.batch=Ra;function Jl(){if(ri&&(Aa(),ri=!1),Wn&&(ba(),Wn=!1),os){if(Ae(x,gr,xe),Ae(x,Xr,Ve),Ae(x,Qr,Z),Ae(x,es,T),Ae(C,gr,xe),Ae(C,Xr,Ve),Ae(C,Qr,Z),Ae(C,es,T),Ae(v,Qr,tn),Ae(v,es,Sn),g.width=$e(tn*ae),g.height=$e(Sn*ae),R.forEach(({_el:i,_show:c,_size:f,_pos:p,side:d})=>{if(i!=null)if(c){let b=d===3||d===0?f:0,k=d%2==1;Ae(i,k?"left":"top",p-b),Ae(i,k?"width":"height",f),Ae(i,k?"top":"left",k?Ve:xe),Ae(i,k?"height":"width",k?T:Z),ml(i,Ln)}else xt(i,Ln)}),as=Xn=li=ui=ci=ai=fi=pi=oi=null,ct=1,Ir(!0),xe!=Hn||Ve!=En||Z!=Ht||T!=An){Yn(!1);let i=Z/Ht,c=T/An;if(tt&&!Cn&&F.left>=0){F.left*=i,F.top*=c,er&&Qt(er,$e(F.left),0,Z,T),tr&&Qt(tr,0,$e(F.top),Z,T);for(let f=0;f<Ct.length;f++){let p=Ct[f];p!=null&&(Kn[f]*=i,Zn[f]*=c,Qt(p,Pt(Kn[f]),Pt(Zn[f]),Z,T))}}if(Se.show&&!us&&Se.left>=0&&Se.width>0){Se.left*=i,Se.width*=i,Se.top*=c,Se.height*=c;for(let f in wi)Ae(sr,f,Se[f])}Hn=xe,En=Ve,Ht=Z,An=T}Ue("setSize"),os=!1}tn>0&&Sn>0&&(m.clearRect(0,0,g.width,g.height),Ue("drawClear"),B.forEach(i=>i()),Ue("draw")),Se.show&&us&&(ms(Se),us=!1),tt&&Cn&&(Tn(null,!0,!1),Cn=!1),Q.show&&Q.live&&At&&(ki(),At=!1),h||(h=!0,r.status=1,Ue("ready")),Mr=!1,hs=!1}r.redraw=(i,c)=>{Wn=c||!1,i!==!1?pn(S,D.min,D.max):Qn()};function vi(i,c){let f=w[i];if(f.from==null){if(Ke==0){let p=f.range(r,c.min,c.max,i);c.min=p[0],c.max=p[1]}if(c.min>c.max){let p=c.min;c.min=c.max,c.max=p}if(Ke>1&&c.min!=null&&c.max!=null&&c.max-c.min<1e-16)return;i==S&&f.distr==2&&Ke>0&&(c.min=qt(c.min,t[0]),c.max=qt(c.max,t[0]),c.min==c.max&&c.max++),G[i]=c,ri=!0,Qn()}}r.setScale=vi;let gi,bi,er,tr,Kl,Zl,nr,rr,Xl,Yl,_e,je,fn=!1,Ze=F.drag,He=Ze.x,We=Ze.y;tt&&(F.x&&(gi=Ot(Tp,C)),F.y&&(bi=Ot(Op,C)),D.ori==0?(er=gi,tr=bi):(er=bi,tr=gi),_e=F.left,je=F.top);let Se=r.select=Le({show:!0,over:!0,left:0,width:0,top:0,height:0},e.select),sr=Se.show?Ot(Mp,Se.over?C:x):null;function ms(i,c){if(Se.show){for(let f in i)Se[f]=i[f],f in wi&&Ae(sr,f,i[f]);c!==!1&&Ue("setSelect")}}r.setSelect=ms;function Na(i){if(E[i].show)Fe&&ml(Me[i],Ln);else if(Fe&&xt(Me[i],Ln),tt){let f=Jn?Ct[0]:Ct[i];f!=null&&Qt(f,-10,-10,Z,T)}}function pn(i,c,f){vi(i,{min:c,max:f})}function Ut(i,c,f,p){c.focus!=null&&za(i),c.show!=null&&E.forEach((d,b)=>{b>0&&(i==b||i==null)&&(d.show=c.show,Na(b),s==2?(pn(d.facets[0].scale,null,null),pn(d.facets[1].scale,null,null)):pn(d.scale,null,null),Qn())}),f!==!1&&Ue("setSeries",i,c),p&&Rr("setSeries",r,i,c)}r.setSeries=Ut;function La(i,c){Le(N[i],c)}function Fa(i,c){i.fill=se(i.fill||null),i.dir=ue(i.dir,-1),c=c??N.length,N.splice(c,0,i)}function Va(i){i==null?N.length=0:N.splice(i,1)}r.addBand=Fa,r.setBand=La,r.delBand=Va;function $a(i,c){E[i].alpha=c,tt&&Ct[i]!=null&&(Ct[i].style.opacity=c),Fe&&Me[i]&&(Me[i].style.opacity=c)}let nn,hn,Mn,ir={focus:!0};function za(i){if(i!=Mn){let c=i==null,f=Wt.alpha!=1;E.forEach((p,d)=>{if(s==1||d>0){let b=c||d==0||d==i;p._focus=c?null:b,f&&$a(d,b?1:Wt.alpha)}}),Mn=i,f&&Qn()}}Fe&&Un&&nt(zu,fe,i=>{F._lock||(Dn(i),Mn!=null&&Ut(null,ir,!0,Ne.setSeries))});function Jt(i,c,f){let p=w[c];f&&(i=i/ae-(p.ori==1?Ve:xe));let d=Z;p.ori==1&&(d=T,i=d-i),p.dir==-1&&(i=d-i);let b=p._min,k=p._max,_=i/d,A=b+(k-b)*_,j=p.distr;return j==3?xr(10,A):j==4?Kp(A,p.asinh):j==100?p.bwd(A):A}function qa(i,c){let f=Jt(i,S,c);return qt(f,t[0],Ge,Be)}r.valToIdx=i=>qt(i,t[0]),r.posToIdx=qa,r.posToVal=Jt,r.valToPos=(i,c,f)=>w[c].ori==0?l(i,w[c],f?ut:Z,f?dt:0):u(i,w[c],f?Rt:T,f?Et:0),r.setCursor=(i,c,f)=>{_e=i.left,je=i.top,Tn(null,c,f)};function Ql(i,c){Ae(sr,gr,Se.left=i),Ae(sr,Qr,Se.width=c)}function eo(i,c){Ae(sr,Xr,Se.top=i),Ae(sr,es,Se.height=c)}let Or=D.ori==0?Ql:eo,Pr=D.ori==1?Ql:eo;function Ga(){if(Fe&&Q.live)for(let i=s==2?1:0;i<E.length;i++){if(i==0&&St)continue;let c=Q.values[i],f=0;for(let p in c)Bt[i][f++].firstChild.nodeValue=c[p]}}function ki(i,c){if(i!=null&&(i.idxs?i.idxs.forEach((f,p)=>{ye[p]=f}):Qp(i.idx)||ye.fill(i.idx),Q.idx=ye[0]),Fe&&Q.live){for(let f=0;f<E.length;f++)(f>0||s==1&&!St)&&Ba(f,ye[f]);Ga()}At=!1,c!==!1&&Ue("setLegend")}r.setLegend=ki;function Ba(i,c){let f=E[i],p=i==0&&Y==2?Nt:t[i],d;St?d=f.values(r,i,c)??cn:(d=f.value(r,c==null?null:p[c],i,c),d=d==null?cn:{_:d}),Q.values[i]=d}function Tn(i,c,f){Xl=_e,Yl=je,[_e,je]=F.move(r,_e,je),F.left=_e,F.top=je,tt&&(er&&Qt(er,$e(_e),0,Z,T),tr&&Qt(tr,0,$e(je),Z,T));let p,d=Ge>Be;nn=be,hn=null;let b=D.ori==0?Z:T,k=D.ori==1?Z:T;if(_e<0||Ke==0||d){p=F.idx=null;for(let _=0;_<E.length;_++){let A=Ct[_];A!=null&&Qt(A,-10,-10,Z,T)}Un&&Ut(null,ir,!0,i==null&&Ne.setSeries),Q.live&&(ye.fill(p),At=!0)}else{let _,A,j;s==1&&(_=D.ori==0?_e:je,A=Jt(_,S),p=F.idx=qt(A,t[0],Ge,Be),j=L(t[0][p],D,b,0));let M=-10,O=-10,J=0,ce=0,oe=!0,ee="",W="";for(let V=s==2?1:0;V<E.length;V++){let Ee=E[V],Oe=ye[V],Je=Oe==null?null:s==1?t[V][Oe]:t[V][1][Oe],de=F.dataIdx(r,V,p,A),Pe=de==null?null:s==1?t[V][de]:t[V][1][de];if(At=At||Pe!=Je||de!=Oe,ye[V]=de,V>0&&Ee.show){let vt=de==null?-10:de==p?j:L(s==1?t[0][de]:t[V][0][de],D,b,0),rt=Pe==null?-10:U(Pe,s==1?w[Ee.scale]:w[Ee.facets[1].scale],k,0);if(Un&&Pe!=null){let Dt=D.ori==1?_e:je,Lt=ze(Wt.dist(r,V,de,rt,Dt));if(Lt<nn){let Kt=Wt.bias;if(Kt!=0){let gt=Jt(Dt,Ee.scale),jt=Pe>=0?1:-1,Ft=gt>=0?1:-1;Ft==jt&&(Ft==1?Kt==1?Pe>=gt:Pe<=gt:Kt==1?Pe<=gt:Pe>=gt)&&(nn=Lt,hn=V)}else nn=Lt,hn=V}}if(At||Jn){let Dt,Lt;D.ori==0?(Dt=vt,Lt=rt):(Dt=rt,Lt=vt);let Kt,gt,jt,Ft,Zt,st,bt=!0,On=Ye.bbox;if(On!=null){bt=!1;let it=On(r,V);jt=it.left,Ft=it.top,Kt=it.width,gt=it.height}else jt=Dt,Ft=Lt,Kt=gt=Ye.size(r,V);if(st=Ye.fill(r,V),Zt=Ye.stroke(r,V),Jn)V==hn&&nn<=Wt.prox&&(M=jt,O=Ft,J=Kt,ce=gt,oe=bt,ee=st,W=Zt);else{let it=Ct[V];it!=null&&(Kn[V]=jt,Zn[V]=Ft,Ju(it,Kt,gt,bt),Wu(it,st,Zt),Qt(it,Pt(jt),Pt(Ft),Z,T))}}}}if(Jn){let V=Wt.prox,Ee=Mn==null?nn<=V:nn>V||hn!=Mn;if(At||Ee){let Oe=Ct[0];Oe!=null&&(Kn[0]=M,Zn[0]=O,Ju(Oe,J,ce,oe),Wu(Oe,ee,W),Qt(Oe,Pt(M),Pt(O),Z,T))}}}if(Se.show&&fn)if(i!=null){let[_,A]=Ne.scales,[j,M]=Ne.match,[O,J]=i.cursor.sync.scales,ce=i.cursor.drag;if(He=ce._x,We=ce._y,He||We){let{left:oe,top:ee,width:W,height:V}=i.select,Ee=i.scales[O].ori,Oe=i.posToVal,Je,de,Pe,vt,rt,Dt=_!=null&&j(_,O),Lt=A!=null&&M(A,J);Dt&&He?(Ee==0?(Je=oe,de=W):(Je=ee,de=V),Pe=w[_],vt=L(Oe(Je,O),Pe,b,0),rt=L(Oe(Je+de,O),Pe,b,0),Or(Gt(vt,rt),ze(rt-vt))):Or(0,b),Lt&&We?(Ee==1?(Je=oe,de=W):(Je=ee,de=V),Pe=w[A],vt=U(Oe(Je,J),Pe,k,0),rt=U(Oe(Je+de,J),Pe,k,0),Pr(Gt(vt,rt),ze(rt-vt))):Pr(0,k)}else _i()}else{let _=ze(Xl-Kl),A=ze(Yl-Zl);if(D.ori==1){let J=_;_=A,A=J}He=Ze.x&&_>=Ze.dist,We=Ze.y&&A>=Ze.dist;let j=Ze.uni;j!=null?He&&We&&(He=_>=j,We=A>=j,!He&&!We&&(A>_?We=!0:He=!0)):Ze.x&&Ze.y&&(He||We)&&(He=We=!0);let M,O;He&&(D.ori==0?(M=nr,O=_e):(M=rr,O=je),Or(Gt(M,O),ze(O-M)),We||Pr(0,k)),We&&(D.ori==1?(M=nr,O=_e):(M=rr,O=je),Pr(Gt(M,O),ze(O-M)),He||Or(0,b)),!He&&!We&&(Or(0,0),Pr(0,0))}if(Ze._x=He,Ze._y=We,i==null){if(f){if(fo!=null){let[_,A]=Ne.scales;Ne.values[0]=_!=null?Jt(D.ori==0?_e:je,_):null,Ne.values[1]=A!=null?Jt(D.ori==1?_e:je,A):null}Rr(ll,r,_e,je,Z,T,p)}if(Un){let _=f&&Ne.setSeries,A=Wt.prox;Mn==null?nn<=A&&Ut(hn,ir,!0,_):nn>A?Ut(null,ir,!0,_):hn!=Mn&&Ut(hn,ir,!0,_)}}At&&(Q.idx=p,ki()),c!==!1&&Ue("setCursor")}let mn=null;Object.defineProperty(r,"rect",{get(){return mn==null&&Ir(!1),mn}});function Ir(i=!1){i?mn=null:(mn=C.getBoundingClientRect(),Ue("syncRect",mn))}function to(i,c,f,p,d,b,k){F._lock||fn&&i!=null&&i.movementX==0&&i.movementY==0||(xi(i,c,f,p,d,b,k,!1,i!=null),i!=null?Tn(null,!0,!0):Tn(c,!0,!1))}function xi(i,c,f,p,d,b,k,_,A){if(mn==null&&Ir(!1),Dn(i),i!=null)f=i.clientX-mn.left,p=i.clientY-mn.top;else{if(f<0||p<0){_e=-10,je=-10;return}let[j,M]=Ne.scales,O=c.cursor.sync,[J,ce]=O.values,[oe,ee]=O.scales,[W,V]=Ne.match,Ee=c.axes[0].side%2==1,Oe=D.ori==0?Z:T,Je=D.ori==1?Z:T,de=Ee?b:d,Pe=Ee?d:b,vt=Ee?p:f,rt=Ee?f:p;if(oe!=null?f=W(j,oe)?a(J,w[j],Oe,0):-10:f=Oe*(vt/de),ee!=null?p=V(M,ee)?a(ce,w[M],Je,0):-10:p=Je*(rt/Pe),D.ori==1){let Dt=f;f=p,p=Dt}}A&&(c==null||c.cursor.event.type==ll)&&((f<=1||f>=Z-1)&&(f=Rn(f,Z)),(p<=1||p>=T-1)&&(p=Rn(p,T))),_?(Kl=f,Zl=p,[nr,rr]=F.move(r,f,p)):(_e=f,je=p)}let wi={width:0,height:0,left:0,top:0};function _i(){ms(wi,!1)}let no,ro,so,io;function lo(i,c,f,p,d,b,k){fn=!0,He=We=Ze._x=Ze._y=!1,xi(i,c,f,p,d,b,k,!0,!1),i!=null&&(nt(ol,pl,oo,!1),Rr(Vu,r,nr,rr,Z,T,null));let{left:_,top:A,width:j,height:M}=Se;no=_,ro=A,so=j,io=M}function oo(i,c,f,p,d,b,k){fn=Ze._x=Ze._y=!1,xi(i,c,f,p,d,b,k,!1,!0);let{left:_,top:A,width:j,height:M}=Se,O=j>0||M>0,J=no!=_||ro!=A||so!=j||io!=M;if(O&&J&&ms(Se),Ze.setScale&&O&&J){let ce=_,oe=j,ee=A,W=M;if(D.ori==1&&(ce=A,oe=M,ee=_,W=j),He&&pn(S,Jt(ce,S),Jt(ce+oe,S)),We)for(let V in w){let Ee=w[V];V!=S&&Ee.from==null&&Ee.min!=be&&pn(V,Jt(ee+W,V),Jt(ee,V))}_i()}else F.lock&&(F._lock=!F._lock,Tn(c,!0,i!=null));i!=null&&(Bn(ol,pl),Rr(ol,r,_e,je,Z,T,null))}function Ha(i,c,f,p,d,b,k){if(F._lock)return;Dn(i);let _=fn;if(fn){let A=!0,j=!0,M=10,O,J;D.ori==0?(O=He,J=We):(O=We,J=He),O&&J&&(A=_e<=M||_e>=Z-M,j=je<=M||je>=T-M),O&&A&&(_e=_e<nr?0:Z),J&&j&&(je=je<rr?0:T),Tn(null,!0,!0),fn=!1}_e=-10,je=-10,ye.fill(null),Tn(null,!0,!0),_&&(fn=_)}function uo(i,c,f,p,d,b,k){F._lock||(Dn(i),ii(),_i(),i!=null&&Rr(qu,r,_e,je,Z,T,null))}function co(){R.forEach(ym),si(r.width,r.height,!0)}Fn(Bs,kr,co);let lr={};lr.mousedown=lo,lr.mousemove=to,lr.mouseup=oo,lr.dblclick=uo,lr.setSeries=(i,c,f,p)=>{let d=Ne.match[2];f=d(r,c,f),f!=-1&&Ut(f,p,!0,!1)},tt&&(nt(Vu,C,lo),nt(ll,C,to),nt($u,C,i=>{Dn(i),Ir(!1)}),nt(zu,C,Ha),nt(qu,C,uo),kl.add(r),r.syncRect=Ir);let ys=r.hooks=e.hooks||{};function Ue(i,c,f){di?Tr.push([i,c,f]):i in ys&&ys[i].forEach(p=>{p.call(null,r,c,f)})}(e.plugins||[]).forEach(i=>{for(let c in i.hooks)ys[c]=(ys[c]||[]).concat(i.hooks[c])});let ao=(i,c,f)=>f,Ne=Le({key:null,setSeries:!1,filters:{pub:Qu,sub:Qu},scales:[S,E[1]?E[1].scale:null],match:[ec,ec,ao],values:[null,null]},F.sync);Ne.match.length==2&&Ne.match.push(ao),F.sync=Ne;let fo=Ne.key,Si=Zc(fo);function Rr(i,c,f,p,d,b,k){Ne.filters.pub(i,c,f,p,d,b,k)&&Si.pub(i,c,f,p,d,b,k)}Si.sub(r);function Wa(i,c,f,p,d,b,k){Ne.filters.sub(i,c,f,p,d,b,k)&&lr[i](null,c,f,p,d,b,k)}r.pub=Wa;function Ua(){Si.unsub(r),kl.delete(r),_n.clear(),yl(Bs,kr,co),y.remove(),fe?.remove(),Ue("destroy")}r.destroy=Ua;function Ei(){Ue("init",e,t),zl(t||e.data,!1),G[S]?vi(S,G[S]):ii(),us=Se.show&&(Se.width>0||Se.height>0),Cn=At=!0,si(e.width,e.height)}return E.forEach(Vl),R.forEach(Ea),n?n instanceof HTMLElement?(n.appendChild(y),Ei()):n(r,Ei):Ei(),r}Xe.assign=Le;Xe.fmtNum=Cl;Xe.rangeNum=Hs;Xe.rangeLog=Js;Xe.rangeAsinh=El;Xe.orient=$n;Xe.pxRatio=ae;Xe.join=lh;Xe.fmtDate=jl,Xe.tzDate=vh;Xe.sync=Zc;{Xe.addGap=Qh,Xe.clipGaps=Xs;let e=Xe.paths={points:na};e.linear=sa,e.stepped=nm,e.bars=rm,e.spline=im}var ca=44,dm=3600,vm=300;function aa({label:e,series:t,format:n}){let r=ft(null),s=ft(null);at(()=>{let{current:a}=r;if(a===null)return;let h=new Xe(gm(a),ua(t),a);s.current=h;let y=new ResizeObserver(()=>h.setSize({width:a.clientWidth,height:ca}));return y.observe(a),()=>{y.disconnect(),h.destroy()}},[]),at(()=>s.current?.setData(ua(t)),[t]);let l=t.values.filter(a=>a!==null),u=l.length===0?t.now:Math.max(...l);return o("div",{class:"sparkline",children:[o("p",{children:[o("span",{class:"term",children:e}),o("output",{"data-figure":e,children:n(t.now)})]}),o("div",{ref:r,class:"plot",role:"img","aria-label":`${e} over the last hour: at most ${n(u)}`})]})}function ua({times:e,values:t}){return[[...e],[...t]]}function gm(e){let t=getComputedStyle(e).color;return{width:e.clientWidth||200,height:ca,padding:[4,2,4,2],legend:{show:!1},cursor:{show:!1},axes:[{show:!1},{show:!1}],scales:{x:{time:!0,range:(n,r,s)=>{let l=s??ln.wallTime/1e3;return[Math.max(l-dm,Math.min(r??l,l-vm)),l]}},y:{range:(n,r,s)=>[0,Math.max(s??0,1e-9)*1.05]}},series:[{},{stroke:t,width:1.5,fill:t.replace("rgb(","rgba(").replace(")",", 0.12)"),points:{show:!1}}]}}var bm=2e3,km=[["Connections",fa("thrum_connections"),re],["Messages in / s",zn("thrum_messages_received_total"),pr],["Messages out / s",zn("thrum_messages_sent_total"),pr],["Publications / s",zn("thrum_publications_total"),pr],["Bytes in / s",zn("thrum_received_bytes_total"),Tt],["Bytes out / s",zn("thrum_sent_bytes_total"),Tt],["Publish latency",Nl("thrum_publish_duration_seconds_sum","thrum_publish_duration_seconds_count"),Qi],["Joined frames",Nl("thrum_joined_frames_sent_total","thrum_frames_sent_total"),el],["Event loop lag",Nl("thrum_event_loop_lag_seconds_sum","thrum_event_loop_lag_seconds_count"),Qi],["CPU of the process",{type:"processRate",column:"process_cpu_seconds_total"},el],["Memory of the process",{type:"processGauge",column:"process_resident_memory_bytes"},Tt],["Evictions / s",zn("thrum_evictions_total"),pr],["Slow consumers / s",zn("thrum_slow_consumers_total"),pr],["Waiting for slow clients",fa("thrum_backlog_bytes"),Tt]];function fa(e){return{type:"gauge",column:e}}function zn(e){return{type:"rate",column:e}}function Nl(e,t){return{type:"ratio",column:e,of:t}}function pa(){let e=ft(new Vs),{value:t,problem:n}=ht("overview",async()=>{let{current:r}=e,s=r?.since??0,[l,u,a]=await Promise.all([we("load",{since:s},vu),we("node_metrics",{},du),we("info",{},yu)]);return r?.add(l),{metrics:u,info:a,answeredWithinMs:l.answered_within_ms}},bm);return o(Te,{children:[o(mt,{children:"Overview"}),o(et,{children:n}),o("div",{class:"sparklines",children:km.map(([r,s,l])=>o(aa,{label:r,series:e.current?.read(s)??xm,format:l},r))}),t&&o("div",{class:"columns",children:[o(_m,{nodes:t.info.nodes,metrics:t.metrics,answeredWithinMs:t.answeredWithinMs}),o(Sm,{metrics:t.metrics}),o(Em,{metrics:t.metrics})]})]})}var xm={times:[],values:[],now:0};function ti(e,t){return e.filter(n=>n.name===t).reduce((n,{value:r=0})=>n+r,0)}function wm({node:e,metrics:t}){let n=t.find(({name:s})=>s==="thrum_broker_state")?.labels.state,r=ti(t,"thrum_relay_gaps_total")+ti(t,"thrum_position_gaps_total");return o("tr",{children:[o("th",{scope:"row",title:e.uid,children:[o("code",{children:hr(e.uid)})," ",e.version]}),o("td",{children:Vt(e.uptime)}),o("td",{children:re(e.num_clients)}),o("td",{children:re(e.num_users)}),o("td",{children:re(e.num_channels)}),o("td",{children:re(e.num_subs)}),o("td",{children:Tt(ti(t,"thrum_heap_used_bytes"))}),o("td",{children:n}),o("td",{children:re(r)}),o("td",{children:re(ti(t,"thrum_relay_repairs_total"))})]})}function _m({nodes:e,metrics:t,answeredWithinMs:n}){return o("section",{class:"wide",children:[o("h3",{children:"Nodes"}),o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Node"}),o("th",{scope:"col",children:"Up"}),o("th",{scope:"col",children:"Clients"}),o("th",{scope:"col",children:"Users"}),o("th",{scope:"col",children:"Channels"}),o("th",{scope:"col",children:"Subscriptions"}),o("th",{scope:"col",children:"Heap"}),o("th",{scope:"col",children:"Broker"}),o("th",{scope:"col",children:"Gaps"}),o("th",{scope:"col",children:"Repairs"})]})}),o("tbody",{children:e.map(r=>o(wm,{node:r,metrics:t.nodes.find(s=>s.node===r.uid)?.metrics??[]},r.uid))})]})}),o("p",{class:"note",children:["All nodes have answered within ",n," ms."]})]})}function ni({nodes:e},t){let n=new Map;for(let r of e.flatMap(({metrics:s})=>s)){if(r.name!==t||r.value===void 0)continue;let s=Object.values(r.labels).join(" over ");n.set(s,(n.get(s)??0)+r.value)}return n}function Sm({metrics:e}){let t=ni(e,"thrum_connections"),n=ni(e,"thrum_connections_opened_total");return o("section",{children:[o("h3",{children:"Connections by protocol and transport"}),o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Kind"}),o("th",{scope:"col",children:"Open"}),o("th",{scope:"col",children:"Ever"})]})}),o("tbody",{children:[...t].filter(([r])=>n.get(r)).map(([r,s])=>o("tr",{children:[o("th",{scope:"row",children:r}),o("td",{children:re(s)}),o("td",{children:re(n.get(r)??0)})]},r))})]})]})}function Em({metrics:e}){let t=[...[...ni(e,"thrum_evictions_total")].map(([n,r])=>[`closed with ${n}`,r]),...[...ni(e,"thrum_refusals_total")].map(([n,r])=>[`limit ${n}`,r])].filter(([,n])=>n>0);return o("section",{children:[o("h3",{children:"Evictions and refusals"}),t.length===0?o("p",{class:"note",children:"None so far."}):o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Reason"}),o("th",{scope:"col",children:"Number"})]})}),o("tbody",{children:t.map(([n,r])=>o("tr",{children:[o("th",{scope:"row",children:n}),o("td",{children:re(r)})]},n))})]})]})}var Am=2e3;function ha({user:e}){let{value:t,problem:n}=ht(e,()=>we("user",{user:e},uu),Am),r=t?.connections??[],s=new Set(r.flatMap(({subscriptions:l})=>l.map(({channel:u})=>u)));return o(Te,{children:[o(mt,{of:"User",children:o(pt,{children:e})}),o(et,{children:n}),o(mr,{figures:{Connections:re(r.length),Channels:re(s.size)}}),o(nl,{rows:r}),o("div",{class:"columns",children:[o("section",{children:[o("h3",{children:"Channels"}),o("ul",{class:"present",children:[...s].map(l=>o("li",{children:o(dr,{channel:l})},l))})]}),o("section",{children:[o("h3",{children:"Act"}),o(vr,{label:"Send JSON or text to all of these connections",button:"Send",onSend:async l=>{let u={user:e,data:l},{delivered:a}=await we("send",u,Ms);return a?"Sent.":"No connection has received it."}}),o(Fs,{of:{user:e}})]})]})]})}function ya(){let[e,t]=te(),[n,r]=te();return o(Te,{children:[o(mt,{children:"Why"}),o("form",{class:"why",onSubmit:l=>{l.preventDefault();let{target:u}=l;u instanceof HTMLFormElement&&(r(void 0),we("explain",{token:kn(u,"token"),channel_token:kn(u,"channel_token"),channel:kn(u,"channel")},pu).then(t,a=>{t(void 0),r($t(a))}))},children:[o("p",{class:"field",children:[o("label",{for:"token",children:"Token of the connection, or of a subscription; none is a client without one"}),o("textarea",{id:"token",name:"token",rows:4,spellcheck:!1})]}),o("p",{class:"field",children:[o("label",{for:"channel_token",children:"Token of the subscription beside it, if the client sends one"}),o("textarea",{id:"channel_token",name:"channel_token",rows:2,spellcheck:!1})]}),o("p",{class:"field",children:[o("label",{for:"channel",children:"Channel"}),o("input",{id:"channel",name:"channel",required:!0,autocomplete:"off"})]}),o("button",{type:"submit",class:"primary",children:"Explain"})]}),o(et,{children:n}),e&&o(Cm,{answer:e})]})}function Cm({answer:e}){let t=Object.entries({connect:e.connect,...e.actions});return o("div",{class:"columns","aria-live":"polite",children:[o("section",{children:[o("h3",{children:"What it may do"}),e.token&&o(ma,{token:e.token}),e.channel_token&&o(ma,{token:e.channel_token}),o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Action"}),o("th",{scope:"col",children:"Allowed"}),o("th",{scope:"col",children:"By which rule"})]})}),o("tbody",{children:t.map(([n,{allowed:r,rule:s,why:l,hook:u}])=>o("tr",{"data-action":n,children:[o("th",{scope:"row",children:n}),o("td",{class:r?"yes":"no",children:r?"yes":"no"}),o("td",{children:[o("code",{children:s})," ",l,u&&` The hook ${u} of the program may still refuse.`]})]},n))})]})]}),o("section",{children:[o("h3",{children:"Options that hold"}),o(Is,{options:e.options})]})]})}function ma({token:e}){if(e.kind==="invalid")return o("p",{class:"problem",children:["The token is not accepted (",e.reason,"): ",e.message,"."]});let t=e.expires_in===void 0?"without an end":`for ${Vt(e.expires_in)}`;return o("p",{class:"note",children:["A token of a ",e.kind," for ",e.user||"a client without a uid",e.channel&&`, for the channel ${e.channel}`,", ",t,"."]})}var Dm=[["overview","Overview",["overview"]],["channels","Channels",["channels","channel"]],["connections","Connections",["connections","connection","user"]],["why","Why",["why"]]];function da({hasSession:e}){let t=Su(),n=async()=>{await _u(),location.reload()};return o(Te,{children:[o("div",{class:"inspector-bar",children:[o("nav",{"aria-label":"Inspector",children:o("ul",{class:"tabs",children:Dm.map(([r,s,l])=>o("li",{children:o("a",{href:bn({kind:r}),"aria-current":jm(t.kind,l)?"page":void 0,children:s})},r))})}),e&&o("button",{type:"button",class:"quiet",onClick:n,children:"Log out"})]}),o(Mm,{view:t},bn(t))]})}function jm(e,t){return t.includes(e)}function Mm({view:e}){switch(e.kind){case"overview":return o(pa,{});case"channels":return o(Ou,{});case"channel":return o(Mu,{channel:e.name});case"connections":return o(Du,{});case"connection":return o(Pu,{client:e.name});case"user":return o(ha,{user:e.name});case"why":return o(ya,{})}}function va(){let[e,t]=te();return o("form",{class:"login",onSubmit:async r=>{if(r.preventDefault(),!(r.target instanceof HTMLFormElement))return;let s=kn(r.target,"key"),l=await wu(s).catch($t);if(l!==void 0)return t(l);location.hash===""&&location.replace(bn({kind:"overview"})),location.reload()},children:[o("p",{class:"field",children:[o("label",{for:"key",children:"Admin key of this server"}),o("input",{id:"key",name:"key",type:"password",autocomplete:"current-password",required:!0})]}),o("button",{type:"submit",class:"primary",children:"Log in"}),o("p",{role:"alert",class:"problem",children:e})]})}var is=document.getElementById("inspector");is?.dataset.admission==="login"?Es(o(va,{}),is):is&&Es(o(da,{hasSession:is.dataset.admission==="session"}),is);\n';var N=`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="15" fill="#0b6e55" />
  <g fill="none" stroke="#fff" stroke-linecap="round" stroke-width="3.5">
    <path d="M11 32C24 6 40 6 53 32" />
    <path d="M11 32H53" opacity=".5" />
    <path d="M11 32C24 58 40 58 53 32" />
  </g>
  <circle cx="11" cy="32" r="4.5" fill="#fff" />
  <circle cx="53" cy="32" r="4.5" fill="#fff" />
</svg>
`;var be=[e,p,t,h,n,r,i,l,o,s,d,u,c,a,f,m];export{j as consoleScript,N as favicon,O as inspectorScript,be as styles};
