/** Bodies: their bound, their time, and bytes that are not UTF-8. */

import { assertEquals } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { AppServer } from "./app_server.ts";
import { FakeApp } from "./fake_app.ts";

const PATHS = ["/send?uid=alice", "/connection/http_stream", "/emulation"];

/** A body that is sent in pieces, and reports when it is cancelled. */
function bodyOf(...pieces: readonly (string | Uint8Array)[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const encoder = new TextEncoder();
  let index = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces[index++];
      if (piece === undefined) return new Promise(() => {});
      controller.enqueue(
        typeof piece === "string" ? encoder.encode(piece) : piece,
      );
    },
    cancel: () => resolve(),
  }, { highWaterMark: 0 });
  return { body, cancelled: promise };
}

for (const path of PATHS) {
  Deno.test(`${path}: a body that takes longer than 10 s is 408, and its slot is free`, async () => {
    await using app = new FakeApp();
    const { body, cancelled } = bodyOf("half of");
    const pending = app.fetch(path, { method: "POST", body });
    await app.settle();
    assertEquals(app.hub.admission.count, path === "/emulation" ? 0 : 1);
    app.clock.advance(9_999);
    await app.settle();
    app.clock.advance(1);
    const { status } = await pending;
    assertEquals(status, 408);
    await cancelled;
    assertEquals([app.hub.size, app.hub.admission.count], [0, 0]);
  });

  Deno.test(`${path}: a short body with Content-Length that takes longer than 10 s is 408, and its slot is free`, async () => {
    await using app = new FakeApp();
    const { body } = bodyOf("half of");
    const headers = { "content-length": "70" };
    const pending = app.fetch(path, { method: "POST", body, headers });
    await app.settle();
    assertEquals(app.hub.admission.count, path === "/emulation" ? 0 : 1);
    app.clock.advance(9_999);
    await app.settle();
    app.clock.advance(1);
    assertEquals((await pending).status, 408);
    assertEquals([app.hub.size, app.hub.admission.count], [0, 0]);
  });

  Deno.test(`${path}: a body without Content-Length is 413 beyond the bound, and read no further`, async () => {
    await using app = new FakeApp({ limits: { maxMessageBytes: 1_000 } });
    const pieces = Array.from({ length: 4 }, () => "x".repeat(1_000));
    const { body, cancelled } = bodyOf(...pieces);
    const { status } = await app.fetch(path, { method: "POST", body });
    assertEquals(status, 413);
    await cancelled;
    const binary = bodyOf(new Uint8Array(1_001));
    const headers = { "content-type": "application/octet-stream" };
    if (!path.startsWith("/send")) return;
    const answer = await app.fetch(path, {
      method: "POST",
      body: binary.body,
      headers,
    });
    assertEquals(answer.status, 413);
    await binary.cancelled;
  });

  Deno.test(`${path}: a text that is not UTF-8 is 400`, async () => {
    await using app = new FakeApp();
    const body = new Uint8Array([0x23, 0x61, 0x3a, 0xff, 0xfe]);
    const response = await app.fetch(path, { method: "POST", body });
    assertEquals([response.status, await response.text()], [
      400,
      "The body is not valid UTF-8.\n",
    ]);
    assertEquals([app.hub.size, app.hub.admission.count], [0, 0]);
  });

  Deno.test(`${path}: a client that goes in the middle of its body, or sends invalid chunks, is not an error of the server`, async () => {
    await using server = new AppServer();
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\n`;
    for (
      const rest of [
        "Content-Length: 100\r\n\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\nZZZ\r\n",
      ]
    ) {
      await using client = await RawSocket.connect(server.url);
      await client.write(head + rest);
      await eventually(
        () =>
          path === "/emulation" || server.hub.admission.count > 0 ||
          server.log.lines.some(({ event }) => event === "body_failed"),
        { awaited: "the request" },
      );
    }
    const failures = () =>
      server.log.lines.filter(({ event }) => event === "body_failed");
    await eventually(() => failures().length >= 1, { awaited: "their end" });
    await eventually(() => server.hub.admission.count === 0, {
      awaited: "their places",
    });
    assertEquals(
      failures().map(({ level }) => level),
      failures().map(() => "debug"),
    );
    assertEquals(
      server.log.lines.filter(({ level }) => level === "error"),
      [],
    );
  });
}

Deno.test("Bytes are bytes, however their type is written", async () => {
  await using app = new FakeApp();
  for (
    const type of [
      "application/octet-stream",
      "Application/Octet-Stream; x=y",
      " application/octet-stream ;charset=binary",
    ]
  ) {
    const body = new Uint8Array([97, 108, 108, 0, 1, 0xff]);
    const headers = { "content-type": type };
    const init = { method: "POST", body, headers };
    assertEquals((await app.fetch("/send", init)).status, 204, type);
    const stream = await app.fetch("/connection/http_stream", init);
    // Protobuf, and none that is valid.
    assertEquals(stream.status, 200, type);
    const answered = stream.headers.get("content-type");
    assertEquals(answered, "application/octet-stream", type);
    await stream.body?.cancel();
  }
  assertEquals((await app.fetch("/send", { method: "POST" })).status, 400);
});

Deno.test("A body is read alike with and without its length, in one piece and in many, short and long", async () => {
  await using app = new FakeApp();
  const text = (length: number) => "#room:" + "ü".repeat((length - 6) / 2);
  for (const length of [8, 1_000, 60_000]) {
    const bytes = new TextEncoder().encode(text(length));
    for (const piece of [bytes.length, 999]) {
      const pieces = Array.from(
        { length: Math.ceil(bytes.length / piece) },
        (_, at) => bytes.slice(at * piece, (at + 1) * piece),
      );
      for (const hasLength of [false, true]) {
        const headers = new Headers();
        if (hasLength) headers.set("content-length", `${bytes.length}`);
        const body = ReadableStream.from(pieces);
        const init = { method: "POST", body, headers };
        const { status } = await app.fetch("/send?uid=alice", init);
        assertEquals(status, 204, `${length} in pieces of ${piece}`);
      }
    }
  }
});

for (const coding of ["gzip", "br, gzip", "deflate", "x"]) {
  Deno.test(`A body with the Content-Encoding ${coding} is 415: it would be published as it is`, async () => {
    await using app = new FakeApp();
    for (const type of ["text/plain", "application/octet-stream"]) {
      const response = await app.fetch("/send?uid=alice", {
        method: "POST",
        body: "#news\0hello",
        headers: { "content-encoding": coding, "content-type": type },
      });
      assertEquals(response.status, 415);
      assertEquals(response.headers.get("accept-encoding"), "identity");
    }
    assertEquals([app.hub.size, app.hub.admission.count], [0, 0]);
    assertEquals((await app.hub.broker.position("news")).offset, 0);
  });
}

for (const coding of ["identity", " Identity ", ""]) {
  Deno.test(`A body with the Content-Encoding "${coding}" is taken as it is`, async () => {
    await using app = new FakeApp();
    const { status } = await app.fetch("/send?uid=alice", {
      method: "POST",
      body: "#news:hello",
      headers: { "content-encoding": coding },
    });
    assertEquals(status, 204);
  });
}
