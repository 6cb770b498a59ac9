/** The page's transport switch: whichever is chosen, the conversation is the same. */

import { assertEquals } from "@std/assert";
import { chromiumOfFile } from "../support/chromium.ts";
import { ConsolePage } from "../support/console_page.ts";
import { startServer } from "./text_server.ts";

const chromium = chromiumOfFile();

for (const transport of ["WebSocket", "SSE + POST", "Long polling"]) {
  Deno.test({
    name:
      `The page talks over ${transport}, and shows that and how far away the server is`,
    ignore: chromium.missing,
    async fn() {
      await using server = await startServer();
      const open = async () =>
        await ConsolePage.open(await chromium.newPage(), server.url);
      await using alice = await open();
      await using bob = await open();
      const traffic = trafficOf(alice);
      await alice.page.getByLabel("Transport").selectOption(transport);
      await alice.connect("alice");
      await bob.connect("bob");
      await alice.figure("transport", transport).waitFor();
      await alice.page.locator('[data-figure="round trip"]')
        .getByText(/^\d+\.\d ms$/).waitFor();
      await alice.join("#lounge");
      await bob.join("#lounge");
      await bob.say("#lounge", "hello, alice");
      await alice.frame("#lounge:hello, alice").waitFor();
      await alice.say("bob", "hello, bob");
      await bob.frame("alice>hello, bob").waitFor();
      await bob.say("alice", "how are you?");
      await alice.frame("bob>how are you?").waitFor();
      assertEquals([...alice.complaints, ...bob.complaints], []);
      assertEquals(wayOf(traffic), transport);
    },
  });

  Deno.test({
    name: `The page talks to another server over ${transport}`,
    ignore: chromium.missing,
    async fn() {
      await using own = await startServer();
      await using other = await startServer({ ALLOWED_ORIGINS: own.url });
      await using alice = await ConsolePage.open(
        await chromium.newPage(),
        own.url,
      );
      await alice.page.getByLabel("Transport").selectOption(transport);
      await alice.page.getByLabel("URL").fill(`${other.wsUrl}/ws`);
      await alice.connect("alice");
      await alice.say("alice", "far away");
      await alice.frame("alice>far away").waitFor();
      assertEquals(alice.complaints, []);
    },
  });
}

/** What a page has opened: sockets, and requests as `POST /send`. */
interface Traffic {
  readonly sockets: string[];
  readonly requests: Set<string>;
}

function trafficOf({ page }: ConsolePage): Traffic {
  const traffic: Traffic = { sockets: [], requests: new Set() };
  page.on("websocket", (socket) => traffic.sockets.push(socket.url()));
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    traffic.requests.add(`${request.method()} ${pathname}`);
  });
  return traffic;
}

/** The transport that leaves such traces. */
function wayOf({ sockets, requests }: Traffic): string {
  const [isStream, isPoll, isSent] = ["GET /sse", "GET /poll", "POST /send"]
    .map((request) => requests.has(request));
  if (sockets.length > 0) return isSent ? "both" : "WebSocket";
  if (!isSent || isStream === isPoll) return "neither";
  return isStream ? "SSE + POST" : "Long polling";
}
