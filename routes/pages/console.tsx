/** The page at `/`: a console for the text protocol. */

import { render } from "hono/jsx/dom";
import { ConnectionPane } from "./connection_pane.tsx";
import { ConversationPane } from "./conversation_pane.tsx";
import { beginVisit } from "./first_visit.ts";
import { Session } from "./session.ts";
import { makeUpName } from "./made_up_name.ts";
import { readMemory } from "./visitor.ts";

const root = document.getElementById("console");

if (root) {
  // A server that asks for tokens has no use for made-up names.
  const isOpen = root.dataset.access === "anonymous";
  const session = new Session({ isOpen });
  const uid = readMemory().uid ?? (isOpen ? makeUpName() : "");
  render(
    <>
      <ConnectionPane session={session} uid={uid} isOpen={isOpen} />
      <ConversationPane session={session} />
    </>,
    root,
  );
  if (isOpen) beginVisit(session, uid);
}
