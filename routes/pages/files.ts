/** Files of the pages, as text: `deno task build` makes one script of them, which every runtime can import. */

import colours from "./styles/colours.css" with { type: "text" };
import console from "./styles/console.css" with { type: "text" };
import docs from "./styles/docs.css" with { type: "text" };
import demoAnswer from "./styles/demo_answer.css" with { type: "text" };
import demoClassroom from "./styles/demo_classroom.css" with { type: "text" };
import demoCursors from "./styles/demo_cursors.css" with { type: "text" };
import demoDanmaku from "./styles/demo_danmaku.css" with { type: "text" };
import demoNotifications from "./styles/demo_notifications.css" with {
  type: "text",
};
import demoCall from "./styles/demo_call.css" with { type: "text" };
import demoEditor from "./styles/demo_editor.css" with { type: "text" };
import demoGame from "./styles/demo_game.css" with { type: "text" };
import demoQuotes from "./styles/demo_quotes.css" with { type: "text" };
import demos from "./styles/demos.css" with { type: "text" };
import inspector from "./styles/inspector.css" with { type: "text" };
import layout from "./styles/layout.css" with { type: "text" };
import reference from "./styles/reference.css" with { type: "text" };

export { default as consoleScript } from "./assets/console.js" with {
  type: "text",
};
export { default as inspectorScript } from "./assets/inspector.js" with {
  type: "text",
};
export { default as favicon } from "./assets/favicon.svg" with { type: "text" };

/** Parts of the one stylesheet, in their order. */
export const styles: readonly string[] = [
  colours,
  layout,
  console,
  demos,
  docs,
  demoAnswer,
  demoClassroom,
  demoCursors,
  demoDanmaku,
  demoNotifications,
  demoQuotes,
  demoGame,
  demoEditor,
  demoCall,
  inspector,
  reference,
];
