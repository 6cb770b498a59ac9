import { assertEquals, assertThrows } from "@std/assert";
import {
  addressName,
  isNetwork,
  TrustedProxies,
} from "../../../lib/limits/client_address.ts";

const PROXIES = ["10.0.0.0/8", "2001:db8:1::/48", "127.0.0.1"];

function addressOf(
  peer: string | undefined,
  headers: Record<string, string> = {},
  proxies: readonly string[] = PROXIES,
): string | undefined {
  return new TrustedProxies(proxies).addressOf(new Headers(headers), peer);
}

Deno.test("Without a trusted proxy the address is the peer's, whatever the headers say", () => {
  const headers = {
    "X-Forwarded-For": "203.0.113.9",
    "Forwarded": "for=203.0.113.9",
  };
  assertEquals(addressOf("198.51.100.7", headers, []), "198.51.100.7");
  assertEquals(addressOf("198.51.100.7", headers), "198.51.100.7");
});

Deno.test("An internal peer may be a proxy that nobody has named, and has no address", () => {
  for (
    const peer of [
      "127.0.0.1",
      "10.1.2.3",
      "192.168.0.1",
      "172.17.0.1",
      "::1",
      "fd00::1",
      "fe80::1",
      "::ffff:127.0.0.1",
    ]
  ) assertEquals(addressOf(peer, {}, []), undefined, peer);
});

Deno.test("A trusted proxy's header is read from the right, up to the first that is not trusted", () => {
  const cases = [
    ["203.0.113.9", "203.0.113.9"],
    ["1.1.1.1, 203.0.113.9", "203.0.113.9"],
    ["1.1.1.1, 203.0.113.9, 10.9.9.9", "203.0.113.9"],
    ["1.1.1.1,203.0.113.9 ,10.9.9.9, 127.0.0.1", "203.0.113.9"],
    ["203.0.113.9:4711", "203.0.113.9"],
    ["[2001:db8:2::5]:4711", "2001:db8:2::/64"],
    ["192.168.1.20", "192.168.1.20"],
  ] as const;
  for (const [header, expected] of cases) {
    assertEquals(
      addressOf("10.0.0.1", { "X-Forwarded-For": header }),
      expected,
      header,
    );
  }
});

Deno.test("What is no address ends the search: the client is not known", () => {
  for (
    const header of [
      "unknown",
      "203.0.113.9, nonsense",
      "203.0.113.9,",
      "010.0.0.1",
      "1",
      "203.0.113",
      "0x7f.1",
      "",
    ]
  ) {
    assertEquals(
      addressOf("10.0.0.1", { "X-Forwarded-For": header }),
      undefined,
      header,
    );
  }
});

Deno.test("Forwarded is read like X-Forwarded-For", () => {
  const cases = [
    ["for=203.0.113.9", "203.0.113.9"],
    ['for="203.0.113.9:47"', "203.0.113.9"],
    ['proto=https;For="[2001:db8:2:3::5]:47";by=10.0.0.1', "2001:db8:2:3::/64"],
    ["for=1.1.1.1, for=203.0.113.9;proto=http, for=10.0.0.9", "203.0.113.9"],
    ["for=unknown", undefined],
    ["for=_hidden", undefined],
    ["proto=https", undefined],
  ] as const;
  for (const [header, expected] of cases) {
    assertEquals(addressOf("10.0.0.1", { "Forwarded": header }), expected);
  }
});

Deno.test("Of two headers that contradict each other one is the client's invention: the proxy itself is counted", () => {
  const forwarded = { "Forwarded": "for=203.0.113.9" };
  const same = { ...forwarded, "X-Forwarded-For": "1.1.1.1, 203.0.113.9" };
  const other = { ...forwarded, "X-Forwarded-For": "198.51.100.1" };
  assertEquals(addressOf("10.0.0.1", same), "203.0.113.9");
  assertEquals(addressOf("10.0.0.1", other), "10.0.0.1");
});

Deno.test("A trusted proxy that names no client has no address", () => {
  assertEquals(addressOf("10.0.0.1"), undefined);
  assertEquals(
    addressOf("10.0.0.1", { "X-Forwarded-For": "10.0.0.2" }),
    undefined,
  );
  assertEquals(addressOf(undefined), undefined);
});

Deno.test("IPv6 addresses of one network of 64 bits are one client, and an IPv4 address inside one is itself", () => {
  assertEquals(addressOf("2001:db8:5:6:7::1", {}, []), "2001:db8:5:6::/64");
  assertEquals(addressOf("2001:db8:5:6:ffff::2", {}, []), "2001:db8:5:6::/64");
  assertEquals(addressOf("::ffff:203.0.113.9", {}, []), "203.0.113.9");
  assertEquals(
    addressOf("::ffff:10.0.0.1", { "X-Forwarded-For": "203.0.113.9" }),
    "203.0.113.9",
  );
  assertEquals(addressName("2001:db8:5:6:7::1"), "2001:db8:5:6::/64");
  assertEquals(addressName("socket 5"), "socket 5");
});

Deno.test("A proxy is an address or a network", () => {
  for (const text of ["10.0.0.0/8", "::1", "2001:db8::/32", "1.2.3.4/32"]) {
    assertEquals(isNetwork(text), true, text);
  }
  for (
    const text of [
      "",
      "proxy",
      "10.0.0.0/33",
      "::1/129",
      "10.0.0/8",
      "10.0.0.0/",
      "010.0.0.1",
      "10.0.0.0/8/8",
    ]
  ) {
    assertEquals(isNetwork(text), false, text);
    assertThrows(() => new TrustedProxies([text]), TypeError, `"${text}"`);
  }
});
