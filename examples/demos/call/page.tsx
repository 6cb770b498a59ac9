/** A video call: presence says who can be called, direct messages carry the signals. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import { type DemoPane, hueOf, showDemo, usePeople } from "../frame/mod.ts";
import { openPictures } from "./media.ts";
import { Phone, type Pictures } from "./phone.ts";

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const channel = `call:${pane.room}`;
  const room = client.newSubscription(channel, { joinLeave: true });
  client.on("message", () => pane.tally.add("received"));
  render(<Booth pane={pane} client={client} room={room} />, pane.root);
  client.connect();
});

interface BoothProps {
  readonly pane: DemoPane;
  readonly client: Centrifuge;
  readonly room: Subscription;
}

function Booth({ pane, client, room }: BoothProps) {
  const { name, tally } = pane;
  const others = usePeople(room).filter(({ user }) => user !== name);
  const [pictures, setPictures] = useState<Pictures>({});
  const [[partner, state], setState] = useState(["", "No call"]);
  const phone = useRef<Phone>(null);
  useEffect(() => {
    phone.current = new Phone({
      name,
      client,
      openPictures: () => openPictures(name, hueOf(name)),
      onPictures: setPictures,
      onState: (partner, state) => setState([partner, state]),
      onLoss: () => tally.add("lost"),
    });
    room.on("subscribed", () => phone.current?.renew());
    room.subscribe();
  }, []);
  return (
    <>
      <div class="call-pictures">
        <Screen label="The other side" pictures={pictures.theirs} />
        <Screen label="You" pictures={pictures.own} />
      </div>
      <p role="status" aria-label="State of the call" class="call-state">
        {partner && `${partner}: `}
        {state}
      </p>
      <div class="call-people">
        {partner
          ? <Button text="Hang up" onPress={() => phone.current?.hangUp()} />
          : others.map(({ user }) => (
            <Button
              key={user}
              text={`Call ${user}`}
              onPress={() => phone.current?.call(user)}
            />
          ))}
      </div>
    </>
  );
}

interface ScreenProps {
  readonly label: string;
  readonly pictures: MediaStream | undefined;
}

function Screen({ label, pictures }: ScreenProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    video.current!.srcObject = pictures ?? null;
  }, [pictures]);
  return <video ref={video} aria-label={label} autoplay muted playsinline />;
}

interface ButtonProps {
  readonly text: string;
  readonly onPress: () => void;
}

function Button({ text, onPress }: ButtonProps) {
  return <button type="button" onClick={onPress}>{text}</button>;
}
