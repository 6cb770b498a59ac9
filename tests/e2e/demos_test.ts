/** The demos as a part of a server: off unless DEMOS says so, and apart from its own hub. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { Centrifuge } from "centrifuge";
import { TestServer } from "../support/server.ts";
import { SECRET } from "../support/token.ts";

async function get(url: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
}

/** Connects by the SDK; rejects with the reason when the server lets it in for good no more. */
async function connect(url: string, data: unknown): Promise<Centrifuge> {
  const client = new Centrifuge(url, { websocket: WebSocket, data });
  await new Promise<void>((resolve, reject) => {
    client.on("connected", () => resolve());
    client.on(
      "disconnected",
      ({ code, reason }) => reject(new Error(`${code} ${reason}`)),
    );
    client.connect();
  });
  return client;
}

Deno.test("Without DEMOS there are none, and no page leads to them", async () => {
  await using server = await TestServer.start({
    env: { TOKEN_SECRET: SECRET },
  });
  for (const path of ["/demos", "/demos/chat", "/demos/hub/healthz"]) {
    assertEquals((await get(server.url + path)).status, 404, path);
  }
  const { text } = await get(`${server.url}/`);
  assertEquals(text.includes("demos"), false);
});

Deno.test("With DEMOS every page leads to them, and their addresses stay below the path of a proxy", async () => {
  await using server = await TestServer.start({
    env: { TOKEN_SECRET: SECRET, DEMOS: "true" },
  });
  const slash = await fetch(`${server.url}/demos/`, { redirect: "manual" });
  await slash.body?.cancel();
  assertEquals(
    [slash.status, slash.headers.get("location")],
    [302, "../demos"],
  );
  const index = await get(`${server.url}/demos`);
  const names = [...index.text.matchAll(/href="demos\/(\w+)"/g)]
    .map(([, name]) => name);
  assert(names.length >= 10, names.join());
  const pages = names.flatMap((name) => [
    `/demos/${name}`,
    `/demos/${name}/source`,
  ]);
  for (const path of ["/", "/docs", "/demos", ...pages]) {
    const { status, text } = await get(server.url + path);
    assertEquals(status, 200, path);
    const addresses = [...text.matchAll(/ (?:src|href)="([^"#]+)"/g)]
      .map(([, address = ""]) => address);
    assert(addresses.some((address) => /(^|\/)demos$/.test(address)), path);
    for (const address of addresses) {
      assertEquals(
        /^(?:\/|https?:)/.test(address),
        false,
        `${path} ${address}`,
      );
    }
  }
});

Deno.test("The demos open nothing of the server's own hub, and allow nothing but what their rules name", async () => {
  await using server = await TestServer.start({
    env: { TOKEN_SECRET: SECRET, DEMOS: "true" },
  });
  const own = `${server.wsUrl}/connection/websocket`;
  await assertRejects(
    () => connect(own, { name: "calm-heron-42" }),
    Error,
    "101 unauthorized",
  );
  const demos = `${server.wsUrl}/demos/hub/connection/websocket`;
  const client = await connect(demos, { name: "calm-heron-42" });
  try {
    // 103: permission denied; 102: no such channel; 107: not what a message is.
    const refused = async (code: number, act: () => Promise<unknown>) => {
      const error = await act().then(() => undefined, (error) => error);
      assertEquals(error?.code, code);
    };
    await refused(103, () => client.publish("news", "hello"));
    await refused(102, () => client.publish("nowhere:news", "hello"));
    await refused(103, () => client.publish("quotes:board", "hello"));
    await refused(103, () => client.publish("classroom-pen:lobby", "me"));
    await refused(107, () => client.publish("chat:lobby", { text: "" }));
    await refused(104, () => client.rpc("nothing:at all", {}));
    await assertRejects(() => connect(demos, { name: "all of you" }), Error);
    await client.publish("chat:lobby", { text: "hello" });
  } finally {
    client.disconnect();
  }
});
