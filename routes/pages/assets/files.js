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

/* Why no visitor gets in without a token. */
.notice {
  display: grid;
  gap: 0.6rem;
  padding: 0.8rem 0.9rem;
  border: 1px solid var(--line);
  border-left: 3px solid var(--accent);
  border-radius: 0.4rem;
  background: var(--sunken);
  font-size: 0.875rem;
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
  unicode-bidi: isolate;
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

.notifications .demo-stage .bar {
  grid-template-columns: auto minmax(0, 1fr) auto;
}

@media (max-width: 720px) {
  .notifications .demo-stage .bar {
    grid-template-columns: minmax(0, 1fr) auto;
  }

  .notifications .bar input {
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

.refusal {
  min-height: 1.4rem;
  color: var(--alarm);
  font-size: 0.875rem;
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
`;var D='var wt=Object.defineProperty,$e=(t,e)=>{let n={};for(var r in t)wt(n,r,{get:t[r],enumerable:!0});return e||wt(n,Symbol.toStringTag,{value:"Module"}),n};var ce=Symbol("RENDERER"),j=Symbol("ERROR_HANDLER"),y=Symbol("STASH"),ae=Symbol("INTERNAL"),K=Symbol("MEMO"),St=Symbol("PERMALINK"),zn=Symbol("RENDERED_JSX");var je=t=>(t[ae]=!0,t);var bt=t=>({value:e,children:n})=>{if(!n)return;let r={children:[{tag:je(()=>{t.push(e)}),props:{}}]};Array.isArray(n)?r.children.push(...n.flat()):r.children.push(n),r.children.push({tag:je(()=>{t.pop()}),props:{}});let s={tag:"",props:r,type:""};return s[j]=o=>{throw t.pop(),o},s},q=t=>{let e=[t],n=bt(e);return n.values=e,n.Provider=n,I.push(n),n};var G={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},Ie={},le="data-precedence",Fe=t=>t.rel==="stylesheet"&&"precedence"in t,Be=(t,e)=>t==="link"?e:G[t].length>0;var He=t=>Array.isArray(t)?t:[t];var Yn=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),fe=t=>Yn.get(t)||t;var xt=(t,e,n)=>{t.size>=e&&t.clear(),t.add(n)};var Qn=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Ue=new Set,vt=1024,er=t=>{if(Ue.has(t))return!0;let e=t.length;if(e===0)return!1;for(let n=0;n<e;n++){let r=t.charCodeAt(n);if(!(r>=97&&r<=122||r>=65&&r<=90||r>=48&&r<=57||r===45||r===95))return Qn.test(t)?!1:(xt(Ue,vt,t),!0)}return xt(Ue,vt,t),!0},tr=/[;"\'\\\\/\\[\\](){}]/,nr=t=>{if(!tr.test(t))return!1;let e=0,n=[];for(let r=0,s=t.length;r<s;r++){let o=t.charCodeAt(r);if(o===92){if(r===s-1)return!0;r++}else if(e!==0){if(o===10||o===12||o===13)return!0;o===e&&(e=0)}else if(o===47&&t.charCodeAt(r+1)===42){let i=t.indexOf("*/",r+2);if(i===-1)return!0;r=i+1}else if(o===34||o===39)e=o;else if(o===40)n.push(41);else if(o===91)n.push(93);else{if(o===123||o===125)return!0;if(o===41||o===93){if(n[n.length-1]!==o)return!0;n.pop()}else if(o===59&&n.length===0)return!0}}return e!==0||n.length!==0},We=(t,e)=>{for(let[n,r]of Object.entries(t)){let s=n[0]==="-"||!/[A-Z]/.test(n)?n:n.replace(/[A-Z]/g,i=>`-${i.toLowerCase()}`);if(!er(s))continue;if(r==null){e(s,null);continue}let o;if(typeof r=="number")o=s.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${r}`:`${r}px`;else if(typeof r=="string"){if(nr(r))continue;o=r}else continue;e(s,o)}};var Ct=(t,e)=>{if(t===e)return!0;let n=Object.keys(t).sort(),r=Object.keys(e).sort();if(n.length!==r.length)return!1;for(let s=0,o=n.length;s<o;s++)if(!(n[s]==="children"&&r[s]==="children"&&!t.children?.length&&!e.children?.length)&&t[n[s]]!==e[n[s]])return!1;return!0};var I=[],kt=!1,Ve,rr,sr=0,At=!1,or=()=>{if(kt)return Ve;kt=!0;let t=globalThis,e;for(let n of[()=>t.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>t.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{e=n()}catch{}if(e)break}return e&&(Ve=new e),Ve},ir=()=>or()?.getStore()||rr,cr=()=>{sr>0&&!At&&(At=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var ar=(t,e)=>{if(!t)return cr(),e.values.at(-1);let n=t.get(e);return n?.length?n.at(-1):e.values[0]};var N=t=>ar(ir(),t);var lr=0;var fr=2,ur=3,hr=4,Ke=new WeakMap,qe=(t,e)=>!t||!e||t.length!==e.length||e.some((n,r)=>n!==t[r]);var dr;var Tt=[];var D=t=>{let e=()=>typeof t=="function"?t():t,n=R.at(-1);if(!n)return[e(),()=>{}];let[,r]=n,s=r[y][1][lr]||=[],o=r[y][0]++;return s[o]||=[e(),i=>{let c=dr,u=s[o];if(typeof i=="function"&&(i=i(u[0])),!Object.is(i,u[0]))if(u[0]=i,Tt.length){let[f,h]=Tt.at(-1);Promise.all([f===3?r:X([f,!1,c],r),h]).then(([a])=>{if(!a||!(f===2||f===3))return;let d=a.vC;requestAnimationFrame(()=>{setTimeout(()=>{d===a.vC&&X([f===3?1:0,!1,c],a)})})})}else X([0,!1,c],r)}]};var Mt=(t,e,n)=>{let r=R.at(-1);if(!r)return;let[,s]=r,o=s[y][1][1]||=[],i=s[y][0]++,[c,,u]=o[i]||=[];if(qe(c,n)){u&&u();let f=()=>{h[t]=void 0,h[2]=e()},h=[n,void 0,void 0,void 0,void 0];h[t]=f,o[i]=h}},J=(t,e)=>Mt(3,t,e),Ge=(t,e)=>Mt(1,t,e);var _=(t,e)=>{let n=R.at(-1);if(!n)return t;let[,r]=n,s=r[y][1][fr]||=[],o=r[y][0]++,i=s[o];return qe(i?.[1],e)?s[o]=[t,e]:t=s[o][0],t};function F(t){let e=R.at(-1);if(!e)return{current:t};let[,n]=e,r=n[y][1][hr]||=[],s=n[y][0]++;return r[s]||={current:t}}var Xe=t=>{let e=Ke.get(t);if(e){if(e.length===2)throw e[1];return e[0]}throw t.then(n=>Ke.set(t,[n]),n=>Ke.set(t,[void 0,n])),t},ue=(t,e)=>{let n=R.at(-1);if(!n)return t();let[,r]=n,s=r[y][1][ur]||=[],o=r[y][0]++,i=s[o];return qe(i?.[1],e)&&(s[o]=[t(),e]),s[o][0]},pr=0,he=()=>ue(()=>`:r${(pr++).toString(32)}:`,[]);var Je=(t,e,n)=>{let r=R.at(-1);if(!r){if(!n)throw new Error("getServerSnapshot is required for server side rendering");return n()}let s=r[0][4]&&n?n():e(),[,o]=D(0),i=F([s,e]);i.current=[s,e];let c=F(null);return J(()=>{let u=()=>o(a=>a+1);c.current?.(),c.current=t(u);let[f,h]=i.current;Object.is(f,h())||u()},[t]),J(()=>()=>c.current?.(),[]),s};var Y="_hp",mr={Change:"Input",DoubleClick:"DblClick"},yr={svg:"2000/svg",math:"1998/Math/MathML"},R=[],z=new WeakMap,B,$t=()=>B,b=t=>"t"in t,ze={onClick:["click",!1]},Rt=t=>{if(!t.startsWith("on"))return;if(ze[t])return ze[t];let e=t.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(e){let[,n,r]=e;return ze[t]=[(mr[n]||n).toLowerCase(),!!r]}},Ot=(t,e)=>B&&t instanceof SVGElement&&/[A-Z]/.test(e)&&(e in t.style||e.match(/^(?:o|pai|str|u|ve)/))?e.replace(/([A-Z])/g,"-$1").toLowerCase():e,jt=t=>t==null||t===!1?null:t,gr=(t,e)=>{"value"in e&&(t.value=jt(e.value),!t.multiple&&t.selectedIndex===-1&&(t.selectedIndex=0))},Nt=t=>t instanceof DOMException&&t.name==="InvalidCharacterError",wr=(t,e,n)=>{e||={};for(let r in e){let s=e[r];if(r!=="children"&&(!n||n[r]!==s)){r=fe(r);let o=Rt(r);if(o){if(n?.[r]!==s&&(n&&t.removeEventListener(o[0],n[r],o[1]),s!=null)){if(typeof s!="function")throw new Error(`Event handler for "${r}" is not a function`);t.addEventListener(o[0],s,o[1])}}else if(r==="dangerouslySetInnerHTML"&&s)t.innerHTML=s.__html;else if(r==="ref"){z.get(t)?.();let i;typeof s=="function"?i=s(t)||(()=>s(null)):s&&"current"in s&&(s.current=t,i=()=>s.current=null),z.set(t,i)}else if(r==="style"){let i=t.style;typeof s=="string"?i.cssText=s:(i.cssText="",s!=null&&We(s,i.setProperty.bind(i)))}else{if(r==="value"){let c=t.nodeName;if(c==="SELECT")continue;if((c==="INPUT"||c==="TEXTAREA")&&(t.value=jt(s),c==="TEXTAREA")){t.textContent=s;continue}}else(r==="checked"&&t.nodeName==="INPUT"||r==="selected"&&t.nodeName==="OPTION")&&(t[r]=s);let i=Ot(t,r);try{s==null||s===!1?t.removeAttribute(i):s===!0?t.setAttribute(i,""):typeof s=="string"||typeof s=="number"?t.setAttribute(i,s):t.setAttribute(i,s.toString())}catch(c){if(!Nt(c))throw c}}}}if(n)for(let r in n){let s=n[r];if(r!=="children"&&!(r in e)){r=fe(r);let o=Rt(r);if(o)t.removeEventListener(o[0],s,o[1]);else if(r==="ref")z.get(t)?.(),z.delete(t);else try{t.removeAttribute(Ot(t,r))}catch(i){if(!Nt(i))throw i}}}},Sr=(t,e)=>{e[y][0]=0,R.push([t,e]);let n=e.tag[ce]||e.tag,r=n.defaultProps?{...n.defaultProps,...e.props}:e.props;try{return[n.call(null,r)]}finally{R.pop()}},It=(t,e,n,r,s)=>{t.vR?.length&&(r.push(...t.vR),delete t.vR),typeof t.tag=="function"&&t[y][1][1]?.forEach(o=>s.push(o)),t.vC.forEach(o=>{if(b(o))n.push(o);else if(typeof o.tag=="function"||o.tag===""){o.c=e;let i=n.length;if(It(o,e,n,r,s),o.s){for(let c=i;c<n.length;c++)n[c].s=!0;o.s=!1}}else n.push(o),o.vR?.length&&(r.push(...o.vR),delete o.vR)})},br=t=>{for(;t&&(t.tag===Y||!t.e);)t=t.tag===Y||!t.vC?.[0]?t.nN:t.vC[0];return t?.e},Ft=t=>{if(!b(t)){let e=t[y];e?.[1][1]&&(e[1][1].forEach(n=>n[2]?.()),delete e[1][1]),z.get(t.e)?.(),t.p===2&&t.vC?.forEach(n=>n.p=2),t.vC?.forEach(Ft)}t.p||(t.e?.remove(),delete t.e),typeof t.tag=="function"&&(Z.delete(t),de.delete(t),delete t[y][3],t.a=!0)},Ze=(t,e,n)=>{t.c=e,Bt(t,e,n)},_t=(t,e)=>{if(e){for(let n=0,r=t.length;n<r;n++)if(t[n]===e)return n}},Lt=Symbol(),Bt=(t,e,n)=>{let r=[],s=[],o=[];It(t,e,r,s,o),s.forEach(Ft);let i=n?void 0:e.childNodes,c,u=null;if(n)c=-1;else if(!i.length)c=0;else{let f=_t(i,br(t.nN));f!==void 0?(u=i[f],c=f):c=_t(i,r.find(h=>h.tag!==Y&&h.e)?.e)??-1,c===-1&&(n=!0)}for(let f=0,h=r.length;f<h;f++,c++){let a=r[f],d;if(a.s&&a.e)d=a.e,a.s=!1;else{let p=n||!a.e;if(b(a))a.e&&a.d&&(a.e.textContent=a.t),a.d=!1,d=a.e||=document.createTextNode(a.t);else{let m=!a.e;d=a.e||=a.n?document.createElementNS(a.n,a.tag):document.createElement(a.tag),wr(d,a.props,m?void 0:a.pP),Bt(a,d,p),a.tag==="select"&&gr(d,a.props)}}a.tag===Y?c--:n?d.parentNode||e.appendChild(d):i[c]!==d&&i[c-1]!==d&&(i[c+1]===d?e.appendChild(i[c]):e.insertBefore(d,u||i[c]||null))}if(t.pP&&(t.pP=void 0),o.length){let f=[],h=[];o.forEach(([,a,,d,p])=>{a&&f.push(a),d&&h.push(d),p?.()}),f.forEach(a=>a()),h.length&&requestAnimationFrame(()=>{h.forEach(a=>a())})}},Er=(t,e)=>!!(t&&t.length===e.length&&t.every((n,r)=>n[1]===e[r][1])),xr=t=>{let e=new Map;for(let n of t){let r=n.key;if(e.has(r))return;e.set(r,n)}return e},de=new WeakMap,pe=(t,e,n)=>{let r=!n&&e.pC;n&&(e.pC||=e.vC);let s;try{n||=typeof e.tag=="function"?Sr(t,e):He(e.props.children),n[0]?.tag===""&&n[0][j]&&(s=n[0][j],t[5].push([t,s,e]));let o=r?[...e.pC]:e.vC?[...e.vC]:void 0,i=[],c,u=(o?.length||0)*2,f;for(let h=0;h<n.length;h++){if(Array.isArray(n[h])){n.splice(h,1,...n[h].flat(1/0)),h--;continue}let a=Ht(n[h]);if(a){typeof a.tag=="function"&&!a.tag[ae]&&(I.length>0&&(a[y][2]=I.map(p=>[p,p.values.at(-1)])),t[5]?.length&&(a[y][3]=t[5].at(-1)));let d;if(f&&a.key===void 0&&!b(a)&&(o=[...f.values()],f=void 0),f){let p=a.key,m=f.get(p);m&&(b(a)?b(m):m.tag===a.tag&&m.key===p)&&(d=m,f.delete(p))}else if(o&&o.length){let p=o[0];if(b(a)?b(p):!b(p)&&(a.key!==void 0?p.key===a.key&&p.tag===a.tag:p.tag===a.tag))d=o.shift();else{let m=o.findIndex(b(a)?v=>b(v):a.key!==void 0?v=>v.key===a.key&&v.tag===a.tag:v=>v.tag===a.tag);u-=m===-1?o.length:m,m!==-1&&(d=o[m],o.splice(m,1)),u<0&&(u=1/0,f=xr(o))}}if(d)if(b(a))d.t!==a.t&&(d.t=a.t,d.d=!0),a=d;else{let p=d.pP=d.props;if(d.props=a.props,d.f||=a.f||e.f,typeof a.tag=="function"){let m=d[y][2];d[y][2]=a[y][2]||[],d[y][3]=a[y][3],!d.f&&((d.o||d)===a.o||d.tag[K]?.(p,d.props))&&Er(m,d[y][2])&&(d.s=!0)}a=d}else if(!b(a)&&B){let p=N(B);p&&(a.n=p)}if(!b(a)&&!a.s&&(pe(t,a),delete a.f),i.push(a),c&&!c.s&&!a.s)for(let p=c;p&&!b(p);p=p.vC?.at(-1))p.nN=a;c=a}}if(c&&!c.s)for(let h=c;h&&!b(h);h=h.vC?.at(-1))h.nN=e.nN;o=f?[...f.values()]:o,e.vR=r?[...e.vC,...o||[]]:o||[],e.vC=i,r&&delete e.pC}catch(o){if(e.f=!0,o===Lt){if(s)return;throw o}let[i,c,u]=e[y]?.[3]||[];if(c){let f=()=>X([0,!1,t[2]],u),h=de.get(u)||[];h.push(f),de.set(u,h);let a=c(o,()=>{let d=de.get(u);if(d){let p=d.indexOf(f);if(p!==-1)return d.splice(p,1),f()}});if(a){if(t[0]===1)t[1]=!0;else if(pe(t,u,[a]),(c.length===1||t!==i)&&u.c&&!t[5].some(([,,d])=>d===u)){Ze(u,u.c,!1);return}throw Lt}}throw o}finally{s&&t[5].pop()}},Ht=t=>{if(!(t==null||typeof t=="boolean")){if(typeof t=="string"||typeof t=="number")return{t:t.toString(),d:!0};if("vR"in t&&(t={tag:t.tag,props:t.props,key:t.key,f:t.f,type:t.tag,ref:t.props.ref,o:t.o||t}),typeof t.tag=="function")t[y]=[0,[]];else{let e=yr[t.tag];e&&(B||=q(""),t.props.children=[{tag:B,props:{value:t.n=`http://www.w3.org/${e}`,children:t.props.children}}])}return t}},Ut=(t,e,n)=>{t.c===e&&(t.c=n,t.vC.forEach(r=>Ut(r,e,n)))},Pt=(t,e)=>{e[y][2]?.forEach(([n,r])=>{n.values.push(r)});try{pe(t,e,void 0)}catch{return}if(e.a){delete e.a;return}e[y][2]?.forEach(([n])=>{n.values.pop()}),(t[0]!==1||!t[1])&&Ze(e,e.c,!1)},Z=new WeakMap,Dt=[],X=async(t,e)=>{t[5]||=[];let n=Z.get(e);n&&n[0](void 0);let r,s=new Promise(o=>r=o);if(Z.set(e,[r,()=>{t[2]?t[2](t,e,o=>{Pt(o,e)}).then(()=>r(e)):(Pt(t,e),r(e))}]),Dt.length)Dt.at(-1).add(e);else{await Promise.resolve();let o=Z.get(e);o&&(Z.delete(e),o[1]())}return s},vr=(t,e)=>{let n=[];n[5]=[],n[4]=!0,pe(n,t,void 0),n[4]=!1;let r=document.createDocumentFragment();Ze(t,r,!0),Ut(t,r,e),e.replaceChildren(r)},Ye=(t,e)=>{vr(Ht({tag:"",props:{children:t}}),e)};var Qe=(t,e,n)=>({tag:Y,props:{children:t},key:n,e,p:1});var Vt=q({pending:!1,data:null,method:null,action:null}),Wt=new Set,Kt=t=>{Wt.add(t);let e=()=>{Wt.delete(t)};t.then(e,e)};var nt=$e({button:()=>tn,clearCache:()=>Cr,composeRef:()=>me,form:()=>Yt,input:()=>en,link:()=>Jt,meta:()=>zt,script:()=>Gt,style:()=>Xt,title:()=>qt}),Cr=()=>{et=Object.create(null),tt=Object.create(null)},me=(t,e)=>ue(()=>n=>{let r;t&&(typeof t=="function"?r=t(n)||(()=>{t(null)}):t&&"current"in t&&(t.current=n,r=()=>{t.current=null}));let s=e(n);return()=>{s?.(),r?.()}},[t]),et=Object.create(null),tt=Object.create(null),Q=(t,e,n,r,s)=>{if(e?.itemProp)return{tag:t,props:e,type:t,ref:e.ref};let o=document.head,{onLoad:i,onError:c,precedence:u,blocking:f,...h}=e,a=null,d=!1,p=G[t],m=Be(t,r),v=w=>w.getAttribute("rel")==="stylesheet"&&w.getAttribute("data-precedence")!==null,A;if(m){let w=o.querySelectorAll(t);e:for(let S of w)if(!(t==="link"&&!v(S))){for(let g of p)if(S.getAttribute(g)===e[g]){a=S;break e}}if(!a){let S=p.reduce((g,E)=>e[E]===void 0?g:`${g}-${E}-${e[E]}`,t);d=!tt[S],a=tt[S]||=(()=>{let g=document.createElement(t);for(let E of p)e[E]!==void 0&&g.setAttribute(E,e[E]);return e.rel&&g.setAttribute("rel",e.rel),g})()}}else A=o.querySelectorAll(t);u=r?u??"":void 0,r&&(h[le]=u);let L=_(w=>{if(m){if(t==="link"&&u!==void 0){let g=!1;for(let E of o.querySelectorAll(t)){let P=E.getAttribute(le);if(P===null){o.insertBefore(w,E);return}if(g&&P!==u){o.insertBefore(w,E);return}P===u&&(g=!0)}o.appendChild(w);return}let S=!1;for(let g of o.querySelectorAll(t)){if(S&&g.getAttribute("data-precedence")!==u){o.insertBefore(w,g);return}g.getAttribute("data-precedence")===u&&(S=!0)}o.appendChild(w)}else if(t==="link")o.contains(w)||o.appendChild(w);else if(A){let S=!1;for(let g of A)if(g===w){S=!0;break}S||o.insertBefore(w,o.contains(A[0])?A[0]:o.querySelector(t)),A=void 0}},[m,u,t]),ie=me(e.ref,w=>{let S=p[0];if(n===2&&(w.innerHTML=""),(d||A)&&L(w),!c&&!i||!S)return;let g=et[w.getAttribute(S)]||=new Promise((E,P)=>{w.addEventListener("load",E),w.addEventListener("error",P)});i&&(g=g.then(i)),c&&(g=g.catch(c)),g.catch(()=>{})});if(s&&f==="render"){let w=G[t][0];if(w&&e[w]){let S=e[w],g=et[S]||=new Promise((E,P)=>{L(a),a.addEventListener("load",E),a.addEventListener("error",P)});Xe(g)}}let V={tag:t,type:t,props:{...h,ref:ie},ref:ie};return V.p=n,a&&(V.e=a),Qe(V,o)},qt=t=>{let e=$t();return(e&&N(e))?.endsWith("svg")?{tag:"title",props:t,type:"title",ref:t.ref}:Q("title",t,void 0,!1,!1)},Gt=t=>!t||["src","async"].some(e=>!t[e])?{tag:"script",props:t,type:"script",ref:t.ref}:Q("script",t,1,!1,!0),Xt=t=>!t||!["href","precedence"].every(e=>e in t)?{tag:"style",props:t,type:"style",ref:t.ref}:(t["data-href"]=t.href,delete t.href,Q("style",t,2,!0,!0)),Jt=t=>!t||["onLoad","onError"].some(e=>e in t)||t.rel==="stylesheet"&&(!("precedence"in t)||"disabled"in t)?{tag:"link",props:t,type:"link",ref:t.ref}:Q("link",t,1,Fe(t),!0),zt=t=>Q("meta",t,void 0,!1,!1),Zt=Symbol(),Yt=t=>{let{action:e,...n}=t;typeof e!="function"&&(n.action=e);let[r,s]=D([null,!1]),o=_(async f=>{let h=f.isTrusted?e:f.detail[Zt];if(typeof h!="function")return;f.preventDefault();let a=new FormData(f.target);s([a,!0]);try{let d=h(a);d instanceof Promise&&(Kt(d),await d)}finally{s([null,!0])}},[]),i=me(t.ref,f=>(f.addEventListener("submit",o),()=>{f.removeEventListener("submit",o)})),[c,u]=r;return r[1]=!1,{tag:Vt,props:{value:{pending:c!==null,data:c,method:c?"post":null,action:c?e:null},children:{tag:"form",props:{...n,ref:i},type:"form",ref:i}},f:u}},Qt=(t,{formAction:e,...n})=>{if(typeof e=="function"){let r=_(s=>{s.preventDefault(),s.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Zt]:e}}))},[]);n.ref=me(n.ref,s=>(s.addEventListener("click",r),()=>{s.removeEventListener("click",r)}))}return{tag:t,props:n,type:t,ref:n.ref}},en=t=>Qt("input",t),tn=t=>Qt("button",t);Object.assign(Ie,{title:qt,script:Gt,style:Xt,link:Jt,meta:zt,form:Yt,input:en,button:tn});var l=(t,e,n)=>(typeof t=="string"&&nt[t]&&(t=nt[t]),{tag:t,type:t,props:e,key:n,ref:e.ref}),ee=t=>l("",t,void 0);var nn=(t,e=Ct)=>{let n=r=>t(r);return n[K]=e,n};function T(t,e){let n=new FormData(t).get(e);return typeof n=="string"?n.trim():""}function O(t){let{name:e,label:n,value:r="",type:s="text",suggestions:o}=t,i=he();return l("p",{class:`field field-${e}`,children:[l("label",{for:i,children:n}),l("input",{id:i,name:e,type:s,value:r,placeholder:t.placeholder,required:t.required,list:o&&`${i}-list`,autocomplete:"off",autocapitalize:"off",spellcheck:!1}),o&&l("datalist",{id:`${i}-list`,children:o.map(c=>l("option",{value:c},c))})]})}function rn({name:t,label:e,choices:n}){let r=he();return l("p",{class:`field field-${t}`,children:[l("label",{for:r,children:e}),l("select",{id:r,name:t,children:n.map(([s,o])=>l("option",{value:s,children:o},s))})]})}var C={get now(){return performance.now()},get wallTime(){return Date.now()},after(t,e){let n=setTimeout(e,t);return()=>clearTimeout(n)},every(t,e){let n=setInterval(e,t);return typeof n=="object"&&n.unref(),()=>clearInterval(n)},soon(t){let e=setImmediate(t);return()=>clearImmediate(e)}};var Oi=new TextEncoder;function sn(t,e,n=kr){let r,s=1/0;for(let o of e){let i=Ar(t.toLowerCase(),o.toLowerCase());i>n(o)||i>=s||(r=o,s=i)}return r}function kr(t){return Math.ceil(t.length/3)}function Ar(t,e){let n=[],r=Array.from({length:e.length+1},(s,o)=>o);for(let s=1;s<=t.length;s++){let o=[s];for(let i=1;i<=e.length;i++){let c=t[s-1]===e[i-1],u=Math.min(r[i]+1,o[i-1]+1,r[i-1]+(c?0:1));s>1&&i>1&&t[s-1]===e[i-2]&&t[s-2]===e[i-1]&&(u=Math.min(u,n[i-2]+1)),o.push(u)}n=r,r=o}return r[e.length]}function ye(t){return Object.keys(t)}function ge(t,e,n){Mr(t,e);for(let r of Object.keys(e)){if(n.includes(r))continue;let s=sn(r,n),o=s===void 0?"":`: did you mean ${s}?`;throw new TypeError(`Cannot ${t} with ${r}, no such option${o}`)}}function Tr(t){return t===null?"null":Array.isArray(t)?"array":typeof t}function rt(t){return typeof t=="number"||typeof t=="bigint"?`${t}`:JSON.stringify(t)??typeof t}function Mr(t,e){let n=Tr(e);if(n!=="object")throw new TypeError(`Cannot ${t} with options of the type ${n}: expected an object`)}function we(t){return typeof t=="object"&&t!==null&&!Array.isArray(t)}var M={messageTooBig:{code:1009,reason:"message too big",reconnect:!1},shutdown:{code:3001,reason:"shutdown",reconnect:!0},internal:{code:3004,reason:"internal server error",reconnect:!0},expired:{code:3005,reason:"connection expired",reconnect:!0},slow:{code:3008,reason:"slow",reconnect:!0},insufficientState:{code:3010,reason:"insufficient state",reconnect:!0},forceReconnect:{code:3011,reason:"force reconnect",reconnect:!0},silent:{code:3012,reason:"Network connection timeout!",reconnect:!0},subscriptionExpired:{code:3006,reason:"subscription expired",reconnect:!0},noPong:{code:3012,reason:"no pong",reconnect:!0},tooManyRequests:{code:3013,reason:"too many requests",reconnect:!0},invalidToken:{code:3500,reason:"invalid token",reconnect:!1},badRequest:{code:3501,reason:"bad request",reconnect:!1},stale:{code:3502,reason:"stale",reconnect:!1},forceDisconnect:{code:3503,reason:"force disconnect",reconnect:!1},connectionLimit:{code:3504,reason:"connection limit",reconnect:!1},channelLimit:{code:3505,reason:"channel limit",reconnect:!1},inappropriateProtocol:{code:3506,reason:"inappropriate protocol",reconnect:!1},permissionDenied:{code:3507,reason:"permission denied",reconnect:!1},notAvailable:{code:3508,reason:"not available",reconnect:!1},tooManyErrors:{code:3509,reason:"too many errors",reconnect:!1}};function on(t){if(!t.startsWith("{"))return{reason:t};try{let e=JSON.parse(t);if(!we(e)||typeof e.reason!="string")return{reason:t};let n=st(e.retry_after_ms);return n===void 0?{reason:e.reason}:{reason:e.reason,retryAfterMs:n}}catch(e){if(!(e instanceof SyntaxError))throw e;return{reason:t}}}function st(t){return typeof t=="number"&&t>=0&&isFinite(t)?t:void 0}var x={code:1006,reason:"gone",reconnect:!0};function cn(t){return t===M.messageTooBig.code?!1:!(t>=3500&&t<=3999||t>=4500&&t<=4999)}var Se={number:()=>Math.random(),uuid:()=>crypto.randomUUID()};var be=class{#t=new Map;add(e){let{channel:n=""}=e,r=this.#t.get(n)??[];r.push(JSON.stringify(e)),this.#t.set(n,r)}isDuplicate(e){let{channel:n=""}=e,r=this.#t.get(n);if(r===void 0)return!1;let s=r.indexOf(JSON.stringify(e));return r.splice(0,s+1),(s<0||r.length===0)&&this.#t.delete(n),s>=0}};function Ee(t,{clock:e,signal:n}){return new Promise(r=>{let s=()=>{o(),n.removeEventListener("abort",s),r()},o=e.after(t,s);n.addEventListener("abort",s),n.aborted&&s()})}var Rr=2/3,xe=class{#t;#r;#e=new AbortController;#n;#o;constructor(e){let{feed:n,silenceMs:r}=e;this.#t=e;let s=n({...e,pollMs:Math.floor(r*Rr),signal:this.#e.signal,onActivity:()=>this.#i()});this.#r=s[Symbol.asyncIterator](),this.#i()}async next(){let e=await this.#s(),n=this.#n??e;return n.type!=="open"&&n.type!=="messages"&&this.cancel(),n}cancel(){this.#c({type:"cancelled"})}async#s(){try{let{value:e,done:n}=await this.#r.next();if(n)return an("");if(e.type!=="end")return e;let{code:r,reason:s,retryAfterMs:o}=e,i={code:r,reason:s,wasClean:!0};return o===void 0?{type:"end",close:i}:{type:"end",close:{...i,retryAfterMs:o}}}catch(e){return an(String(e))}}#i(){let{clock:e,silenceMs:n,silenceClose:r}=this.#t;this.#o?.(),this.#n===void 0&&(this.#o=e.after(n,()=>{this.#c({type:"end",close:r})}))}#c(e){this.#o?.(),this.#n===void 0&&(this.#n=e,this.#e.abort(),this.#r.return?.().catch(()=>{}))}};function an(t){return{type:"end",close:{code:x.code,reason:t,wasClean:!1}}}var ot=/^error:(\\d+) (.*)$/s,it=1e3,Or=3500,Nr=401,_r=413,Lr=503,Pr=new Set([400,403,404]),ln=new Set([408,429]);async function H(t,e){let{status:n,statusText:r}=t,s=ct(t,e),[o=""]=(await t.text()).split(/[\\r\\n]/);return{status:n,text:o||r,retryAfterMs:s}}function ct({headers:t},{clock:e,random:n}){let r=t.get("retry-after")?.trim()??"",s=/^\\d+$/.test(r)?Number(r)*1e3:Date.parse(/GMT$/.test(r)?r:"")-e.wallTime;if(isFinite(s))return Math.max(s,0)+Math.floor(n.number()*1e3)}function te({status:t,text:e}){return Pr.has(t)&&at(e)<it}function ve({status:t}){return t===Lr||t===Nr||ln.has(t)}function Ce({text:t}){return ot.test(t)&&at(t)<it?t:void 0}function U(t){let{text:e,retryAfterMs:n}=t,[,,r=e]=ot.exec(e)??[],s={code:Dr(t),reason:r,wasClean:!0};return n===void 0?s:{...s,retryAfterMs:n}}function Dr({status:t,text:e}){if(t<400||t>=500||ln.has(t))return x.code;let r=at(e);return r>=it?r:t===_r?M.messageTooBig.code:Or}function at(t){return Number(ot.exec(t)?.[1]??0)}async function ne({url:t,headers:e,fetch:n},r,{channels:s,since:o,signal:i}){let c=un(t,r);for(let f of s)c.searchParams.append("channel",f);o!==void 0&&c.searchParams.set("since",o);let u=o===void 0?8e3:0;return c.href.length+u>65e3?new Response("error:106 limit exceeded",{status:403}):await n(c,{headers:e(),signal:i,cache:"no-store"})}function fn({url:t,headers:e,fetch:n},r,s){return n(un(t,"/send"),{method:"POST",body:r,headers:e(),signal:s})}function un(t,e){let n=new URL(`.${e}`,t);for(let[r,s]of t.searchParams)n.searchParams.set(r,s);return n}async function hn(t,e){let n=new Map;await dn(t,e,n);let r=e.channels.at(-1);return n.size===0&&r!==void 0&&n.set(r,pn(e.refusal)),n}async function dn(t,{channels:e,refusal:n,signal:r},s){let[o]=e;if(o!==void 0&&e.length===1){s.set(o,pn(n));return}let i=Math.ceil(e.length/2);for(let c of[e.slice(0,i),e.slice(i)]){let u=await $r(t,c,r);u!==void 0&&await dn(t,{channels:c,refusal:u,signal:r},s)}}async function $r(t,e,n){let s=await ne(t,"/poll?timeout=0",{channels:e,signal:n});if(s.ok){await s.body?.cancel();return}let o=await H(s,t);return te(o)?o:void 0}function pn(t){return Ce(t)??`error:${t.status} ${t.text}`}var jr=50,mn=new Set,ke=class{#t;#r=new AbortController;#e=mn;#n;#o;#s;#i=Promise.resolve();constructor(e){this.#t=e}async open(e){let n=await this.#l(new Set);n!==void 0&&(e(),n())}change(e,n){return this.#i=this.#i.then(()=>this.#c(e,n))}renew(e){return this.#i=this.#i.then(()=>this.#c([],e,!0))}async#c(e,n,r=!1){let{accepts:s,resumePoint:o}=this.#t;if(r&&this.#n===void 0)return;let i=new Set(this.#e);for(let f of e){let h=f.slice(2);f.startsWith("+")?i.add(h):i.delete(h)}let c=new Map,u;for(;u===void 0&&!(Ir(i,this.#e)&&!r);){if(this.#r.signal.aborted)return;let f=i.size===0&&s==="channels",h=c.size;if(f){this.#h();break}if(u=await this.#l(i,{refused:c,isRenewal:r}),r&&u===void 0&&c.size===h)return}i.size===0&&s!=="directs"&&(o.since=void 0);for(let f of e){let h=c.get(f.slice(2));n(f.startsWith("+")&&h!==void 0?h:f)}for(let f of c.keys())e.includes(`+#${f}`)||n(`-#${f}`);u?.()}cancel(){this.#r.abort(),this.#n?.cancel(),this.#o?.cancel()}async#l(e,{refused:n=new Map,isRenewal:r=!1}={}){let{resumePoint:s,clock:o,onEnd:i}=this.#t,{signal:c}=this.#r,u=[...e],f=u.length>0?s.since:void 0,h=new xe({...this.#t,channels:u,since:f}),a=new be;[this.#o,this.#s]=[h,a];let d=await h.next();if(d.type==="open")return this.#n&&await Ee(jr,{clock:o,signal:c}),this.#n?.cancel(),this.#n=h,this.#o=this.#s=void 0,this.#e=new Set(e),()=>this.#f(h,a);if(this.#s=void 0,d.type==="refused"&&u.length>0&&te(d.refusal)){let{refusal:m}=d,v=await this.#u({channels:u,refusal:m,signal:c});for(let[A,L]of v)n.set(A,L),e.delete(A)}else d.type==="refused"?r&&ve(d.refusal)||i(U(d.refusal)):d.type==="end"&&!r&&i(d.close)}async#u(e){try{return await hn(this.#t,e)}catch(n){let r=String(n);return this.#t.onEnd({code:x.code,reason:r,wasClean:!1}),new Map}}async#f(e,n){let{onEnd:r}=this.#t;for(;;){let s=await e.next();switch(s.type){case"open":break;case"messages":this.#a(s,n);break;case"refused":return r(te(s.refusal)?{...U(s.refusal),code:x.code}:U(s.refusal));case"end":return r(s.close);case"cancelled":return}}}#a({messages:e,cursor:n},r){let{accepts:s,resumePoint:o,onMessage:i}=this.#t;for(let c of e){let u=c.channel===void 0?"directs":"channels";s!=="all"&&s!==u||(this.#s?.add(c),r.isDuplicate(c)||i(c))}this.#e.size>0&&(o.since=n??o.since)}#h(){this.#n?.cancel(),this.#n=void 0,this.#e=mn}};function Ir(t,e){return t.size===e.size&&[...t].every(n=>e.has(n))}var Fr=500,yn=async function*(t){let e=await ne(t,"/sse",t);if(t.onActivity(),!e.ok||e.body===null)return yield gn(e,t);yield{type:"open"};let n=new TextDecoder,r=e.body.getReader(),s="";try{for(;;){let{value:o,done:i}=await r.read();if(i)return;t.onActivity();let c=n.decode(o,{stream:!0}),u=(s+c).split(`\n\n`);s=u.pop()??"";for(let f of u)yield*Br(f)}}finally{await r.cancel()}},lt=async function*(t){let{clock:e,random:n,pollMs:r,signal:s}=t,{since:o}=t;for(let i=!1;;i=!0){let c=i?r:0,u=e.now,f=`/poll?timeout=${c}ms`,h=await ne(t,f,{...t,since:o});if(t.onActivity(),!h.ok)return yield gn(h,t);i||(yield{type:"open"});let{publications:a,cursor:d,recovered:p}=await h.json();o=d,yield{type:"messages",messages:a,cursor:d};let m=ct(h,t);if(m!==void 0){let{code:ie,reason:V}=M.shutdown;return yield{type:"end",code:ie,reason:V,retryAfterMs:m}}let v=a.length===0||!p;if(!i||!v)continue;let L=Fr*(1+n.number())-(e.now-u);if(L>0&&await Ee(L,{clock:e,signal:s}),s.aborted)return}};async function gn(t,e){return{type:"refused",refusal:await H(t,e)}}function*Br(t){let e=new Map;for(let c of t.split(`\n`)){let[,u="",f=""]=/^([^:]*): ?(.*)$/s.exec(c)??[];e.set(u,f)}let n=e.get("data"),r=n===void 0?void 0:JSON.parse(n),s=e.get("event")??"message",o=r!==void 0&&s==="message"?[r]:[],i=e.get("id");if((i!==void 0||o.length>0)&&(yield{type:"messages",messages:o,cursor:i}),r!==void 0&&s==="disconnect"){let{code:c,reason:u}=r,f=st(r.retry_after_ms);yield{type:"end",code:c,reason:u,retryAfterMs:f}}}var Ae=/^[+-]#/,Hr=/^(?:pong|error:\\d+ .*)$/s,Te=class{#t;#r=new AbortController;#e=[];#n=0;#o=!1;constructor(e){this.#t=e}get length(){return this.#n}get hasChanges(){return this.#e.some(e=>Ae.test(e))}push(e){this.#e.push(e),this.#n+=e.length,this.#s()}dropChanges(){this.#e=this.#e.filter(e=>!Ae.test(e))}stop(){let e=this.#e.filter(n=>n!=="ping"&&!Ae.test(n));return this.#e=[],this.#r.abort(),e}async#s(){if(!this.#o){for(this.#o=!0,await Promise.resolve();this.#e.length>0;){let e=this.#e.findIndex(r=>!Ae.test(r)),n=this.#e.splice(0,e<0?1/0:e||1);if(e!==0)await this.#t.onChanges(n);else for(let r of n)await this.#i(r);for(let{length:r}of n)this.#n-=r}this.#o=!1}}async#i(e){let{server:n,answerMs:r,onAnswer:s}=this.#t,o=n.clock.after(r,()=>{this.#c({code:x.code,reason:"no answer",wasClean:!1})});try{let i=await fn(n,e,this.#r.signal);if(!i.ok){let u=await H(i,n),f=Ce(u);return f!==void 0?s(f):(ve(u)&&this.#e.unshift(e),this.#c(U(u)))}let c=(await i.text()).trimEnd();if(c==="")return;if(!Hr.test(c))throw new TypeError("Cannot read the answer to a frame: expected pong or an error");s(c)}catch(i){let c=String(i);this.#c({code:x.code,reason:c,wasClean:!1})}finally{o()}}#c(e){this.#t.onLost(e),this.stop()}};function Me(t,{minMs:e,maxMs:n,random:r}){if(t<=0)return 0;let s=Math.min(n,e*2**t);return e+r*Math.max(0,s-e)}var Ur=2/3,Wr=3e4,Vr=1e3,wn=2**31-1,Kr=3,W=class{#t;#r;#e;#n;#o=0;#s=0;#i;#c;constructor(e){this.#t=e}get token(){return this.#n}get hasSource(){return this.#r!==void 0}use({token:e,onTokenError:n}){this.#e=n??this.#e,typeof e=="function"?this.#r=e:e&&this.#l(e)}async ask(){if(this.#r===void 0)return;let e=++this.#s;try{let n=await this.#r();if(e!==this.#s)return;if(typeof n!="string"||n===""){let r=n===""?"an empty string":typeof n;throw new TypeError(`Cannot take a token from its source: got ${r}, expected a JWT`)}this.#l(n)}catch(n){throw e===this.#s&&this.#e?.(n),n}}accepted(e){this.#o=0,this.#c=e,this.#u()}refused(){return this.hasSource&&++this.#o<Kr}stop(){this.#i?.(),this.#c=void 0,this.#s++}#l(e){this.#s++,this.#n=e,this.#c?.(e),this.#c!==void 0&&this.#u()}#u(){if(this.#r===void 0||this.#n===void 0)return;let e=qr(this.#n,this.#t.clock.wallTime);if(e===1/0)return this.#i?.();let n=Math.min(e*(1-Ur),Wr),r=Math.max(e-n,Vr);r>wn?this.#a(wn,()=>this.#u()):this.#a(r,()=>this.#f(0))}async#f(e){let{random:n,minDelayMs:r,maxDelayMs:s}=this.#t,o=this.#c;try{await this.ask()}catch{if(this.#c!==o)return;let i={minMs:r,maxMs:s,random:n.number()},c=Me(e+1,i);this.#a(c,()=>this.#f(e+1))}}#a(e,n){this.#i?.(),this.#i=this.#t.clock.after(e,n)}};function qr(t,e){let{exp:n,iat:r}=Gr(t);if(typeof n!="number")return 1/0;let s=n*1e3-e,o=typeof r=="number"?(n-r)*1e3:1/0;return s>0?Math.min(s,o):o}function Gr(t){let[,e=""]=t.split(".");try{let n=e.replaceAll("-","+").replaceAll("_","/"),r=JSON.parse(atob(n));return we(r)?r:{}}catch{return{}}}var Xr=ye({token:!0,onTokenError:!0,silenceMs:!0,fetch:!0,clock:!0,random:!0}),ft={sse:yn,poll:lt},Jr={code:3012,reason:"nothing was received",wasClean:!1},zr={minDelayMs:500,maxDelayMs:2e4},Sn=1e3;function ht(t,e={}){if(!Object.hasOwn(ft,t))throw new TypeError(`Cannot connect by the transport ${rt(t)}: expected one of ${Object.keys(ft).join(", ")}`);ge("connect over HTTP",e,Xr);let{clock:n=C,random:r=Se}=e,s={since:void 0},o=new W({clock:n,random:r,...zr});o.use(e);let i=ft[t],c={...e,clock:n,random:r,feed:i,resumePoint:s,tokens:o};return class extends ut{static authenticate(u){o.use(u)}constructor(u){super(u,c)}}}var ut=class extends EventTarget{binaryType="arraybuffer";readyState=0;undelivered=[];#t;#r;#e;#n;#o;#s;constructor(e,n){super();let{feed:r,resumePoint:s,tokens:o}=n;this.#t=s,this.#r=o,this.#e=new URL(e).searchParams.get("from")==="1";let i=Zr(e,n),c=f=>new ke({...i,accepts:f,resumePoint:s,onMessage:h=>this.#u(h),onEnd:h=>this.#a(h)}),u=r===lt;this.#n=c(u?"all":"directs"),this.#o=u?this.#n:c("channels"),this.#s=new Te({server:i,answerMs:i.silenceMs,onChanges:f=>this.#o.change(f,h=>this.#f(h)),onAnswer:f=>this.#f(f),onLost:f=>this.#a(f)}),this.#i()}get bufferedAmount(){return this.#s.length}send(e){e.startsWith("auth:")||e==="pong"||e===""||this.#s.push(e)}close(e=Sn,n=""){this.#a({code:e,reason:n,wasClean:!0})}async#i(){try{await this.#r.ask()}catch(e){let n=String(e);return this.#a({code:x.code,reason:n,wasClean:!1})}this.readyState===0&&await this.#n.open(()=>this.#c())}#c(){this.readyState=1,this.#r.accepted(()=>this.#l()),this.dispatchEvent(new Event("open")),this.#s.hasChanges||(this.#t.since=void 0)}#l(){let e=new Set([this.#n,this.#o]);for(let n of e)n.renew(r=>this.#f(r))}#u({channel:e,data:n,info:r}){let s=typeof n=="string"?n:JSON.stringify(n);e!==void 0?this.#f(`#${e}:${s}`):this.#e?this.#f(`${r?.user??""}>${s}`):this.#f(s)}#f(e){this.readyState===1&&this.dispatchEvent(new MessageEvent("message",{data:e}))}#a(e){if(this.readyState===3)return;this.readyState=3,this.#r.stop(),this.#n.cancel(),this.#o.cancel(),e.code===Sn?this.#s.dropChanges():this.undelivered=this.#s.stop();let r=e.code===M.invalidToken.code&&this.#r.refused()?M.expired.code:e.code,s=new Event("close");this.dispatchEvent(Object.assign(s,{...e,code:r}))}};function Zr(t,e){let{feed:n,tokens:r,silenceMs:s=37500,clock:o,random:i}=e,c=new URL(t);return c.protocol=c.protocol.replace("ws","http"),c.searchParams.delete("from"),{feed:n,url:c,headers:()=>Yr(r.token),fetch:e.fetch??globalThis.fetch.bind(globalThis),clock:o,random:i,silenceMs:s,silenceClose:Jr}}function Yr(t){return t===void 0?{}:{Authorization:`Bearer ${t}`}}function dt(t=globalThis){return{get online(){let{navigator:e}=globalThis;return e?.onLine!==!1},watch(e){let n=()=>e(!0),r=()=>e(!1);return t.addEventListener?.("online",n),t.addEventListener?.("offline",r),()=>{t.removeEventListener?.("online",n),t.removeEventListener?.("offline",r)}}}}var Re=class{#t;#r;#e;#n;constructor(e){this.#t=e}get nextAt(){return this.#n}start(){this.stop(),this.#o()}stop(){this.#r?.(),this.#n=void 0,this.received()}received(){this.#e?.(),this.#e=void 0}probe(){this.#e===void 0&&this.#i()}#o(){let{clock:e,periodMs:n}=this.#t;this.#n=e.wallTime+n,this.#s(n)}#s(e){let{clock:n}=this.#t,r=Math.min(e,1e4),s=n.wallTime+r;this.#r=n.after(r,()=>{let o=n.wallTime-s>3e3;if(e>r&&!o)return this.#s(e-r);this.#o(),this.#i()})}#i(){this.#t.onBeat(),this.#e??=this.#c(!1)}#c(e){let{clock:n,answerMs:r,onBeat:s,onSilence:o}=this.#t,i=n.wallTime+r;return n.after(r,()=>{if(n.wallTime-i>3e3&&!e)return this.#e=this.#c(!0),s();this.stop(),o()})}};var Qr=ye({uid:!0,token:!0,showSender:!0,heartbeatMs:!0,answerMs:!0,minDelayMs:!0,maxDelayMs:!0,connectTimeoutMs:!0,maxQueuedFrames:!0,WebSocket:!0,network:!0,clock:!0,random:!0,onMessage:!0,onFrame:!0,onOpen:!0,onClose:!0,onTokenError:!0,onChange:!0});function bn(t){ge("make a client",t,Qr);let e=Object.entries(t).filter(([,n])=>n!==void 0);return{showSender:!1,heartbeatMs:55e3,answerMs:1e4,minDelayMs:500,maxDelayMs:2e4,connectTimeoutMs:1e4,maxQueuedFrames:100,WebSocket:globalThis.WebSocket,network:dt(),clock:C,random:Se,...Object.fromEntries(e)}}function En({WebSocket:t}){if(typeof t!="function")throw new TypeError("Cannot connect without a global WebSocket, which Node has from version 22 on: expected the option WebSocket, such as that of the package ws")}function xn(t,{uid:e,token:n,showSender:r}){let s=new URL(t);if(s.protocol!=="ws:"&&s.protocol!=="wss:")throw new TypeError(`Cannot connect to "${t}": not a ws: or wss: URL`);return e&&!n&&s.searchParams.set("uid",e),r&&s.searchParams.set("from","1"),s.href}var es=0,vn=1,Cn=3,ts=5e3,ns=36e5,Oe={code:x.code,reason:"",wasClean:!1},Ne=class{#t;#r;#e;#n;#o;#s;#i=0;#c;constructor(e,n){this.#t=e,this.#r=n}get readyState(){let e=this.#n!==void 0;return this.#e?.readyState??(e?es:Cn)}get bufferedAmount(){return this.#e?.bufferedAmount??0}get retryCount(){return this.#i}get nextAttemptAt(){return this.#c}open(){if(!(this.readyState<=vn)){if(this.#e!==void 0)return this.#h(Oe);this.#i=0,this.#l()}}reopen(e){this.#p(e),this.#h(e)}close(e){this.#g(),!(this.readyState===Cn&&this.#e===void 0)&&(this.#p(e),this.#m(e))}send(e){return this.#e?.readyState!==vn?!1:(this.#e.send(e),!0)}#l(){let{connectTimeoutMs:e,prepare:n}=this.#r;if(this.#y(e,()=>{this.#p({code:1e3,reason:"timeout"}),this.#a({...Oe,reason:"handshake timeout"})}),n===void 0)return this.#u();let r=n();this.#n=r,r.then(()=>{this.#n===r&&this.#u()},s=>{this.#n===r&&this.#a({...Oe,reason:String(s)})})}#u(){let{WebSocket:e,onAttempt:n}=this.#r;this.#n=void 0;try{this.#e=new e(this.#t)}catch(r){return this.#a({...Oe,reason:String(r)})}this.#e.binaryType="arraybuffer",this.#f(this.#e),n()}#f(e){let{onOpen:n,onFrame:r}=this.#r,s=Object.entries({open:()=>{this.#y(ts,()=>this.#i=0),n()},message:({data:o})=>{o!==void 0&&r(o)},close:o=>{let{code:i=x.code,wasClean:c=!1,retryAfterMs:u}=o,f=on(o.reason??""),h=u===void 0?{}:{retryAfterMs:u};this.#a({code:i,wasClean:c,...h,...f})}});for(let[o,i]of s)e.addEventListener(o,i);this.#o=()=>{for(let[o,i]of s)e.removeEventListener(o,i)}}#a(e){let n=!this.#r.mayReconnect(e);n?this.#g():this.#d(this.#i+1,e.retryAfterMs),this.#m(e,n)}#h(e){this.#d(0),this.#m(e)}#d(e,n){let{clock:r,delayMs:s}=this.#r,o=s(e),i=e>1?o:0,c=n===void 0?o:Math.max(Math.min(n,ns),i);this.#i=e,this.#y(c,()=>this.#l()),this.#c=r.wallTime+c}#p({code:e,reason:n}){this.#o?.(),this.#e?.close(e,n)}#m(e,n=!1){let{undelivered:r=[]}=this.#e??{};this.#o?.(),this.#e=this.#n=void 0,this.#r.onClose(e,{undelivered:r,isFinal:n})}#y(e,n){this.#g(),this.#s=this.#r.clock.after(e,n)}#g(){this.#s?.(),this.#c=void 0}};var _e={normal:{code:1e3,reason:"",wasClean:!0},silent:{code:3012,reason:"no answer to ping",wasClean:!1},offline:{code:4e3,reason:"offline",wasClean:!1}},rs=0,pt=1,Le="auth:",$=class{#t;#r;#e;#n;#o=new Set;#s=[];#i=!1;#c=!1;#l=!1;#u=!1;#f;#a;#h;#d;constructor(e,n={}){let r=bn(n),{clock:s,heartbeatMs:o,answerMs:i,random:c,onChange:u}=r;this.#t=r,this.#n=new W(r),this.#m(r),this.#e=new Re({clock:s,periodMs:o,answerMs:i,onBeat:()=>this.#b(),onSilence:()=>this.#C()}),this.#r=new Ne(xn(e,n),{WebSocket:r.WebSocket,clock:s,connectTimeoutMs:r.connectTimeoutMs,delayMs:f=>Me(f,{minMs:r.minDelayMs,maxMs:r.maxDelayMs,random:c.number()}),prepare:this.#n.hasSource?()=>this.#n.ask():void 0,mayReconnect:({code:f})=>cn(f)||f===M.invalidToken.code&&this.#n.refused(),onAttempt:()=>u?.(),onOpen:()=>this.#g(),onFrame:f=>this.#E(f),onClose:(f,h)=>this.#x(f,h)})}get readyState(){return this.#r.readyState}get active(){return this.#f!==void 0}get bufferedAmount(){return this.#r.bufferedAmount}get queuedFrames(){return this.#s.length}get retryCount(){return this.#r.retryCount}get nextAttemptAt(){return this.#r.nextAttemptAt}get nextHeartbeatAt(){return this.#e.nextAt}get lastClose(){return this.#a}get roundTripMs(){return this.#d}get online(){return this.#t.network.online}get channels(){return this.#o}connect(){En(this.#t),this.#f??=this.#t.network.watch(e=>this.#v(e)),this.#r.open(),this.#t.onChange?.()}close(){this.#S(),this.#r.close(_e.normal),this.#t.onChange?.()}[Symbol.dispose](){this.close()}send(e){if(e.startsWith(Le))return this.#y(e);if(this.#p(e))return"sent";let n=!this.#c&&this.#s.length>=this.#t.maxQueuedFrames;return!this.active||n?"dropped":(this.#s.push(e),this.#t.onChange?.(),"queued")}join(e){this.#o.add(e),this.#p(`+#${e}`)}leave(e){this.#o.delete(e),this.#p(`-#${e}`)}#p(e){let n=this.#i&&this.#r.send(e);return n&&e==="ping"&&(this.#h=this.#t.clock.now),n&&this.#t.onFrame?.("out",e),n}#m(e){let{WebSocket:n}=this.#t;e.token!==void 0&&(n?.authenticate?n.authenticate(e):this.#n.use(e))}#y(e){return this.#m({token:e.slice(Le.length)}),this.#l&&this.#r.send(e),this.readyState===pt?"sent":this.active?"queued":"dropped"}#g(){let{token:e}=this.#n;if(e===void 0)return this.#w();this.#l=!0,this.#r.send(`${Le}${e}`),this.#e.probe()}#w(){let{onOpen:e,onChange:n}=this.#t;this.#l=!1,this.#e.start(),this.#n.accepted(r=>this.#r.send(`${Le}${r}`)),this.#c=!0,e?.(),this.#c=!1,this.#i=this.readyState===pt;for(let r of this.#o)this.#p(`+#${r}`);for(;this.#s[0]!==void 0&&this.#p(this.#s[0]);)this.#s.shift();n?.()}#b(){this.#l?this.#r.send("ping")&&(this.#h=this.#t.clock.now):this.#p("ping")}#E(e){this.#u=!1,this.#e.received();let n=this.#l&&e==="pong";if(n||this.#t.onFrame?.("in",e),e==="pong"&&this.#h!==void 0&&(this.#d=this.#t.clock.now-this.#h,this.#h=void 0),n)return this.#w();e==="ping"?this.#p("pong"):e!=="pong"&&this.#t.onMessage?.(e)}#x(e,{undelivered:n,isFinal:r}){this.#i=this.#l=!1,this.#e.stop(),this.#n.stop(),this.#a=e,r&&this.#S(),this.active&&(this.#s.unshift(...n),this.#s.length=Math.min(this.#s.length,this.#t.maxQueuedFrames)),this.#t.onClose?.(e),this.#t.onChange?.()}#v(e){let n=this.#u&&this.readyState===rs;this.#u=!e,e&&n?this.#r.reopen(_e.offline):this.readyState===pt?this.#e.probe():e&&this.#r.open(),this.#t.onChange?.()}#C(){this.#u?this.#r.close(_e.offline):this.#r.reopen(_e.silent)}#S(){this.#f?.(),this.#f=void 0,this.#s.length=0}};function kn(t,e){return[...t.slice(Math.max(0,t.length-500+1)),e]}function An(t){if(typeof t=="string")return t;let e=new Uint8Array(t,0,Math.min(t.byteLength,32)),n=Array.from(e,s=>s.toString(16).padStart(2,"0")),r=t.byteLength>32?" \\u2026":"";return`[${t.byteLength} bytes] ${n.join(" ")}${r}`}function Tn({kind:t,text:e}){let n={address:"",body:e};if(t==="note"||/^(?:ping|pong|[+-]#.*)$/s.test(e))return{tone:"control",...n};if(t==="in"&&e.startsWith("error:"))return{tone:"error",...n};let r=t==="in"&&!e.startsWith("#")?">":":",s=e.indexOf(r)+1;return{tone:"message",address:e.slice(0,s),body:e.slice(s)}}var re=[["websocket","WebSocket"],["sse","SSE + POST"],["poll","Long polling"]],ss=3500,Mn={open:"the server does not accept this token; one that has neither TOKEN_SECRET nor JWKS_URL accepts none: connect with a uid alone",closed:"the server does not accept this token: it has expired, or was signed with another key, or for another server; the part Why of the inspector says which"},Pe=class{#t=new Set;firstStep;#r;#e;#n=[];#o=[];#s="websocket";#i=!1;#c=0;#l=0;constructor({isOpen:e}){this.#r=e?Mn.open:Mn.closed,this.firstStep=e?"Connect, then send a message.":"Connect with a token, then send a message."}get ownUrl(){return new URL("ws",location.href.replace(/^http/,"ws")).href}get client(){return this.#e}get transport(){return this.#s}get channels(){return this.#n}get rows(){return this.#o}get version(){return this.#l}subscribe(e){return this.#t.add(e),()=>this.#t.delete(e)}connect(e){let{url:n,transport:r}=e;this.#e?.close();try{this.#e=this.#u(e),this.#s=r}catch(s){if(!(s instanceof TypeError))throw s;return this.#a(s.message)}for(let s of this.#n)this.#e.join(s);this.#a(`connecting to ${n}`),this.#e.connect()}disconnect(){this.#e?.close()}send(e,n){switch(this.#e?.send(`${e}:${n}`)){case"sent":return;case"queued":return this.#a(`waits for the connection: ${e}:${n}`);default:return this.#a(`not connected, not sent: ${e}:${n}`)}}join(e){this.#n.includes(e)||(this.#n=[...this.#n,e],this.#e?.join(e),this.#d())}leave(e){this.#n=this.#n.filter(n=>n!==e),this.#e?.leave(e),this.#d()}clear(){this.#o=[],this.#d()}#u({url:e,transport:n,uid:r,token:s}){let o=n==="websocket"?{}:{WebSocket:ht(n)};return new $(e,{...o,uid:r,token:s,showSender:!0,onFrame:(i,c)=>{this.#f(c)||this.#h(i,An(c))},onOpen:()=>{this.#a("open"),this.#i=!0,this.#e?.send("ping")},onClose:({code:i,reason:c,wasClean:u})=>{let f=u?"closed":"lost";this.#a(`${f}: ${[i,c].join(" ").trim()}`),i===ss&&s!==""&&this.#a(this.#r)},onChange:()=>this.#d()})}#f(e){let n=this.#i&&(e==="ping"||e==="pong");return n&&e==="pong"&&(this.#i=!1),n}#a(e){this.#h("note",e)}#h(e,n){let r={id:this.#c++,time:C.wallTime,kind:e,text:n};this.#o=kn(this.#o,r),this.#d()}#d(){this.#l++;for(let e of this.#t)e()}};function k(t,e){let n=_(r=>t.subscribe(r),[t]);return Je(n,()=>e(t))}function Rn(t){let[e,n]=D(C.wallTime);return J(()=>C.every(t,()=>n(C.wallTime)),[t]),e}var On=["connecting","open","closing","closed"],os=3,is=250;function _n({session:t}){let e=Rn(is);k(t,({version:r})=>r);let{client:n}=t;return l("div",{class:"readout",children:[l(cs,{state:n?.readyState??os}),l(mt,{figures:as(t)}),l(mt,{figures:ls(n,e)}),l("h3",{children:"Last close"}),l(mt,{figures:fs(n)})]})}function cs({state:t}){return l("div",{class:"ready-state","data-state":t,children:[l("p",{role:"status",children:[l("span",{class:"term",children:"readyState"}),l("span",{class:"digit",children:t}),l("span",{class:"name",children:On[t]})]}),l("ol",{"aria-hidden":"true",children:On.map((e,n)=>l("li",{class:n===t?"current":void 0},e))})]})}function mt({figures:t}){return l("dl",{class:"figures",children:t.map(([e,n])=>l("div",{children:[l("dt",{children:e}),l("dd",{"data-figure":e,children:n})]},e))})}function as({client:t,transport:e}){let n=t?.roundTripMs;return[["transport",re.find(([r])=>r===e)?.[1]??"\\u2013"],["round trip",n===void 0?"\\u2013":`${n.toFixed(1)} ms`]]}function ls(t,e){let n=t?.queuedFrames??0;return[["bufferedAmount",`${t?.bufferedAmount??0} bytes`],["waiting",`${n} ${n===1?"frame":"frames"}`],["heartbeat",Nn(t?.nextHeartbeatAt,e)],["network",t?.online??navigator.onLine?"online":"offline"],["reconnects",String(t?.retryCount??0)],["next attempt",Nn(t?.nextAttemptAt,e)]]}function fs(t){let e=t?.lastClose;return[["code",e?String(e.code):"\\u2013"],["wasClean",e?String(e.wasClean):"\\u2013"],["reason",e?.reason||"\\u2013"]]}function Nn(t,e){return t===void 0?"\\u2013":`in ${Math.max(0,Math.ceil((t-e)/1e3))} s`}var Ln="thrum.uid",Pn="thrum.connects";function De(){return Dn(()=>{let t=localStorage.getItem(Pn);return{uid:sessionStorage.getItem(Ln)??void 0,connects:t===null?void 0:t==="true"}})??{uid:void 0,connects:void 0}}function se(t,e){Dn(()=>{sessionStorage.setItem(Ln,t),localStorage.setItem(Pn,String(e))})}function Dn(t){try{return t()}catch(e){if(!(e instanceof DOMException))throw e;return}}function jn({session:t,uid:e,isOpen:n}){let r=k(t,({client:i})=>i?.active??!1),s=i=>{if(i.preventDefault(),!(i.currentTarget instanceof HTMLFormElement))return;let c=i.currentTarget;se(T(c,"uid"),!0),t.connect({url:T(c,"url"),transport:hs(T(c,"transport")),uid:T(c,"uid"),token:T(c,"token")})},o=i=>{let{form:c}=i.currentTarget;c&&se(T(c,"uid"),!1),t.disconnect()};return l("section",{class:"pane connection","aria-labelledby":"connection-heading",children:[l("h2",{id:"connection-heading",children:"Connection"}),!n&&l(us,{}),l("form",{onSubmit:s,children:[l(O,{name:"url",label:"URL",type:"url",value:t.ownUrl,required:!0}),n?l("div",{class:"pair",children:[l(O,{name:"uid",label:"uid",value:e,placeholder:"alice"}),l($n,{label:"Token, instead of a uid"})]}):l($n,{label:"Token",required:!0}),l(rn,{name:"transport",label:"Transport",choices:re}),l("p",{class:"actions",children:[l("button",{type:"submit",class:r?void 0:"primary",children:r?"Reconnect":"Connect"}),l("button",{type:"button",disabled:!r,onClick:o,children:"Disconnect"})]})]}),l(_n,{session:t})]})}function $n(t){return l(O,{name:"token",type:"password",placeholder:"JWT",...t})}function us(){return l("div",{class:"notice",role:"note","aria-label":"Access",children:[l("p",{children:[l("b",{children:"This server asks for a token."})," ","It names a client and says what it may do. The backend of an app signs one for each of its users: paste yours below."]}),l("p",{children:["Is this server yours? Read how to ",l("a",{href:"docs/tokens",children:"make a token"})," ","with its ",l("code",{children:"TOKEN_SECRET"}),". To look around without one, run"," ",l("code",{children:"deno task dev"})," on your own machine."]})]})}function hs(t){return re.find(([e])=>e===t)?.[0]??"websocket"}var ds=/([\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]|(?! )\\p{Zs})/u;function In(t){return t.split(ds).map((e,n)=>n%2===1?{text:ps(e),isCode:!0}:{text:e,isCode:!1}).filter(({text:e})=>e!=="")}function yt(t){return In(t).map(({text:e,isCode:n})=>n?`[${e}]`:e).join("")}function ps(t){return`U+${(t.codePointAt(0)??0).toString(16).toUpperCase().padStart(4,"0")}`}function oe({children:t}){return l("bdi",{children:In(t).map(({text:e,isCode:n},r)=>n?l("mark",{children:e},r):e)})}function Fn({session:t}){let e=k(t,({channels:r})=>r),n=r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=T(r.currentTarget,"channel");t.join(s.replace(/^#/,"")),r.currentTarget.reset()};return l("div",{class:"channels",children:[l("ul",{"aria-label":"Channels joined",children:e.map(r=>l("li",{title:yt(r),children:[l(oe,{children:`#${r}`}),l("button",{type:"button","aria-label":`Leave #${yt(r)}`,onClick:()=>t.leave(r),children:"\\xD7"})]},r))}),l("form",{onSubmit:n,children:[l(O,{name:"channel",label:"Channel",placeholder:"#room",required:!0}),l("button",{type:"submit",children:"Join"})]})]})}function Bn({session:t}){let e=k(t,({channels:r})=>r);return l("form",{class:"composer",onSubmit:r=>{if(r.preventDefault(),!(r.currentTarget instanceof HTMLFormElement))return;let s=r.currentTarget,o=s.elements.namedItem("message");o instanceof HTMLInputElement&&(t.send(T(s,"to"),o.value),o.value="",o.focus())},children:[l(O,{name:"to",label:"To",value:"all",placeholder:"uid, all or #channel",suggestions:["all",...e.map(r=>`#${r}`)],required:!0}),l(O,{name:"message",label:"Message",required:!0}),l("button",{type:"submit",class:"primary",children:"Send"})]})}var ms={in:"\\u2190",out:"\\u2192",note:"\\xB7"},ys={in:"received",out:"sent",note:"note"},gs=40,ws=new Intl.DateTimeFormat("en-GB",{timeStyle:"medium"});function Hn({session:t}){let e=k(t,({rows:o})=>o),n=F(null),r=F(!0),s=()=>{let{current:o}=n;if(!o)return;let{scrollTop:i,scrollHeight:c,clientHeight:u}=o;r.current=c-i-u<gs};return Ge(()=>{let{current:o}=n;o&&r.current&&(o.scrollTop=o.scrollHeight)},[e]),l("div",{class:"log",children:[l("div",{ref:n,class:"scroll",role:"log","aria-live":"polite","aria-label":"Frames",tabindex:0,onScroll:s,children:l("ol",{children:e.map(o=>l(Ss,{row:o},o.id))})}),e.length===0&&l("p",{class:"empty",children:t.firstStep})]})}var Ss=nn(function({row:e}){let{tone:n,address:r,body:s}=Tn(e);return l("li",{class:`${e.kind} ${n}`,children:[l("time",{children:ws.format(e.time)}),l("span",{class:"mark","aria-hidden":"true",children:ms[e.kind]}),l("span",{class:"spoken",children:ys[e.kind]}),l("code",{children:[r&&l("b",{children:l(oe,{children:r})}),n==="control"?l(oe,{children:s}):s]})]})});function Un({session:t}){let e=k(t,({rows:n})=>n.length===0);return l("section",{class:"pane conversation","aria-labelledby":"conversation-heading",children:[l("div",{class:"heading",children:[l("h2",{id:"conversation-heading",children:"Conversation"}),l("button",{type:"button",class:"quiet",disabled:e,onClick:()=>t.clear(),children:"Clear"})]}),l(Fn,{session:t}),l(Hn,{session:t}),l(Bn,{session:t})]})}var bs=1800,Es=3;function Wn(t){let{url:e,uid:n,visitor:r,channel:s,onReady:o}=t,i=[`${r}:Hello, ${r}! I am ${n}, a second connection of this page.`,`#${s}:This went to the channel #${s}: all who have joined it get it.`,`${r}:Your turn. Write a message to all, to me, or to #${s}. Then open this page in a second window: it will have a name of its own.`],c=0,u=new $(e,{uid:n,showSender:!0,onOpen:o,onMessage(a){let[,d,p]=/^([^>]*)>(.*)$/s.exec(String(a))??[];if(d!==r||p===void 0)return;let m=i.length>0?void 0:h(p);m!==void 0?u.send(`${r}:${m}`):f()}});function f(){let a=i.shift();a!==void 0&&(u.send(a),C.after(bs,f))}function h(a){return c++<Es?`I received "${a}", on the way of every message: browser, hub, browser.`:void 0}return u.connect(),()=>u.close()}var Vn="lobby";function Kn(t,e){let{connects:n}=De();n!==!1&&(se(e,!0),n?qn(t,e):xs(t,e))}function qn(t,e){let n=t.ownUrl;t.connect({url:n,transport:"websocket",uid:e,token:""})}function xs(t,e){let n=`guide-of-${e}`;t.join(Vn);let r=Wn({url:t.ownUrl,uid:n,visitor:e,channel:Vn,onReady(){t.client===void 0&&(qn(t,e),t.send(n,"hello"),t.subscribe(()=>t.client?.active||r()))}})}var vs=[..."brave brisk bright calm cheerful clever eager fearless gentle".split(" "),..."happy jolly kind lively lucky merry nimble patient quick".split(" ")],Cs=[..."badger beaver crane dolphin falcon ferret finch fox heron".split(" "),..."lynx magpie marten otter owl raven robin seal swift".split(" ")];function Xn(){return`${Gn(vs)}-${Gn(Cs)}-${10+Jn(90)}`}function Gn(t){return t[Jn(t.length)]??""}function Jn(t){return Math.floor(Math.random()*t)}var gt=document.getElementById("console");if(gt){let t=gt.dataset.access==="anonymous",e=new Pe({isOpen:t}),n=De().uid??(t?Xn():"");Ye(l(ee,{children:[l(jn,{session:e,uid:n,isOpen:t}),l(Un,{session:e})]}),gt),t&&Kn(e,n)}\n';var L='var ko=Object.defineProperty,Oi=(e,t)=>{let r={};for(var n in e)ko(r,n,{get:e[n],enumerable:!0});return t||ko(r,Symbol.toStringTag,{value:"Module"}),r};var bs=Symbol("RENDERER"),ar=Symbol("ERROR_HANDLER"),ve=Symbol("STASH"),ks=Symbol("INTERNAL"),xs=Symbol("MEMO"),xo=Symbol("PERMALINK"),of=Symbol("RENDERED_JSX");var ji=e=>(e[ks]=!0,e);var wo=e=>({value:t,children:r})=>{if(!r)return;let n={children:[{tag:ji(()=>{e.push(t)}),props:{}}]};Array.isArray(r)?n.children.push(...r.flat()):n.children.push(r),n.children.push({tag:ji(()=>{e.pop()}),props:{}});let s={tag:"",props:n,type:""};return s[ar]=l=>{throw e.pop(),l},s},Fr=e=>{let t=[e],r=wo(t);return r.values=t,r.Provider=r,fr.push(r),r};var Vr={title:[],script:["src"],style:["data-href"],link:["href"],meta:["name","httpEquiv","charset","itemProp"]},Ti={},ws="data-precedence",Mi=e=>e.rel==="stylesheet"&&"precedence"in e,Pi=(e,t)=>e==="link"?t:Vr[e].length>0;var Ii=e=>Array.isArray(e)?e:[e];var cf=new Map([["className","class"],["htmlFor","for"],["crossOrigin","crossorigin"],["httpEquiv","http-equiv"],["itemProp","itemprop"],["fetchPriority","fetchpriority"],["noModule","nomodule"],["formAction","formaction"]]),_s=e=>cf.get(e)||e;var So=(e,t,r)=>{e.size>=t&&e.clear(),e.add(r)};var af=/[\\s"\'():;\\\\/\\[\\]{}\\x00-\\x1f\\x7f-\\x9f]/,Ni=new Set,Eo=1024,ff=e=>{if(Ni.has(e))return!0;let t=e.length;if(t===0)return!1;for(let r=0;r<t;r++){let n=e.charCodeAt(r);if(!(n>=97&&n<=122||n>=65&&n<=90||n>=48&&n<=57||n===45||n===95))return af.test(e)?!1:(So(Ni,Eo,e),!0)}return So(Ni,Eo,e),!0},pf=/[;"\'\\\\/\\[\\](){}]/,hf=e=>{if(!pf.test(e))return!1;let t=0,r=[];for(let n=0,s=e.length;n<s;n++){let l=e.charCodeAt(n);if(l===92){if(n===s-1)return!0;n++}else if(t!==0){if(l===10||l===12||l===13)return!0;l===t&&(t=0)}else if(l===47&&e.charCodeAt(n+1)===42){let u=e.indexOf("*/",n+2);if(u===-1)return!0;n=u+1}else if(l===34||l===39)t=l;else if(l===40)r.push(41);else if(l===91)r.push(93);else{if(l===123||l===125)return!0;if(l===41||l===93){if(r[r.length-1]!==l)return!0;r.pop()}else if(l===59&&r.length===0)return!0}}return t!==0||r.length!==0},Ri=(e,t)=>{for(let[r,n]of Object.entries(e)){let s=r[0]==="-"||!/[A-Z]/.test(r)?r:r.replace(/[A-Z]/g,u=>`-${u.toLowerCase()}`);if(!ff(s))continue;if(n==null){t(s,null);continue}let l;if(typeof n=="number")l=s.match(/^(?:a|border-im|column(?:-c|s)|flex(?:$|-[^b])|grid-(?!.*gap)(?:ar|[^a])|font-w|li|or|sca|st|ta|wido|z)|ty$/)?`${n}`:`${n}px`;else if(typeof n=="string"){if(hf(n))continue;l=n}else continue;t(s,l)}};var fr=[],Ao=!1,Li,mf,yf=0,Co=!1,df=()=>{if(Ao)return Li;Ao=!0;let e=globalThis,t;for(let r of[()=>e.process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage,()=>e.process?.mainModule?.require?.("node:async_hooks")?.AsyncLocalStorage]){try{t=r()}catch{}if(t)break}return t&&(Li=new t),Li},vf=()=>df()?.getStore()||mf,gf=()=>{yf>0&&!Co&&(Co=!0,console.warn("hono/jsx: AsyncLocalStorage is unavailable in this runtime, so useContext() after an await in an async component falls back to the context default value during server-side rendering. To get provided values across await boundaries, use a runtime with AsyncLocalStorage (Node.js >= 20.16, Deno, Bun, or Cloudflare Workers with the nodejs_compat flag)."))};var bf=(e,t)=>{if(!e)return gf(),t.values.at(-1);let r=e.get(t);return r?.length?r.at(-1):t.values[0]};var vn=e=>bf(vf(),e);var kf=0;var xf=2,wf=3,_f=4,Fi=new WeakMap,Vi=(e,t)=>!e||!t||e.length!==t.length||t.some((r,n)=>r!==e[n]);var Sf;var Do=[];var Q=e=>{let t=()=>typeof e=="function"?e():e,r=gn.at(-1);if(!r)return[t(),()=>{}];let[,n]=r,s=n[ve][1][kf]||=[],l=n[ve][0]++;return s[l]||=[t(),u=>{let a=Sf,p=s[l];if(typeof u=="function"&&(u=u(p[0])),!Object.is(u,p[0]))if(p[0]=u,Do.length){let[y,g]=Do.at(-1);Promise.all([y===3?n:$r([y,!1,a],n),g]).then(([m])=>{if(!m||!(y===2||y===3))return;let v=m.vC;requestAnimationFrame(()=>{setTimeout(()=>{v===m.vC&&$r([y===3?1:0,!1,a],m)})})})}else $r([0,!1,a],n)}]};var Oo=(e,t,r)=>{let n=gn.at(-1);if(!n)return;let[,s]=n,l=s[ve][1][1]||=[],u=s[ve][0]++,[a,,p]=l[u]||=[];if(Vi(a,r)){p&&p();let y=()=>{g[e]=void 0,g[2]=t()},g=[r,void 0,void 0,void 0,void 0];g[e]=y,l[u]=g}},$t=(e,t)=>Oo(3,e,t),In=(e,t)=>Oo(1,e,t);var pr=(e,t)=>{let r=gn.at(-1);if(!r)return e;let[,n]=r,s=n[ve][1][xf]||=[],l=n[ve][0]++,u=s[l];return Vi(u?.[1],t)?s[l]=[e,t]:e=s[l][0],e};function pt(e){let t=gn.at(-1);if(!t)return{current:e};let[,r]=t,n=r[ve][1][_f]||=[],s=r[ve][0]++;return n[s]||={current:e}}var $i=e=>{let t=Fi.get(e);if(t){if(t.length===2)throw t[1];return t[0]}throw e.then(r=>Fi.set(e,[r]),r=>Fi.set(e,[void 0,r])),e},Ss=(e,t)=>{let r=gn.at(-1);if(!r)return e();let[,n]=r,s=n[ve][1][wf]||=[],l=n[ve][0]++,u=s[l];return Vi(u?.[1],t)&&(s[l]=[e(),t]),s[l][0]},Ef=0,Es=()=>Ss(()=>`:r${(Ef++).toString(32)}:`,[]);var qr="_hp",Af={Change:"Input",DoubleClick:"DblClick"},Cf={svg:"2000/svg",math:"1998/Math/MathML"},gn=[],zr=new WeakMap,hr,Lo=()=>hr,tt=e=>"t"in e,zi={onClick:["click",!1]},jo=e=>{if(!e.startsWith("on"))return;if(zi[e])return zi[e];let t=e.match(/^on([A-Z][a-zA-Z]+?(?:PointerCapture)?)(Capture)?$/);if(t){let[,r,n]=t;return zi[e]=[(Af[r]||r).toLowerCase(),!!n]}},To=(e,t)=>hr&&e instanceof SVGElement&&/[A-Z]/.test(t)&&(t in e.style||t.match(/^(?:o|pai|str|u|ve)/))?t.replace(/([A-Z])/g,"-$1").toLowerCase():t,Fo=e=>e==null||e===!1?null:e,Df=(e,t)=>{"value"in t&&(e.value=Fo(t.value),!e.multiple&&e.selectedIndex===-1&&(e.selectedIndex=0))},Mo=e=>e instanceof DOMException&&e.name==="InvalidCharacterError",Of=(e,t,r)=>{t||={};for(let n in t){let s=t[n];if(n!=="children"&&(!r||r[n]!==s)){n=_s(n);let l=jo(n);if(l){if(r?.[n]!==s&&(r&&e.removeEventListener(l[0],r[n],l[1]),s!=null)){if(typeof s!="function")throw new Error(`Event handler for "${n}" is not a function`);e.addEventListener(l[0],s,l[1])}}else if(n==="dangerouslySetInnerHTML"&&s)e.innerHTML=s.__html;else if(n==="ref"){zr.get(e)?.();let u;typeof s=="function"?u=s(e)||(()=>s(null)):s&&"current"in s&&(s.current=e,u=()=>s.current=null),zr.set(e,u)}else if(n==="style"){let u=e.style;typeof s=="string"?u.cssText=s:(u.cssText="",s!=null&&Ri(s,u.setProperty.bind(u)))}else{if(n==="value"){let a=e.nodeName;if(a==="SELECT")continue;if((a==="INPUT"||a==="TEXTAREA")&&(e.value=Fo(s),a==="TEXTAREA")){e.textContent=s;continue}}else(n==="checked"&&e.nodeName==="INPUT"||n==="selected"&&e.nodeName==="OPTION")&&(e[n]=s);let u=To(e,n);try{s==null||s===!1?e.removeAttribute(u):s===!0?e.setAttribute(u,""):typeof s=="string"||typeof s=="number"?e.setAttribute(u,s):e.setAttribute(u,s.toString())}catch(a){if(!Mo(a))throw a}}}}if(r)for(let n in r){let s=r[n];if(n!=="children"&&!(n in t)){n=_s(n);let l=jo(n);if(l)e.removeEventListener(l[0],s,l[1]);else if(n==="ref")zr.get(e)?.(),zr.delete(e);else try{e.removeAttribute(To(e,n))}catch(u){if(!Mo(u))throw u}}}},jf=(e,t)=>{t[ve][0]=0,gn.push([e,t]);let r=t.tag[bs]||t.tag,n=r.defaultProps?{...r.defaultProps,...t.props}:t.props;try{return[r.call(null,n)]}finally{gn.pop()}},Vo=(e,t,r,n,s)=>{e.vR?.length&&(n.push(...e.vR),delete e.vR),typeof e.tag=="function"&&e[ve][1][1]?.forEach(l=>s.push(l)),e.vC.forEach(l=>{if(tt(l))r.push(l);else if(typeof l.tag=="function"||l.tag===""){l.c=t;let u=r.length;if(Vo(l,t,r,n,s),l.s){for(let a=u;a<r.length;a++)r[a].s=!0;l.s=!1}}else r.push(l),l.vR?.length&&(n.push(...l.vR),delete l.vR)})},Tf=e=>{for(;e&&(e.tag===qr||!e.e);)e=e.tag===qr||!e.vC?.[0]?e.nN:e.vC[0];return e?.e},$o=e=>{if(!tt(e)){let t=e[ve];t?.[1][1]&&(t[1][1].forEach(r=>r[2]?.()),delete t[1][1]),zr.get(e.e)?.(),e.p===2&&e.vC?.forEach(r=>r.p=2),e.vC?.forEach($o)}e.p||(e.e?.remove(),delete e.e),typeof e.tag=="function"&&(Gr.delete(e),As.delete(e),delete e[ve][3],e.a=!0)},Gi=(e,t,r)=>{e.c=t,zo(e,t,r)},Po=(e,t)=>{if(t){for(let r=0,n=e.length;r<n;r++)if(e[r]===t)return r}},Io=Symbol(),zo=(e,t,r)=>{let n=[],s=[],l=[];Vo(e,t,n,s,l),s.forEach($o);let u=r?void 0:t.childNodes,a,p=null;if(r)a=-1;else if(!u.length)a=0;else{let y=Po(u,Tf(e.nN));y!==void 0?(p=u[y],a=y):a=Po(u,n.find(g=>g.tag!==qr&&g.e)?.e)??-1,a===-1&&(r=!0)}for(let y=0,g=n.length;y<g;y++,a++){let m=n[y],v;if(m.s&&m.e)v=m.e,m.s=!1;else{let x=r||!m.e;if(tt(m))m.e&&m.d&&(m.e.textContent=m.t),m.d=!1,v=m.e||=document.createTextNode(m.t);else{let C=!m.e;v=m.e||=m.n?document.createElementNS(m.n,m.tag):document.createElement(m.tag),Of(v,m.props,C?void 0:m.pP),zo(m,v,x),m.tag==="select"&&Df(v,m.props)}}m.tag===qr?a--:r?v.parentNode||t.appendChild(v):u[a]!==v&&u[a-1]!==v&&(u[a+1]===v?t.appendChild(u[a]):t.insertBefore(v,p||u[a]||null))}if(e.pP&&(e.pP=void 0),l.length){let y=[],g=[];l.forEach(([,m,,v,x])=>{m&&y.push(m),v&&g.push(v),x?.()}),y.forEach(m=>m()),g.length&&requestAnimationFrame(()=>{g.forEach(m=>m())})}},Mf=(e,t)=>!!(e&&e.length===t.length&&e.every((r,n)=>r[1]===t[n][1])),Pf=e=>{let t=new Map;for(let r of e){let n=r.key;if(t.has(n))return;t.set(n,r)}return t},As=new WeakMap,Cs=(e,t,r)=>{let n=!r&&t.pC;r&&(t.pC||=t.vC);let s;try{r||=typeof t.tag=="function"?jf(e,t):Ii(t.props.children),r[0]?.tag===""&&r[0][ar]&&(s=r[0][ar],e[5].push([e,s,t]));let l=n?[...t.pC]:t.vC?[...t.vC]:void 0,u=[],a,p=(l?.length||0)*2,y;for(let g=0;g<r.length;g++){if(Array.isArray(r[g])){r.splice(g,1,...r[g].flat(1/0)),g--;continue}let m=Go(r[g]);if(m){typeof m.tag=="function"&&!m.tag[ks]&&(fr.length>0&&(m[ve][2]=fr.map(x=>[x,x.values.at(-1)])),e[5]?.length&&(m[ve][3]=e[5].at(-1)));let v;if(y&&m.key===void 0&&!tt(m)&&(l=[...y.values()],y=void 0),y){let x=m.key,C=y.get(x);C&&(tt(m)?tt(C):C.tag===m.tag&&C.key===x)&&(v=C,y.delete(x))}else if(l&&l.length){let x=l[0];if(tt(m)?tt(x):!tt(x)&&(m.key!==void 0?x.key===m.key&&x.tag===m.tag:x.tag===m.tag))v=l.shift();else{let C=l.findIndex(tt(m)?P=>tt(P):m.key!==void 0?P=>P.key===m.key&&P.tag===m.tag:P=>P.tag===m.tag);p-=C===-1?l.length:C,C!==-1&&(v=l[C],l.splice(C,1)),p<0&&(p=1/0,y=Pf(l))}}if(v)if(tt(m))v.t!==m.t&&(v.t=m.t,v.d=!0),m=v;else{let x=v.pP=v.props;if(v.props=m.props,v.f||=m.f||t.f,typeof m.tag=="function"){let C=v[ve][2];v[ve][2]=m[ve][2]||[],v[ve][3]=m[ve][3],!v.f&&((v.o||v)===m.o||v.tag[xs]?.(x,v.props))&&Mf(C,v[ve][2])&&(v.s=!0)}m=v}else if(!tt(m)&&hr){let x=vn(hr);x&&(m.n=x)}if(!tt(m)&&!m.s&&(Cs(e,m),delete m.f),u.push(m),a&&!a.s&&!m.s)for(let x=a;x&&!tt(x);x=x.vC?.at(-1))x.nN=m;a=m}}if(a&&!a.s)for(let g=a;g&&!tt(g);g=g.vC?.at(-1))g.nN=t.nN;l=y?[...y.values()]:l,t.vR=n?[...t.vC,...l||[]]:l||[],t.vC=u,n&&delete t.pC}catch(l){if(t.f=!0,l===Io){if(s)return;throw l}let[u,a,p]=t[ve]?.[3]||[];if(a){let y=()=>$r([0,!1,e[2]],p),g=As.get(p)||[];g.push(y),As.set(p,g);let m=a(l,()=>{let v=As.get(p);if(v){let x=v.indexOf(y);if(x!==-1)return v.splice(x,1),y()}});if(m){if(e[0]===1)e[1]=!0;else if(Cs(e,p,[m]),(a.length===1||e!==u)&&p.c&&!e[5].some(([,,v])=>v===p)){Gi(p,p.c,!1);return}throw Io}}throw l}finally{s&&e[5].pop()}},Go=e=>{if(!(e==null||typeof e=="boolean")){if(typeof e=="string"||typeof e=="number")return{t:e.toString(),d:!0};if("vR"in e&&(e={tag:e.tag,props:e.props,key:e.key,f:e.f,type:e.tag,ref:e.props.ref,o:e.o||e}),typeof e.tag=="function")e[ve]=[0,[]];else{let t=Cf[e.tag];t&&(hr||=Fr(""),e.props.children=[{tag:hr,props:{value:e.n=`http://www.w3.org/${t}`,children:e.props.children}}])}return e}},qo=(e,t,r)=>{e.c===t&&(e.c=r,e.vC.forEach(n=>qo(n,t,r)))},No=(e,t)=>{t[ve][2]?.forEach(([r,n])=>{r.values.push(n)});try{Cs(e,t,void 0)}catch{return}if(t.a){delete t.a;return}t[ve][2]?.forEach(([r])=>{r.values.pop()}),(e[0]!==1||!e[1])&&Gi(t,t.c,!1)},Gr=new WeakMap,Ro=[],$r=async(e,t)=>{e[5]||=[];let r=Gr.get(t);r&&r[0](void 0);let n,s=new Promise(l=>n=l);if(Gr.set(t,[n,()=>{e[2]?e[2](e,t,l=>{No(l,t)}).then(()=>n(t)):(No(e,t),n(t))}]),Ro.length)Ro.at(-1).add(t);else{await Promise.resolve();let l=Gr.get(t);l&&(Gr.delete(t),l[1]())}return s},If=(e,t)=>{let r=[];r[5]=[],r[4]=!0,Cs(r,e,void 0),r[4]=!1;let n=document.createDocumentFragment();Gi(e,n,!0),qo(e,n,t),t.replaceChildren(n)},Ds=(e,t)=>{If(Go({tag:"",props:{children:e}}),t)};var qi=(e,t,r)=>({tag:qr,props:{children:e},key:r,e:t,p:1});var Ho=Fr({pending:!1,data:null,method:null,action:null}),Bo=new Set,Wo=e=>{Bo.add(e);let t=()=>{Bo.delete(e)};e.then(t,t)};var Wi=Oi({button:()=>nu,clearCache:()=>Nf,composeRef:()=>Os,form:()=>Qo,input:()=>tu,link:()=>Zo,meta:()=>Xo,script:()=>Jo,style:()=>Ko,title:()=>Uo}),Nf=()=>{Bi=Object.create(null),Hi=Object.create(null)},Os=(e,t)=>Ss(()=>r=>{let n;e&&(typeof e=="function"?n=e(r)||(()=>{e(null)}):e&&"current"in e&&(e.current=r,n=()=>{e.current=null}));let s=t(r);return()=>{s?.(),n?.()}},[e]),Bi=Object.create(null),Hi=Object.create(null),Br=(e,t,r,n,s)=>{if(t?.itemProp)return{tag:e,props:t,type:e,ref:t.ref};let l=document.head,{onLoad:u,onError:a,precedence:p,blocking:y,...g}=t,m=null,v=!1,x=Vr[e],C=Pi(e,n),P=w=>w.getAttribute("rel")==="stylesheet"&&w.getAttribute("data-precedence")!==null,I;if(C){let w=l.querySelectorAll(e);e:for(let R of w)if(!(e==="link"&&!P(R))){for(let S of x)if(R.getAttribute(S)===t[S]){m=R;break e}}if(!m){let R=x.reduce((S,G)=>t[G]===void 0?S:`${S}-${G}-${t[G]}`,e);v=!Hi[R],m=Hi[R]||=(()=>{let S=document.createElement(e);for(let G of x)t[G]!==void 0&&S.setAttribute(G,t[G]);return t.rel&&S.setAttribute("rel",t.rel),S})()}}else I=l.querySelectorAll(e);p=n?p??"":void 0,n&&(g[ws]=p);let H=pr(w=>{if(C){if(e==="link"&&p!==void 0){let S=!1;for(let G of l.querySelectorAll(e)){let B=G.getAttribute(ws);if(B===null){l.insertBefore(w,G);return}if(S&&B!==p){l.insertBefore(w,G);return}B===p&&(S=!0)}l.appendChild(w);return}let R=!1;for(let S of l.querySelectorAll(e)){if(R&&S.getAttribute("data-precedence")!==p){l.insertBefore(w,S);return}S.getAttribute("data-precedence")===p&&(R=!0)}l.appendChild(w)}else if(e==="link")l.contains(w)||l.appendChild(w);else if(I){let R=!1;for(let S of I)if(S===w){R=!0;break}R||l.insertBefore(w,l.contains(I[0])?I[0]:l.querySelector(e)),I=void 0}},[C,p,e]),E=Os(t.ref,w=>{let R=x[0];if(r===2&&(w.innerHTML=""),(v||I)&&H(w),!a&&!u||!R)return;let S=Bi[w.getAttribute(R)]||=new Promise((G,B)=>{w.addEventListener("load",G),w.addEventListener("error",B)});u&&(S=S.then(u)),a&&(S=S.catch(a)),S.catch(()=>{})});if(s&&y==="render"){let w=Vr[e][0];if(w&&t[w]){let R=t[w],S=Bi[R]||=new Promise((G,B)=>{H(m),m.addEventListener("load",G),m.addEventListener("error",B)});$i(S)}}let N={tag:e,type:e,props:{...g,ref:E},ref:E};return N.p=r,m&&(N.e=m),qi(N,l)},Uo=e=>{let t=Lo();return(t&&vn(t))?.endsWith("svg")?{tag:"title",props:e,type:"title",ref:e.ref}:Br("title",e,void 0,!1,!1)},Jo=e=>!e||["src","async"].some(t=>!e[t])?{tag:"script",props:e,type:"script",ref:e.ref}:Br("script",e,1,!1,!0),Ko=e=>!e||!["href","precedence"].every(t=>t in e)?{tag:"style",props:e,type:"style",ref:e.ref}:(e["data-href"]=e.href,delete e.href,Br("style",e,2,!0,!0)),Zo=e=>!e||["onLoad","onError"].some(t=>t in e)||e.rel==="stylesheet"&&(!("precedence"in e)||"disabled"in e)?{tag:"link",props:e,type:"link",ref:e.ref}:Br("link",e,1,Mi(e),!0),Xo=e=>Br("meta",e,void 0,!1,!1),Yo=Symbol(),Qo=e=>{let{action:t,...r}=e;typeof t!="function"&&(r.action=t);let[n,s]=Q([null,!1]),l=pr(async y=>{let g=y.isTrusted?t:y.detail[Yo];if(typeof g!="function")return;y.preventDefault();let m=new FormData(y.target);s([m,!0]);try{let v=g(m);v instanceof Promise&&(Wo(v),await v)}finally{s([null,!0])}},[]),u=Os(e.ref,y=>(y.addEventListener("submit",l),()=>{y.removeEventListener("submit",l)})),[a,p]=n;return n[1]=!1,{tag:Ho,props:{value:{pending:a!==null,data:a,method:a?"post":null,action:a?t:null},children:{tag:"form",props:{...r,ref:u},type:"form",ref:u}},f:p}},eu=(e,{formAction:t,...r})=>{if(typeof t=="function"){let n=pr(s=>{s.preventDefault(),s.currentTarget.form.dispatchEvent(new CustomEvent("submit",{detail:{[Yo]:t}}))},[]);r.ref=Os(r.ref,s=>(s.addEventListener("click",n),()=>{s.removeEventListener("click",n)}))}return{tag:e,props:r,type:e,ref:r.ref}},tu=e=>eu("input",e),nu=e=>eu("button",e);Object.assign(Ti,{title:Uo,script:Jo,style:Ko,link:Zo,meta:Xo,form:Qo,input:tu,button:nu});var o=(e,t,r)=>(typeof e=="string"&&Wi[e]&&(e=Wi[e]),{tag:e,type:e,props:t,key:r,ref:t.ref}),we=e=>o("",e,void 0);var js,Rf={lang:void 0,message:void 0,abortEarly:void 0,abortPipeEarly:void 0};function Ui(e){return!e&&!js?Rf:{lang:e?.lang??js?.lang,message:e?.message,abortEarly:e?.abortEarly??js?.abortEarly,abortPipeEarly:e?.abortPipeEarly??js?.abortPipeEarly}}var Lf;function Ff(e){return Lf?.get(e)}var Vf;function $f(e){return Vf?.get(e)}var zf;function Gf(e,t){return zf?.get(e)?.get(t)}function Hr(e){let t=typeof e;return t==="string"?`"${e}"`:t==="number"||t==="bigint"||t==="boolean"?`${e}`:t==="object"||t==="function"?(e&&Object.getPrototypeOf(e)?.constructor?.name)??"null":t}function bt(e,t,r,n,s){let l=s&&"input"in s?s.input:r.value,u=s?.expected??e.expects??null,a=s?.received??Hr(l),p={kind:e.kind,type:e.type,input:l,expected:u,received:a,message:`Invalid ${t}: ${u?`Expected ${u} but r`:"R"}eceived ${a}`,requirement:e.requirement,path:s?.path,issues:s?.issues,lang:n.lang,abortEarly:n.abortEarly,abortPipeEarly:n.abortPipeEarly},y=e.kind==="schema",g=s?.message??e.message??Gf(e.reference,p.lang)??(y?$f(p.lang):null)??n.message??Ff(p.lang);g!==void 0&&(p.message=typeof g=="function"?g(p):g),y&&(r.typed=!1),r.issues?r.issues.push(p):r.issues=[p]}function qf(e,t){return e===t||Number.isNaN(e)&&Number.isNaN(t)}function Bf(e,t){return Object.prototype.hasOwnProperty.call(e,t)&&t!=="__proto__"&&t!=="prototype"&&t!=="constructor"}function Hf(e,t){let r=[...new Set(e)];return r.length>1?`(${r.join(` ${t} `)})`:r[0]??"never"}function Mt(e){return e["~standard"]={version:1,vendor:"valibot",validate:t=>e["~run"]({value:t},Ui())},e}var Wf=class extends Error{constructor(e){super(e[0].message),this.name="ValiError",this.issues=e}};function Ji(e){return{kind:"validation",type:"finite",reference:Ji,async:!1,expects:null,requirement:Number.isFinite,message:e,"~run"(t,r){return t.typed&&!this.requirement(t.value)&&bt(this,"finite",t,r),t}}}function Ki(e,t){return{kind:"validation",type:"min_value",reference:Ki,async:!1,expects:`>=${e instanceof Date?e.toJSON():Hr(e)}`,requirement:e,message:t,"~run"(r,n){return r.typed&&!(r.value>=this.requirement)&&bt(this,"value",r,n,{received:r.value instanceof Date?r.value.toJSON():Hr(r.value)}),r}}}function Zi(){return{kind:"transformation",type:"readonly",reference:Zi,async:!1,"~run"(e){return e}}}function Xi(e){return{kind:"validation",type:"safe_integer",reference:Xi,async:!1,expects:null,requirement:Number.isSafeInteger,message:e,"~run"(t,r){return t.typed&&!this.requirement(t.value)&&bt(this,"safe integer",t,r),t}}}function Uf(e,t,r){return typeof e.fallback=="function"?e.fallback(t,r):e.fallback}function ru(e,t,r){return typeof e.default=="function"?e.default(t,r):e.default}function ge(e,t){return Mt({kind:"schema",type:"array",reference:ge,expects:"Array",async:!1,item:e,message:t,"~run"(r,n){let s=r.value;if(Array.isArray(s)){r.typed=!0,r.value=[];for(let l=0;l<s.length;l++){let u=s[l],a=this.item["~run"]({value:u},n);if(a.issues){let p={type:"array",origin:"value",input:s,key:l,value:u};for(let y of a.issues)y.path?y.path.unshift(p):y.path=[p],r.issues?.push(y);if(r.issues||(r.issues=a.issues),n.abortEarly){r.typed=!1;break}}a.typed||(r.typed=!1),r.value.push(a.value)}}else bt(this,"type",r,n);return r}})}function Wr(e){return Mt({kind:"schema",type:"boolean",reference:Wr,expects:"boolean",async:!1,message:e,"~run"(t,r){return typeof t.value=="boolean"?t.typed=!0:bt(this,"type",t,r),t}})}function Yi(e,t){return Mt({kind:"schema",type:"custom",reference:Yi,expects:"unknown",async:!1,check:e,message:t,"~run"(r,n){return this.check(r.value)?r.typed=!0:bt(this,"type",r,n),r}})}function bn(e,t){return Mt({kind:"schema",type:"literal",reference:bn,expects:Hr(e),async:!1,literal:e,message:t,"~run"(r,n){return qf(r.value,this.literal)?r.typed=!0:bt(this,"type",r,n),r}})}function Yt(e){return Mt({kind:"schema",type:"number",reference:Yt,expects:"number",async:!1,message:e,"~run"(t,r){return typeof t.value=="number"&&!isNaN(t.value)?t.typed=!0:bt(this,"type",t,r),t}})}function $(e,t){return Mt({kind:"schema",type:"object",reference:$,expects:"Object",async:!1,entries:e,message:t,"~run"(r,n){let s=r.value;if(s&&typeof s=="object"){r.typed=!0,r.value={};for(let l in this.entries){let u=this.entries[l];if(l in s||(u.type==="exact_optional"||u.type==="optional"||u.type==="nullish")&&u.default!==void 0){let a=l in s?s[l]:ru(u),p=u["~run"]({value:a},n);if(p.issues){let y={type:"object",origin:"value",input:s,key:l,value:a};for(let g of p.issues)g.path?g.path.unshift(y):g.path=[y],r.issues?.push(g);if(r.issues||(r.issues=p.issues),n.abortEarly){r.typed=!1;break}}p.typed||(r.typed=!1),r.value[l]=p.value}else if(u.fallback!==void 0)r.value[l]=Uf(u);else if(u.type!=="exact_optional"&&u.type!=="optional"&&u.type!=="nullish"&&(bt(this,"key",r,n,{input:void 0,expected:`"${l}"`,path:[{type:"object",origin:"key",input:s,key:l,value:s[l]}]}),n.abortEarly))break}}else bt(this,"type",r,n);return r}})}function X(e,t){return Mt({kind:"schema",type:"optional",reference:X,expects:`(${e.expects} | undefined)`,async:!1,wrapped:e,default:t,"~run"(r,n){return r.value===void 0&&(this.default!==void 0&&(r.value=ru(this,r,n)),r.value===void 0)?(r.typed=!0,r):this.wrapped["~run"](r,n)}})}function Qi(e,t){return Mt({kind:"schema",type:"picklist",reference:Qi,expects:Hf(e.map(Hr),"|"),async:!1,options:e,message:t,"~run"(r,n){return this.options.includes(r.value)?r.typed=!0:bt(this,"type",r,n),r}})}function mr(e,t,r){return Mt({kind:"schema",type:"record",reference:mr,expects:"Object",async:!1,key:e,value:t,message:r,"~run"(n,s){let l=n.value;if(l&&typeof l=="object"){n.typed=!0,n.value={};for(let u in l)if(Bf(l,u)){let a=l[u],p=this.key["~run"]({value:u},s);if(p.issues){let g={type:"object",origin:"key",input:l,key:u,value:a};for(let m of p.issues)m.path=[g],n.issues?.push(m);if(n.issues||(n.issues=p.issues),s.abortEarly){n.typed=!1;break}}let y=this.value["~run"]({value:a},s);if(y.issues){let g={type:"object",origin:"value",input:l,key:u,value:a};for(let m of y.issues)m.path?m.path.unshift(g):m.path=[g],n.issues?.push(m);if(n.issues||(n.issues=y.issues),s.abortEarly){n.typed=!1;break}}(!p.typed||!y.typed)&&(n.typed=!1),p.typed&&(n.value[p.value]=y.value)}}else bt(this,"type",n,s);return n}})}function kn(e){return Mt({kind:"schema",type:"string",reference:kn,expects:"string",async:!1,message:e,"~run"(t,r){return typeof t.value=="string"?t.typed=!0:bt(this,"type",t,r),t}})}function Ur(){return Mt({kind:"schema",type:"unknown",reference:Ur,expects:"unknown",async:!1,"~run"(e){return e.typed=!0,e}})}function el(e,t,r){let n=e["~run"]({value:t},Ui(r));if(n.issues)throw new Wf(n.issues);return n.value}function Jr(...e){return Mt({...e[0],pipe:e,"~run"(t,r){for(let n of e)if(n.kind!=="metadata"){if(t.issues&&(n.kind==="schema"||n.kind==="transformation")){t.typed=!1;break}(!t.issues||!r.abortEarly&&!r.abortPipeEarly)&&(t=n["~run"](t,r))}return t}})}function Kr(e,t,r){let n=e["~run"]({value:t},Ui(r));return{typed:n.typed,success:!n.issues,output:n.value,issues:n.issues}}function iu(e){return typeof e=="object"&&e!==null&&!Array.isArray(e)}var Jf=64;function lu(e){let t=su(e)?[e]:[];for(let r=0;t.length>0;r++){if(r===Jf)return!0;t=t.flatMap(n=>Object.values(n).filter(su))}return!1}function su(e){return typeof e=="object"&&e!==null}var ou=60;function Kf(e){if(lu(e))return"deeply nested JSON";let t=JSON.stringify(e)??"nothing";return t.length<=ou?t:`${t.slice(0,ou)}\\u2026`}function sn(e){return({input:t})=>`expected ${e}, but got ${Kf(t)}`}function Ts(e){return Qi(e,sn(`one of ${e.join(", ")}`))}var Kd=Yi(iu,sn("an object"));var pe=kn(sn("a string")),ln=Wr(sn("true or false")),Xr=Jr(Yt(sn("a number")),Ji()),Ne=Jr(Yt(sn("a number")),Xi(sn("a whole number")),Ki(0,sn("0 or more"))),Zf=["user","since","idle","unsent","channels","received","rate"],Xf=["name","clients","rate"],uu={search:X(pe,""),reverse:X(ln,!1),limit:Ne},Yd=$({type:bn("connections"),...uu,sort:Ts(Zf),user:X(pe),channel:X(pe)}),Qd=$({type:bn("connection"),client:X(pe),user:X(pe)}),ev=$({type:bn("channelPage"),...uu,sort:Ts(Xf),names:X(Jr(ge(pe),Zi()))}),tv=$({type:bn("load"),since:X(Xr,0)}),nv=$({type:bn("trace"),trace:pe,client:pe,payloads:ln}),rv=$({type:bn("send"),client:pe,json:pe});var cu={client:pe,user:pe,node:pe,protocol:pe,transport:pe,address:X(pe),age:Ne,idle:Ne,unsent:Ne,received:Ne,channels:Ne,rate:X(Xr)},Ms=$(cu),sv=$({found:Ne,total:Ne,rows:ge(Ms)}),Yf=$({channel:pe,server_side:ln,token:ln,positioned:ln,offset:Ne,epoch:pe,delta:ln,filter:ln,join_leave:ln}),Qf=$({...cu,admitted:ln,expires_in:X(Ne),info:X(pe),caps:ge($({channels:ge(pe),allow:ge(pe)})),subscriptions:ge(Yf)}),iv=ge(Qf),lv=$({found:Ne,rows:ge($({channel:pe,clients:Ne,delivered:Ne,rate:X(Xr)}))}),au=$({node:pe,columns:ge(pe),samples:ge(ge(Xr))}),ep=$({at:Xr,direction:Ts(["in","out"]),type:X(pe),bytes:Ne,offset:X(Ne),client:X(pe),user:X(pe),text:X(pe),base64:X(pe)}),fu=$({frames:ge(ep),skipped:Ne,in:$({frames:Ne,bytes:Ne}),out:$({frames:Ne,bytes:Ne}),ended:X($({code:Ne,reason:pe}))});var he=kn(),Re=Yt(),Qt=Wr(),mu=$({connections:ge(Ms),found:Re,total:Re}),tl=$({...Ms.entries,admitted:Qt,expires_in:X(Re),info:X(Ur()),caps:ge($({channels:ge(he),allow:ge(he)})),subscriptions:ge($({channel:he,server_side:Qt,token:Qt,positioned:Qt,offset:Re,delta:Qt,filter:Qt,join_leave:Qt}))}),yu=$({user:he,connections:ge(tl)}),du=$({channels:ge($({channel:he,num_clients:Re,delivered:Re,rate:X(Re)})),found:Re}),vu=mr(he,$({value:Ur(),from:he})),gu=$({channel:he,num_clients:Re,delivered:Re,private:Qt,users:X(ge(he)),position:X($({offset:Re,epoch:he})),options:vu}),pu=$({allowed:Qt,rule:he,why:he,hook:X(he)}),hu=X($({kind:he,user:X(he),expires_in:X(Re),channel:X(he),reason:X(he),message:X(he)})),bu=$({token:hu,channel_token:hu,connect:pu,actions:mr(he,pu),options:vu}),ku=$({presence:mr(he,$({user:he,client:he}))}),xu=$({publications:ge($({data:Ur(),offset:X(Re),info:X($({user:X(he)}))})),epoch:he,offset:Re}),wu=$({nodes:ge($({uid:he,version:he,num_clients:Re,num_users:Re,num_channels:Re,num_subs:Re,uptime:Re}))}),_u=$({nodes:ge($({node:he,metrics:ge($({name:he,labels:mr(he,he),value:X(Re)}))}))}),Su=$({nodes:ge(au),answered_within_ms:Re}),Ps=$({delivered:Qt}),Nn=$({}),Eu=fu;var Rn=class extends Error{name="ApiError";code;constructor(t,r){super(r),this.code=t}},Au=$({error:$({code:Yt(),message:kn()})});function Is(e,t,r){return fetch(e,{method:"POST",headers:{"Content-Type":"application/json"},body:JSON.stringify(t),signal:r})}async function _e(e,t,r){let n=await Is(`inspector/api/${e}`,t);if(n.status===401&&location.reload(),!n.headers.get("content-type")?.includes("json"))throw new Rn(n.status,await n.text());let l=await n.json(),u=Kr(Au,l);if(u.success){let{code:a,message:p}=u.output.error;throw new Rn(a,p)}return el($({result:r}),l).result}async function Cu(e,{onLine:t,signal:r}){let n=await Is("inspector/api/trace",e,r);if(n.status===401&&location.reload(),!(n.headers.get("content-type")??"").includes("ndjson")||n.body===null){let a=Kr(Au,await n.json()),p=a.success?a.output.error.message:`status ${n.status}`;throw new Rn(n.status,p)}let l=n.body.pipeThrough(new TextDecoderStream).getReader(),u="";for(;;){let{value:a,done:p}=await l.read();if(p)return;let y=(u+a).split(`\n`);u=y.pop()??"";for(let g of y)t(el(Eu,JSON.parse(g)))}}async function Du(e){let t=await Is("inspector/login",{key:e});if(t.ok)return;let r=Kr($({error:kn()}),await t.json());return r.success?r.output.error:`Status ${t.status}.`}async function Ou(){await Is("inspector/logout",{})}var tp=/([\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]|(?! )\\p{Zs})/u;function ju(e){return e.split(tp).map((t,r)=>r%2===1?{text:np(t),isCode:!0}:{text:t,isCode:!1}).filter(({text:t})=>t!=="")}function Yr(e){return ju(e).map(({text:t,isCode:r})=>r?`[${t}]`:t).join("")}function np(e){return`U+${(e.codePointAt(0)??0).toString(16).toUpperCase().padStart(4,"0")}`}function Me({children:e}){return o("bdi",{children:ju(e).map(({text:t,isCode:r},n)=>r?o("mark",{children:t},n):t)})}var rp=new Intl.NumberFormat("en-GB",{maximumFractionDigits:0}),sp=new Intl.NumberFormat("en-GB",{notation:"compact",maximumSignificantDigits:3});function te(e){return rp.format(e)}function on(e){return sp.format(e)}function kt(e){let t=["B","kB","MB","GB"],r=e,n=0;for(;r>=1e3&&n<t.length-1;)r/=1e3,n++;let s=n===0||r>=100?0:1;return`${r.toFixed(s)} ${t[n]}`}function zt(e){return e<120?`${Math.round(e)} s`:e<7200?`${Math.round(e/60)} min`:e<172800?`${Math.round(e/3600)} h`:`${Math.round(e/86400)} d`}function Qr(e){let t=e*1e3;return t<.01&&t>0?"< 0.01 ms":`${t.toFixed(t<1?2:1)} ms`}function nl(e){return`${(e*100).toFixed(e<.1?1:0)} %`}function yr(e){return e.length>12?`${e.slice(0,8)}\\u2026`:e}var un={get now(){return performance.now()},get wallTime(){return Date.now()},after(e,t){let r=setTimeout(t,e);return()=>clearTimeout(r)},every(e,t){let r=setInterval(t,e);return typeof r=="object"&&r.unref(),()=>clearInterval(r)},soon(e){let t=setImmediate(e);return()=>clearImmediate(t)}};var ip=["channel","connection","user"],lp=["overview","channels","connections","why"],op={overview:"Overview",channels:"Channels",connections:"Connections",why:"Why",channel:"Channel",connection:"Connection",user:"User",missing:"No such page"};function up(e){if(!Mu(e))return{kind:"overview"};let[t="",r="",...n]=e.slice(2).split("/"),s=lp.find(a=>a===t);if(s!==void 0&&r==="")return{kind:s};let l=ip.find(a=>a===t),u=cp(r);return l===void 0||u===""||n.length>0?{kind:"missing"}:{kind:l,name:u}}function Tu(e){let t=op[e.kind],r="name"in e?` \\u2068${Yr(e.name)}\\u2069`:"";return`${t}${r} \\u2013 Thrum: inspector`}function xt(e){return"name"in e?`#/${e.kind}/${encodeURIComponent(e.name)}`:`#/${e.kind}`}function cp(e){try{return decodeURIComponent(e)}catch(t){if(!(t instanceof URIError))throw t;return""}}function Mu(e){return e.startsWith("#/")&&e!=="#/"}function Pu(){let[e,t]=Q(location.hash);return In(()=>{let r=()=>{let{hash:n}=location;(Mu(n)||n==="")&&t(n)};return addEventListener("hashchange",r),()=>removeEventListener("hashchange",r)},[]),up(e)}function ht(e,t,r){let[n,s]=Q({key:e}),[l,u]=Q(0);In(()=>{let y,g=!1,m=()=>{g||(y=un.after(r,v))},v=()=>{if(document.hidden)return m();t().then(x=>g||s({key:e,value:x}),x=>g||s(C=>({...C,key:e,error:x}))).then(m)};return v(),()=>{g=!0,y?.()}},[e,l]);let{value:a,error:p}=n.key===e?n:{};return{value:a,problem:p===void 0?void 0:wt(p),code:p instanceof Rn?p.code:void 0,reload:()=>u(y=>y+1)}}function wt(e){return e instanceof Error?e.message:String(e)}function Ns(e){let[t,r]=Q(e);return $t(()=>un.after(250,()=>r(e)),[e]),t}var ap=4e3;function nt({children:e,of:t}){let r=pt(null);return $t(()=>{location.hash!==""&&r.current?.focus()},[]),o("h2",{ref:r,class:"view-title",tabindex:-1,children:[t&&o("span",{class:"kind",children:t}),e]})}function dr({figures:e}){return o("dl",{class:"inspector-figures",children:Object.entries(e).map(([t,r])=>o("div",{children:[o("dt",{children:t}),o("dd",{"data-figure":t,children:r})]},t))})}function Ze({children:e}){return o("p",{role:"status",class:"problem",children:e&&o(Me,{children:e})})}function Ln({label:e,onSure:t}){let[r,n]=Q(!1),[s,l]=Q();return $t(()=>{if(r)return un.after(ap,()=>n(!1))},[r]),o(we,{children:[o("button",{type:"button",class:r?"danger sure":"danger",onClick:()=>{n(!r),r&&(l(void 0),t().catch(a=>l(wt(a))))},children:r?`${e}: sure?`:e}),s&&o("span",{class:"problem",role:"alert",children:o(Me,{children:s})})]})}function Rs({client:e}){return o("a",{href:xt({kind:"connection",name:e}),title:Yr(e),children:o("code",{children:yr(e)})})}function vr({user:e}){return e===""?o("span",{class:"none",children:"\\u2013"}):o(Iu,{view:{kind:"user",name:e}})}function gr({channel:e}){return o(Iu,{view:{kind:"channel",name:e}})}function Iu({view:e}){return o("a",{class:"name-link",href:xt(e),title:Yr(e.name),children:o(Me,{children:e.name})})}function Ls({options:e}){return o("div",{class:"scroll-x",tabindex:0,children:o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Option"}),o("th",{scope:"col",children:"Value"}),o("th",{scope:"col",children:"From"})]})}),o("tbody",{children:Object.entries(e).map(([t,{value:r,from:n}])=>o("tr",{children:[o("th",{scope:"row",children:o("code",{children:t})}),o("td",{children:o("code",{children:JSON.stringify(r)})}),o("td",{children:o("span",{class:n==="default"?"none":"origin",children:n})})]},t))})]})})}function Fs({label:e,sorts:t,sort:r,onSearch:n,onSort:s}){return o("div",{class:"list-bar",children:[o("p",{class:"field",children:[o("label",{for:"search",children:e}),o("input",{id:"search",type:"search",onInput:({target:l})=>l instanceof HTMLInputElement&&n(l.value)})]}),o("p",{class:"field",children:[o("label",{for:"sort",children:"Sorted by"}),o("select",{id:"sort",onChange:({target:l})=>{if(!(l instanceof HTMLSelectElement))return;let u=t.find(([a])=>a===l.value);u!==void 0&&s(u[0])},children:t.map(([l,u])=>o("option",{value:l,selected:l===r,children:u},l))})]})]})}function Vs({offset:e,limit:t,found:r,onMove:n}){let s=Math.min(e+t,r);return o("p",{class:"pager",children:[o("button",{type:"button",disabled:e===0,onClick:()=>n(Math.max(e-t,0)),children:"Previous"}),o("span",{children:r===0?"none":`${e+1}\\u2013${s} of ${r}`}),o("button",{type:"button",disabled:s>=r||e+t>900,onClick:()=>n(e+t),children:"Next"})]})}var Nu=50,fp=2e3,Ru=.5,pp=[["rate","frames in a second"],["received","frames received"],["unsent","unread bytes"],["channels","number of channels"],["idle","time without a frame"],["since","newest"],["user","uid"]];function Lu(){return o(we,{children:[o(nt,{children:"Connections and users"}),o(rl,{query:{}})]})}function rl({query:e,action:t}){let[r,n]=Q(""),[s,l]=Q("rate"),[u,a]=Q(0),p=Ns(r),y={...e,search:p,sort:s,offset:u,limit:Nu},{value:g,problem:m}=ht(JSON.stringify(y),()=>_e("connections",y,mu),fp);return o(we,{children:[o(Fs,{label:"Search for a uid, an id or an address",sorts:pp,sort:s,onSearch:v=>{n(v),a(0)},onSort:v=>{l(v),a(0)}}),o(Ze,{children:m}),o(sl,{rows:g?.connections??[],action:t}),o(Vs,{offset:u,limit:Nu,found:g?.found??0,onMove:a})]})}function sl({rows:e,action:t}){let r=mp(e);return o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Connection"}),o("th",{scope:"col",children:"User"}),o("th",{scope:"col",children:"Protocol"}),o("th",{scope:"col",children:"Address"}),o("th",{scope:"col",class:"number",children:"Age"}),o("th",{scope:"col",class:"number",children:"Idle"}),o("th",{scope:"col",class:"number",children:"Channels"}),o("th",{scope:"col",class:"number",children:"Unread"}),o("th",{scope:"col",class:"number",children:"Frames"}),o("th",{scope:"col",class:"number",children:"Frames / s"}),o("th",{scope:"col",children:"Node"}),t&&o("th",{scope:"col",children:"Action"})]})}),o("tbody",{children:e.map(n=>o(hp,{row:n,rate:r.get(n.client)??0,action:t},n.client))})]})})}function hp({row:e,rate:t,action:r}){return o("tr",{children:[o("th",{scope:"row",children:o(Rs,{client:e.client})}),o("td",{children:o(vr,{user:e.user})}),o("td",{children:[e.protocol," / ",e.transport]}),o("td",{children:e.address??o("span",{class:"none",children:"internal"})}),o("td",{class:"number",children:zt(e.age)}),o("td",{class:"number",children:zt(e.idle)}),o("td",{class:"number",children:te(e.channels)}),o("td",{class:"number",children:kt(e.unsent)}),o("td",{class:"number",children:te(e.received)}),o("td",{class:"number",children:te(t)}),o("td",{title:e.node,children:o("code",{children:yr(e.node)})}),r&&o("td",{children:r(e)})]})}function mp(e){let t=pt(new Map),r=performance.now();return new Map(e.map(({client:n,received:s,rate:l})=>{let u=t.current?.get(n),a=(r-(u?.at??r))/1e3,p=u===void 0||a<Ru?void 0:Math.round((s-u.received)/a);return(u===void 0||a>=Ru)&&t.current?.set(n,{at:r,received:s}),[n,l??p]}))}function xn(e,t){let r=new FormData(e).get(t);return typeof r=="string"?r.trim():""}function br({label:e,button:t,onSend:r}){let[n,s]=Q(""),l=Es();return o("form",{class:"json-form",onSubmit:a=>{a.preventDefault();let{target:p}=a;p instanceof HTMLFormElement&&r(yp(xn(p,"data"))).then(s,y=>s(wt(y)))},children:[o("p",{class:"field",children:[o("label",{for:l,children:e}),o("input",{id:l,name:"data",autocomplete:"off",required:!0})]}),o("button",{type:"submit",children:t}),o("p",{role:"status",class:"note",children:n})]})}function yp(e){try{return JSON.parse(e)}catch(t){if(!(t instanceof SyntaxError))throw t;return e}}var dp=300,vp=new Intl.DateTimeFormat("en-GB",{hour:"2-digit",minute:"2-digit",second:"2-digit",fractionalSecondDigits:3}),Fu={frames:[],in:0,out:0,skipped:0};function $s({of:e}){let[t,r]=Q(!1),[n,s]=Q(!1),l={...e,payloads:n},u=gp(t?l:void 0,()=>r(!1));return o("section",{class:"trace",children:[o("h3",{children:["Live ","channel"in e?"events":"frames"]}),o("p",{class:"trace-bar",children:[o("button",{type:"button",class:t?"":"primary",onClick:()=>r(!t),children:t?"Stop":"Follow"}),o("label",{class:"check",children:[o("input",{type:"checkbox",checked:n,onChange:()=>s(!n)}),"payloads"]}),o("span",{class:"note",children:[te(u.in)," in, ",te(u.out)," out, ",te(u.skipped)," ","not listed",u.end&&`; ended: ${u.end}`]})]}),o("ol",{class:"frames","aria-label":"Frames, the newest first",tabindex:0,children:u.frames.map(a=>o(kp,{frame:a},a.id))})]})}function gp(e,t){let[r,n]=Q(Fu),s=pt(0);return In(()=>{if(e===void 0)return;let l=new AbortController,{signal:u}=l;n(Fu);let a=y=>n(g=>bp(g,y,s)),p=y=>{u.aborted||(t(),n(g=>({...g,end:g.end??y})))};return Cu(e,{onLine:a,signal:u}).then(()=>p("its time is over"),y=>p(wt(y))),()=>l.abort()},[JSON.stringify(e)]),r}function bp(e,t,r){let n=t.frames.map(l=>{let u=r.current??0;return r.current=u+1,{...l,id:u}}),{ended:s}=t;return{frames:[...n.toReversed(),...e.frames].slice(0,dp),in:e.in+t.in.frames,out:e.out+t.out.frames,skipped:e.skipped+t.skipped,...s===void 0?{}:{end:`${s.code} ${s.reason}`.trim()}}}function kp({frame:e}){let{direction:t,type:r,user:n,offset:s,text:l,base64:u}=e,a=[r==="publication"?"":r,s&&`#${s}`,n&&`by ${n}`].filter(Boolean).join(" ");return o("li",{class:t,children:[o("time",{children:vp.format(e.at)}),o("span",{class:"mark","aria-hidden":"true",children:t==="in"?"\\u2192":"\\u2190"}),o("span",{class:"spoken",children:t==="in"?"from the client":"to the client"}),o("span",{class:"size",children:kt(e.bytes)}),o("code",{children:[a&&o("b",{children:o(Me,{children:a})}),l===void 0?u&&`base64 ${u}`:o(Me,{children:l})]})]})}var il=2e3,xp=25,wp=100;function Vu({channel:e}){let{value:t,problem:r}=ht(e,()=>_e("channel",{channel:e},gu),il),n=t===void 0?"\\u2026":t.private?"private":t.users!==void 0?`for ${t.users.join(", ")}`:"open";return o(we,{children:[o(nt,{of:"Channel",children:o(Me,{children:e})}),o(Ze,{children:r}),o(dr,{figures:{Subscribers:te(t?.num_clients??0),Events:te(t?.delivered??0),Kind:o(Me,{children:n}),Offset:t?.position?te(t.position.offset):"none",Epoch:o("code",{children:t?.position?.epoch??"none"})}}),o("div",{class:"columns",children:[o("section",{class:"wide",children:[o("h3",{children:"Subscribers"}),o(rl,{query:{channel:e},action:({client:s})=>o(Ln,{label:"Unsubscribe",onSure:async()=>{await _e("unsubscribe",{client:s,channel:e},Nn)}})})]}),o(_p,{channel:e}),o("section",{children:[o("h3",{children:"Options"}),t&&o(Ls,{options:t.options})]}),o(Ep,{channel:e}),o($s,{of:{channel:e}})]})]})}function _p({channel:e}){let{value:t,problem:r,reload:n}=ht(e,()=>_e("history",{channel:e,limit:xp,reverse:!0},xu),il),[s,l]=Q(!0);return o("section",{children:[o("h3",{children:"History"}),o(br,{label:"Publish JSON or text",button:"Publish",onSend:async u=>{let a=$({offset:X(Yt())}),p=await _e("publish",{channel:e,data:u},a);return n(),`Published${p.offset?` as #${p.offset}`:""}.`}}),o(Ze,{children:r}),t&&o(we,{children:[o("ol",{class:"frames","aria-label":"Publications, the newest first",children:t.publications.map(({offset:u=0,data:a,info:p})=>o("li",{children:[o("span",{class:"size",children:["#",u]}),o("code",{children:[p?.user&&o("b",{children:["by ",o(Me,{children:p.user})]}),o(Me,{children:Sp(JSON.stringify(a),s)})]})]},u))}),o("p",{class:"trace-bar",children:[o("button",{type:"button",onClick:()=>l(!s),children:s?"Show all of each":"Show less"}),o(Ln,{label:"Drop the history",onSure:async()=>{await _e("history_remove",{channel:e},Nn),n()}})]})]})]})}function Sp(e,t){return t&&e.length>160?`${e.slice(0,160)}\\u2026`:e}function Ep({channel:e}){let{value:t,problem:r}=ht(e,()=>_e("presence",{channel:e},ku),il*2),n=Object.values(t?.presence??{});return o("section",{class:"wide",children:[o("h3",{children:"Presence"}),o(Ze,{children:r}),o("p",{class:"note",children:[te(n.length)," clients,"," ",te(new Set(n.map(({user:s})=>s)).size)," users"]}),o("ul",{class:"present",children:n.slice(0,wp).map(({client:s,user:l})=>o("li",{children:[o(vr,{user:l})," ",o(Rs,{client:s})]},s))})]})}var $u=50,Ap=2e3,Cp=[["clients","subscribers"],["rate","events in a second"],["name","name"]];function zu(){let[e,t]=Q(""),[r,n]=Q("clients"),[s,l]=Q(0),a={search:Ns(e),sort:r,offset:s,limit:$u},{value:p,problem:y}=ht(JSON.stringify(a),()=>_e("channels_page",a,du),Ap);return o(we,{children:[o(nt,{children:"Channels"}),o(Fs,{label:"Search for a part of the name",sorts:Cp,sort:r,onSearch:g=>{t(g),l(0)},onSort:g=>{n(g),l(0)}}),o(Ze,{children:y}),o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Channel"}),o("th",{scope:"col",class:"number",children:"Subscribers"}),o("th",{scope:"col",class:"number",children:"Events"}),o("th",{scope:"col",class:"number",children:"Events / s"})]})}),o("tbody",{children:(p?.channels??[]).map(g=>o(Dp,{row:g},g.channel))})]})}),o(Vs,{offset:s,limit:$u,found:p?.found??0,onMove:l})]})}function Dp({row:e}){return o("tr",{children:[o("th",{scope:"row",children:o(gr,{channel:e.channel})}),o("td",{class:"number",children:te(e.num_clients)}),o("td",{class:"number",children:te(e.delivered)}),o("td",{class:"number",children:e.rate===void 0?"":te(e.rate)})]})}var ll=[[3503,"force disconnect","it stays away by itself (3503)"],[3011,"force reconnect","it comes back (3011)"]];function zs({of:e}){let[t,r]=Q(ll[0]),[n,s]=Q("");return o("div",{class:"disconnect",children:[o("p",{class:"field",children:[o("label",{for:"code",children:"Disconnect"}),o("select",{id:"code",onChange:({target:l})=>{if(!(l instanceof HTMLSelectElement))return;let u=ll.find(([a])=>String(a)===l.value);u!==void 0&&r(u)},children:ll.map(([l,,u])=>o("option",{value:l,selected:l===t[0],children:u},l))})]}),o(Ln,{label:"Disconnect",onSure:async()=>{let[l,u]=t,a={...e,disconnect:{code:l,reason:u}};await _e("disconnect",a,Nn),s("Disconnected.")}}),o("p",{class:"note",children:"This ends a connection and bans no user: a client that connects again is let in."}),o("p",{role:"status",class:"note",children:n})]})}var Op=1e3,ol=404;function Gu({client:e}){let{value:t,problem:r,code:n}=ht(e,()=>_e("connection",{client:e},tl),Op);return o(we,{children:[o(nt,{of:"Connection",children:o(Me,{children:e})}),n===ol?o("p",{role:"status",class:"lead",children:[t?"This connection has ended.":"There is no connection of this id; it may have ended."," ",o("a",{href:xt({kind:"connections"}),children:"All connections"})]}):o(Ze,{children:r}),t&&o(Tp,{connection:t}),t&&o("div",{class:"columns",children:[n!==ol&&o(Mp,{connection:t}),n!==ol&&o(jp,{client:e}),o($s,{of:{client:e}})]})]})}function jp({client:e}){return o("section",{children:[o("h3",{children:"Act"}),o(br,{label:"Send JSON or text to this connection",button:"Send",onSend:async t=>{let r={client:e,data:t},{delivered:n}=await _e("send",r,Ps);return n?"Sent.":"It takes no messages."}}),o(zs,{of:{client:e}})]})}function Tp({connection:e}){let{user:t,protocol:r,transport:n,received:s,caps:l}=e,u=pt({at:performance.now(),received:s,rate:0}),{current:a}=u,p=(performance.now()-(a?.at??0))/1e3;return a!==null&&p>=.8&&(a.rate=Math.round((s-a.received)/p),a.at=performance.now(),a.received=s),o(dr,{figures:{User:o(vr,{user:t}),Protocol:`${r} / ${n}`,Address:e.address??"internal",Since:zt(e.age),"Last frame":`${zt(e.idle)} ago`,"Unread bytes":kt(e.unsent),Frames:te(s),"Frames / s":te(a?.rate??0),Admitted:e.admitted?"yes":"not yet","Token ends":e.expires_in===void 0?"never":`in ${zt(e.expires_in)}`,Capabilities:o("code",{children:o(Me,{children:l.length?JSON.stringify(l):"none"})}),Info:o("code",{children:o(Me,{children:JSON.stringify(e.info)??"none"})}),Node:o("code",{children:e.node})}})}function Mp({connection:{client:e,subscriptions:t}}){return o("section",{children:[o("h3",{children:"Channels"}),t.length===0?o("p",{class:"note",children:"None."}):o("div",{class:"scroll-x",tabindex:0,children:o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Channel"}),o("th",{scope:"col",children:"Offset"}),o("th",{scope:"col",children:"Kind"}),o("th",{scope:"col",children:"Action"})]})}),o("tbody",{children:t.map(r=>o("tr",{children:[o("th",{scope:"row",children:o(gr,{channel:r.channel})}),o("td",{children:r.positioned?te(r.offset):"none"}),o("td",{children:[r.server_side&&"by the server",r.token&&"by a token",r.delta&&"deltas",r.filter&&"filtered",r.join_leave&&"joins and leaves"].filter(Boolean).join(", ")||"by the client"}),o("td",{children:o(Ln,{label:"Unsubscribe",onSure:async()=>{let n={client:e,channel:r.channel};await _e("unsubscribe",n,Nn)}})})]},r.channel))})]})})]})}var cl=Fn("thrum_messages_received_total"),al=Fn("thrum_messages_sent_total"),fl=ul("thrum_event_loop_lag_seconds_sum","thrum_event_loop_lag_seconds_count"),Bu=[["Connections",qu("thrum_connections"),te],["Messages in / s",cl,on],["Messages out / s",al,on],["Publications / s",Fn("thrum_publications_total"),on],["Bytes in / s",Fn("thrum_received_bytes_total"),kt],["Bytes out / s",Fn("thrum_sent_bytes_total"),kt],["Publish latency",ul("thrum_publish_duration_seconds_sum","thrum_publish_duration_seconds_count"),Qr],["Joined frames",ul("thrum_joined_frames_sent_total","thrum_frames_sent_total"),nl],["Event loop lag",fl,Qr],["CPU of the process",{type:"processRate",column:"process_cpu_seconds_total"},nl],["Memory of the process",{type:"processGauge",column:"process_resident_memory_bytes"},kt],["Evictions / s",Fn("thrum_evictions_total"),on],["Slow consumers / s",Fn("thrum_slow_consumers_total"),on],["Waiting for slow clients",qu("thrum_backlog_bytes"),kt]];function qu(e){return{type:"gauge",column:e}}function Fn(e){return{type:"rate",column:e}}function ul(e,t){return{type:"ratio",column:e,of:t}}var Hu=10,Pp=1500,Gs=class{#e=new Map;#t=new Map;#n=new Map;#r=[];get since(){let t=[...this.#e.values()].map(r=>Math.max(0,...r.keys()));return t.length===0?0:Math.min(...t)}add({nodes:t}){let r=new Set(t.map(({node:s})=>s));for(let s of this.#t.keys())r.has(s)||this.#t.delete(s);for(let{node:s,columns:l,samples:u}of t){this.#r=l;let a=this.#e.get(s)??new Map;this.#e.set(s,a);for(let g of u.slice(0,-1))a.set(g[0]??0,g);let[p,y]=[u.at(-1),this.#t.get(s)];y!==void 0&&this.#n.set(s,y),p!==void 0&&this.#t.set(s,p)}let n=un.wallTime-36e5;for(let s of this.#e.values())for(let l of s.keys())l<n&&s.delete(l)}read(t){let r=new Map,n=[];for(let[l,u]of this.#e){let a=[...u.values()];for(let[y,g]of a.entries()){let m=this.#s(t,a[y-1],g);if(m===void 0)continue;let v=Math.floor((g[0]??0)/1e3/Hu)*Hu,x=r.get(v)??[];r.set(v,x),x.push(m)}let p=this.nowOf(l,t);p!==void 0&&n.push(p)}let s=[...r.keys()].sort((l,u)=>l-u);return{times:s,values:s.map(l=>Uu(t,r.get(l)??[])),now:Uu(t,n)??(Wu(t)?void 0:0)}}nowOf(t,r){let n=this.#t.get(t);if(n===void 0)return;let l=[...this.#e.get(t)?.values()??[],this.#n.get(t)??[]].findLast(([u=1/0])=>(n[0]??0)-u>=Pp);return this.#s(r,l,n)}#s(t,r,n){let s=(y,g)=>g[this.#r.indexOf(y)]??0,{type:l,column:u}=t;if(Wu(t)&&s(u,n)===0)return;if(l==="gauge"||l==="processGauge")return s(u,n);if(r===void 0)return;let a=s(u,n)-s(u,r);if(l==="ratio"){let y=s(t.of,n)-s(t.of,r);return y>0?a/y:void 0}let p=((n[0]??0)-(r[0]??0))/1e3;return p>0?Math.max(a,0)/p:void 0}};function Wu({type:e}){return e==="processRate"||e==="processGauge"}function Uu({type:e},t){if(t.length===0)return null;let r=t.reduce((n,s)=>n+s,0);switch(e){case"gauge":case"rate":return r;case"ratio":return r/t.length;case"processRate":case"processGauge":return Math.max(...t)}}function qs(e,t){return e.filter(r=>r.name===t).reduce((r,{value:n=0})=>r+n,0)}function Ip({node:e,metrics:t,loadOf:r}){let n=(u,a)=>{let p=r(e.uid,u);return p===void 0?"\\u2013":a(p)},s=t.find(({name:u})=>u==="thrum_broker_state")?.labels.state,l=qs(t,"thrum_relay_gaps_total")+qs(t,"thrum_position_gaps_total");return o("tr",{children:[o("th",{scope:"row",title:e.uid,children:[o("code",{children:yr(e.uid)})," ",e.version]}),o("td",{children:zt(e.uptime)}),o("td",{children:te(e.num_clients)}),o("td",{children:te(e.num_users)}),o("td",{children:te(e.num_channels)}),o("td",{children:te(e.num_subs)}),o("td",{children:n(cl,on)}),o("td",{children:n(al,on)}),o("td",{children:n(fl,Qr)}),o("td",{children:kt(qs(t,"thrum_heap_used_bytes"))}),o("td",{children:s}),o("td",{children:te(l)}),o("td",{children:te(qs(t,"thrum_relay_repairs_total"))})]})}function Ju({nodes:e,metrics:t,loadOf:r,answeredWithinMs:n}){return o("section",{class:"wide",children:[o("h3",{children:"Nodes"}),o("div",{class:"scroll-x",tabindex:0,children:o("table",{class:"list",children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Node"}),o("th",{scope:"col",children:"Up"}),o("th",{scope:"col",children:"Clients"}),o("th",{scope:"col",children:"Users"}),o("th",{scope:"col",children:"Channels"}),o("th",{scope:"col",children:"Subscriptions"}),o("th",{scope:"col",children:"In / s"}),o("th",{scope:"col",children:"Out / s"}),o("th",{scope:"col",children:"Loop lag"}),o("th",{scope:"col",children:"Heap"}),o("th",{scope:"col",children:"Broker"}),o("th",{scope:"col",children:"Gaps"}),o("th",{scope:"col",children:"Repairs"})]})}),o("tbody",{children:e.map(s=>o(Ip,{node:s,metrics:t.nodes.find(l=>l.node===s.uid)?.metrics??[],loadOf:r},s.uid))})]})}),o("p",{class:"note",children:["All nodes have answered within ",n," ms."]})]})}var qe="u-",Np="uplot",Rp=qe+"hz",Lp=qe+"vt",Fp=qe+"title",Vp=qe+"wrap",$p=qe+"under",zp=qe+"over",Gp=qe+"axis",zn=qe+"off",qp=qe+"select",Bp=qe+"cursor-x",Hp=qe+"cursor-y",Wp=qe+"cursor-pt",Up=qe+"legend",Jp=qe+"live",Kp=qe+"inline",Zp=qe+"series",Xp=qe+"marker",Ku=qe+"label",Yp=qe+"value",ns="width",rs="height",es="top",Zu="bottom",kr="left",pl="right",Ol="#000",Xu=Ol+"0",hl="mousemove",Yu="mousedown",ml="mouseup",Qu="mouseenter",ec="mouseleave",tc="dblclick",Qp="resize",eh="scroll",nc="change",Js="dppxchange",jl="--",Cr=typeof window<"u",bl=Cr?document:null,wr=Cr?window:null,th=Cr?navigator:null,ae,Bs;function kl(){let e=devicePixelRatio;ae!=e&&(ae=e,Bs&&wl(nc,Bs,kl),Bs=matchMedia(`(min-resolution: ${ae-.001}dppx) and (max-resolution: ${ae+.001}dppx)`),Gn(nc,Bs,kl),wr.dispatchEvent(new CustomEvent(Js)))}function _t(e,t){if(t!=null){let r=e.classList;!r.contains(t)&&r.add(t)}}function xl(e,t){let r=e.classList;r.contains(t)&&r.remove(t)}function Ce(e,t,r){e.style[t]=r+"px"}function Gt(e,t,r,n){let s=bl.createElement(e);return t!=null&&_t(s,t),r?.insertBefore(s,n),s}function Pt(e,t){return Gt("div",e,t)}var rc=new WeakMap;function en(e,t,r,n,s){let l="translate("+t+"px,"+r+"px)",u=rc.get(e);l!=u&&(e.style.transform=l,rc.set(e,l),t<0||r<0||t>n||r>s?_t(e,zn):xl(e,zn))}var sc=new WeakMap;function ic(e,t,r){let n=t+r,s=sc.get(e);n!=s&&(sc.set(e,n),e.style.background=t,e.style.borderColor=r)}var lc=new WeakMap;function oc(e,t,r,n){let s=t+""+r,l=lc.get(e);s!=l&&(lc.set(e,s),e.style.height=r+"px",e.style.width=t+"px",e.style.marginLeft=n?-t/2+"px":0,e.style.marginTop=n?-r/2+"px":0)}var Tl={passive:!0},nh={...Tl,capture:!0};function Gn(e,t,r,n){t.addEventListener(e,r,n?nh:Tl)}function wl(e,t,r,n){t.removeEventListener(e,r,Tl)}Cr&&kl();function qt(e,t,r,n){let s;r=r||0,n=n||t.length-1;let l=n<=2147483647;for(;n-r>1;)s=l?r+n>>1:St((r+n)/2),t[s]<e?r=s:n=s;return e-t[r]<=t[n]-e?r:n}function Nc(e){return(r,n,s)=>{let l=-1,u=-1;for(let a=n;a<=s;a++)if(e(r[a])){l=a;break}for(let a=s;a>=n;a--)if(e(r[a])){u=a;break}return[l,u]}}var Rc=e=>e!=null,Lc=e=>e!=null&&e>0,Xs=Nc(Rc),rh=Nc(Lc);function sh(e,t,r,n=0,s=!1){let l=s?rh:Xs,u=s?Lc:Rc;[t,r]=l(e,t,r);let a=e[t],p=e[t];if(t>-1)if(n==1)a=e[t],p=e[r];else if(n==-1)a=e[r],p=e[t];else for(let y=t;y<=r;y++){let g=e[y];u(g)&&(g<a?a=g:g>p&&(p=g))}return[a??be,p??-be]}function Ys(e,t,r,n){let s=ac(e),l=ac(t);e==t&&(s==-1?(e*=r,t/=r):(e/=r,t*=r));let u=r==10?cn:Fc,a=s==1?St:It,p=l==1?It:St,y=a(u(Ge(e))),g=p(u(Ge(t))),m=_r(r,y),v=_r(r,g);return r==10&&(y<0&&(m=ke(m,-y)),g<0&&(v=ke(v,-g))),n||r==2?(e=m*s,t=v*l):(e=Gc(e,m),t=Qs(t,v)),[e,t]}function Ml(e,t,r,n){let s=Ys(e,t,r,n);return e==0&&(s[0]=0),t==0&&(s[1]=0),s}var Pl=.1,uc={mode:3,pad:Pl},is={pad:0,soft:null,mode:0},ih={min:is,max:is};function Ks(e,t,r,n){return ei(r)?cc(e,t,r):(is.pad=r,is.soft=n?0:null,is.mode=n?3:0,cc(e,t,ih))}function ue(e,t){return e??t}function lh(e,t,r){for(t=ue(t,0),r=ue(r,e.length-1);t<=r;){if(e[t]!=null)return!0;t++}return!1}function cc(e,t,r){let n=r.min,s=r.max,l=ue(n.pad,0),u=ue(s.pad,0),a=ue(n.hard,-be),p=ue(s.hard,be),y=ue(n.soft,be),g=ue(s.soft,-be),m=ue(n.mode,0),v=ue(s.mode,0),x=t-e,C=cn(x),P=ut(Ge(e),Ge(t)),I=cn(P),H=Ge(I-C);(x<1e-24||H>10)&&(x=0,(e==0||t==0)&&(x=1e-24,m==2&&y!=be&&(l=0),v==2&&g!=-be&&(u=0)));let E=x||P||1e3,N=cn(E),w=_r(10,St(N)),R=E*(x==0?e==0?.1:1:l),S=ke(Gc(e-R,w/10),24),G=e>=y&&(m==1||m==3&&S<=y||m==2&&S>=y)?y:be,B=ut(a,S<G&&e>=G?G:Bt(G,S)),re=E*(x==0?t==0?.1:1:u),K=ke(Qs(t+re,w/10),24),D=t<=g&&(v==1||v==3&&K>=g||v==2&&K<=g)?g:-be,Y=Bt(p,K>D&&t<=D?D:ut(D,K));return B==Y&&B==0&&(Y=100),[B,Y]}var oh=new Intl.NumberFormat(Cr?th.language:"en-US"),Il=e=>oh.format(e),Et=Math,Us=Et.PI,Ge=Et.abs,St=Et.floor,ze=Et.round,It=Et.ceil,Bt=Et.min,ut=Et.max,_r=Et.pow,ac=Et.sign,cn=Et.log10,Fc=Et.log2,uh=(e,t=1)=>Et.sinh(e)*t,yl=(e,t=1)=>Et.asinh(e/t),be=1/0;function fc(e){return(cn((e^e>>31)-(e>>31))|0)+1}function _l(e,t,r){return Bt(ut(e,t),r)}function Vc(e){return typeof e=="function"}function se(e){return Vc(e)?e:()=>e}var ch=()=>{},$c=e=>e,zc=(e,t)=>t,ah=e=>null,pc=e=>!0,hc=(e,t)=>e==t,fh=/\\.\\d*?(?=9{6,}|0{6,})/gm,qn=e=>{if(Bc(e)||_n.has(e))return e;let t=`${e}`,r=t.match(fh);if(r==null)return e;let n=r[0].length-1;if(t.indexOf("e-")!=-1){let[s,l]=t.split("e");return+`${qn(s)}e${l}`}return ke(e,n)};function Vn(e,t){return qn(ke(qn(e/t))*t)}function Qs(e,t){return qn(It(qn(e/t))*t)}function Gc(e,t){return qn(St(qn(e/t))*t)}function ke(e,t=0){if(Bc(e))return e;let r=10**t,n=e*r*(1+Number.EPSILON);return ze(n)/r}var _n=new Map;function qc(e){return((""+e).split(".")[1]||"").length}function os(e,t,r,n){let s=[],l=n.map(qc);for(let u=t;u<r;u++){let a=Ge(u),p=ke(_r(e,u),a);for(let y=0;y<n.length;y++){let g=e==10?+`${n[y]}e${u}`:n[y]*p,m=(u>=0?0:a)+(u>=l[y]?0:l[y]),v=e==10?g:ke(g,m);s.push(v),_n.set(v,m)}}return s}var ls={},Nl=[],Sr=[null,null],wn=Array.isArray,Bc=Number.isInteger,ph=e=>e===void 0;function mc(e){return typeof e=="string"}function ei(e){let t=!1;if(e!=null){let r=e.constructor;t=r==null||r==Object}return t}function hh(e){return e!=null&&typeof e=="object"}var mh=Object.getPrototypeOf(Uint8Array),Hc="__proto__";function Er(e,t=ei){let r;if(wn(e)){let n=e.find(s=>s!=null);if(wn(n)||t(n)){r=Array(e.length);for(let s=0;s<e.length;s++)r[s]=Er(e[s],t)}else r=e.slice()}else if(e instanceof mh)r=e.slice();else if(t(e)){r={};for(let n in e)n!=Hc&&(r[n]=Er(e[n],t))}else r=e;return r}function Fe(e){let t=arguments;for(let r=1;r<t.length;r++){let n=t[r];for(let s in n)s!=Hc&&(ei(e[s])?Fe(e[s],Er(n[s])):e[s]=Er(n[s]))}return e}var yh=0,dh=1,vh=2;function gh(e,t,r){for(let n=0,s,l=-1;n<t.length;n++){let u=t[n];if(u>l){for(s=u-1;s>=0&&e[s]==null;)e[s--]=null;for(s=u+1;s<r&&e[s]==null;)e[l=s++]=null}}}function bh(e,t){if(wh(e)){let u=e[0].slice();for(let a=1;a<e.length;a++)u.push(...e[a].slice(1));return _h(u[0])||(u=xh(u)),u}let r=new Set;for(let u=0;u<e.length;u++){let p=e[u][0],y=p.length;for(let g=0;g<y;g++)r.add(p[g])}let n=[Array.from(r).sort((u,a)=>u-a)],s=n[0].length,l=new Map;for(let u=0;u<s;u++)l.set(n[0][u],u);for(let u=0;u<e.length;u++){let a=e[u],p=a[0];for(let y=1;y<a.length;y++){let g=a[y],m=Array(s).fill(void 0),v=t?t[u][y]:dh,x=[];for(let C=0;C<g.length;C++){let P=g[C],I=l.get(p[C]);P===null?v!=yh&&(m[I]=P,v==vh&&x.push(I)):m[I]=P}gh(m,x,s),n.push(m)}}return n}var kh=typeof queueMicrotask>"u"?e=>Promise.resolve().then(e):queueMicrotask;function xh(e){let t=e[0],r=t.length,n=Array(r);for(let l=0;l<n.length;l++)n[l]=l;n.sort((l,u)=>t[l]-t[u]);let s=[];for(let l=0;l<e.length;l++){let u=e[l],a=Array(r);for(let p=0;p<r;p++)a[p]=u[n[p]];s.push(a)}return s}function wh(e){let t=e[0][0],r=t.length;for(let n=1;n<e.length;n++){let s=e[n][0];if(s.length!=r)return!1;if(s!=t){for(let l=0;l<r;l++)if(s[l]!=t[l])return!1}}return!0}function _h(e,t=100){let r=e.length;if(r<=1)return!0;let n=0,s=r-1;for(;n<=s&&e[n]==null;)n++;for(;s>=n&&e[s]==null;)s--;if(s<=n)return!0;let l=ut(1,St((s-n+1)/t));for(let u=e[n],a=n+l;a<=s;a+=l){let p=e[a];if(p!=null){if(p<=u)return!1;u=p}}return!0}var Wc=["January","February","March","April","May","June","July","August","September","October","November","December"],Uc=["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"];function Jc(e){return e.slice(0,3)}var Sh=Uc.map(Jc),Eh=Wc.map(Jc),Ah={MMMM:Wc,MMM:Eh,WWWW:Uc,WWW:Sh};function ts(e){return(e<10?"0":"")+e}function Ch(e){return(e<10?"00":e<100?"0":"")+e}var Dh={YYYY:e=>e.getFullYear(),YY:e=>(e.getFullYear()+"").slice(2),MMMM:(e,t)=>t.MMMM[e.getMonth()],MMM:(e,t)=>t.MMM[e.getMonth()],MM:e=>ts(e.getMonth()+1),M:e=>e.getMonth()+1,DD:e=>ts(e.getDate()),D:e=>e.getDate(),WWWW:(e,t)=>t.WWWW[e.getDay()],WWW:(e,t)=>t.WWW[e.getDay()],HH:e=>ts(e.getHours()),H:e=>e.getHours(),h:e=>{let t=e.getHours();return t==0?12:t>12?t-12:t},AA:e=>e.getHours()>=12?"PM":"AM",aa:e=>e.getHours()>=12?"pm":"am",a:e=>e.getHours()>=12?"p":"a",mm:e=>ts(e.getMinutes()),m:e=>e.getMinutes(),ss:e=>ts(e.getSeconds()),s:e=>e.getSeconds(),fff:e=>Ch(e.getMilliseconds())};function Rl(e,t){t=t||Ah;let r=[],n=/\\{([a-z]+)\\}|[^{]+/gi,s;for(;s=n.exec(e);)r.push(s[0][0]=="{"?Dh[s[1]]:s[0]);return l=>{let u="";for(let a=0;a<r.length;a++)u+=typeof r[a]=="string"?r[a]:r[a](l,t);return u}}var Oh=new Intl.DateTimeFormat().resolvedOptions().timeZone;function jh(e,t){let r;return t=="UTC"||t=="Etc/UTC"?r=new Date(+e+e.getTimezoneOffset()*6e4):t==Oh?r=e:(r=new Date(e.toLocaleString("en-US",{timeZone:t})),r.setMilliseconds(e.getMilliseconds())),r}var Kc=e=>e%1==0,Zs=[1,2,2.5,5],Th=os(10,-32,0,Zs),Zc=os(10,0,32,Zs),Mh=Zc.filter(Kc),$n=Th.concat(Zc),Ll=`\n`,Xc="{YYYY}",yc=Ll+Xc,Yc="{M}/{D}",ss=Ll+Yc,Hs=ss+"/{YY}",Qc="{aa}",Ph="{h}:{mm}",xr=Ph+Qc,dc=Ll+xr,vc=":{ss}",me=null;function ea(e){let t=e*1e3,r=t*60,n=r*60,s=n*24,l=s*30,u=s*365,p=(e==1?os(10,0,3,Zs).filter(Kc):os(10,-3,0,Zs)).concat([t,t*5,t*10,t*15,t*30,r,r*5,r*10,r*15,r*30,n,n*2,n*3,n*4,n*6,n*8,n*12,s,s*2,s*3,s*4,s*5,s*6,s*7,s*8,s*9,s*10,s*15,l,l*2,l*3,l*4,l*6,u,u*2,u*5,u*10,u*25,u*50,u*100]),y=[[u,Xc,me,me,me,me,me,me,1],[s*28,"{MMM}",yc,me,me,me,me,me,1],[s,Yc,yc,me,me,me,me,me,1],[n,"{h}"+Qc,Hs,me,ss,me,me,me,1],[r,xr,Hs,me,ss,me,me,me,1],[t,vc,Hs+" "+xr,me,ss+" "+xr,me,dc,me,1],[e,vc+".{fff}",Hs+" "+xr,me,ss+" "+xr,me,dc,me,1]];function g(m){return(v,x,C,P,I,H)=>{let E=[],N=I>=u,w=I>=l&&I<u,R=m(C),S=ke(R*e,3),G=dl(R.getFullYear(),N?0:R.getMonth(),w||N?1:R.getDate()),B=ke(G*e,3);if(w||N){let re=w?I/l:0,K=N?I/u:0,D=S==B?S:ke(dl(G.getFullYear()+K,G.getMonth()+re,1)*e,3),Y=new Date(ze(D/e)),L=Y.getFullYear(),U=Y.getMonth();for(let q=0;D<=P;q++){let ie=dl(L+K*q,U+re*q,1),z=ie-m(ke(ie*e,3));D=ke((+ie+z)*e,3),D<=P&&E.push(D)}}else{let re=I>=s?s:I,K=St(C)-St(S),D=B+K+Qs(S-B,re);E.push(D);let Y=m(D),L=Y.getHours()+Y.getMinutes()/r+Y.getSeconds()/n,U=I/n,q=v.axes[x]._space,ie=H/q;for(;D=ke(D+I,e==1?0:3),!(D>P);)if(U>1){let z=St(ke(L+U,6))%24,le=m(D).getHours()-z;le>1&&(le=-1),D-=le*n,L=(L+U)%24;let ye=E[E.length-1];ke((D-ye)/I,3)*ie>=.7&&E.push(D)}else E.push(D)}return E}}return[p,y,g]}var[Ih,Nh,Rh]=ea(1),[Lh,Fh,Vh]=ea(.001);os(2,-53,53,[1]);function gc(e,t){return e.map(r=>r.map((n,s)=>s==0||s==8||n==null?n:t(s==1||r[8]==0?n:r[1]+n)))}function bc(e,t){return(r,n,s,l,u)=>{let a=t.find(C=>u>=C[0])||t[t.length-1],p,y,g,m,v,x;return n.map(C=>{let P=e(C),I=P.getFullYear(),H=P.getMonth(),E=P.getDate(),N=P.getHours(),w=P.getMinutes(),R=P.getSeconds(),S=I!=p&&a[2]||H!=y&&a[3]||E!=g&&a[4]||N!=m&&a[5]||w!=v&&a[6]||R!=x&&a[7]||a[1];return p=I,y=H,g=E,m=N,v=w,x=R,S(P)})}}function $h(e,t){let r=Rl(t);return(n,s,l,u,a)=>s.map(p=>r(e(p)))}function dl(e,t,r){return new Date(e,t,r)}function kc(e,t){return t(e)}var zh="{YYYY}-{MM}-{DD} {h}:{mm}{aa}";function xc(e,t){return(r,n,s,l)=>l==null?jl:t(e(n))}function Gh(e,t){let r=e.series[t];return r.width?r.stroke(e,t):r.points.width?r.points.stroke(e,t):null}function qh(e,t){return e.series[t].fill(e,t)}var Bh={show:!0,live:!0,isolate:!1,mount:ch,markers:{show:!0,width:2,stroke:Gh,fill:qh,dash:"solid"},idx:null,idxs:null,values:[]};function Hh(e,t){let r=e.cursor.points,n=Pt(),s=r.size(e,t);Ce(n,ns,s),Ce(n,rs,s);let l=s/-2;Ce(n,"marginLeft",l),Ce(n,"marginTop",l);let u=r.width(e,t,s);return u&&Ce(n,"borderWidth",u),n}function Wh(e,t){let r=e.series[t].points;return r._fill||r._stroke}function Uh(e,t){let r=e.series[t].points;return r._stroke||r._fill}function Jh(e,t){return e.series[t].points.size}var vl=[0,0];function Kh(e,t,r){return vl[0]=t,vl[1]=r,vl}function Ws(e,t,r,n=!0){return s=>{s.button==0&&(!n||s.target==t)&&r(s)}}function gl(e,t,r,n=!0){return s=>{(!n||s.target==t)&&r(s)}}var Zh={show:!0,x:!0,y:!0,lock:!1,move:Kh,points:{one:!1,show:Hh,size:Jh,width:0,stroke:Uh,fill:Wh},bind:{mousedown:Ws,mouseup:Ws,click:Ws,dblclick:Ws,mousemove:gl,mouseleave:gl,mouseenter:gl},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(e,t)=>{t.stopPropagation(),t.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(e,t,r,n,s)=>n-s,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},ta={show:!0,stroke:"rgba(0,0,0,0.07)",width:2},Fl=Fe({},ta,{filter:zc}),na=Fe({},Fl,{size:10}),ra=Fe({},ta,{show:!1}),Vl=\'12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"\',sa="bold "+Vl,ia=1.5,wc={show:!0,scale:"x",stroke:Ol,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:sa,side:2,grid:Fl,ticks:na,border:ra,font:Vl,lineGap:ia,rotate:0},Xh="Value",Yh="Time",_c={show:!0,scale:"x",auto:!1,sorted:1,min:be,max:-be,idxs:[]};function Qh(e,t,r,n,s){return t.map(l=>l==null?"":Il(l))}function em(e,t,r,n,s,l,u){let a=[],p=_n.get(s)||0;r=u?r:ke(Qs(r,s),p);for(let y=r;y<=n;y=ke(y+s,p))a.push(Object.is(y,-0)?0:y);return a}function Sl(e,t,r,n,s,l,u){let a=[],p=e.scales[e.axes[t].scale].log,y=p==10?cn:Fc,g=St(y(r));s=_r(p,g),p==10&&(s=$n[qt(s,$n)]);let m=r,v=s*p;p==10&&(v=$n[qt(v,$n)]);do a.push(m),m=m+s,p==10&&!_n.has(m)&&(m=ke(m,_n.get(s))),m>=v&&(s=m,v=s*p,p==10&&(v=$n[qt(v,$n)]));while(m<=n);return a}function tm(e,t,r,n,s,l,u){let p=e.scales[e.axes[t].scale].asinh,y=n>p?Sl(e,t,ut(p,r),n,s):[p],g=n>=0&&r<=0?[0]:[];return(r<-p?Sl(e,t,ut(p,-n),-r,s):[p]).reverse().map(v=>-v).concat(g,y)}var la=/./,nm=/[12357]/,rm=/[125]/,Sc=/1/,El=(e,t,r,n)=>e.map((s,l)=>t==4&&s==0||l%n==0&&r.test(s.toExponential()[s<0?1:0])?s:null);function sm(e,t,r,n,s){let l=e.axes[r],u=l.scale,a=e.scales[u],p=e.valToPos,y=l._space,g=p(10,u),m=p(9,u)-g>=y?la:p(7,u)-g>=y?nm:p(5,u)-g>=y?rm:Sc;if(m==Sc){let v=Ge(p(1,u)-g);if(v<y)return El(t.slice().reverse(),a.distr,m,It(y/v)).reverse()}return El(t,a.distr,m,1)}function im(e,t,r,n,s){let l=e.axes[r],u=l.scale,a=l._space,p=e.valToPos,y=Ge(p(1,u)-p(2,u));return y<a?El(t.slice().reverse(),3,la,It(a/y)).reverse():t}function lm(e,t,r,n){return n==null?jl:t==null?"":Il(t)}var Ec={show:!0,scale:"y",stroke:Ol,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:sa,side:3,grid:Fl,ticks:na,border:ra,font:Vl,lineGap:ia,rotate:0};function om(e,t){let r=3+(e||1)*2;return ke(r*t,3)}function um(e,t){let{scale:r,idxs:n}=e.series[0],s=e._data[0],l=e.valToPos(s[n[0]],r,!0),u=e.valToPos(s[n[1]],r,!0),a=Ge(u-l),p=e.series[t],y=a/(p.points.space*ae);return n[1]-n[0]<=y}var Ac={scale:null,auto:!0,sorted:0,min:be,max:-be},oa=(e,t,r,n,s)=>s,Cc={show:!0,auto:!0,sorted:0,gaps:oa,alpha:1,facets:[Fe({},Ac,{scale:"x"}),Fe({},Ac,{scale:"y"})]},Dc={scale:"y",auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:oa,alpha:1,points:{show:um,filter:null},values:null,min:be,max:-be,idxs:[],path:null,clip:null};function cm(e,t,r,n,s){return r/10}var ua={time:!0,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},am=Fe({},ua,{time:!1,ori:1}),Oc={};function ca(e,t){let r=Oc[e];return r||(r={key:e,plots:[],sub(n){r.plots.push(n)},unsub(n){r.plots=r.plots.filter(s=>s!=n)},pub(n,s,l,u,a,p,y){for(let g=0;g<r.plots.length;g++)r.plots[g]!=s&&r.plots[g].pub(n,s,l,u,a,p,y)}},e!=null&&(Oc[e]=r)),r}var Ar=1,Al=2;function Bn(e,t,r){let n=e.mode,s=e.series[t],l=n==2?e._data[t]:e._data,u=e.scales,a=e.bbox,p=l[0],y=n==2?l[1]:l[t],g=n==2?u[s.facets[0].scale]:u[e.series[0].scale],m=n==2?u[s.facets[1].scale]:u[s.scale],v=a.left,x=a.top,C=a.width,P=a.height,I=e.valToPosH,H=e.valToPosV;return g.ori==0?r(s,p,y,g,m,I,H,v,x,C,P,ni,Dr,si,fa,ha):r(s,p,y,g,m,H,I,x,v,P,C,ri,Or,Gl,pa,ma)}function $l(e,t){let r=0,n=0,s=ue(e.bands,Nl);for(let l=0;l<s.length;l++){let u=s[l];u.series[0]==t?r=u.dir:u.series[1]==t&&(u.dir==1?n|=1:n|=2)}return[r,n==1?-1:n==2?1:n==3?2:0]}function fm(e,t,r,n,s){let l=e.mode,u=e.series[t],a=l==2?u.facets[1].scale:u.scale,p=e.scales[a];return s==-1?p.min:s==1?p.max:p.distr==3?p.dir==1?p.min:p.max:0}function an(e,t,r,n,s,l){return Bn(e,t,(u,a,p,y,g,m,v,x,C,P,I)=>{let H=u.pxRound,E=y.dir*(y.ori==0?1:-1),N=y.ori==0?Dr:Or,w,R;E==1?(w=r,R=n):(w=n,R=r);let S=H(m(a[w],y,P,x)),G=H(v(p[w],g,I,C)),B=H(m(a[R],y,P,x)),re=H(v(l==1?g.max:g.min,g,I,C)),K=new Path2D(s);return N(K,B,re),N(K,S,re),N(K,S,G),K})}function ti(e,t,r,n,s,l){let u=null;if(e.length>0){u=new Path2D;let a=t==0?si:Gl,p=r;for(let m=0;m<e.length;m++){let v=e[m];if(v[1]>v[0]){let x=v[0]-p;x>0&&a(u,p,n,x,n+l),p=v[1]}}let y=r+s-p,g=10;y>0&&a(u,p,n-g/2,y,n+l+g)}return u}function pm(e,t,r){let n=e[e.length-1];n&&n[0]==t?n[1]=r:e.push([t,r])}function zl(e,t,r,n,s,l,u){let a=[],p=e.length;for(let y=s==1?r:n;y>=r&&y<=n;y+=s)if(t[y]===null){let m=y,v=y;if(s==1)for(;++y<=n&&t[y]===null;)v=y;else for(;--y>=r&&t[y]===null;)v=y;let x=l(e[m]),C=v==m?x:l(e[v]),P=m-s;x=u<=0&&P>=0&&P<p?l(e[P]):x;let H=v+s;C=u>=0&&H>=0&&H<p?l(e[H]):C,C>=x&&a.push([x,C])}return a}function jc(e){return e==0?$c:e==1?ze:t=>Vn(t,e)}function aa(e){let t=e==0?ni:ri,r=e==0?(s,l,u,a,p,y)=>{s.arcTo(l,u,a,p,y)}:(s,l,u,a,p,y)=>{s.arcTo(u,l,p,a,y)},n=e==0?(s,l,u,a,p)=>{s.rect(l,u,a,p)}:(s,l,u,a,p)=>{s.rect(u,l,p,a)};return(s,l,u,a,p,y=0,g=0)=>{y==0&&g==0?n(s,l,u,a,p):(y=Bt(y,a/2,p/2),g=Bt(g,a/2,p/2),t(s,l+y,u),r(s,l+a,u,l+a,u+p,y),r(s,l+a,u+p,l,u+p,g),r(s,l,u+p,l,u,g),r(s,l,u,l+a,u,y),s.closePath())}}var ni=(e,t,r)=>{e.moveTo(t,r)},ri=(e,t,r)=>{e.moveTo(r,t)},Dr=(e,t,r)=>{e.lineTo(t,r)},Or=(e,t,r)=>{e.lineTo(r,t)},si=aa(0),Gl=aa(1),fa=(e,t,r,n,s,l)=>{e.arc(t,r,n,s,l)},pa=(e,t,r,n,s,l)=>{e.arc(r,t,n,s,l)},ha=(e,t,r,n,s,l,u)=>{e.bezierCurveTo(t,r,n,s,l,u)},ma=(e,t,r,n,s,l,u)=>{e.bezierCurveTo(r,t,s,n,u,l)};function ya(e){return(t,r,n,s,l)=>Bn(t,r,(u,a,p,y,g,m,v,x,C,P,I)=>{let{pxRound:H,points:E}=u,N,w;y.ori==0?(N=ni,w=fa):(N=ri,w=pa);let R=ke(E.width*ae,3),S=(E.size-E.width)/2*ae,G=ke(S*2,3),B=new Path2D,re=new Path2D,{left:K,top:D,width:Y,height:L}=t.bbox;si(re,K-G,D-G,Y+G*2,L+G*2);let U=q=>{if(p[q]!=null){let ie=H(m(a[q],y,P,x)),z=H(v(p[q],g,I,C));N(B,ie+S,z),w(B,ie,z,S,0,Us*2)}};if(l)l.forEach(U);else for(let q=n;q<=s;q++)U(q);return{stroke:R>0?B:null,fill:B,clip:re,flags:Ar|Al}})}function da(e){return(t,r,n,s,l,u)=>{n!=s&&(l!=n&&u!=n&&e(t,r,n),l!=s&&u!=s&&e(t,r,s),e(t,r,u))}}var hm=da(Dr),mm=da(Or);function va(e){let t=ue(e?.alignGaps,0);return(r,n,s,l)=>Bn(r,n,(u,a,p,y,g,m,v,x,C,P,I)=>{[s,l]=Xs(p,s,l);let H=u.pxRound,E=L=>H(m(L,y,P,x)),N=L=>H(v(L,g,I,C)),w,R;y.ori==0?(w=Dr,R=hm):(w=Or,R=mm);let S=y.dir*(y.ori==0?1:-1),G={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Ar},B=G.stroke,re=!1;if(l-s>=P*4){let L=F=>r.posToVal(F,y.key,!0),U=null,q=null,ie,z,ct,De=E(a[S==1?s:l]),le=E(a[s]),ye=E(a[l]),ee=L(S==1?le+1:ye-1);for(let F=S==1?s:l;F>=s&&F<=l;F+=S){let Ve=a[F],Oe=(S==1?Ve<ee:Ve>ee)?De:E(Ve),fe=p[F];Oe==De?fe!=null?(z=fe,U==null?(w(B,Oe,N(z)),ie=U=q=z):z<U?U=z:z>q&&(q=z)):fe===null&&(re=!0):(U!=null&&R(B,De,N(U),N(q),N(ie),N(z)),fe!=null?(z=fe,w(B,Oe,N(z)),U=q=ie=z):(U=q=null,fe===null&&(re=!0)),De=Oe,ee=L(De+S))}U!=null&&U!=q&&ct!=De&&R(B,De,N(U),N(q),N(ie),N(z))}else for(let L=S==1?s:l;L>=s&&L<=l;L+=S){let U=p[L];U===null?re=!0:U!=null&&w(B,E(a[L]),N(U))}let[D,Y]=$l(r,n);if(u.fill!=null||D!=0){let L=G.fill=new Path2D(B),U=u.fillTo(r,n,u.min,u.max,D),q=N(U),ie=E(a[s]),z=E(a[l]);S==-1&&([z,ie]=[ie,z]),w(L,z,q),w(L,ie,q)}if(!u.spanGaps){let L=[];re&&L.push(...zl(a,p,s,l,S,E,t)),G.gaps=L=u.gaps(r,n,s,l,L),G.clip=ti(L,y.ori,x,C,P,I)}return Y!=0&&(G.band=Y==2?[an(r,n,s,l,B,-1),an(r,n,s,l,B,1)]:an(r,n,s,l,B,Y)),G})}function ym(e){let t=ue(e.align,1),r=ue(e.ascDesc,!1),n=ue(e.alignGaps,0),s=ue(e.extend,!1);return(l,u,a,p)=>Bn(l,u,(y,g,m,v,x,C,P,I,H,E,N)=>{[a,p]=Xs(m,a,p);let w=y.pxRound,{left:R,width:S}=l.bbox,G=le=>w(C(le,v,E,I)),B=le=>w(P(le,x,N,H)),re=v.ori==0?Dr:Or,K={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Ar},D=K.stroke,Y=v.dir*(v.ori==0?1:-1),L=B(m[Y==1?a:p]),U=G(g[Y==1?a:p]),q=U,ie=U;s&&t==-1&&(ie=R,re(D,ie,L)),re(D,U,L);for(let le=Y==1?a:p;le>=a&&le<=p;le+=Y){let ye=m[le];if(ye==null)continue;let ee=G(g[le]),F=B(ye);t==1?re(D,ee,L):re(D,q,F),re(D,ee,F),L=F,q=ee}let z=q;s&&t==1&&(z=R+S,re(D,z,L));let[ct,De]=$l(l,u);if(y.fill!=null||ct!=0){let le=K.fill=new Path2D(D),ye=y.fillTo(l,u,y.min,y.max,ct),ee=B(ye);re(le,z,ee),re(le,ie,ee)}if(!y.spanGaps){let le=[];le.push(...zl(g,m,a,p,Y,G,n));let ye=y.width*ae/2,ee=r||t==1?ye:-ye,F=r||t==-1?-ye:ye;le.forEach(Ve=>{Ve[0]+=ee,Ve[1]+=F}),K.gaps=le=y.gaps(l,u,a,p,le),K.clip=ti(le,v.ori,I,H,E,N)}return De!=0&&(K.band=De==2?[an(l,u,a,p,D,-1),an(l,u,a,p,D,1)]:an(l,u,a,p,D,De)),K})}function Tc(e,t,r,n,s,l,u=be){if(e.length>1){let a=null;for(let p=0,y=1/0;p<e.length;p++)if(t[p]!==void 0){if(a!=null){let g=Ge(e[p]-e[a]);g<y&&(y=g,u=Ge(r(e[p],n,s,l)-r(e[a],n,s,l)))}a=p}}return u}function dm(e){e=e||ls;let t=ue(e.size,[.6,be,1]),r=e.align||0,n=e.gap||0,s=e.radius;s=s==null?[0,0]:typeof s=="number"?[s,0]:s;let l=se(s),u=1-t[0],a=ue(t[1],be),p=ue(t[2],1),y=ue(e.disp,ls),g=ue(e.each,x=>{}),{fill:m,stroke:v}=y;return(x,C,P,I)=>Bn(x,C,(H,E,N,w,R,S,G,B,re,K,D)=>{let Y=H.pxRound,L=r,U=n*ae,q=a*ae,ie=p*ae,z,ct;w.ori==0?[z,ct]=l(x,C):[ct,z]=l(x,C);let De=w.dir*(w.ori==0?1:-1),le=w.ori==0?si:Gl,ye=w.ori==0?g:(T,xe,$e,Jn,An,Wt,Cn)=>{g(T,xe,$e,An,Jn,Cn,Wt)},ee=ue(x.bands,Nl).find(T=>T.series[0]==C),F=ee!=null?ee.dir:0,Ve=H.fillTo(x,C,H.min,H.max,F),rt=Y(G(Ve,R,D,re)),Oe,fe,Nt,mt=K,Te=Y(H.width*ae),Ht=!1,tn=null,At=null,fn=null,Hn=null;m!=null&&(Te==0||v!=null)&&(Ht=!0,tn=m.values(x,C,P,I),At=new Map,new Set(tn).forEach(T=>{T!=null&&At.set(T,new Path2D)}),Te>0&&(fn=v.values(x,C,P,I),Hn=new Map,new Set(fn).forEach(T=>{T!=null&&Hn.set(T,new Path2D)})));let{x0:Wn,size:jr}=y;if(Wn!=null&&jr!=null){L=1,E=Wn.values(x,C,P,I),Wn.unit==2&&(E=E.map($e=>x.posToVal(B+$e*K,w.key,!0)));let T=jr.values(x,C,P,I);jr.unit==2?fe=T[0]*K:fe=S(T[0],w,K,B)-S(0,w,K,B),mt=Tc(E,N,S,w,K,B,mt),Nt=mt-fe+U}else mt=Tc(E,N,S,w,K,B,mt),Nt=mt*u+U,fe=mt-Nt;Nt<1&&(Nt=0),Te>=fe/2&&(Te=0),Nt<5&&(Y=$c);let cs=Nt>0,Sn=mt-Nt-(cs?Te:0);fe=Y(_l(Sn,ie,q)),Oe=(L==0?fe/2:L==De?0:fe)-L*De*((L==0?U/2:0)+(cs?Te/2:0));let st={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},Un=Ht?null:new Path2D,nn=null;if(ee!=null)nn=x.data[ee.series[1]];else{let{y0:T,y1:xe}=y;T!=null&&xe!=null&&(N=xe.values(x,C,P,I),nn=T.values(x,C,P,I))}let En=z*fe,Z=ct*fe;for(let T=De==1?P:I;T>=P&&T<=I;T+=De){let xe=N[T];if(xe==null)continue;if(nn!=null){let at=nn[T]??0;if(xe-at==0)continue;rt=G(at,R,D,re)}let $e=w.distr!=2||y!=null?E[T]:T,Jn=S($e,w,K,B),An=G(ue(xe,Ve),R,D,re),Wt=Y(Jn-Oe),Cn=Y(ut(An,rt)),yt=Y(Bt(An,rt)),Ct=Cn-yt;if(xe!=null){let at=xe<0?Z:En,Rt=xe<0?En:Z;Ht?(Te>0&&fn[T]!=null&&le(Hn.get(fn[T]),Wt,yt+St(Te/2),fe,ut(0,Ct-Te),at,Rt),tn[T]!=null&&le(At.get(tn[T]),Wt,yt+St(Te/2),fe,ut(0,Ct-Te),at,Rt)):le(Un,Wt,yt+St(Te/2),fe,ut(0,Ct-Te),at,Rt),ye(x,C,T,Wt-Te/2,yt,fe+Te,Ct)}}return Te>0?st.stroke=Ht?Hn:Un:Ht||(st._fill=H.width==0?H._fill:H._stroke??H._fill,st.width=0),st.fill=Ht?At:Un,st})}function vm(e,t){let r=ue(t?.alignGaps,0);return(n,s,l,u)=>Bn(n,s,(a,p,y,g,m,v,x,C,P,I,H)=>{[l,u]=Xs(y,l,u);let E=a.pxRound,N=z=>E(v(z,g,I,C)),w=z=>E(x(z,m,H,P)),R,S,G;g.ori==0?(R=ni,G=Dr,S=ha):(R=ri,G=Or,S=ma);let B=g.dir*(g.ori==0?1:-1),re=N(p[B==1?l:u]),K=re,D=[],Y=[];for(let z=B==1?l:u;z>=l&&z<=u;z+=B)if(y[z]!=null){let De=p[z],le=N(De);D.push(K=le),Y.push(w(y[z]))}let L={stroke:e(D,Y,R,G,S,E),fill:null,clip:null,band:null,gaps:null,flags:Ar},U=L.stroke,[q,ie]=$l(n,s);if(a.fill!=null||q!=0){let z=L.fill=new Path2D(U),ct=a.fillTo(n,s,a.min,a.max,q),De=w(ct);G(z,K,De),G(z,re,De)}if(!a.spanGaps){let z=[];z.push(...zl(p,y,l,u,B,N,r)),L.gaps=z=a.gaps(n,s,l,u,z),L.clip=ti(z,g.ori,C,P,I,H)}return ie!=0&&(L.band=ie==2?[an(n,s,l,u,U,-1),an(n,s,l,u,U,1)]:an(n,s,l,u,U,ie)),L})}function gm(e){return vm(bm,e)}function bm(e,t,r,n,s,l){let u=e.length;if(u<2)return null;let a=new Path2D;if(r(a,e[0],t[0]),u==2)n(a,e[1],t[1]);else{let p=Array(u),y=Array(u-1),g=Array(u-1),m=Array(u-1);for(let v=0;v<u-1;v++)g[v]=t[v+1]-t[v],m[v]=e[v+1]-e[v],y[v]=g[v]/m[v];p[0]=y[0];for(let v=1;v<u-1;v++)y[v]===0||y[v-1]===0||y[v-1]>0!=y[v]>0?p[v]=0:(p[v]=3*(m[v-1]+m[v])/((2*m[v]+m[v-1])/y[v-1]+(m[v]+2*m[v-1])/y[v]),isFinite(p[v])||(p[v]=0));p[u-1]=y[u-2];for(let v=0;v<u-1;v++)s(a,e[v]+m[v]/3,t[v]+p[v]*m[v]/3,e[v+1]-m[v]/3,t[v+1]-p[v+1]*m[v]/3,e[v+1],t[v+1])}return a}var Cl=new Set;function Mc(){for(let e of Cl)e.syncRect(!0)}Cr&&(Gn(Qp,wr,Mc),Gn(eh,wr,Mc,!0),Gn(Js,wr,()=>{Qe.pxRatio=ae}));var km=va(),xm=ya();function Pc(e,t,r,n){return(n?[e[0],e[1]].concat(e.slice(2)):[e[0]].concat(e.slice(1))).map((l,u)=>Dl(l,u,t,r))}function wm(e,t){return e.map((r,n)=>n==0?{}:Fe({},t,r))}function Dl(e,t,r,n){return Fe({},t==0?r:n,e)}function ga(e,t,r){return t==null?Sr:[t,r]}var _m=ga;function Sm(e,t,r){return t==null?Sr:Ks(t,r,Pl,!0)}function ba(e,t,r,n){return t==null?Sr:Ys(t,r,e.scales[n].log,!1)}var Em=ba;function ka(e,t,r,n){return t==null?Sr:Ml(t,r,e.scales[n].log,!1)}var Am=ka;function Cm(e,t,r,n,s){let l=ut(fc(e),fc(t)),u=t-e,a=qt(s/n*u,r);do{let p=r[a],y=n*p/u;if(y>=s&&l+(p<5?_n.get(p):0)<=17)return[p,y]}while(++a<r.length);return[0,0]}function Ic(e){let t,r;return e=e.replace(/(\\d+)px/,(n,s)=>(t=ze((r=+s)*ae))+"px"),[e,t,r]}function Dm(e){e.show&&[e.font,e.labelFont].forEach(t=>{let r=ke(t[2]*ae,1);t[0]=t[0].replace(/[0-9.]+px/,r+"px"),t[1]=r})}function Qe(e,t,r){let n={mode:ue(e.mode,1)},s=n.mode;function l(i,c,f,h){let d=c.valToPct(i);return h+f*(c.dir==-1?1-d:d)}function u(i,c,f,h){let d=c.valToPct(i);return h+f*(c.dir==-1?d:1-d)}function a(i,c,f,h){return c.ori==0?l(i,c,f,h):u(i,c,f,h)}n.valToPosH=l,n.valToPosV=u;let p=!1;n.status=0;let y=n.root=Pt(Np);if(e.id!=null&&(y.id=e.id),_t(y,e.class),e.title){let i=Pt(Fp,y);i.textContent=e.title}let g=Gt("canvas"),m=n.ctx=g.getContext("2d"),v=Pt(Vp,y);Gn("click",v,i=>{i.target===C&&(Se!=ir||je!=lr)&&Ye.click(n,i)},!0);let x=n.under=Pt($p,v);v.appendChild(g);let C=n.over=Pt(zp,v);e=Er(e);let P=+ue(e.pxAlign,1),I=jc(P);(e.plugins||[]).forEach(i=>{i.opts&&(e=i.opts(n,e)||e)});let H=e.ms||.001,E=n.series=s==1?Pc(e.series||[],_c,Dc,!1):wm(e.series||[null],Cc),N=n.axes=Pc(e.axes||[],wc,Ec,!0),w=n.scales={},R=n.bands=e.bands||[];R.forEach(i=>{i.fill=se(i.fill||null),i.dir=ue(i.dir,-1)});let S=s==2?E[1].facets[0].scale:E[0].scale,G={axes:Ha,series:$a},B=(e.drawOrder||["axes","series"]).map(i=>G[i]);function re(i){let c=i.distr==3?f=>cn(f>0?f:i.clamp(n,f,i.min,i.max,i.key)):i.distr==4?f=>yl(f,i.asinh):i.distr==100?f=>i.fwd(f):f=>f;return f=>{let h=c(f),{_min:d,_max:b}=i,k=b-d;return(h-d)/k}}function K(i){let c=w[i];if(c==null){let f=(e.scales||ls)[i]||ls;if(f.from!=null){K(f.from);let h=Fe({},w[f.from],f,{key:i});h.valToPct=re(h),w[i]=h}else{c=w[i]=Fe({},i==S?ua:am,f),c.key=i;let h=c.time,d=c.range,b=wn(d);if((i!=S||s==2&&!h)&&(b&&(d[0]==null||d[1]==null)&&(d={min:d[0]==null?uc:{mode:1,hard:d[0],soft:d[0]},max:d[1]==null?uc:{mode:1,hard:d[1],soft:d[1]}},b=!1),!b&&ei(d))){let k=d;d=(_,A,O)=>A==null?Sr:Ks(A,O,k)}c.range=se(d||(h?_m:i==S?c.distr==3?Em:c.distr==4?Am:ga:c.distr==3?ba:c.distr==4?ka:Sm)),c.auto=se(b?!1:c.auto),c.clamp=se(c.clamp||cm),c._min=c._max=null,c.valToPct=re(c)}}}K("x"),K("y"),s==1&&E.forEach(i=>{K(i.scale)}),N.forEach(i=>{K(i.scale)});for(let i in e.scales)K(i);let D=w[S],Y=D.distr,L,U;D.ori==0?(_t(y,Rp),L=l,U=u):(_t(y,Lp),L=u,U=l);let q={};for(let i in w){let c=w[i];(c.min!=null||c.max!=null)&&(q[i]={min:c.min,max:c.max},c.min=c.max=null)}let ie=e.tzDate||(i=>new Date(ze(i/H))),z=e.fmtDate||Rl,ct=H==1?Rh(ie):Vh(ie),De=bc(ie,gc(H==1?Nh:Fh,z)),le=xc(ie,kc(zh,z)),ye=[],ee=n.legend=Fe({},Bh,e.legend),F=n.cursor=Fe({},Zh,{drag:{y:s==2}},e.cursor),Ve=ee.show,rt=F.show,Oe=ee.markers;ee.idxs=ye,Oe.width=se(Oe.width),Oe.dash=se(Oe.dash),Oe.stroke=se(Oe.stroke),Oe.fill=se(Oe.fill);let fe,Nt,mt,Te=[],Ht=[],tn,At=!1,fn={};if(ee.live){let i=E[1]?E[1].values:null;At=i!=null,tn=At?i(n,1,0):{_:0};for(let c in tn)fn[c]=jl}if(Ve)if(fe=Gt("table",Up,y),mt=Gt("tbody",null,fe),ee.mount(n,fe),At){Nt=Gt("thead",null,fe,mt);let i=Gt("tr",null,Nt);Gt("th",null,i);for(var Hn in tn)Gt("th",Ku,i).textContent=Hn}else _t(fe,Kp),ee.live&&_t(fe,Jp);let Wn={show:!0},jr={show:!1};function cs(i,c){if(c==0&&(At||!ee.live||s==2))return Sr;let f=[],h=Gt("tr",Zp,mt,mt.childNodes[c]);_t(h,i.class),i.show||_t(h,zn);let d=Gt("th",null,h);if(Oe.show){let _=Pt(Xp,d);if(c>0){let A=Oe.width(n,c);A&&(_.style.border=A+"px "+Oe.dash(n,c)+" "+Oe.stroke(n,c)),_.style.background=Oe.fill(n,c)}}let b=Pt(Ku,d);i.label instanceof HTMLElement?b.appendChild(i.label):b.textContent=i.label,c>0&&(Oe.show||(b.style.color=i.width>0?Oe.stroke(n,c):Oe.fill(n,c)),st("click",d,_=>{if(F._lock)return;On(_);let A=E.indexOf(i);if((_.ctrlKey||_.metaKey)!=ee.isolate){let O=E.some((j,M)=>M>0&&M!=A&&j.show);E.forEach((j,M)=>{M>0&&Jt(M,O?M==A?Wn:jr:Wn,!0,Le.setSeries)})}else Jt(A,{show:!i.show},!0,Le.setSeries)},!1),Zn&&st(Qu,d,_=>{F._lock||(On(_),Jt(E.indexOf(i),ur,!0,Le.setSeries))},!1));for(var k in tn){let _=Gt("td",Yp,h);_.textContent="--",f.push(_)}return[h,f]}let Sn=new Map;function st(i,c,f,h=!0){let d=Sn.get(c)||{},b=F.bind[i](n,c,f,h);b&&(Gn(i,c,d[i]=b),Sn.set(c,d))}function Un(i,c,f){let h=Sn.get(c)||{};for(let d in h)(i==null||d==i)&&(wl(d,c,h[d]),delete h[d]);i==null&&Sn.delete(c)}let nn=0,En=0,Z=0,T=0,xe=0,$e=0,Jn=xe,An=$e,Wt=Z,Cn=T,yt=0,Ct=0,at=0,Rt=0;n.bbox={};let li=!1,as=!1,Kn=!1,Dn=!1,fs=!1,Dt=!1;function oi(i,c,f){(f||i!=n.width||c!=n.height)&&ql(i,c),tr(!1),Kn=!0,as=!0,nr()}function ql(i,c){n.width=nn=Z=i,n.height=En=T=c,xe=$e=0,Pa(),Ia();let f=n.bbox;yt=f.left=Vn(xe*ae,.5),Ct=f.top=Vn($e*ae,.5),at=f.width=Vn(Z*ae,.5),Rt=f.height=Vn(T*ae,.5)}let ja=3;function Ta(){let i=!1,c=0;for(;!i;){c++;let f=qa(c),h=Ba(c);i=c==ja||f&&h,i||(ql(n.width,n.height),as=!0)}}function Ma({width:i,height:c}){oi(i,c)}n.setSize=Ma;function Pa(){let i=!1,c=!1,f=!1,h=!1;N.forEach((d,b)=>{if(d.show&&d._show){let{side:k,_size:_}=d,A=k%2,O=d.label!=null?d.labelSize:0,j=_+O;j>0&&(A?(Z-=j,k==3?(xe+=j,h=!0):f=!0):(T-=j,k==0?($e+=j,i=!0):c=!0))}}),jn[0]=i,jn[1]=f,jn[2]=c,jn[3]=h,Z-=pn[1]+pn[3],xe+=pn[3],T-=pn[2]+pn[0],$e+=pn[0]}function Ia(){let i=xe+Z,c=$e+T,f=xe,h=$e;function d(b,k){switch(b){case 1:return i+=k,i-k;case 2:return c+=k,c-k;case 3:return f-=k,f+k;case 0:return h-=k,h+k}}N.forEach((b,k)=>{if(b.show&&b._show){let _=b.side;b._pos=d(_,b._size),b.label!=null&&(b._lpos=d(_,b.labelSize))}})}if(F.dataIdx==null){let i=F.hover,c=i.skip=new Set(i.skip??[]);c.add(void 0);let f=i.prox=se(i.prox),h=i.bias??=0;F.dataIdx=(d,b,k,_)=>{if(b==0)return k;let A=k,O=f(d,b,k,_)??be,j=O>=0&&O<be,M=D.ori==0?Z:T,J=F.left,ce=t[0],oe=t[b];if(c.has(oe[k])){A=null;let ne=null,W=null,V;if(h==0||h==-1)for(V=k;ne==null&&V-- >0;)c.has(oe[V])||(ne=V);if(h==0||h==1)for(V=k;W==null&&V++<oe.length;)c.has(oe[V])||(W=V);if(ne!=null||W!=null)if(j){let Ae=ne==null?-1/0:L(ce[ne],D,M,0),Pe=W==null?1/0:L(ce[W],D,M,0),Ke=J-Ae,de=Pe-J;Ke<=de?Ke<=O&&(A=ne):de<=O&&(A=W)}else A=W==null?ne:ne==null?W:k-ne<=W-k?ne:W}else j&&Ge(J-L(ce[k],D,M,0))>O&&(A=null);return A}}let On=i=>{F.event=i};F.idxs=ye,F._lock=!1;let et=F.points;et.show=se(et.show),et.size=se(et.size),et.stroke=se(et.stroke),et.width=se(et.width),et.fill=se(et.fill);let Ut=n.focus=Fe({},e.focus||{alpha:.3},F.focus),Zn=Ut.prox>=0,Xn=Zn&&et.one,Ot=[],Yn=[],Qn=[];function Bl(i,c){let f=et.show(n,c);if(f instanceof HTMLElement)return _t(f,Wp),_t(f,i.class),en(f,-10,-10,Z,T),C.insertBefore(f,Ot[c]),f}function Hl(i,c){if(s==1||c>0){let f=s==1&&w[i.scale].time,h=i.value;i.value=f?mc(h)?xc(ie,kc(h,z)):h||le:h||lm,i.label=i.label||(f?Yh:Xh)}if(Xn||c>0){i.width=i.width==null?1:i.width,i.paths=i.paths||km||ah,i.fillTo=se(i.fillTo||fm),i.pxAlign=+ue(i.pxAlign,P),i.pxRound=jc(i.pxAlign),i.stroke=se(i.stroke||null),i.fill=se(i.fill||null),i._stroke=i._fill=i._paths=i._focus=null;let f=om(ut(1,i.width),1),h=i.points=Fe({},{size:f,width:ut(1,f*.2),stroke:i.stroke,space:f*2,paths:xm,_stroke:null,_fill:null},i.points);h.show=se(h.show),h.filter=se(h.filter),h.fill=se(h.fill),h.stroke=se(h.stroke),h.paths=se(h.paths),h.pxAlign=i.pxAlign}if(Ve){let f=cs(i,c);Te.splice(c,0,f[0]),Ht.splice(c,0,f[1]),ee.values.push(null)}if(rt){ye.splice(c,0,null);let f=null;Xn?c==0&&(f=Bl(i,c)):c>0&&(f=Bl(i,c)),Ot.splice(c,0,f),Yn.splice(c,0,0),Qn.splice(c,0,0)}Je("addSeries",c)}function Na(i,c){c=c??E.length,i=s==1?Dl(i,c,_c,Dc):Dl(i,c,{},Cc),E.splice(c,0,i),Hl(E[c],c)}n.addSeries=Na;function Ra(i){if(E.splice(i,1),Ve){ee.values.splice(i,1),Ht.splice(i,1);let c=Te.splice(i,1)[0];Un(null,c.firstChild),c.remove()}rt&&(ye.splice(i,1),Ot.splice(i,1)[0].remove(),Yn.splice(i,1),Qn.splice(i,1)),Je("delSeries",i)}n.delSeries=Ra;let jn=[!1,!1,!1,!1];function La(i,c){if(i._show=i.show,i.show){let f=i.side%2,h=w[i.scale];h==null&&(i.scale=f?E[1].scale:S,h=w[i.scale]);let d=h.time;i.size=se(i.size),i.space=se(i.space),i.rotate=se(i.rotate),wn(i.incrs)&&i.incrs.forEach(k=>{!_n.has(k)&&_n.set(k,qc(k))}),i.incrs=se(i.incrs||(h.distr==2?Mh:d?H==1?Ih:Lh:$n)),i.splits=se(i.splits||(d&&h.distr==1?ct:h.distr==3?Sl:h.distr==4?tm:em)),i.stroke=se(i.stroke),i.grid.stroke=se(i.grid.stroke),i.ticks.stroke=se(i.ticks.stroke),i.border.stroke=se(i.border.stroke);let b=i.values;i.values=wn(b)&&!wn(b[0])?se(b):d?wn(b)?bc(ie,gc(b,z)):mc(b)?$h(ie,b):b||De:b||Qh,i.filter=se(i.filter||(h.distr>=3&&h.log==10?sm:h.distr==3&&h.log==2?im:zc)),i.font=Ic(i.font),i.labelFont=Ic(i.labelFont),i._size=i.size(n,null,c,0),i._space=i._rotate=i._incrs=i._found=i._splits=i._values=null,i._size>0&&(jn[c]=!0,i._el=Pt(Gp,v))}}function Tr(i,c,f,h){let[d,b,k,_]=f,A=c%2,O=0;return A==0&&(_||b)&&(O=c==0&&!d||c==2&&!k?ze(wc.size/3):0),A==1&&(d||k)&&(O=c==1&&!b||c==3&&!_?ze(Ec.size/2):0),O}let Wl=n.padding=(e.padding||[Tr,Tr,Tr,Tr]).map(i=>se(ue(i,Tr))),pn=n._padding=Wl.map((i,c)=>i(n,c,jn,0)),Xe,Be=null,He=null,ps=s==1?E[0].idxs:null,Lt=null,Mr=!1;function Ul(i,c){if(t=i??[],n.data=n._data=t,s==2){Xe=0;for(let f=1;f<E.length;f++)Xe+=t[f][0].length}else{t.length==0&&(n.data=n._data=t=[[]]),Lt=t[0],Xe=Lt.length;let f=t;if(Y==2){f=t.slice();let h=f[0]=Array(Xe);for(let d=0;d<Xe;d++)h[d]=d}n._data=t=f}if(tr(!0),Je("setData"),Y==2&&(Kn=!0),c!==!1){let f=D;f.auto(n,Mr)?ui():mn(S,f.min,f.max),Dn=Dn||F.left>=0,Dt=!0,nr()}}n.setData=Ul;function ui(){Mr=!0;let i,c;s==1&&(Xe>0?(Be=ps[0]=0,He=ps[1]=Xe-1,i=t[0][Be],c=t[0][He],Y==2?(i=Be,c=He):i==c&&(Y==3?[i,c]=Ys(i,i,D.log,!1):Y==4?[i,c]=Ml(i,i,D.log,!1):D.time?c=i+ze(86400/H):[i,c]=Ks(i,c,Pl,!0))):(Be=ps[0]=i=null,He=ps[1]=c=null)),mn(S,i,c)}let hs,er,ci,ai,fi,pi,hi,mi,yi,ft;function Jl(i,c,f,h,d,b){i??=Xu,f??=Nl,h??="butt",d??=Xu,b??="round",i!=hs&&(m.strokeStyle=hs=i),d!=er&&(m.fillStyle=er=d),c!=ci&&(m.lineWidth=ci=c),b!=fi&&(m.lineJoin=fi=b),h!=pi&&(m.lineCap=pi=h),f!=ai&&m.setLineDash(ai=f)}function Kl(i,c,f,h){c!=er&&(m.fillStyle=er=c),i!=hi&&(m.font=hi=i),f!=mi&&(m.textAlign=mi=f),h!=yi&&(m.textBaseline=yi=h)}function di(i,c,f,h,d=0){if(h.length>0&&i.auto(n,Mr)&&(c==null||c.min==null)){let b=ue(Be,0),k=ue(He,h.length-1),_=f.min==null?sh(h,b,k,d,i.distr==3):[f.min,f.max];i.min=Bt(i.min,f.min=_[0]),i.max=ut(i.max,f.max=_[1])}}let Zl={min:null,max:null};function Fa(){for(let h in w){let d=w[h];q[h]==null&&(d.min==null||q[S]!=null&&d.auto(n,Mr))&&(q[h]=Zl)}for(let h in w){let d=w[h];q[h]==null&&d.from!=null&&q[d.from]!=null&&(q[h]=Zl)}q[S]!=null&&tr(!0);let i={};for(let h in q){let d=q[h];if(d!=null){let b=i[h]=Er(w[h],hh);if(d.min!=null)Fe(b,d);else if(h!=S||s==2)if(Xe==0&&b.from==null){let k=b.range(n,null,null,h);b.min=k[0],b.max=k[1]}else b.min=be,b.max=-be}}if(Xe>0){E.forEach((h,d)=>{if(s==1){let b=h.scale,k=q[b];if(k==null)return;let _=i[b];if(d==0){let A=_.range(n,_.min,_.max,b);_.min=A[0],_.max=A[1],Be=qt(_.min,t[0]),He=qt(_.max,t[0]),He-Be>1&&(t[0][Be]<_.min&&Be++,t[0][He]>_.max&&He--),h.min=Lt[Be],h.max=Lt[He]}else h.show&&h.auto&&di(_,k,h,t[d],h.sorted);h.idxs[0]=Be,h.idxs[1]=He}else if(d>0&&h.show&&h.auto){let[b,k]=h.facets,_=b.scale,A=k.scale,[O,j]=t[d],M=i[_],J=i[A];M!=null&&di(M,q[_],b,O,b.sorted),J!=null&&di(J,q[A],k,j,k.sorted),h.min=k.min,h.max=k.max}});for(let h in i){let d=i[h],b=q[h];if(d.from==null&&(b==null||b.min==null)){let k=d.range(n,d.min==be?null:d.min,d.max==-be?null:d.max,h);d.min=k[0],d.max=k[1]}}}for(let h in i){let d=i[h];if(d.from!=null){let b=i[d.from];if(b.min==null)d.min=d.max=null;else{let k=d.range(n,b.min,b.max,h);d.min=k[0],d.max=k[1]}}}let c={},f=!1;for(let h in i){let d=i[h],b=w[h];if(b.min!=d.min||b.max!=d.max){b.min=d.min,b.max=d.max;let k=b.distr;b._min=k==3?cn(b.min):k==4?yl(b.min,b.asinh):k==100?b.fwd(b.min):b.min,b._max=k==3?cn(b.max):k==4?yl(b.max,b.asinh):k==100?b.fwd(b.max):b.max,c[h]=f=!0}}if(f){E.forEach((h,d)=>{s==2?d>0&&c.y&&(h._paths=null):c[h.scale]&&(h._paths=null)});for(let h in c)Kn=!0,Je("setScale",h);rt&&F.left>=0&&(Dn=Dt=!0)}for(let h in q)q[h]=null}function Va(i){let c=_l(Be-1,0,Xe-1),f=_l(He+1,0,Xe-1);for(;i[c]==null&&c>0;)c--;for(;i[f]==null&&f<Xe-1;)f++;return[c,f]}function $a(){if(Xe>0){let i=E.some(c=>c._focus)&&ft!=Ut.alpha;i&&(m.globalAlpha=ft=Ut.alpha),E.forEach((c,f)=>{if(f>0&&c.show&&(Xl(f,!1),Xl(f,!0),c._paths==null)){let h=ft;ft!=c.alpha&&(m.globalAlpha=ft=c.alpha);let d=s==2?[0,t[f][0].length-1]:Va(t[f]);c._paths=c.paths(n,f,d[0],d[1]),ft!=h&&(m.globalAlpha=ft=h)}}),E.forEach((c,f)=>{if(f>0&&c.show){let h=ft;ft!=c.alpha&&(m.globalAlpha=ft=c.alpha),c._paths!=null&&Yl(f,!1);{let d=c._paths!=null?c._paths.gaps:null,b=c.points.show(n,f,Be,He,d),k=c.points.filter(n,f,b,d);(b||k)&&(c.points._paths=c.points.paths(n,f,Be,He,k),Yl(f,!0))}ft!=h&&(m.globalAlpha=ft=h),Je("drawSeries",f)}}),i&&(m.globalAlpha=ft=1)}}function Xl(i,c){let f=c?E[i].points:E[i];f._stroke=f.stroke(n,i),f._fill=f.fill(n,i)}function Yl(i,c){let f=c?E[i].points:E[i],{stroke:h,fill:d,clip:b,flags:k,_stroke:_=f._stroke,_fill:A=f._fill,_width:O=f.width}=f._paths;O=ke(O*ae,3);let j=null,M=O%2/2;c&&A==null&&(A=O>0?"#fff":_);let J=f.pxAlign==1&&M>0;if(J&&m.translate(M,M),!c){let ce=yt-O/2,oe=Ct-O/2,ne=at+O,W=Rt+O;j=new Path2D,j.rect(ce,oe,ne,W)}c?vi(_,O,f.dash,f.cap,A,h,d,k,b):za(i,_,O,f.dash,f.cap,A,h,d,k,j,b),J&&m.translate(-M,-M)}function za(i,c,f,h,d,b,k,_,A,O,j){let M=!1;A!=0&&R.forEach((J,ce)=>{if(J.series[0]==i){let oe=E[J.series[1]],ne=t[J.series[1]],W=(oe._paths||ls).band;wn(W)&&(W=J.dir==1?W[0]:W[1]);let V,Ae=null;oe.show&&W&&lh(ne,Be,He)?(Ae=J.fill(n,ce)||b,V=oe._paths.clip):W=null,vi(c,f,h,d,Ae,k,_,A,O,j,V,W),M=!0}}),M||vi(c,f,h,d,b,k,_,A,O,j)}let Ql=Ar|Al;function vi(i,c,f,h,d,b,k,_,A,O,j,M){Jl(i,c,f,h,d),(A||O||M)&&(m.save(),A&&m.clip(A),O&&m.clip(O)),M?(_&Ql)==Ql?(m.clip(M),j&&m.clip(j),ys(d,k),ms(i,b,c)):_&Al?(ys(d,k),m.clip(M),ms(i,b,c)):_&Ar&&(m.save(),m.clip(M),j&&m.clip(j),ys(d,k),m.restore(),ms(i,b,c)):(ys(d,k),ms(i,b,c)),(A||O||M)&&m.restore()}function ms(i,c,f){f>0&&(c instanceof Map?c.forEach((h,d)=>{m.strokeStyle=hs=d,m.stroke(h)}):c!=null&&i&&m.stroke(c))}function ys(i,c){c instanceof Map?c.forEach((f,h)=>{m.fillStyle=er=h,m.fill(f)}):c!=null&&i&&m.fill(c)}function Ga(i,c,f,h){let d=N[i],b;if(h<=0)b=[0,0];else{let k=d._space=d.space(n,i,c,f,h),_=d._incrs=d.incrs(n,i,c,f,h,k);b=Cm(c,f,_,h,k)}return d._found=b}function gi(i,c,f,h,d,b,k,_,A,O){let j=k%2/2;P==1&&m.translate(j,j),Jl(_,k,A,O,_),m.beginPath();let M,J,ce,oe,ne=d+(h==0||h==3?-b:b);f==0?(J=d,oe=ne):(M=d,ce=ne);for(let W=0;W<i.length;W++)c[W]!=null&&(f==0?M=ce=i[W]:J=oe=i[W],m.moveTo(M,J),m.lineTo(ce,oe));m.stroke(),P==1&&m.translate(-j,-j)}function qa(i){let c=!0;return N.forEach((f,h)=>{if(!f.show)return;let d=w[f.scale];if(d.min==null){f._show&&(c=!1,f._show=!1,tr(!1));return}else f._show||(c=!1,f._show=!0,tr(!1));let b=f.side,k=b%2,{min:_,max:A}=d,[O,j]=Ga(h,_,A,k==0?Z:T);if(j==0)return;let M=d.distr==2,J=f._splits=f.splits(n,h,_,A,O,j,M),ce=d.distr==2?J.map(V=>Lt[V]):J,oe=d.distr==2?Lt[J[1]]-Lt[J[0]]:O,ne=f._values=f.values(n,f.filter(n,ce,h,j,oe),h,j,oe);f._rotate=b==2?f.rotate(n,ne,h,j):0;let W=f._size;f._size=It(f.size(n,ne,h,i)),W!=null&&f._size!=W&&(c=!1)}),c}function Ba(i){let c=!0;return Wl.forEach((f,h)=>{let d=f(n,h,jn,i);d!=pn[h]&&(c=!1),pn[h]=d}),c}function Ha(){for(let i=0;i<N.length;i++){let c=N[i];if(!c.show||!c._show)continue;let f=c.side,h=f%2,d,b,k=c.stroke(n,i),_=f==0||f==3?-1:1,[A,O]=c._found;if(c.label!=null){let lt=c.labelGap*_,gt=ze((c._lpos+lt)*ae);Kl(c.labelFont[0],k,"center",f==2?es:Zu),m.save(),h==1?(d=b=0,m.translate(gt,ze(Ct+Rt/2)),m.rotate((f==3?-Us:Us)/2)):(d=ze(yt+at/2),b=gt);let Pn=Vc(c.label)?c.label(n,i,A,O):c.label;m.fillText(Pn,d,b),m.restore()}if(O==0)continue;let j=w[c.scale],M=h==0?at:Rt,J=h==0?yt:Ct,ce=c._splits,oe=j.distr==2?ce.map(lt=>Lt[lt]):ce,ne=j.distr==2?Lt[ce[1]]-Lt[ce[0]]:A,W=c.ticks,V=c.border,Ae=W.show?W.size:0,Pe=ze(Ae*ae),Ke=ze((c.alignTo==2?c._size-Ae-c.gap:c.gap)*ae),de=c._rotate*-Us/180,Ie=I(c._pos*ae),dt=(Pe+Ke)*_,it=Ie+dt;b=h==0?it:0,d=h==1?it:0;let jt=c.font[0],Ft=c.align==1?kr:c.align==2?pl:de>0?kr:de<0?pl:h==0?"center":f==3?pl:kr,Zt=de||h==1?"middle":f==2?es:Zu;Kl(jt,k,Ft,Zt);let vt=c.font[1]*c.lineGap,Tt=ce.map(lt=>I(a(lt,j,M,J))),Vt=c._values;for(let lt=0;lt<Vt.length;lt++){let gt=Vt[lt];if(gt!=null){h==0?d=Tt[lt]:b=Tt[lt],gt=""+gt;let Pn=gt.indexOf(`\n`)==-1?[gt]:gt.split(/\\n/gm);for(let ot=0;ot<Pn.length;ot++){let bo=Pn[ot];de?(m.save(),m.translate(d,b+ot*vt),m.rotate(de),m.fillText(bo,0,0),m.restore()):m.fillText(bo,d,b+ot*vt)}}}W.show&&gi(Tt,W.filter(n,oe,i,O,ne),h,f,Ie,Pe,ke(W.width*ae,3),W.stroke(n,i),W.dash,W.cap);let Xt=c.grid;Xt.show&&gi(Tt,Xt.filter(n,oe,i,O,ne),h,h==0?2:1,h==0?Ct:yt,h==0?Rt:at,ke(Xt.width*ae,3),Xt.stroke(n,i),Xt.dash,Xt.cap),V.show&&gi([Ie],[1],h==0?1:0,h==0?1:2,h==1?Ct:yt,h==1?Rt:at,ke(V.width*ae,3),V.stroke(n,i),V.dash,V.cap)}Je("drawAxes")}function tr(i){E.forEach((c,f)=>{f>0&&(c._paths=null,i&&(s==1?(c.min=null,c.max=null):c.facets.forEach(h=>{h.min=null,h.max=null})))})}let ds=!1,bi=!1,Pr=[];function Wa(){bi=!1;for(let i=0;i<Pr.length;i++)Je(...Pr[i]);Pr.length=0}function nr(){ds||(kh(eo),ds=!0)}function Ua(i,c=!1){ds=!0,bi=c,i(n),eo(),c&&Pr.length>0&&queueMicrotask(Wa)}n.batch=Ua;function eo(){if(li&&(Fa(),li=!1),Kn&&(Ta(),Kn=!1),as){if(Ce(x,kr,xe),Ce(x,es,$e),Ce(x,ns,Z),Ce(x,rs,T),Ce(C,kr,xe),Ce(C,es,$e),Ce(C,ns,Z),Ce(C,rs,T),Ce(v,ns,nn),Ce(v,rs,En),g.width=ze(nn*ae),g.height=ze(En*ae),N.forEach(({_el:i,_show:c,_size:f,_pos:h,side:d})=>{if(i!=null)if(c){let b=d===3||d===0?f:0,k=d%2==1;Ce(i,k?"left":"top",h-b),Ce(i,k?"width":"height",f),Ce(i,k?"top":"left",k?$e:xe),Ce(i,k?"height":"width",k?T:Z),xl(i,zn)}else _t(i,zn)}),hs=er=ci=fi=pi=hi=mi=yi=ai=null,ft=1,Rr(!0),xe!=Jn||$e!=An||Z!=Wt||T!=Cn){tr(!1);let i=Z/Wt,c=T/Cn;if(rt&&!Dn&&F.left>=0){F.left*=i,F.top*=c,rr&&en(rr,ze(F.left),0,Z,T),sr&&en(sr,0,ze(F.top),Z,T);for(let f=0;f<Ot.length;f++){let h=Ot[f];h!=null&&(Yn[f]*=i,Qn[f]*=c,en(h,It(Yn[f]),It(Qn[f]),Z,T))}}if(Ee.show&&!fs&&Ee.left>=0&&Ee.width>0){Ee.left*=i,Ee.width*=i,Ee.top*=c,Ee.height*=c;for(let f in Ei)Ce(or,f,Ee[f])}Jn=xe,An=$e,Wt=Z,Cn=T}Je("setSize"),as=!1}nn>0&&En>0&&(m.clearRect(0,0,g.width,g.height),Je("drawClear"),B.forEach(i=>i()),Je("draw")),Ee.show&&fs&&(vs(Ee),fs=!1),rt&&Dn&&(Mn(null,!0,!1),Dn=!1),ee.show&&ee.live&&Dt&&(_i(),Dt=!1),p||(p=!0,n.status=1,Je("ready")),Mr=!1,ds=!1}n.redraw=(i,c)=>{Kn=c||!1,i!==!1?mn(S,D.min,D.max):nr()};function ki(i,c){let f=w[i];if(f.from==null){if(Xe==0){let h=f.range(n,c.min,c.max,i);c.min=h[0],c.max=h[1]}if(c.min>c.max){let h=c.min;c.min=c.max,c.max=h}if(Xe>1&&c.min!=null&&c.max!=null&&c.max-c.min<1e-16)return;i==S&&f.distr==2&&Xe>0&&(c.min=qt(c.min,t[0]),c.max=qt(c.max,t[0]),c.min==c.max&&c.max++),q[i]=c,li=!0,nr()}}n.setScale=ki;let xi,wi,rr,sr,to,no,ir,lr,ro,so,Se,je,hn=!1,Ye=F.drag,We=Ye.x,Ue=Ye.y;rt&&(F.x&&(xi=Pt(Bp,C)),F.y&&(wi=Pt(Hp,C)),D.ori==0?(rr=xi,sr=wi):(rr=wi,sr=xi),Se=F.left,je=F.top);let Ee=n.select=Fe({show:!0,over:!0,left:0,width:0,top:0,height:0},e.select),or=Ee.show?Pt(qp,Ee.over?C:x):null;function vs(i,c){if(Ee.show){for(let f in i)Ee[f]=i[f],f in Ei&&Ce(or,f,i[f]);c!==!1&&Je("setSelect")}}n.setSelect=vs;function Ja(i){if(E[i].show)Ve&&xl(Te[i],zn);else if(Ve&&_t(Te[i],zn),rt){let f=Xn?Ot[0]:Ot[i];f!=null&&en(f,-10,-10,Z,T)}}function mn(i,c,f){ki(i,{min:c,max:f})}function Jt(i,c,f,h){c.focus!=null&&Qa(i),c.show!=null&&E.forEach((d,b)=>{b>0&&(i==b||i==null)&&(d.show=c.show,Ja(b),s==2?(mn(d.facets[0].scale,null,null),mn(d.facets[1].scale,null,null)):mn(d.scale,null,null),nr())}),f!==!1&&Je("setSeries",i,c),h&&Lr("setSeries",n,i,c)}n.setSeries=Jt;function Ka(i,c){Fe(R[i],c)}function Za(i,c){i.fill=se(i.fill||null),i.dir=ue(i.dir,-1),c=c??R.length,R.splice(c,0,i)}function Xa(i){i==null?R.length=0:R.splice(i,1)}n.addBand=Za,n.setBand=Ka,n.delBand=Xa;function Ya(i,c){E[i].alpha=c,rt&&Ot[i]!=null&&(Ot[i].style.opacity=c),Ve&&Te[i]&&(Te[i].style.opacity=c)}let rn,yn,Tn,ur={focus:!0};function Qa(i){if(i!=Tn){let c=i==null,f=Ut.alpha!=1;E.forEach((h,d)=>{if(s==1||d>0){let b=c||d==0||d==i;h._focus=c?null:b,f&&Ya(d,b?1:Ut.alpha)}}),Tn=i,f&&nr()}}Ve&&Zn&&st(ec,fe,i=>{F._lock||(On(i),Tn!=null&&Jt(null,ur,!0,Le.setSeries))});function Kt(i,c,f){let h=w[c];f&&(i=i/ae-(h.ori==1?$e:xe));let d=Z;h.ori==1&&(d=T,i=d-i),h.dir==-1&&(i=d-i);let b=h._min,k=h._max,_=i/d,A=b+(k-b)*_,O=h.distr;return O==3?_r(10,A):O==4?uh(A,h.asinh):O==100?h.bwd(A):A}function ef(i,c){let f=Kt(i,S,c);return qt(f,t[0],Be,He)}n.valToIdx=i=>qt(i,t[0]),n.posToIdx=ef,n.posToVal=Kt,n.valToPos=(i,c,f)=>w[c].ori==0?l(i,w[c],f?at:Z,f?yt:0):u(i,w[c],f?Rt:T,f?Ct:0),n.setCursor=(i,c,f)=>{Se=i.left,je=i.top,Mn(null,c,f)};function io(i,c){Ce(or,kr,Ee.left=i),Ce(or,ns,Ee.width=c)}function lo(i,c){Ce(or,es,Ee.top=i),Ce(or,rs,Ee.height=c)}let Ir=D.ori==0?io:lo,Nr=D.ori==1?io:lo;function tf(){if(Ve&&ee.live)for(let i=s==2?1:0;i<E.length;i++){if(i==0&&At)continue;let c=ee.values[i],f=0;for(let h in c)Ht[i][f++].firstChild.nodeValue=c[h]}}function _i(i,c){if(i!=null&&(i.idxs?i.idxs.forEach((f,h)=>{ye[h]=f}):ph(i.idx)||ye.fill(i.idx),ee.idx=ye[0]),Ve&&ee.live){for(let f=0;f<E.length;f++)(f>0||s==1&&!At)&&nf(f,ye[f]);tf()}Dt=!1,c!==!1&&Je("setLegend")}n.setLegend=_i;function nf(i,c){let f=E[i],h=i==0&&Y==2?Lt:t[i],d;At?d=f.values(n,i,c)??fn:(d=f.value(n,c==null?null:h[c],i,c),d=d==null?fn:{_:d}),ee.values[i]=d}function Mn(i,c,f){ro=Se,so=je,[Se,je]=F.move(n,Se,je),F.left=Se,F.top=je,rt&&(rr&&en(rr,ze(Se),0,Z,T),sr&&en(sr,0,ze(je),Z,T));let h,d=Be>He;rn=be,yn=null;let b=D.ori==0?Z:T,k=D.ori==1?Z:T;if(Se<0||Xe==0||d){h=F.idx=null;for(let _=0;_<E.length;_++){let A=Ot[_];A!=null&&en(A,-10,-10,Z,T)}Zn&&Jt(null,ur,!0,i==null&&Le.setSeries),ee.live&&(ye.fill(h),Dt=!0)}else{let _,A,O;s==1&&(_=D.ori==0?Se:je,A=Kt(_,S),h=F.idx=qt(A,t[0],Be,He),O=L(t[0][h],D,b,0));let j=-10,M=-10,J=0,ce=0,oe=!0,ne="",W="";for(let V=s==2?1:0;V<E.length;V++){let Ae=E[V],Pe=ye[V],Ke=Pe==null?null:s==1?t[V][Pe]:t[V][1][Pe],de=F.dataIdx(n,V,h,A),Ie=de==null?null:s==1?t[V][de]:t[V][1][de];if(Dt=Dt||Ie!=Ke||de!=Pe,ye[V]=de,V>0&&Ae.show){let dt=de==null?-10:de==h?O:L(s==1?t[0][de]:t[V][0][de],D,b,0),it=Ie==null?-10:U(Ie,s==1?w[Ae.scale]:w[Ae.facets[1].scale],k,0);if(Zn&&Ie!=null){let jt=D.ori==1?Se:je,Ft=Ge(Ut.dist(n,V,de,it,jt));if(Ft<rn){let Zt=Ut.bias;if(Zt!=0){let vt=Kt(jt,Ae.scale),Tt=Ie>=0?1:-1,Vt=vt>=0?1:-1;Vt==Tt&&(Vt==1?Zt==1?Ie>=vt:Ie<=vt:Zt==1?Ie<=vt:Ie>=vt)&&(rn=Ft,yn=V)}else rn=Ft,yn=V}}if(Dt||Xn){let jt,Ft;D.ori==0?(jt=dt,Ft=it):(jt=it,Ft=dt);let Zt,vt,Tt,Vt,Xt,lt,gt=!0,Pn=et.bbox;if(Pn!=null){gt=!1;let ot=Pn(n,V);Tt=ot.left,Vt=ot.top,Zt=ot.width,vt=ot.height}else Tt=jt,Vt=Ft,Zt=vt=et.size(n,V);if(lt=et.fill(n,V),Xt=et.stroke(n,V),Xn)V==yn&&rn<=Ut.prox&&(j=Tt,M=Vt,J=Zt,ce=vt,oe=gt,ne=lt,W=Xt);else{let ot=Ot[V];ot!=null&&(Yn[V]=Tt,Qn[V]=Vt,oc(ot,Zt,vt,gt),ic(ot,lt,Xt),en(ot,It(Tt),It(Vt),Z,T))}}}}if(Xn){let V=Ut.prox,Ae=Tn==null?rn<=V:rn>V||yn!=Tn;if(Dt||Ae){let Pe=Ot[0];Pe!=null&&(Yn[0]=j,Qn[0]=M,oc(Pe,J,ce,oe),ic(Pe,ne,W),en(Pe,It(j),It(M),Z,T))}}}if(Ee.show&&hn)if(i!=null){let[_,A]=Le.scales,[O,j]=Le.match,[M,J]=i.cursor.sync.scales,ce=i.cursor.drag;if(We=ce._x,Ue=ce._y,We||Ue){let{left:oe,top:ne,width:W,height:V}=i.select,Ae=i.scales[M].ori,Pe=i.posToVal,Ke,de,Ie,dt,it,jt=_!=null&&O(_,M),Ft=A!=null&&j(A,J);jt&&We?(Ae==0?(Ke=oe,de=W):(Ke=ne,de=V),Ie=w[_],dt=L(Pe(Ke,M),Ie,b,0),it=L(Pe(Ke+de,M),Ie,b,0),Ir(Bt(dt,it),Ge(it-dt))):Ir(0,b),Ft&&Ue?(Ae==1?(Ke=oe,de=W):(Ke=ne,de=V),Ie=w[A],dt=U(Pe(Ke,J),Ie,k,0),it=U(Pe(Ke+de,J),Ie,k,0),Nr(Bt(dt,it),Ge(it-dt))):Nr(0,k)}else Ai()}else{let _=Ge(ro-to),A=Ge(so-no);if(D.ori==1){let J=_;_=A,A=J}We=Ye.x&&_>=Ye.dist,Ue=Ye.y&&A>=Ye.dist;let O=Ye.uni;O!=null?We&&Ue&&(We=_>=O,Ue=A>=O,!We&&!Ue&&(A>_?Ue=!0:We=!0)):Ye.x&&Ye.y&&(We||Ue)&&(We=Ue=!0);let j,M;We&&(D.ori==0?(j=ir,M=Se):(j=lr,M=je),Ir(Bt(j,M),Ge(M-j)),Ue||Nr(0,k)),Ue&&(D.ori==1?(j=ir,M=Se):(j=lr,M=je),Nr(Bt(j,M),Ge(M-j)),We||Ir(0,b)),!We&&!Ue&&(Ir(0,0),Nr(0,0))}if(Ye._x=We,Ye._y=Ue,i==null){if(f){if(go!=null){let[_,A]=Le.scales;Le.values[0]=_!=null?Kt(D.ori==0?Se:je,_):null,Le.values[1]=A!=null?Kt(D.ori==1?Se:je,A):null}Lr(hl,n,Se,je,Z,T,h)}if(Zn){let _=f&&Le.setSeries,A=Ut.prox;Tn==null?rn<=A&&Jt(yn,ur,!0,_):rn>A?Jt(null,ur,!0,_):yn!=Tn&&Jt(yn,ur,!0,_)}}Dt&&(ee.idx=h,_i()),c!==!1&&Je("setCursor")}let dn=null;Object.defineProperty(n,"rect",{get(){return dn==null&&Rr(!1),dn}});function Rr(i=!1){i?dn=null:(dn=C.getBoundingClientRect(),Je("syncRect",dn))}function oo(i,c,f,h,d,b,k){F._lock||hn&&i!=null&&i.movementX==0&&i.movementY==0||(Si(i,c,f,h,d,b,k,!1,i!=null),i!=null?Mn(null,!0,!0):Mn(c,!0,!1))}function Si(i,c,f,h,d,b,k,_,A){if(dn==null&&Rr(!1),On(i),i!=null)f=i.clientX-dn.left,h=i.clientY-dn.top;else{if(f<0||h<0){Se=-10,je=-10;return}let[O,j]=Le.scales,M=c.cursor.sync,[J,ce]=M.values,[oe,ne]=M.scales,[W,V]=Le.match,Ae=c.axes[0].side%2==1,Pe=D.ori==0?Z:T,Ke=D.ori==1?Z:T,de=Ae?b:d,Ie=Ae?d:b,dt=Ae?h:f,it=Ae?f:h;if(oe!=null?f=W(O,oe)?a(J,w[O],Pe,0):-10:f=Pe*(dt/de),ne!=null?h=V(j,ne)?a(ce,w[j],Ke,0):-10:h=Ke*(it/Ie),D.ori==1){let jt=f;f=h,h=jt}}A&&(c==null||c.cursor.event.type==hl)&&((f<=1||f>=Z-1)&&(f=Vn(f,Z)),(h<=1||h>=T-1)&&(h=Vn(h,T))),_?(to=f,no=h,[ir,lr]=F.move(n,f,h)):(Se=f,je=h)}let Ei={width:0,height:0,left:0,top:0};function Ai(){vs(Ei,!1)}let uo,co,ao,fo;function po(i,c,f,h,d,b,k){hn=!0,We=Ue=Ye._x=Ye._y=!1,Si(i,c,f,h,d,b,k,!0,!1),i!=null&&(st(ml,bl,ho,!1),Lr(Yu,n,ir,lr,Z,T,null));let{left:_,top:A,width:O,height:j}=Ee;uo=_,co=A,ao=O,fo=j}function ho(i,c,f,h,d,b,k){hn=Ye._x=Ye._y=!1,Si(i,c,f,h,d,b,k,!1,!0);let{left:_,top:A,width:O,height:j}=Ee,M=O>0||j>0,J=uo!=_||co!=A||ao!=O||fo!=j;if(M&&J&&vs(Ee),Ye.setScale&&M&&J){let ce=_,oe=O,ne=A,W=j;if(D.ori==1&&(ce=A,oe=j,ne=_,W=O),We&&mn(S,Kt(ce,S),Kt(ce+oe,S)),Ue)for(let V in w){let Ae=w[V];V!=S&&Ae.from==null&&Ae.min!=be&&mn(V,Kt(ne+W,V),Kt(ne,V))}Ai()}else F.lock&&(F._lock=!F._lock,Mn(c,!0,i!=null));i!=null&&(Un(ml,bl),Lr(ml,n,Se,je,Z,T,null))}function rf(i,c,f,h,d,b,k){if(F._lock)return;On(i);let _=hn;if(hn){let A=!0,O=!0,j=10,M,J;D.ori==0?(M=We,J=Ue):(M=Ue,J=We),M&&J&&(A=Se<=j||Se>=Z-j,O=je<=j||je>=T-j),M&&A&&(Se=Se<ir?0:Z),J&&O&&(je=je<lr?0:T),Mn(null,!0,!0),hn=!1}Se=-10,je=-10,ye.fill(null),Mn(null,!0,!0),_&&(hn=_)}function mo(i,c,f,h,d,b,k){F._lock||(On(i),ui(),Ai(),i!=null&&Lr(tc,n,Se,je,Z,T,null))}function yo(){N.forEach(Dm),oi(n.width,n.height,!0)}Gn(Js,wr,yo);let cr={};cr.mousedown=po,cr.mousemove=oo,cr.mouseup=ho,cr.dblclick=mo,cr.setSeries=(i,c,f,h)=>{let d=Le.match[2];f=d(n,c,f),f!=-1&&Jt(f,h,!0,!1)},rt&&(st(Yu,C,po),st(hl,C,oo),st(Qu,C,i=>{On(i),Rr(!1)}),st(ec,C,rf),st(tc,C,mo),Cl.add(n),n.syncRect=Rr);let gs=n.hooks=e.hooks||{};function Je(i,c,f){bi?Pr.push([i,c,f]):i in gs&&gs[i].forEach(h=>{h.call(null,n,c,f)})}(e.plugins||[]).forEach(i=>{for(let c in i.hooks)gs[c]=(gs[c]||[]).concat(i.hooks[c])});let vo=(i,c,f)=>f,Le=Fe({key:null,setSeries:!1,filters:{pub:pc,sub:pc},scales:[S,E[1]?E[1].scale:null],match:[hc,hc,vo],values:[null,null]},F.sync);Le.match.length==2&&Le.match.push(vo),F.sync=Le;let go=Le.key,Ci=ca(go);function Lr(i,c,f,h,d,b,k){Le.filters.pub(i,c,f,h,d,b,k)&&Ci.pub(i,c,f,h,d,b,k)}Ci.sub(n);function sf(i,c,f,h,d,b,k){Le.filters.sub(i,c,f,h,d,b,k)&&cr[i](null,c,f,h,d,b,k)}n.pub=sf;function lf(){Ci.unsub(n),Cl.delete(n),Sn.clear(),wl(Js,wr,yo),y.remove(),fe?.remove(),Je("destroy")}n.destroy=lf;function Di(){Je("init",e,t),Ul(t||e.data,!1),q[S]?ki(S,q[S]):ui(),fs=Ee.show&&(Ee.width>0||Ee.height>0),Dn=Dt=!0,oi(e.width,e.height)}return E.forEach(Hl),N.forEach(La),r?r instanceof HTMLElement?(r.appendChild(y),Di()):r(n,Di):Di(),n}Qe.assign=Fe;Qe.fmtNum=Il;Qe.rangeNum=Ks;Qe.rangeLog=Ys;Qe.rangeAsinh=Ml;Qe.orient=Bn;Qe.pxRatio=ae;Qe.join=bh;Qe.fmtDate=Rl,Qe.tzDate=jh;Qe.sync=ca;{Qe.addGap=pm,Qe.clipGaps=ti;let e=Qe.paths={points:ya};e.linear=va,e.stepped=ym,e.bars=dm,e.spline=gm}var wa=44,Om=3600,jm=300;function _a({label:e,series:t,format:r}){let n=pt(null),s=pt(null);$t(()=>{let{current:p}=n;if(p===null)return;let y=new Qe(Tm(p),xa(t),p);s.current=y;let g=new ResizeObserver(()=>y.setSize({width:p.clientWidth,height:wa}));return g.observe(p),()=>{g.disconnect(),y.destroy()}},[]),$t(()=>s.current?.setData(xa(t)),[t]);let l=t.values.filter(p=>p!==null),u=l.length===0?t.now:Math.max(...l),a=p=>p===void 0?"\\u2013":r(p);return o("div",{class:"sparkline",children:[o("p",{children:[o("span",{class:"term",children:e}),o("output",{"data-figure":e,children:a(t.now)})]}),o("div",{ref:n,class:"plot",role:"img","aria-label":`${e} over the last hour: at most ${a(u)}`})]})}function xa({times:e,values:t}){return[[...e],[...t]]}function Tm(e){let t=getComputedStyle(e).color;return{width:e.clientWidth||200,height:wa,padding:[4,2,4,2],legend:{show:!1},cursor:{show:!1},axes:[{show:!1},{show:!1}],scales:{x:{time:!0,range:(r,n,s)=>{let l=s??un.wallTime/1e3;return[Math.max(l-Om,Math.min(n??l,l-jm)),l]}},y:{range:(r,n,s)=>[0,Math.max(s??0,1e-9)*1.05]}},series:[{},{stroke:t,width:1.5,fill:t.replace("rgb(","rgba(").replace(")",", 0.12)"),points:{show:!1}}]}}var Mm=2e3;function Sa(){let e=pt(new Gs),{value:t,problem:r}=ht("overview",async()=>{let{current:n}=e,s=n?.since??0,[l,u,a]=await Promise.all([_e("load",{since:s},Su),_e("node_metrics",{},_u),_e("info",{},wu)]);return n?.add(l),{metrics:u,info:a,answeredWithinMs:l.answered_within_ms}},Mm);return o(we,{children:[o(nt,{children:"Overview"}),o(Ze,{children:r}),o("div",{class:"sparklines",children:Bu.map(([n,s,l])=>o(_a,{label:n,series:e.current?.read(s)??Pm,format:l},n))}),t&&o("div",{class:"columns",children:[o(Ju,{nodes:t.info.nodes,metrics:t.metrics,loadOf:(n,s)=>e.current?.nowOf(n,s),answeredWithinMs:t.answeredWithinMs}),o(Im,{metrics:t.metrics}),o(Nm,{metrics:t.metrics})]})]})}var Pm={times:[],values:[],now:0};function ii({nodes:e},t){let r=new Map;for(let n of e.flatMap(({metrics:s})=>s)){if(n.name!==t||n.value===void 0)continue;let s=Object.values(n.labels).join(" over ");r.set(s,(r.get(s)??0)+n.value)}return r}function Im({metrics:e}){let t=ii(e,"thrum_connections"),r=ii(e,"thrum_connections_opened_total");return o("section",{children:[o("h3",{children:"Connections by protocol and transport"}),o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Kind"}),o("th",{scope:"col",children:"Open"}),o("th",{scope:"col",children:"Ever"})]})}),o("tbody",{children:[...t].filter(([n])=>r.get(n)).map(([n,s])=>o("tr",{children:[o("th",{scope:"row",children:n}),o("td",{children:te(s)}),o("td",{children:te(r.get(n)??0)})]},n))})]})]})}function Nm({metrics:e}){let t=[...[...ii(e,"thrum_evictions_total")].map(([r,n])=>[`closed with ${r}`,n]),...[...ii(e,"thrum_refusals_total")].map(([r,n])=>[`limit ${r}`,n])].filter(([,r])=>r>0);return o("section",{children:[o("h3",{children:"Evictions and refusals"}),t.length===0?o("p",{class:"note",children:"None so far."}):o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Reason"}),o("th",{scope:"col",children:"Number"})]})}),o("tbody",{children:t.map(([r,n])=>o("tr",{children:[o("th",{scope:"row",children:r}),o("td",{children:te(n)})]},r))})]})]})}var Rm=2e3;function Ea({user:e}){let{value:t,problem:r}=ht(e,()=>_e("user",{user:e},yu),Rm),n=t?.connections??[];return o(we,{children:[o(nt,{of:"User",children:o(Me,{children:e})}),o(Ze,{children:r}),t&&n.length===0&&o("p",{role:"status",class:"lead",children:["This user has no connection now."," ",o("a",{href:xt({kind:"connections"}),children:"All connections"})]}),n.length>0&&o(Lm,{user:e,connections:n})]})}function Lm({user:e,connections:t}){let r=new Set(t.flatMap(({subscriptions:n})=>n.map(({channel:s})=>s)));return o(we,{children:[o(dr,{figures:{Connections:te(t.length),Channels:te(r.size)}}),o(sl,{rows:t}),o("div",{class:"columns",children:[o("section",{children:[o("h3",{children:"Channels"}),o("ul",{class:"present",children:[...r].map(n=>o("li",{children:o(gr,{channel:n})},n))})]}),o("section",{children:[o("h3",{children:"Act"}),o(br,{label:"Send JSON or text to all of these connections",button:"Send",onSend:async n=>{let s={user:e,data:n},{delivered:l}=await _e("send",s,Ps);return l?"Sent.":"No connection has received it."}}),o(zs,{of:{user:e}})]})]})]})}function Ca(){let[e,t]=Q(),[r,n]=Q();return o(we,{children:[o(nt,{children:"Why"}),o("form",{class:"why",onSubmit:l=>{l.preventDefault();let{target:u}=l;u instanceof HTMLFormElement&&(n(void 0),_e("explain",{token:xn(u,"token"),channel_token:xn(u,"channel_token"),channel:xn(u,"channel")},bu).then(t,a=>{t(void 0),n(wt(a))}))},children:[o("p",{class:"field",children:[o("label",{for:"token",children:"Token of the connection, or of a subscription; none is a client without one"}),o("textarea",{id:"token",name:"token",rows:4,spellcheck:!1})]}),o("p",{class:"field",children:[o("label",{for:"channel_token",children:"Token of the subscription beside it, if the client sends one"}),o("textarea",{id:"channel_token",name:"channel_token",rows:2,spellcheck:!1})]}),o("p",{class:"field",children:[o("label",{for:"channel",children:"Channel"}),o("input",{id:"channel",name:"channel",required:!0,autocomplete:"off"})]}),o("button",{type:"submit",class:"primary",children:"Explain"})]}),o(Ze,{children:r}),e&&o(Fm,{answer:e})]})}function Fm({answer:e}){let t=Object.entries({connect:e.connect,...e.actions});return o("div",{class:"columns","aria-live":"polite",children:[o("section",{children:[o("h3",{children:"What it may do"}),e.token&&o(Aa,{token:e.token}),e.channel_token&&o(Aa,{token:e.channel_token}),o("table",{children:[o("thead",{children:o("tr",{children:[o("th",{scope:"col",children:"Action"}),o("th",{scope:"col",children:"Allowed"}),o("th",{scope:"col",children:"By which rule"})]})}),o("tbody",{children:t.map(([r,{allowed:n,rule:s,why:l,hook:u}])=>o("tr",{"data-action":r,children:[o("th",{scope:"row",children:r}),o("td",{class:n?"yes":"no",children:n?"yes":"no"}),o("td",{children:[o("code",{children:s})," ",o(Me,{children:l}),u&&` The hook ${u} of the program may still refuse.`]})]},r))})]})]}),o("section",{children:[o("h3",{children:"Options that hold"}),o(Ls,{options:e.options})]})]})}function Aa({token:e}){if(e.kind==="invalid")return o("p",{class:"problem",children:["The token is not accepted (",e.reason,"):"," ",o(Me,{children:e.message??""}),"."]});let t=e.expires_in===void 0?"without an end":`for ${zt(e.expires_in)}`;return o("p",{class:"note",children:["A token of a ",e.kind," for"," ",e.user?o(Me,{children:e.user}):"a client without a uid",e.channel&&o(we,{children:[", for the channel ",o(Me,{children:e.channel})]}),", ",t,"."]})}var Vm=[["overview","Overview",["overview"]],["channels","Channels",["channels","channel"]],["connections","Connections",["connections","connection","user"]],["why","Why",["why"]]];function Da({hasSession:e}){let t=Pu(),r=Tu(t);$t(()=>{document.title=r},[r]);let[n,s]=Q(),l=()=>Ou().then(()=>location.reload(),u=>s(wt(u)));return o(we,{children:[o("div",{class:"inspector-bar",children:[o("nav",{"aria-label":"Inspector",children:o("ul",{class:"tabs",children:Vm.map(([u,a,p])=>o("li",{children:o("a",{href:xt({kind:u}),"aria-current":$m(t.kind,p)?"page":void 0,children:a})},u))})}),e&&o("button",{type:"button",class:"quiet",onClick:l,children:"Log out"})]}),n&&o(Ze,{children:n}),o(zm,{view:t},xt(t))]})}function $m(e,t){return t.includes(e)}function zm({view:e}){switch(e.kind){case"overview":return o(Sa,{});case"channels":return o(zu,{});case"channel":return o(Vu,{channel:e.name});case"connections":return o(Lu,{});case"connection":return o(Gu,{client:e.name});case"user":return o(Ea,{user:e.name});case"why":return o(Ca,{});case"missing":return o(Gm,{})}}function Gm(){return o(we,{children:[o(nt,{children:"No such page"}),o("p",{class:"lead",children:["This address names no view of the inspector. Go to the"," ",o("a",{href:xt({kind:"overview"}),children:"overview"}),", or choose a part above."]})]})}function Oa(){let[e,t]=Q();return o("form",{class:"login",onSubmit:async n=>{if(n.preventDefault(),!(n.target instanceof HTMLFormElement))return;let s=xn(n.target,"key"),l=await Du(s).catch(wt);if(l!==void 0)return t(l);location.hash===""&&location.replace(xt({kind:"overview"})),location.reload()},children:[o("p",{class:"field",children:[o("label",{for:"key",children:"Admin key of this server"}),o("input",{id:"key",name:"key",type:"password",autocomplete:"current-password",required:!0})]}),o("button",{type:"submit",class:"primary",children:"Log in"}),o("p",{role:"alert",class:"problem",children:e})]})}var us=document.getElementById("inspector");us?.dataset.access==="login"?Ds(o(Oa,{}),us):us&&Ds(o(Da,{hasSession:us.dataset.access==="session"}),us);\n';var z=`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="15" fill="#0b6e55" />
  <g fill="none" stroke="#fff" stroke-linecap="round" stroke-width="3.5">
    <path d="M11 32C24 6 40 6 53 32" />
    <path d="M11 32H53" opacity=".5" />
    <path d="M11 32C24 58 40 58 53 32" />
  </g>
  <circle cx="11" cy="32" r="4.5" fill="#fff" />
  <circle cx="53" cy="32" r="4.5" fill="#fff" />
</svg>
`;var be=[e,p,t,h,n,r,i,l,o,s,d,u,c,a,f,m];export{D as consoleScript,z as favicon,L as inspectorScript,be as styles};
