/** The protocol of feeds over plain HTTP: their transports get events as objects, and send no frames. */

import type { Disconnect } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Publication } from "../base/publication.ts";
import { type FeedEvent, FeedFrame, FeedMessage } from "./events.ts";
import type { Protocol, Push, Reply, SubscribeResult } from "./types.ts";

/** For event streams and polls alike, so that a publication is written once for both. */
export const feedProtocol: Protocol<FeedFrame> = {
  name: "feed",
  opening: "auth",
  pinged: false,
  oneWay: "listens",
  positions: true,
  join: (frames) => new FeedFrame(frames.flatMap(({ events }) => events)),
  countMessages: ({ events }) => events.length,
  decode() {
    throw new ProtocolError(errors.notAvailable);
  },
  encodePublication,
  encodeDelta: encodePublication,
  encodeReply,
  encodePush,
  encodeDisconnect: (disconnect: Disconnect) =>
    frameOf({ type: "disconnect", ...disconnect }),
};

function encodePublication(publication: Publication): FeedFrame | undefined {
  if (publication.type !== "publication") return undefined;
  return frameOf(new FeedMessage(publication));
}

function encodeReply(reply: Reply): FeedFrame | undefined {
  switch (reply.type) {
    case "subscribed":
      return subscribed(reply);
    case "error": {
      const { code, message } = reply;
      return frameOf({ type: "error", code, message });
    }
  }
}

function encodePush(push: Push): FeedFrame {
  switch (push.type) {
    case "ping":
      return frameOf(push);
    case "unsubscribed":
      return frameOf(push);
    case "subscribed":
      return subscribed(push);
  }
}

/** The position of the client, then the publications that it missed. */
function subscribed(
  { channel, result }: {
    readonly channel: string;
    readonly result: SubscribeResult;
  },
): FeedFrame {
  const { position, recovered, publications } = result;
  const { offset, epoch } = position ?? { offset: 0, epoch: "" };
  return new FeedFrame([
    {
      type: "subscribed",
      position: { channel, offset, epoch },
      lost: recovered === false,
      kept: position !== undefined,
    },
    ...publications.map((each) => new FeedMessage(each)),
  ]);
}

function frameOf(event: FeedEvent): FeedFrame {
  return new FeedFrame([event]);
}
