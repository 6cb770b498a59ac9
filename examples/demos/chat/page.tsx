/** A chat room: channels, presence, history on entry, and a sign that someone types. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import { type DemoPane, hueOf, showDemo, usePeople } from "../frame/mod.ts";

interface Message {
  readonly from: string;
  readonly text: string;
}

/** Milliseconds for which a sign of typing counts. */
const TYPING_MS = 2_000;

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const room = client.newSubscription(`chat:${pane.room}`, { joinLeave: true });
  pane.tally.follow(room);
  render(<Room pane={pane} room={room} />, pane.root);
  client.connect();
});

interface RoomProps {
  readonly pane: DemoPane;
  readonly room: Subscription;
}

function Room({ pane, room }: RoomProps) {
  const people = usePeople(room);
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const [typist, setTypist] = useState("");
  useEffect(() => {
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const showHistory = async () => {
      const { publications } = await room.history({ limit: 100 });
      setMessages(publications.map(({ data, info }) => ({
        from: info?.user ?? "",
        text: data.text,
      })));
    };
    room.on("subscribed", ({ recovered }) => {
      // On entry, and after an absence that was too long to be recovered.
      if (!recovered) showHistory();
    });
    room.on("publication", ({ data: { text }, info }) => {
      const from = info?.user ?? "";
      if (text) setMessages((all) => [...all, { from, text }]);
      if (from === pane.name) return;
      setTypist(text ? "" : from);
      clearTimeout(quiet);
      quiet = setTimeout(() => setTypist(""), TYPING_MS);
    });
    room.subscribe();
  }, []);
  return (
    <>
      <ul class="people" aria-label="People here">
        {people.map(({ user }) => <li key={user}>{user}</li>)}
      </ul>
      <Log messages={messages} own={pane.name} />
      <p class="typing" aria-live="polite">
        {typist && `${typist} is typing …`}
      </p>
      <Composer room={room} />
    </>
  );
}

interface LogProps {
  readonly messages: readonly Message[];
  /** Name of the reader. */
  readonly own: string;
}

function Log({ messages, own }: LogProps) {
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    view.current?.scrollTo(0, view.current.scrollHeight);
  }, [messages]);
  return (
    <div
      class="scroll"
      ref={view}
      role="log"
      aria-label="Messages"
      tabindex={0}
    >
      <ol class="bubbles">
        {messages.map(({ from, text }, index) => (
          <li key={index} class={from === own ? "own" : undefined}>
            <b style={{ "--hue": String(hueOf(from)) }}>{from}</b>
            {text}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Composer({ room }: { readonly room: Subscription }) {
  const input = useRef<HTMLInputElement>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    const text = input.current!.value;
    input.current!.value = "";
    // While the line is cut, this waits for the next connection.
    await room.ready();
    await room.publish({ text });
  };
  const type = () => {
    if (room.state === "subscribed") room.publish({ typing: true });
  };
  return (
    <form class="bar" onSubmit={send}>
      <input
        ref={input}
        aria-label="Message"
        placeholder="Say something"
        required
        maxlength={500}
        autocomplete="off"
        onInput={type}
      />
      <button type="submit" class="primary">Send</button>
    </form>
  );
}
