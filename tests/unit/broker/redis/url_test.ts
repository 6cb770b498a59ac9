import { assertEquals, assertThrows } from "@std/assert";
import { parseRedisUrl } from "../../../../lib/broker/redis/url.ts";

const PLAIN = {
  isCluster: false,
  tls: false,
  username: "default",
  password: "",
  database: 0,
};
const HOST = { hostname: "host", port: 6_379 };

for (
  const [url, expected] of [
    ["redis://host", { ...PLAIN, servers: [HOST] }],
    ["redis://host:1/3", {
      ...PLAIN,
      servers: [{ ...HOST, port: 1 }],
      database: 3,
    }],
    ["rediss://host:80", {
      ...PLAIN,
      servers: [{ ...HOST, port: 80 }],
      tls: true,
    }],
    ["redis://al%20ice:p%40ss@[::1]:7/", {
      ...PLAIN,
      servers: [{ hostname: "::1", port: 7 }],
      username: "al ice",
      password: "p@ss",
    }],
    ["redis://:secret@host", {
      ...PLAIN,
      servers: [HOST],
      password: "secret",
    }],
    ["redis://host?cluster=true", {
      ...PLAIN,
      servers: [HOST],
      isCluster: true,
    }],
    ["REDIS://host?cluster=false", { ...PLAIN, servers: [HOST] }],
    ["redis://:a@b%2C%3F@host", {
      ...PLAIN,
      servers: [HOST],
      password: "a@b,?",
    }],
    ["rediss://u:p@a:1,b:2,host/0", {
      servers: [{ hostname: "a", port: 1 }, { hostname: "b", port: 2 }, HOST],
      isCluster: true,
      tls: true,
      username: "u",
      password: "p",
      database: 0,
    }],
  ] as const
) {
  Deno.test(`The URL ${url} is read`, () => {
    assertEquals<unknown>(parseRedisUrl(url), expected);
  });
}

for (
  const url of [
    "",
    "redis",
    "redis://",
    "redis://,",
    "redis://a,",
    "http://host",
    "redis://host/one",
    "redis://host/1?cluster=true",
    "redis://a,b/1",
    "redis://host?cluster=yes",
    "redis://a,b?cluster=false",
    "redis://u:p@h1:1,u:p@h2:2",
    "redis://h1:1,u:p@h2:2",
    "redis://host:0",
    "redis://u:1?us%er@host",
    "redis://u:1/us%er@host",
    "redis://host?cluster=true&cluster=true",
    "redis://host#part",
    "redis://us%er:p@host",
    "redis://host:port",
  ]
) {
  Deno.test(`The URL "${url}" is refused, and is not in the message`, () => {
    const error = assertThrows(() => parseRedisUrl(url), TypeError);
    assertEquals(error.message.includes("us%er"), false);
  });
}
