/** A chat room: channels, presence, history on entry, and a sign that someone types. */

import { Centrifuge } from "centrifuge";
import type { PublicationContext, Subscription } from "centrifuge";
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import {
  type DemoPane,
  hueOf,
  readChannel,
  showDemo,
  TextForm,
  usePeople,
} from "../frame/mod.ts";

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
    readChannel(room, {
      limit: 100,
      onHistory: (kept) => setMessages(kept.map(messageOf)),
      onPublication(publication) {
        const message = messageOf(publication);
        if (message.text) setMessages((all) => [...all, message]);
        if (message.from === pane.name) return;
        setTypist(message.text ? "" : message.from);
        clearTimeout(quiet);
        quiet = setTimeout(() => setTypist(""), TYPING_MS);
      },
    });
    room.subscribe();
  }, []);
  const say = async (text: string) => {
    // While the line is cut, this waits for the next connection.
    await room.ready();
    await room.publish({ text });
  };
  const type = () => {
    if (room.state !== "subscribed") return;
    // A sign that is lost with the line is not missed.
    room.publish({ typing: true }).catch(() => {});
  };
  return (
    <>
      <ul class="people" aria-label="People here">
        {people.map(({ user }) => <li key={user}>{user}</li>)}
      </ul>
      <Log messages={messages} own={pane.name} />
      <p class="typing" aria-live="polite">
        {typist && `${typist} is typing …`}
      </p>
      <TextForm
        label="Message"
        placeholder="Say something"
        maxLength={500}
        onSend={say}
        onInput={type}
      />
    </>
  );
}

const messageOf = ({ data: { text }, info }: PublicationContext): Message => (
  { from: info?.user ?? "", text }
);

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
      ref={view}
      class="scroll"
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
