import { assertEquals, assertFalse, assertThrows } from "@std/assert";
import { type NatsUrl, parseNatsUrl } from "../../../../lib/broker/nats/url.ts";

const PLAIN: NatsUrl = {
  servers: ["host:4222"],
  tls: false,
  user: undefined,
  password: undefined,
  creds: undefined,
  ca: undefined,
  name: "",
  storage: "file",
  maxAgeMs: 86_400_000,
  replicas: undefined,
};

const URLS: readonly (readonly [string, Partial<NatsUrl>])[] = [
  ["nats://host", {}],
  ["nats://host:80", { servers: ["host:80"] }],
  ["nats://[::1]:4223/", { servers: ["[::1]:4223"] }],
  ["tls://host", { tls: true }],
  ["nats://a,b:1,c", { servers: ["a:4222", "b:1", "c:4222"] }],
  ["nats://user:pa%40ss@host", { user: "user", password: "pa@ss" }],
  ["nats://token@host", { user: "token" }],
  ["NATS://host", {}],
  ["TLS://host", { tls: true }],
  ["nats://host/chat", { name: "chat" }],
  ["nats://a,b,c/chat", {
    servers: ["a:4222", "b:4222", "c:4222"],
    name: "chat",
  }],
  ["nats://a,b,c?replicas=3", {
    servers: ["a:4222", "b:4222", "c:4222"],
    replicas: 3,
  }],
  ["nats://host?storage=memory&maxAge=2h&creds=/etc/a.creds&ca=/etc/ca.pem", {
    storage: "memory",
    maxAgeMs: 7_200_000,
    creds: "/etc/a.creds",
    ca: "/etc/ca.pem",
  }],
];

for (const [text, parts] of URLS) {
  Deno.test(`${text} is a URL of NATS`, () => {
    assertEquals(parseNatsUrl(text), { ...PLAIN, ...parts });
  });
}

for (
  const text of [
    "",
    "host",
    "redis://host",
    "nats://",
    "nats://,host",
    "nats://host,",
    "nats://host:99999",
    "nats://us%er:x@host",
    "nats://user:pass@",
    "nats://host/a/b",
    "nats://host/a.b",
    "nats://host/a*",
    "nats://host#x",
    "nats://host?replicas=0",
    "nats://host?replicas=6",
    "nats://host?replicas=x",
    "nats://host?storage=disk",
    "nats://host?maxAge=0",
    "nats://host?maxAge=soon",
    "nats://host?unknown=1",
    "nats://host?storage=file&storage=memory",
    "nats://u:p@h1:1,u:p@h2:2",
    "nats://host:0",
  ]
) {
  Deno.test(`"${text}" is no URL of NATS, and the error does not show it`, () => {
    const { message } = assertThrows(() => parseNatsUrl(text), TypeError);
    assertFalse(text.length > 12 && message.includes(text));
  });
}
