/** Clients whose frames are counted: a hub, many subscribers of one channel, and its publisher. */

import type { Connection } from "../../lib/hub/connection.ts";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../lib/channel/channel_options.ts";
import { centrifugeProtocol } from "../../lib/protocol/centrifuge.ts";
import type { Protocol } from "../../lib/protocol/types.ts";
import { Scene } from "./scene.ts";

/** Recipients in one turn of the event loop. */
export const SLICE = 60;
/** Frame of a publisher. */
export const PUBLISH = JSON.stringify({
  id: 3,
  publish: { channel: "news", data: "x".repeat(64) },
});

/** A transport that counts what it is sent, and keeps none of it. */
export class CountingTransport {
  /** Looks at the bytes that it has not sent. */
  looks = 0;
  frames = 0;
  lines = 0;
  bytes = 0;
  readonly #total: { frames: number };

  constructor(total: { frames: number }) {
    this.#total = total;
  }

  get bufferedAmount(): number {
    this.looks++;
    return 0;
  }

  send(frame: string | ArrayBuffer): void {
    this.frames++;
    this.#total.frames++;
    if (typeof frame !== "string") return;
    this.bytes += frame.length;
    for (let at = 0; at >= 0; at = frame.indexOf("\n", at + 1)) this.lines++;
  }

  close(): void {}
}

/** Subscribers of a channel, and a publisher that is none of them. */
export interface Crowd {
  readonly scene: Scene;
  readonly transports: readonly CountingTransport[];
  readonly publisher: Connection;
  /** The publisher's own frames. */
  readonly own: CountingTransport;
  /** Frames of all. */
  readonly total: { frames: number };
}

/** Subscribes clients, and connects their publisher. */
export async function gather(
  size: number,
  { protocol = centrifugeProtocol, fields = {}, historySize = 0 }: {
    readonly protocol?: Protocol;
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly historySize?: number;
  } = {},
): Promise<Crowd> {
  const scene = new Scene({
    namespaces: new Namespaces({ ...DEFAULT_CHANNEL_OPTIONS, historySize }),
    limits: {
      maxConnections: 20_000,
      messageRate: 0,
      byteRate: 0,
      publishRate: 0,
    },
  });
  const total = { frames: 0 };
  const isSdk = protocol === centrifugeProtocol;
  const identity = isSdk ? undefined : { uid: undefined, expiresAt: Infinity };
  const open = (subscribes: boolean) => {
    const transport = new CountingTransport(total);
    const connection = scene.hub.connect(transport, protocol, identity);
    const subscribe = { channel: "news", ...fields };
    const commands: unknown[] = [{ id: 1, connect: {} }];
    if (subscribes) commands.push({ id: 2, subscribe });
    if (isSdk) {
      connection.receive(
        commands.map((each) => JSON.stringify(each)).join("\n"),
      );
    } else if (subscribes) connection.receive("+#news");
    return { transport, connection };
  };
  const transports: CountingTransport[] = [];
  for (let index = 0; index < size; index++) {
    transports.push(open(true).transport);
    if (index % 500 === 0) await scene.settle();
  }
  const { transport: own, connection: publisher } = open(false);
  await scene.settle();
  scene.clock.advance(10);
  for (const each of [own, ...transports]) {
    each.frames = each.lines = each.bytes = 0;
  }
  total.frames = 0;
  return { scene, transports, publisher, own, total };
}
