/** The baseline of the server API: a Hono route that parses the same JSON. */

import { Hono } from "hono";

const app = new Hono();

app.post("/api/publish", async (context) => {
  const { channel, data } = await context.req.json();
  if (typeof channel !== "string" || data === undefined) {
    return context.json({ error: { code: 107, message: "bad request" } });
  }
  return context.json({ result: {} });
});

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) =>
    console.log(JSON.stringify({ event: "listening", port })),
}, app.fetch);
