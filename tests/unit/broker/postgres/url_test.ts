import { assertEquals, assertFalse, assertThrows } from "@std/assert";
import { parsePostgresUrl } from "../../../../lib/broker/postgres/url.ts";

Deno.test("A URL of PostgreSQL names host, user and database, and has defaults for the rest", () => {
  assertEquals(parsePostgresUrl("postgres://db.example/app"), {
    host: "db.example",
    port: 5432,
    user: "postgres",
    password: "",
    database: "app",
    sslMode: "disable",
    connections: 5,
    pooler: false,
  });
  const url =
    "postgresql://al%40ice:p%2Fw@[::1]:6543/a%20b?sslmode=verify-full&connections=9&pooler=true";
  assertEquals(parsePostgresUrl(url), {
    host: "::1",
    port: 6543,
    user: "al@ice",
    password: "p/w",
    database: "a b",
    sslMode: "verify-full",
    connections: 9,
    pooler: true,
  });
  assertEquals(parsePostgresUrl("postgres://alice@h").database, "alice");
});

Deno.test("What is no URL of PostgreSQL is refused, without its password in the error", () => {
  for (
    const url of [
      "secret",
      "redis://u:secret@h",
      "postgres://u:secret@/db",
      "postgres://u:secret@h/a/b",
      "postgres://u:secret%@h/db",
      "postgres://u:secret@h/db#x",
      "postgres://u:secret@h/db?sslmode=maybe",
      "postgres://u:secret@h/db?connections=2",
      "postgres://u:secret@h/db?connections=101",
      "postgres://u:secret@h/db?connections=5&connections=6",
      "postgres://u:secret@h/db?pooler=yes",
      "postgres://u:secret@h/db?options=secret",
      "postgres://u:secret@h1,h2/db",
      "postgres://u:secret@h1:5432,h2:5432/db",
      "postgres://u:secret@%2Fvar%2Frun/db",
      "postgres://u:secret@h:0/db",
      "postgres://u:1?secret&x@h/db",
      "postgres://u:secret@h/db?channel_binding=require",
      "postgres://u:secret@h/db?sslmode=prefer&channel_binding=require",
      "postgres://u:secret@h/db?channel_binding=yes",
    ]
  ) {
    const error = assertThrows(() => parsePostgresUrl(url), TypeError);
    assertFalse(error.message.includes("secret"), url);
  }
});

Deno.test("Where a URL requires a channel binding, the certificate is checked in its place", () => {
  const url = "postgresql://u:p@ep-x.neon.tech/neondb?sslmode=require";
  const { sslMode } = parsePostgresUrl(`${url}&channel_binding=require`);
  assertEquals(sslMode, "verify-full");
  const preferred = parsePostgresUrl(`${url}&channel_binding=prefer`);
  assertEquals(preferred.sslMode, "require");
});
