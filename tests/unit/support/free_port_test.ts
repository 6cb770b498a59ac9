/** A free port is outside of the range for outgoing connections, and nobody else's. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { freePort, freePorts } from "../../support/free_port.ts";

const FIRST = 10_000;
const COUNT = 22_000;

/** Carries out `run` while the choice falls on one port. */
function choosing(port: number, run: () => void): void {
  const { random } = Math;
  // The middle of its part, so that no rounding leads beside it.
  Math.random = () => (port - FIRST + 0.5) / COUNT;
  try {
    run();
  } finally {
    Math.random = random;
  }
}

/** Listens on a port of the range that was not given. */
function listen(): Deno.TcpListener {
  for (let port = FIRST;; port++) {
    try {
      return Deno.listen({ hostname: "127.0.0.1", port });
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}

Deno.test("Free ports are different, can be listened on, and are none of an outgoing connection", () => {
  const ports = freePorts(100);
  assertEquals(new Set(ports).size, ports.length);
  for (const port of ports) {
    assert(port >= FIRST && port < FIRST + COUNT, String(port));
    using _ = Deno.listen({ hostname: "127.0.0.1", port });
  }
});

Deno.test("A free port of another address can be listened on there", () => {
  const hostname = "127.0.0.2";
  using listener = Deno.listen({ hostname, port: freePort(hostname) });
  assertEquals(listener.addr.hostname, hostname);
});

Deno.test("A port that was given, or is taken, is not given", () => {
  using taken = listen();
  for (const port of [freePort(), taken.addr.port]) {
    choosing(port, () => {
      assertThrows(() => freePort(), Error, "Cannot find a free port");
    });
  }
});

Deno.test("A port that was given to one test file is not given to another", async () => {
  // A second instance of the module, as each file has one.
  const other: { freePort(): number } = await import(
    "../../support/free_port.ts?other"
  );
  choosing(other.freePort(), () => {
    assertThrows(() => freePort(), Error, "Cannot find a free port");
  });
});
