/** A classroom: what everyone sees of the board, the raised hands and the pen, and what the server refuses. */

import {
  Centrifuge,
  type PublicationContext,
  type Subscription,
} from "centrifuge";
import { render, useEffect, useState } from "hono/jsx/dom";
import { type DemoPane, showDemo, usePeople } from "../frame/mod.ts";
import { Board, type Stroke } from "./board.tsx";

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
  room.subscribe();
  pen.subscribe();
  client.connect();
});

interface RoomProps {
  readonly pane: DemoPane;
  readonly client: Centrifuge;
  readonly room: Subscription;
  readonly pen: Subscription;
}

/** State of the room, as its channels bring it. */
function useRoom({ room, pen }: Pick<RoomProps, "room" | "pen">) {
  const [role, setRole] = useState("");
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [hands, setHands] = useState<ReadonlySet<string>>(new Set());
  const [holder, setHolder] = useState("");
  useEffect(() => {
    const show = (
      { data, info }: Pick<PublicationContext, "data" | "info">,
    ) => {
      const from = info?.user ?? "";
      const { stroke, hand, clear } = data;
      if (clear) setStrokes([]);
      if (stroke) setStrokes((all) => [...all, { from, stroke }]);
      if (hand === undefined) return;
      setHands((hands) => {
        const others = [...hands].filter((name) => name !== from);
        return new Set(hand ? [...others, from] : others);
      });
    };
    room.on("publication", show);
    room.on("subscribed", async ({ data, recovered }) => {
      setRole(data.role);
      if (recovered) return;
      // Who comes later sees the board as it is.
      const { publications } = await room.history({ limit: 300 });
      setStrokes([]);
      publications.forEach(show);
    });
    pen.on("publication", ({ data }) => setHolder(data.user));
    pen.on("subscribed", async () => {
      const { publications } = await pen.history({ limit: 1 });
      setHolder(publications[0]?.data.user ?? "");
    });
  }, []);
  return { role, strokes, hands, holder };
}

function Room({ pane, client, room, pen }: RoomProps) {
  const { role, strokes, hands, holder } = useRoom({ room, pen });
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

interface RosterProps {
  readonly room: Subscription;
  /** Role of the reader. */
  readonly role: string;
  /** Names of those who have raised their hands. */
  readonly hands: ReadonlySet<string>;
  /** Name of the one who has the pen. */
  readonly holder: string;
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
