/** Channels of a link: one for each direction, which no other isolate opens. */

import type { Post, Wire } from "./link.ts";
import type { OpenChannel } from "./platform.ts";

/** Both ends of a link. */
export interface LinkEnds {
  readonly openChannel: OpenChannel;
  /** Beginning of the channels' names. */
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  /** Name of the node at the other end. */
  readonly other: string;
}

/**
 * Opens the channels. An isolate unpacks every post to a name that it has opened,
 * and none of its own: so each name has one isolate that unpacks it.
 */
export function openWire(
  { openChannel, cluster, node, other }: LinkEnds,
  receive: (post: Post) => void,
): Wire {
  const there = openChannel(`${cluster}:${node}>${other}`, () => {});
  const back = openChannel(`${cluster}:${other}>${node}`, (value) => {
    if (isPost(value)) receive(value);
  });
  return {
    post: (post) => there.postMessage(post),
    close() {
      there.close();
      back.close();
    },
  };
}

function isPost(value: unknown): value is Post {
  return Array.isArray(value) && typeof value[0] === "number" &&
    typeof value[1] === "number";
}
