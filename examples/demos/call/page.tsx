/** A video call: presence says who can be called, direct messages carry the signals. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import { type DemoPane, hueOf, showDemo } from "../frame/mod.ts";
import { Call, type Signal } from "./call.ts";
import { openPictures } from "./media.ts";

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const channel = `call:${pane.room}`;
  const room = client.newSubscription(channel, { joinLeave: true });
  render(<Phone pane={pane} client={client} room={room} />, pane.root);
  client.connect();
});

interface PhoneProps {
  readonly pane: DemoPane;
  readonly client: Centrifuge;
  readonly room: Subscription;
}

function Phone({ pane, client, room }: PhoneProps) {
  const [others, setOthers] = useState<readonly string[]>([]);
  const [partner, setPartner] = useState("");
  const [state, setState] = useState("");
  const own = useRef<HTMLVideoElement>(null);
  const theirs = useRef<HTMLVideoElement>(null);
  const phone = useRef<{ call: Promise<Call>; partner: string } | null>(null);

  const send = async (to: string, signal: Signal) => {
    try {
      await client.rpc("call:signal", { to, signal });
    } catch (error) {
      pane.tally.add("lost");
      setState(Object(error).message);
    }
  };
  const end = async (reason: string) => {
    const ended = phone.current;
    phone.current = null;
    setPartner("");
    setState(reason);
    own.current!.srcObject = theirs.current!.srcObject = null;
    (await ended?.call)?.close();
  };
  const begin = (partner: string, isCaller: boolean) => {
    setPartner(partner);
    setState("connecting");
    const open = async () => {
      const media = await openPictures(pane.name, hueOf(pane.name));
      own.current!.srcObject = media;
      return new Call({
        // Both sides come to the same result.
        isPolite: pane.name < partner,
        isCaller,
        media,
        send: (signal) => send(partner, signal),
        onPictures: (pictures) => theirs.current!.srcObject = pictures,
        onState: setState,
      });
    };
    return phone.current = { call: open(), partner };
  };
  const receive = async (from: string, signal: Signal) => {
    const current = phone.current;
    if (current !== null && current.partner !== from) {
      return send(from, { bye: true });
    }
    if (signal.bye) return current && end(`${from} has ended the call`);
    if (current === null && !signal.invite) {
      // Of a call that is over here, which the other side does not know.
      return signal.description && send(from, { bye: true });
    }
    const { call } = current ?? begin(from, false);
    await (await call).take(signal);
  };
  useEffect(() => {
    const showOthers = async () => {
      const { clients } = await room.presence();
      const names = Object.values(clients).map(({ user }) => user);
      setOthers([...new Set(names)].filter((name) => name !== pane.name));
    };
    room.on("join", showOthers).on("leave", showOthers);
    room.on("subscribed", async () => {
      showOthers();
      // Signals that were lost are made up for by another offer.
      (await phone.current?.call)?.restart();
    });
    client.on("message", ({ data: { from, signal } }) => {
      pane.tally.add("received");
      receive(from, signal);
    });
    room.subscribe();
  }, []);
  return (
    <>
      <div class="call-pictures">
        <video
          ref={theirs}
          aria-label="The other side"
          autoplay
          muted
          playsinline
        />
        <video ref={own} aria-label="You" autoplay muted playsinline />
      </div>
      <p role="status" aria-label="State of the call" class="call-state">
        {partner === "" ? state || "No call" : `${partner}: ${state}`}
      </p>
      <div class="call-people">
        {partner !== ""
          ? (
            <button
              type="button"
              onClick={() => {
                send(partner, { bye: true });
                end("You have ended the call");
              }}
            >
              Hang up
            </button>
          )
          : others.map((name) => (
            <button
              type="button"
              class="primary"
              key={name}
              onClick={() => begin(name, true)}
            >
              Call {name}
            </button>
          ))}
      </div>
    </>
  );
}
