/** Origins that an operator names: which can match, and which a page has. */

import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import { AllowedOrigins, canMatch } from "../../../lib/auth/allowed_origins.ts";

for (
  const origin of [
    "*",
    "null",
    "https://app.example",
    "http://localhost:5173",
    "http://[::1]:8000",
    "http://192.168.0.1",
    "https://xn--bcher-kva.example",
    "https://*.app.example",
    "https://*.app.example:8443",
    "http://*.localhost:5173",
    "capacitor://localhost",
    "ionic://localhost",
    "tauri://localhost",
    "app://obsidian.md",
    "chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh",
    "moz-extension://5f1c3a5e-7a8b-4a4a-9a51-2a2f0c6f3d11",
    "safari-web-extension://5F1C3A5E-7A8B-4A4A-9A51-2A2F0C6F3D11",
    "file://",
  ]
) {
  Deno.test(`${origin} can be an origin`, () => {
    assert(canMatch(origin));
    new AllowedOrigins([origin]);
  });
}

for (
  const origin of [
    "",
    "app.example",
    "app.example:8000",
    "localhost",
    "https://app.example/",
    "https://app.example/path",
    "https://app.example?",
    "https://app.example#a",
    "https://user@app.example",
    "https://user:password@app.example",
    "https://app.example:443",
    "http://app.example:80",
    "https://app.example:",
    "https://app.example:*",
    "https://app.example:65536",
    "https://App.example",
    "HTTPS://app.example",
    "https://bücher.example",
    " https://app.example",
    "https://app.example https://b.example",
    "https:/app.example",
    "https://",
    "ws://app.example",
    "wss://app.example",
    "ftp://app.example",
    "data:text/html,x",
    "javascript://localhost",
    "about:blank",
    "blob:https://app.example",
    "Null",
    "NULL",
    "**",
    "*.app.example",
    "*://app.example",
    "http*://app.example",
    "https://*",
    "https://*.com",
    "https://*app.example",
    "https://app-*.example.com",
    "https://app.*.example",
    "https://*.*.app.example",
    "https://*.app.example/",
    "https://*.App.example",
    "capacitor://localhost/",
    "capacitor://",
    "capacitor://user@localhost",
    "capacitor:localhost",
    "chrome-extension://*",
    "file:///home/index.html",
  ]
) {
  Deno.test(`No page has the origin ${JSON.stringify(origin)}`, () => {
    assertFalse(canMatch(origin));
    const error = assertThrows(
      () => new AllowedOrigins(["https://app.example", origin]),
      TypeError,
    );
    assert(error.message.includes(`the origin "${origin}": expected`));
  });
}

Deno.test("A star in place of a label is exactly one label", () => {
  const origins = new AllowedOrigins(["https://*.app.example:8443"]);
  for (const label of ["a", "www", "a-b", "a_b", "xn--bcher-kva", "1"]) {
    assert(origins.names(`https://${label}.app.example:8443`), label);
  }
  for (
    const other of [
      "https://app.example:8443",
      "https://a.b.app.example:8443",
      "https://.app.example:8443",
      "https://*.app.example:8443",
      "http://a.app.example:8443",
      "https://a.app.example",
      "https://a.app.example:84430",
      "https://a.app.example.evil.example:8443",
      "https://aapp.example:8443",
      "https://evil.example/.app.example:8443",
      "https://evil.example#.app.example:8443",
      "https://user@a.app.example:8443",
      "https://A.app.example:8443",
    ]
  ) assertFalse(origins.names(other), other);
});

Deno.test("An exact origin is that one alone, and a star alone names none", () => {
  const origins = new AllowedOrigins(["capacitor://localhost", "*"]);
  assert(origins.names("capacitor://localhost"));
  assertFalse(origins.names("capacitor://localhost:80"));
  assertFalse(origins.names("https://app.example"));
  assertFalse(origins.names("*"));
  assert(origins.any);
});

Deno.test("The host of a named web page is named, at any port", () => {
  const origins = new AllowedOrigins([
    "https://app.example:8443",
    "https://*.b.example",
    "http://[2001:db8::1]:8000",
    "capacitor://phone",
    "null",
  ]);
  const hosts = ["app.example", "a.b.example", "[2001:db8::1]"];
  for (const host of hosts) assert(origins.namesHost(host), host);
  for (
    const host of ["b.example", "a.a.b.example", "phone", "evil.example", ""]
  ) {
    assertEquals(origins.namesHost(host), false, host);
  }
});
