/** While the broker was away, each refused command of a text client counted as the client's mistake: the tenth closed it for good. */

import { assertEquals } from "@std/assert";
import { memoryBroker } from "../support/memory_broker.ts";
import { Scene } from "../support/scene.ts";
import { dataOf, SdkClient } from "../support/sdk_client.ts";

/** A scene whose broker can be away. */
function sceneWithBroker() {
  const broker = memoryBroker();
  const { subscribe, history } = broker;
  const away = () => Promise.reject(new Error("the broker is away"));
  const scene = new Scene({ broker });
  return {
    scene,
    setReady(ready: boolean): void {
      broker.ready = ready;
      broker.subscribe = ready ? subscribe : away;
      broker.history = ready ? history : away;
    },
  };
}

Deno.test("A text client that asks again and again while the broker is away stays, and is subscribed once it is back", async () => {
  const { scene, setReady } = sceneWithBroker();
  const { connection, transport } = scene.connect("alice");
  setReady(false);
  for (let time = 0; time < 30; time++) {
    connection.receive("+#news");
    await scene.settle();
    scene.clock.advance(100);
  }
  assertEquals(transport.closed, undefined);
  assertEquals(transport.take().length, 30);
  setReady(true);
  connection.receive("+#news");
  await scene.settle();
  assertEquals(transport.take(), ["+#news"]);
  await scene.hub.close();
});

Deno.test("Invalid frames of such a client count as before", async () => {
  const { scene, setReady } = sceneWithBroker();
  const { connection, transport } = scene.connect("alice");
  setReady(false);
  for (let time = 0; time < 10; time++) {
    connection.receive("+#news");
    await scene.settle();
    connection.receive("nonsense");
  }
  assertEquals(transport.closed?.code, 3509);
  await scene.hub.close();
});

Deno.test("A history that is asked for while the broker is away is no error in the log", async () => {
  const { scene, setReady } = sceneWithBroker();
  const client = await SdkClient.connect(scene);
  setReady(false);
  const [reply] = await client.ask({ id: 2, history: { channel: "news" } });
  assertEquals(reply?.error, {
    code: 100,
    message: "internal error",
    temporary: true,
  });
  assertEquals(dataOf([reply!]), []);
  const failures = scene.logs.filter(({ event }) => event === "command_failed");
  assertEquals(failures.map(({ level }) => level), ["debug"]);
  await scene.hub.close();
});
