import { assertEquals } from "@std/assert";
import { AllowedOrigins } from "../../../lib/auth/allowed_origins.ts";
import {
  isOriginAllowed,
  type OriginPolicy,
} from "../../../lib/auth/origin.ts";

const OWN_HOST: OriginPolicy = { allowed: undefined, allowLoopback: false };

function check(
  policy: OriginPolicy,
  host: string | null,
  cases: [origin: string | null, allowed: boolean][],
): void {
  for (const [origin, allowed] of cases) {
    assertEquals(isOriginAllowed(origin, host, policy), allowed, `${origin}`);
  }
}

Deno.test("By default pages of the server's own host may connect, and what is no page", () => {
  check(OWN_HOST, "hub.example:8000", [
    [null, true],
    ["http://hub.example:8000", true],
    ["https://hub.example:8000", true],
    ["http://hub.example", false],
    ["http://hub.example:8001", false],
    ["http://evil.example", false],
    ["http://hub.example.evil.example:8000", false],
    ["null", false],
    ["", false],
    ["nonsense", false],
  ]);
  check(OWN_HOST, "Hub.Example", [["https://hub.example", true]]);
  check(OWN_HOST, "hub.example:443", [
    ["https://hub.example", true],
    ["http://hub.example", false],
  ]);
  check(OWN_HOST, "hub.example", [["https://hub.example:8443", false]]);
  check(OWN_HOST, "a/@hub.example", [["https://hub.example", false]]);
  check(OWN_HOST, null, [["https://hub.example", false], ["nonsense", false]]);
});

Deno.test("A list of origins takes the place of the own host", () => {
  const policy = {
    ...OWN_HOST,
    allowed: new AllowedOrigins(["https://app.example"]),
  };
  check(policy, "hub.example", [
    ["https://app.example", true],
    ["http://app.example", false],
    ["https://app.example.evil.example", false],
    ["https://hub.example", false],
    [null, true],
  ]);
});

Deno.test("A star allows every origin", () => {
  check({ ...OWN_HOST, allowed: new AllowedOrigins(["*"]) }, "hub.example", [
    ["https://anything.example", true],
    ["null", true],
  ]);
});

Deno.test("Pages from this machine may connect where anybody may; one from disk looks like a sandboxed frame of any site, and has to be named", () => {
  const named = new AllowedOrigins(["null"]);
  const policy = { allowed: named, allowLoopback: true };
  check(policy, "hub.example", [["null", true]]);
  check({ ...OWN_HOST, allowLoopback: true }, "hub.example", [
    ["null", false],
    ["http://localhost:5173", true],
    ["http://app.localhost", true],
    ["http://127.0.0.1:3000", true],
    ["http://127.1.2.3", true],
    ["http://[::1]:3000", true],
    ["http://127.0.0.1.evil.example", false],
    ["http://localhost.evil.example", false],
    ["http://evil.example", false],
  ]);
});
