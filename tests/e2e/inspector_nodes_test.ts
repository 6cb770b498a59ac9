/** What an operator asks one node about the clients of another, with a broker between them. */

import { assert, assertEquals } from "@std/assert";
import { BrokerNodes } from "../support/broker_nodes.ts";
import { requireBrokers } from "../support/shared_broker.ts";
import { TextClient } from "../support/text_client.ts";
import { API_KEY, callApi } from "../routes/api_server.ts";

for (const { name, missing, start: broker } of requireBrokers()) {
  Deno.test({
    name:
      `One node finds, traces, reaches and disconnects the clients of another through ${name}`,
    ignore: missing,
    async fn() {
      await using stage = await BrokerNodes.start(2, {
        broker,
        env: { API_KEY },
      });
      const [here, there] = stage.nodes;
      assert(here !== undefined && there !== undefined);
      await using alice = await TextClient.open(`${here.wsUrl}/ws?uid=alice`);
      await using bob = await TextClient.open(`${there.wsUrl}/ws?uid=bob`);
      for (const client of [alice, bob]) {
        client.send("+#news");
        assertEquals(await client.next(), "+#news");
      }
      const ask = async (method: string, body: object = {}) => {
        const { text } = await callApi(here, method, body);
        return JSON.parse(text).result;
      };
      const { connections, found, total } = await ask("connections", {
        search: "bob",
      });
      assertEquals([found, total], [1, 2]);
      const [{ client, node }] = connections;
      const { channels } = await ask("channels_page", { search: "ne" });
      assertEquals(channels[0].num_clients, 2);
      assertEquals((await ask("channel", { channel: "news" })).num_clients, 2);
      const detail = await ask("connection", { client });
      assertEquals(
        [detail.user, detail.node, detail.subscriptions.length],
        ["bob", node, 1],
      );
      assertEquals((await ask("load")).nodes.length, 2);
      assertEquals((await ask("node_metrics")).nodes.length, 2);

      const response = await fetch(`${here.url}/api/trace`, {
        method: "POST",
        headers: { "X-API-Key": API_KEY },
        body: JSON.stringify({ client, payloads: true }),
      });
      const reader = response.body!.pipeThrough(new TextDecoderStream())
        .getReader();
      const first = JSON.parse((await reader.read()).value ?? "");
      assertEquals(first.frames, []);
      assertEquals(await ask("send", { client, data: "hello" }), {
        delivered: true,
      });
      assertEquals(await bob.next(), "hello");
      const line = JSON.parse((await reader.read()).value ?? "");
      assertEquals(line.frames[0].text, "hello");
      const disconnect = { code: 4500, reason: "enough" };
      await ask("disconnect", { client, disconnect });
      assertEquals((await bob.closed).code, 4500);
      const last = JSON.parse((await reader.read()).value ?? "");
      assertEquals(last.ended, { code: 4500, reason: "enough" });
      assertEquals((await reader.read()).done, true);
    },
  });
}
