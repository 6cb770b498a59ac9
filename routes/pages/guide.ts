/** Guide of a first visit: another connection of the page, which shows the visitor a conversation. */

import { systemClock } from "../../lib/base/clock.ts";
import { TextClient } from "../../lib/client/mod.ts";

/** Milliseconds between two of its sentences, so that they can be read. */
const PAUSE_MS = 1_800;
/** Messages of the visitor that it answers. */
const ANSWERS = 3;

/** Properties of a guide. */
export interface GuideOptions {
  readonly url: string;
  /** Its own uid. */
  readonly uid: string;
  /** Uid of the visitor. */
  readonly visitor: string;
  /** Channel that it shows. */
  readonly channel: string;
  /** Called when it is connected, and can be spoken to. */
  readonly onReady: () => void;
}

/** Begins a guided visit; the returned function ends it. */
export function startGuide(options: GuideOptions): () => void {
  const { url, uid, visitor, channel, onReady } = options;
  const introduction = [
    `${visitor}:Hello, ${visitor}! I am ${uid}, a second connection of this page.`,
    `#${channel}:This went to the channel #${channel}: all who have joined it get it.`,
    `${visitor}:Your turn. Write a message to all, to me, or to #${channel}. Then open this page in a second window: it will have a name of its own.`,
  ];
  let answers = 0;
  const client = new TextClient(url, {
    uid,
    showSender: true,
    onOpen: onReady,
    onMessage(data) {
      const [, from, text] = /^([^>]*)>(.*)$/s.exec(String(data)) ?? [];
      if (from !== visitor || text === undefined) return;
      const line = introduction.length > 0 ? undefined : answerOf(text);
      if (line !== undefined) client.send(`${visitor}:${line}`);
      else speak();
    },
  });
  function speak(): void {
    const line = introduction.shift();
    if (line === undefined) return;
    client.send(line);
    systemClock.after(PAUSE_MS, speak);
  }
  function answerOf(text: string): string | undefined {
    return answers++ < ANSWERS
      ? `I received "${text}", on the way of every message: browser, hub, browser.`
      : undefined;
  }
  client.connect();
  return () => client.close();
}
