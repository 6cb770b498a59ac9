/** Begin of a visit: where everybody may connect, the console does so by itself, and shows a newcomer a conversation. */

import { startGuide } from "./guide.ts";
import type { Session } from "./session.ts";
import { readMemory, remember } from "./visitor.ts";

/** Channel of a first visit. */
const CHANNEL = "lobby";

/** Connects a visitor, unless the last visit ended disconnected, and guides one who is new. */
export function beginVisit(session: Session, uid: string): void {
  const { connects } = readMemory();
  if (connects === false) return;
  remember(uid, true);
  if (connects) connect(session, uid);
  else guide(session, uid);
}

function connect(session: Session, uid: string): void {
  const url = session.ownUrl;
  session.connect({ url, transport: "websocket", uid, token: "" });
}

function guide(session: Session, visitor: string): void {
  const uid = `guide-of-${visitor}`;
  session.join(CHANNEL);
  const stop = startGuide({
    url: session.ownUrl,
    uid,
    visitor,
    channel: CHANNEL,
    onReady() {
      if (session.client !== undefined) return;
      connect(session, visitor);
      session.send(uid, "hello");
      // The guide leaves with its visitor.
      session.subscribe(() => session.client?.active || stop());
    },
  });
}
