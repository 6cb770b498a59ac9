/** The script that every transport passes: nothing above the port knows which one it is. */

import { assert, assertEquals } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import { disconnects } from "../../lib/base/disconnect.ts";
import { drain } from "../../lib/hub/drain.ts";
import { AppServer } from "../routes/app_server.ts";
import { eventually } from "../support/eventually.ts";
import type { Told } from "./told.ts";
import type { TransportDriver } from "./transport_clients.ts";

/** Within what a channel keeps, so that one that comes again misses nothing. */
const COUNT = 90;

function message(data: unknown): Told {
  return { type: "message", data };
}

/** Waits until nothing is left of any client. */
function nobodyLeft({ hub }: AppServer): Promise<void> {
  const left = () =>
    hub.size + hub.admission.count + hub.channels.size +
    [...hub.connections].length;
  return eventually(() => left() === 0, {
    awaited: () => `${left()} leftovers`,
  });
}

/** Registers the tests that any transport passes. */
export function testTransport(driver: TransportDriver): void {
  const { name, lasts, open } = driver;

  Deno.test(`${name}: what is published arrives once each, in order, and as it was sent`, async () => {
    await using server = new AppServer();
    await using client = await open(server, "news");
    const sent = Array.from({ length: COUNT }, (_, number) => ({
      number,
      text: `“${number}”\r\ndata: injected\n\nid: 7\r`,
    }));
    for (const each of sent) {
      server.hub.publish("news", { json: JSON.stringify(each) });
      if (each.number % 50 === 0) await new Promise((r) => setTimeout(r));
    }
    for (const each of sent) assertEquals(await client.next(), message(each));
  });

  Deno.test(`${name}: a channel that was not asked for is not heard, and what is sent to all is`, async () => {
    await using server = new AppServer();
    await using client = await open(server, "news");
    const delivered = client.next();
    await eventually(() => server.hub.size === 1, { awaited: "a connection" });
    server.hub.publish("other", "not for you");
    server.hub.broadcast("for all");
    assertEquals(await delivered, message("for all"));
  });

  Deno.test(`${name}: who was away gets what it missed, once each`, async () => {
    await using server = new AppServer();
    let since: string;
    {
      await using client = await open(server, "news");
      server.hub.publish("news", "before");
      assertEquals(await client.next(), message("before"));
      since = client.since;
    }
    await nobodyLeft(server);
    for (let number = 0; number < 50; number++) {
      server.hub.publish("news", `missed ${number}`);
    }
    await using client = await open(server, "news", since);
    server.hub.publish("news", "live");
    for (let number = 0; number < 50; number++) {
      assertEquals(await client.next(), message(`missed ${number}`));
    }
    assertEquals(await client.next(), message("live"));
  });

  Deno.test(`${name}: who was away for too long is told that it has lost something`, async () => {
    await using server = new AppServer();
    let since: string;
    {
      await using client = await open(server, "news");
      since = client.since;
    }
    for (let number = 0; number < 101; number++) {
      server.hub.publish("news", `too much ${number}`);
    }
    await using client = await open(server, "news", since);
    assertEquals(await client.next(), { type: "lost" });
    const next = client.next();
    await eventually(() => server.hub.size === 1, { awaited: "a connection" });
    server.hub.publish("news", "from now on");
    assertEquals(await next, message("from now on"));
  });

  Deno.test(`${name}: a client that leaves in the middle frees everything`, async () => {
    await using server = new AppServer();
    {
      await using client = await open(server, "news");
      server.hub.publish("news", "the first of many");
      await client.next();
      const next = client.next().catch(() => {});
      await eventually(() => server.hub.size === 1, {
        awaited: "it to listen",
      });
      await client[Symbol.asyncDispose]();
      await next;
    }
    await nobodyLeft(server);
  });

  Deno.test({
    name:
      `${name}: a client is told why it is disconnected, then the transport ends${
        lasts ? "" : " (ends with every answer)"
      }`,
    ignore: !lasts,
    async fn() {
      await using server = new AppServer();
      await using client = await open(server, "news");
      server.hub.publish("news", "the last");
      assertEquals(await client.next(), message("the last"));
      for (const connection of server.hub.connections) {
        connection.disconnect(disconnects.forceReconnect);
      }
      assertEquals(await client.next(), { type: "disconnect", code: 3011 });
      assertEquals(await client.next(), { type: "end" });
      await nobodyLeft(server);
    },
  });

  Deno.test(`${name}: a drain tells its clients, and waits for nobody else`, async () => {
    await using server = new AppServer();
    await using client = await open(server, "news");
    const next = client.next().catch((error) => error);
    await eventually(() => server.hub.size === 1, { awaited: "it to listen" });
    const start = performance.now();
    await drain(server.hub, { clock: systemClock, spreadMs: 0 });
    assert(performance.now() - start < 1000);
    const told = await next;
    // A poll is answered, and the next one hears 503.
    if (lasts) assertEquals(told, { type: "disconnect", code: 3001 });
    else assert(told instanceof Error && told.message.includes("shutting"));
  });

  Deno.test(`${name}: a hub that is full takes nobody in, and does again when there is room`, async () => {
    await using server = new AppServer({ limits: { maxConnections: 1 } });
    {
      await using client = await open(server, "news");
      const delivered = client.next().catch(() => {});
      await eventually(() => server.hub.size === 1, {
        awaited: "it to listen",
      });
      const second = await open(server, "news").catch((error) => error);
      assert(second instanceof Error);
      await client[Symbol.asyncDispose]();
      await delivered;
    }
    await nobodyLeft(server);
    await using again = await open(server, "news");
    assert(again);
  });
}
