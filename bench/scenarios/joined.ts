/** Joined frames: one publisher keeps a window of messages to all SDK subscribers in flight. */

import { Crowd } from "../crowd.ts";
import type { Load, LoadOptions } from "../load.ts";
import type { RawConnection } from "../raw_connection.ts";
import { FanoutLoad } from "./fanout.ts";

/** Opens the subscribers, and a publisher that is none of them. */
export async function openJoined(options: LoadOptions): Promise<Load> {
  const { target: { joined }, port, connections: size, window, bytes } =
    options;
  const subscribers = await Crowd.open({ size, port, path: joined.path });
  const opened = [subscribers];
  try {
    const publishers = await Crowd.open({
      size: 1,
      port,
      path: joined.publisherPath,
    });
    opened.push(publishers);
    const publisher = publishers.connections[0]!;
    await Promise.all([
      ask(publisher, joined.connect),
      ...subscribers.connections.map((each) => ask(each, joined.subscribe)),
    ]);
    const text = joined.publish("x".repeat(bytes));
    await probe(subscribers, publisher, text);
    for (const { connections } of opened) {
      for (const connection of connections) connection.countLines();
    }
    publisher.load(text, window);
    // Who publishes is answered too, and nobody waits for that.
    return new FanoutLoad(subscribers, publisher, window);
  } catch (error) {
    for (const crowd of opened) crowd[Symbol.dispose]();
    throw error;
  }
}

async function ask(
  connection: RawConnection,
  text: string | undefined,
): Promise<void> {
  if (text === undefined) return;
  const answer = await connection.ask(text);
  if (answer.includes('"error"')) throw new Error(`Cannot join: got ${answer}`);
}

/** Publishes one message and sees every subscriber get it. */
async function probe(
  { connections }: Crowd,
  publisher: RawConnection,
  text: string,
): Promise<void> {
  await publisher.say(text);
  await Promise.all(connections.map(async (connection) => {
    const got = await connection.nextText();
    if (!got.includes("xxxx")) throw new Error(`Cannot fan out: got ${got}`);
  }));
}
