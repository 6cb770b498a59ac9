/** A text that everyone writes at once, with the people who write it. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import { type DemoPane, hueOf, showDemo } from "../frame/mod.ts";
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
  const area = useRef<HTMLTextAreaElement>(null);
  const shared = useRef<SharedText>(null);
  const line = useRef(0);
  const [people, setPeople] = useState<readonly string[]>([]);
  const [lines, setLines] = useState<Lines>({});
  useEffect(() => {
    shared.current = new SharedText(room, pane.name, area.current!);
    const showPeople = async () => {
      const { clients } = await room.presence();
      const names = Object.values(clients).map(({ user }) => user);
      setPeople([...new Set(names)].sort());
    };
    room.on("join", showPeople).on("leave", showPeople);
    room.on("subscribed", showPeople);
    room.on("publication", ({ data, info }) => {
      if (typeof data.line !== "number" || info === undefined) return;
      setLines((all) => ({ ...all, [info.user]: data.line }));
    });
    room.subscribe();
  }, []);
  const follow = () => {
    const { value, selectionStart } = area.current!;
    const here = value.slice(0, selectionStart).split("\n").length;
    if (here === line.current || room.state !== "subscribed") return;
    line.current = here;
    // Others see where the caret is; it gets no place in the history.
    room.publish({ line: here });
  };
  return (
    <>
      <ul class="people" aria-label="People here">
        {people.map((name) => (
          <li key={name}>
            <span class="dot" style={{ "--hue": String(hueOf(name)) }} />
            {name}
            {lines[name] !== undefined && ` · line ${lines[name]}`}
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
