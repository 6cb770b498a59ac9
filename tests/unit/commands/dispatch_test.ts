import { assertEquals, assertObjectMatch } from "@std/assert";
import { TokenError } from "../../../lib/auth/token_error.ts";
import type { TokenVerifier } from "../../../lib/auth/token_verifier.ts";
import { createHub } from "../../../lib/create_hub.ts";
import { coreOf } from "../../../lib/embedding/embedded_hub.ts";
import { identify } from "../../../lib/transports/request_guard.ts";
import { plainProtocol } from "../../../lib/protocol/plain.ts";
import { textProtocolWithSender } from "../../../lib/protocol/text.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";

const tokens: TokenVerifier = {
  connection(token) {
    if (token.startsWith("ok-")) {
      return Promise.resolve({
        uid: token.slice(3),
        expiresAt: Infinity,
        info: undefined,
        subscriptions: new Map(),
        meta: undefined,
        caps: [],
      });
    }
    const message = "signature verification failed";
    return Promise.reject(new TokenError("invalid", message));
  },
  subscription: () => Promise.reject(new TokenError("invalid", "unused")),
};

Deno.test("The first direct message of a nameless client claims its uid", async () => {
  const scene = new Scene();
  const { connection, transport } = scene.connect();
  connection.receive("100:haha");
  await scene.settle();
  assertEquals(transport.take(), ["haha"]);
  connection.receive("200:hoho");
  await scene.settle();
  assertEquals(connection.uid, "100");
  assertEquals(transport.take(), ['error:404 no client is connected as "200"']);
});

Deno.test("Nothing vouches for a uid that a client has claimed, by a message or in its URL", async () => {
  const scene = new Scene();
  const { connection } = scene.connect();
  connection.receive("alice:hello");
  await scene.settle();
  assertEquals(connection.uid, "alice");
  assertEquals(connection.rates.isVouchedFor, false);
  assertEquals(scene.connect("bob").connection.rates.isVouchedFor, true);
  await using hub = createHub({ access: "anonymous" });
  const guard = { ...coreOf(hub), allowedOrigins: undefined };
  const request = new Request("http://localhost/ws?uid=carol");
  assertObjectMatch(await identify(request, guard) ?? {}, {
    uid: "carol",
    claimed: true,
  });
});

Deno.test("No other first frame claims a uid", () => {
  const scene = new Scene();
  const { connection } = scene.connect();
  for (const frame of ["all:x", "#room:x", "+#room", "ping"]) {
    connection.receive(frame);
  }
  assertEquals(connection.uid, undefined);
});

Deno.test("Where names come from tokens, a direct message claims none", async () => {
  const scene = new Scene({ insecureAnonymousAll: false });
  const { connection } = scene.connect();
  connection.receive("100:haha");
  await scene.settle();
  assertEquals(connection.uid, undefined);
});

Deno.test("A join is answered before the channel's first publication, a leave after the last", async () => {
  const scene = new Scene();
  const { connection, transport } = scene.connect("alice");
  for (const frame of ["#room:0", "+#room", "#room:1", "-#room", "#room:2"]) {
    connection.receive(frame);
  }
  await scene.settle();
  assertEquals(transport.take(), ["+#room", "#room:1", "-#room"]);
});

Deno.test("A ping is answered, a pong and an empty frame are not", () => {
  const scene = new Scene();
  const { connection, transport } = scene.connect();
  for (const frame of ["pong", "", "ping"]) connection.receive(frame);
  assertEquals(transport.take(), ["pong"]);
});

Deno.test("A direct message names its sender for clients that asked for it", async () => {
  const scene = new Scene();
  const alice = scene.connect("alice");
  const bob = scene.connect("bob", textProtocolWithSender);
  alice.connection.receive("bob:hi");
  alice.connection.receive("all:everybody");
  await scene.settle();
  assertEquals(bob.transport.take(), ["alice>hi", "alice>everybody"]);
  assertEquals(alice.transport.take(), ["everybody"]);
});

Deno.test("Before it has authenticated, a client may only ping and send its token", async () => {
  const scene = new Scene({ tokens, insecureAnonymousAll: false });
  const { connection, transport } = scene.connect(null);
  for (const frame of ["bob:x", "all:x", "#room:x", "+#room", "-#room"]) {
    connection.receive(frame);
  }
  assertEquals(
    transport.take(),
    Array(5).fill('error:101 send "auth:<token>" first'),
  );
  connection.receive("ping");
  connection.receive("auth:ok-alice");
  connection.receive("alice:me");
  await scene.settle();
  assertEquals(transport.take(), ["pong", "me"]);
  assertEquals(connection.uid, "alice");
});

Deno.test("A token that is refused ends the connection with 3500, and only the log knows why", async () => {
  const scene = new Scene({ tokens });
  const { connection, transport } = scene.connect(null);
  connection.receive("auth:forged");
  await scene.settle();
  assertEquals(transport.sent, []);
  assertEquals(transport.closed, { code: 3500, reason: "invalid token" });
  const refusal = scene.logs.find(({ event }) => event === "token_refused");
  assertEquals(refusal?.reason, "signature verification failed");
  assertEquals(JSON.stringify(scene.logs).includes("forged"), false);
});

Deno.test("A token renews its uid, and cannot change it", async () => {
  const scene = new Scene({ tokens });
  const { connection, transport } = scene.connect("alice");
  connection.receive("auth:ok-alice");
  await scene.settle();
  assertEquals(transport.closed, undefined);
  connection.receive("auth:ok-bob");
  await scene.settle();
  assertEquals(transport.closed?.code, 3500);
});

Deno.test("Without a verifier no token is accepted", async () => {
  const scene = new Scene();
  const { connection, transport } = scene.connect();
  connection.receive("auth:ok-alice");
  await scene.settle();
  assertEquals(transport.closed?.code, 3500);
});

Deno.test("A publication that the broker does not take is a temporary error", async () => {
  const broker = memoryBroker();
  broker.publish = () => Promise.reject(new Error("out of order"));
  const scene = new Scene({ broker });
  const { connection, transport } = scene.connect("alice");
  for (const frame of ["bob:x", "all:x", "#room:x"]) connection.receive(frame);
  await scene.settle();
  assertEquals(transport.take(), Array(3).fill("error:100 internal error"));
});

Deno.test("A client of the plain protocol sends messages to the program", () => {
  const messages: unknown[] = [];
  const scene = new Scene({
    onMessage: ({ data }) => void messages.push(data),
  });
  const { connection, transport } = scene.connect(undefined, plainProtocol);
  connection.receive("anything: at all");
  scene.hub.broadcast("bare");
  assertEquals(messages, ["anything: at all"]);
  assertEquals(transport.take(), ["bare"]);
});
