/** Headers in the command `connect`: what a client writes there never passes for a header of its request. */

import { assertEquals, assertThrows } from "@std/assert";
import { createHub } from "../../../lib/create_hub.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import type { ConnectContext } from "../../../lib/hub/hooks.ts";
import { FakeTransport } from "../../support/fake_transport.ts";
import { Scene } from "../../support/scene.ts";

/** The headers that the hook sees of a client with these in its command, or the answer to the client. */
async function connect(
  headers: Record<string, string>,
  emulatedHeaders?: readonly string[],
) {
  const contexts: ConnectContext[] = [];
  const scene = new Scene({
    emulatedHeaders,
    onConnect: (context) => void contexts.push(context),
  });
  const transport = new FakeTransport();
  const connection = scene.hub.connect(
    transport,
    centrifugeProtocol,
    undefined,
    new Headers({ "x-user-id": "bob", "accept-language": "de" }),
  );
  connection.receive(JSON.stringify({ id: 1, connect: { headers } }));
  await scene.settle();
  const answers = transport.take().map((frame) => JSON.parse(String(frame)));
  const [context] = contexts;
  await scene.hub.close();
  if (context === undefined) return answers;
  return {
    emulated: [...context.emulatedHeaders],
    own: [...context.headers!],
    ofConnection: [...context.connection.headers!],
  };
}

const OF_REQUEST: [string, string][] = [["accept-language", "de"], [
  "x-user-id",
  "bob",
]];
const OWN = { own: OF_REQUEST, ofConnection: OF_REQUEST };
const FORGED = { "X-User-Id": "admin", authorization: "Bearer x" };

Deno.test("No header is emulated by default", async () => {
  assertEquals(await connect(FORGED), {
    emulated: [],
    ...OWN,
  });
});

Deno.test("Only the headers that the option names are emulated, in any case, and apart from those of the request", async () => {
  const headers = { ...FORGED, "ACCEPT-language": "fr" };
  assertEquals(await connect(headers, ["Accept-Language"]), {
    emulated: [["accept-language", "fr"]],
    ...OWN,
  });
});

Deno.test("A header with a value that no header can have is refused", async () => {
  assertEquals(await connect({ a: "b\r\nx-user-id: admin" }, ["a"]), [{
    id: 1,
    error: { code: 107, message: "the header a has an invalid value" },
  }]);
});

Deno.test("A hub refuses to emulate what is no name of a header", () => {
  assertThrows(
    () => createHub({ access: "anonymous", emulatedHeaders: ["a b"] }),
    TypeError,
    'Cannot emulate the header "a b": expected the name of a header',
  );
});
