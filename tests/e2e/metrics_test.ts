/** Metrics of several isolates, at whichever of them the scraper arrives; without a broker and with each. */

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";
import {
  type Family,
  parsePrometheus,
  valueOf,
} from "../support/prometheus.ts";
import { TestServer } from "../support/server.ts";
import { requireBrokers } from "../support/shared_broker.ts";
import { TextClient } from "../support/text_client.ts";

const ISOLATES = 3;
const KEY = "a key of the metrics";
const ENV = { INSECURE_ANONYMOUS_ALL: "true", METRICS_KEY: KEY };

async function scrape(url: string): Promise<ReadonlyMap<string, Family>> {
  const headers = { Authorization: `Bearer ${KEY}` };
  const response = await fetch(`${url}/metrics`, { headers });
  assertEquals(response.status, 200);
  return parsePrometheus(await response.text());
}

function nodesOf(families: ReadonlyMap<string, Family>): Set<string> {
  const { samples = [] } = families.get("thrum_build_info") ?? {};
  return new Set(samples.map(({ labels }) => labels.node ?? ""));
}

/** One client at each door, and what every door says about all of them. */
async function checkDoors(doors: IsolateDoors): Promise<void> {
  await using clients = new AsyncDisposableStack();
  for (const url of doors.urls) {
    const wsUrl = url.replace("http", "ws");
    const client = clients.use(await TextClient.open(`${wsUrl}/ws`));
    client.send("+#room");
    assertEquals(await client.next(), "+#room");
  }
  for (const url of doors.urls) {
    await eventually(async () => nodesOf(await scrape(url)).size === ISOLATES, {
      awaited: "the metrics of all isolates",
    });
    const families = await scrape(url);
    assertEquals(valueOf(families, "thrum_subscriptions"), ISOLATES);
    const counts = families.get("thrum_connections")?.samples.filter((sample) =>
      sample.labels.protocol === "chat"
    );
    assertEquals(counts?.map(({ value }) => value), [1, 1, 1]);
    assert(valueOf(families, "thrum_heap_used_bytes") > 0);
    assert(valueOf(families, "process_resident_memory_bytes") > 0);
  }
}

Deno.test("Any isolate answers with the metrics of all isolates of its process", async () => {
  await using doors = await IsolateDoors.start(ISOLATES, ENV);
  await checkDoors(doors);
});

for (const { name, missing, start } of requireBrokers()) {
  Deno.test({
    name:
      `With ${name}, a process answers for its own isolates, and for no other process`,
    ignore: missing,
    async fn() {
      await using broker = await start();
      const env = { ...ENV, BROKER_URL: broker.url };
      await using doors = await IsolateDoors.start(ISOLATES, env);
      await using other = await TestServer.start({ env });
      await checkDoors(doors);
      const nodes = nodesOf(await scrape(other.url));
      assertEquals(nodes.size, 1);
      const [first = ""] = doors.urls;
      assertEquals(nodesOf(await scrape(first)).isDisjointFrom(nodes), true);
      await broker.kill();
      await eventually(
        async () =>
          valueOf(await scrape(other.url), "thrum_broker_ready") === 0,
        { awaited: "the loss of the broker in the metrics" },
      );
    },
  });
}
