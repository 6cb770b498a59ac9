/** The page at `/`: a console for the text protocol. */

import { render } from "hono/jsx/dom";
import { ConnectionPane } from "./connection_pane.tsx";
import { ConversationPane } from "./conversation_pane.tsx";
import { Session } from "./session.ts";

const root = document.getElementById("console");
const session = new Session();

if (root) {
  render(
    <>
      <ConnectionPane session={session} />
      <ConversationPane session={session} />
    </>,
    root,
  );
}
