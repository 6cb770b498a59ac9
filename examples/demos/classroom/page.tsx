/** A classroom: what everyone sees of the board, the raised hands and the pen, and what the server refuses. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useState } from "hono/jsx/dom";
import { type DemoPane, showDemo, usePeople } from "../frame/mod.ts";
import { Board } from "./board.tsx";
import { type RoomState, useRoom } from "./use_room.ts";

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const room = client.newSubscription(`classroom:${pane.room}`, {
    joinLeave: true,
    // What it asks for; the server decides.
    data: { role: pane.side === "left" ? "teacher" : "student" },
  });
  const pen = client.newSubscription(`classroom-pen:${pane.room}`);
  pane.tally.follow(room);
  render(<Room pane={pane} client={client} room={room} pen={pen} />, pane.root);
  client.connect();
});

interface RoomProps {
  readonly pane: DemoPane;
  readonly client: Centrifuge;
  readonly room: Subscription;
  readonly pen: Subscription;
}

function Room({ pane, client, room, pen }: RoomProps) {
  const { role, strokes, hands, holder } = useRoom(room, pen);
  const [refusal, setRefusal] = useState("");
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await client.ready();
      await act();
      setRefusal("");
    } catch (error) {
      setRefusal(`The server refuses: ${Object(error).message}`);
    }
  };
  const publish = (data: unknown) => attempt(() => room.publish(data));
  const lend = (user: string) =>
    attempt(() => client.rpc("classroom:pen", { room: pane.room, user }));
  const isRaised = hands.has(pane.name);
  return (
    <>
      <Roster {...{ room, role, hands, holder, lend }} />
      <Board
        name={pane.name}
        strokes={strokes}
        onDraw={(stroke) => publish({ stroke })}
      />
      <div class="desk">
        <button type="button" onClick={() => publish({ hand: !isRaised })}>
          {isRaised ? "Lower your hand" : "Raise your hand"}
        </button>
        <button type="button" onClick={() => publish({ clear: true })}>
          Wipe the board
        </button>
      </div>
      <p class="refusal" role="alert">{refusal}</p>
    </>
  );
}

interface RosterProps extends Omit<RoomState, "strokes"> {
  readonly room: Subscription;
  readonly lend: (user: string) => void;
}

function Roster({ room, role, hands, holder, lend }: RosterProps) {
  const people = usePeople(room);
  return (
    <ul class="roster" aria-label="Roster">
      {people.map(({ user, chanInfo }) => {
        const hasPen = user === holder;
        return (
          <li key={user}>
            <span>
              {user}
              <small>
                {chanInfo?.role}
                {hasPen && ", has the pen"}
                {hands.has(user) && ", raises a hand"}
              </small>
            </span>
            {role === "teacher" && chanInfo?.role === "student" && (
              <button
                type="button"
                onClick={() => lend(hasPen ? "" : user)}
              >
                {hasPen ? "Take the pen back" : "Lend the pen"}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
