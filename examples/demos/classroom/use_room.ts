/** Hook that follows the state of a classroom. */

import type { PublicationContext, Subscription } from "centrifuge";
import { useEffect, useState } from "hono/jsx/dom";
import { readChannel } from "../frame/mod.ts";
import type { Stroke } from "./board.tsx";

/** State of a room. */
export interface RoomState {
  /** Role of the reader; empty until the server has decided. */
  readonly role: string;
  readonly strokes: readonly Stroke[];
  /** Names of those who have raised their hands. */
  readonly hands: ReadonlySet<string>;
  /** Name of the one who has the pen; empty without one. */
  readonly holder: string;
}

/** Follows the state of the room, as its channels bring it. */
export function useRoom(room: Subscription, pen: Subscription): RoomState {
  const [role, setRole] = useState("");
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [hands, setHands] = useState<ReadonlySet<string>>(new Set());
  const [holder, setHolder] = useState("");
  useEffect(() => {
    const show = ({ data, info }: PublicationContext) => {
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
    room.on("subscribed", ({ data }) => setRole(data.role));
    readChannel(room, {
      limit: 300,
      // Who comes later sees the board as it is.
      onHistory(kept) {
        setStrokes([]);
        setHands(new Set());
        kept.forEach(show);
      },
      onPublication: show,
    });
    readChannel(pen, {
      limit: 1,
      onHistory: ([newest]) => setHolder(newest?.data.user ?? ""),
      onPublication: ({ data }) => setHolder(data.user),
    });
    room.subscribe();
    pen.subscribe();
  }, []);
  return { role, strokes, hands, holder };
}
