/** Pane of a demo: one person, with a name and a line of their own. */

import type { Options } from "centrifuge";
import { Line } from "./line.ts";
import { Tally } from "./tally.ts";

/** Time until a line that was cut is whole again, unless `?cut=` says another. */
const CUT_SECONDS = 5;

/** One of the two panes, as a demo sees it. */
export interface DemoPane {
  /** Element that the demo fills. */
  readonly root: HTMLElement;
  readonly side: "left" | "right";
  /** Made-up name of the person, and uid on the hub. */
  readonly name: string;
  /** Last part of the channels' names: `lobby`, or what `?room=` says. */
  readonly room: string;
  /** URL for the SDK: `new Centrifuge(pane.url, pane.options)`. */
  readonly url: string;
  /** Options for the SDK: the name, and the line that the button cuts. */
  readonly options: Partial<Options>;
  /** Replacement for the browser's `WebSocket`, for other clients: its line is the pane's. */
  readonly WebSocket: Line["WebSocket"];
  /** Counters: `pane.tally.follow(subscription)`. */
  readonly tally: Tally;
}

/** A pane with what its frame needs beside the demo. */
export interface FramedPane {
  readonly pane: DemoPane;
  readonly line: Line;
}

/** Makes a pane; `onChange` is called when its line or its counters change. */
export function makePane(
  { root, side, name, onChange }: Pick<DemoPane, "root" | "side" | "name"> & {
    readonly onChange: () => void;
  },
): FramedPane {
  const page = new URL(location.href);
  const seconds = Number(page.searchParams.get("cut")) || CUT_SECONDS;
  const line = new Line(seconds * 1_000, onChange);
  const pane = {
    root,
    side,
    name,
    room: page.searchParams.get("room") ?? "lobby",
    url: new URL("hub/connection/websocket", page.href.replace(/^http/, "ws"))
      .href.replace(/[?#].*$/, ""),
    options: {
      websocket: line.WebSocket,
      data: { name },
      // So that a line is seen to come back as soon as it can.
      minReconnectDelay: 100,
      maxReconnectDelay: 500,
    },
    WebSocket: line.WebSocket,
    tally: new Tally(onChange),
  };
  return { pane, line };
}
