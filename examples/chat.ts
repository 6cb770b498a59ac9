/** Sends what one client says to all: `deno serve examples/chat.ts`, then two browser windows. */

import { createHub } from "@thrum/thrum";

const hub = createHub({
  access: "anonymous",
  heartbeatTimeoutMs: 0,
  onMessage: async ({ data }) => {
    await hub.broadcast(data);
  },
});

const page = `<!doctype html><title>Chat</title>
<form><input autofocus autocomplete="off"></form><pre></pre>
<script>
  const [input, log] = document.querySelectorAll("input, pre");
  const socket = new WebSocket(location.href.replace("http", "ws"));
  socket.onmessage = ({ data }) => log.append(data, "\\n");
  input.form.onsubmit = () => (socket.send(input.value), input.value = "", false);
</script>`;

export default {
  fetch: (request: Request): Response | Promise<Response> =>
    hub.upgrade(request, { protocol: "plain" }) ??
      new Response(page, {
        headers: { "Content-Type": "text/html; charset=utf-8" },
      }),
};
