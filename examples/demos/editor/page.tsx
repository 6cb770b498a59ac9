/** A text that everyone writes at once, with the people who write it. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import { type DemoPane, hueOf, showDemo, usePeople } from "../frame/mod.ts";
import { SharedText } from "./shared_text.ts";

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const channel = `editor:${pane.room}`;
  const room = client.newSubscription(channel, { joinLeave: true });
  pane.tally.follow(room);
  render(<Editor pane={pane} room={room} />, pane.root);
  client.connect();
});

interface EditorProps {
  readonly pane: DemoPane;
  readonly room: Subscription;
}

/** Lines by the names of those whose caret is there. */
type Lines = Readonly<Record<string, number>>;

function Editor({ pane, room }: EditorProps) {
  const people = usePeople(room);
  const area = useRef<HTMLTextAreaElement>(null);
  const shared = useRef<SharedText>(null);
  const line = useRef(0);
  const [lines, setLines] = useState<Lines>({});
  /** Tells others where the caret is; it gets no place in the history. */
  const tell = () => {
    if (!line.current || room.state !== "subscribed") return;
    room.publish({ line: line.current }).catch(() => {});
  };
  useEffect(() => {
    shared.current = new SharedText(room, pane.name, area.current!);
    room.on("publication", ({ data, info }) => {
      if (typeof data.line !== "number" || info === undefined) return;
      setLines((all) => ({ ...all, [info.user]: data.line }));
    });
    // Who comes, or comes back, does not know where the others are.
    room.on("join", tell).on("subscribed", tell);
    room.subscribe();
  }, []);
  const follow = () => {
    const { value, selectionStart } = area.current!;
    const here = value.slice(0, selectionStart).split("\n").length;
    if (here === line.current) return;
    line.current = here;
    tell();
  };
  return (
    <>
      <ul class="people" aria-label="People here">
        {people.map(({ user }) => (
          <li key={user}>
            <span class="dot" style={{ "--hue": String(hueOf(user)) }} />
            {user}
            {lines[user] !== undefined && ` · line ${lines[user]}`}
          </li>
        ))}
      </ul>
      <textarea
        ref={area}
        class="editor-text"
        aria-label="Shared text"
        placeholder="Write here, on both sides at once"
        maxlength={5000}
        spellcheck={false}
        onKeyUp={follow}
        onClick={follow}
      />
    </>
  );
}
