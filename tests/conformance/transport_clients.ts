/** A client of each transport. */

import type { AppServer } from "../routes/app_server.ts";
import { LineStream } from "../support/line_stream.ts";
import { CentrifugeClient, socketLines } from "./centrifuge_client.ts";
import { PollClient, SseClient } from "./plain_http_clients.ts";
import type { TransportClient } from "./told.ts";

/** How a client of one transport comes. */
export interface TransportDriver {
  readonly name: string;
  /** Whether its connection lasts; else the client comes again and again. */
  readonly lasts: boolean;
  /** Comes, and resolves once it is subscribed; with `since` after an absence. */
  open(
    server: AppServer,
    channel: string,
    since?: string,
  ): Promise<TransportClient>;
}

/** Every transport of the server. */
export const TRANSPORTS: readonly TransportDriver[] = [
  {
    name: "WebSocket",
    lasts: true,
    async open(server, channel, since) {
      const commands = CentrifugeClient.commands(channel, since);
      const lines = await socketLines(server, commands);
      return await new CentrifugeClient(lines).begin();
    },
  },
  {
    name: "HTTP stream",
    lasts: true,
    async open({ url }, channel, since) {
      const body = CentrifugeClient.commands(channel, since);
      const endpoint = `${url}/connection/http_stream`;
      const init = { method: "POST", body };
      const lines = await LineStream.open(endpoint, init);
      return await new CentrifugeClient(lines).begin();
    },
  },
  {
    name: "SSE of the SDK",
    lasts: true,
    async open({ url }, channel, since) {
      const commands = CentrifugeClient.commands(channel, since);
      const query = new URLSearchParams({ cf_connect: commands });
      const endpoint = `${url}/connection/sse?${query}`;
      const lines = await LineStream.open(endpoint);
      return await new CentrifugeClient(lines).begin();
    },
  },
  {
    name: "/sse",
    lasts: true,
    async open({ url }, channel, since) {
      const headers: HeadersInit = since === undefined
        ? {}
        : { "Last-Event-ID": since };
      const endpoint = `${url}/sse?channel=${channel}`;
      const lines = await LineStream.open(endpoint, { headers });
      return await new SseClient(lines).begin();
    },
  },
  {
    name: "/poll",
    lasts: false,
    open: ({ url }, channel, since = "") =>
      new PollClient(`${url}/poll?channel=${channel}`, since).begin(),
  },
];
