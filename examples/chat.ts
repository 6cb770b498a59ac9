/** What one says, all hear: `deno serve examples/chat.ts`, then two browser windows. */

import {
  acceptWebSocket,
  ANYBODY,
  createHub,
  plainProtocol,
} from "../lib/mod.ts";

const hub = createHub({
  heartbeatTimeoutMs: 0,
  onMessage: (_connection, message) => void hub.broadcast(message),
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
  fetch(request: Request): Response {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      const headers = { "Content-Type": "text/html; charset=utf-8" };
      return new Response(page, { headers });
    }
    const options = { idleTimeout: 0 };
    const { socket, response } = Deno.upgradeWebSocket(request, options);
    acceptWebSocket(hub, socket, {
      protocol: plainProtocol,
      identity: ANYBODY,
    });
    return response;
  },
};
