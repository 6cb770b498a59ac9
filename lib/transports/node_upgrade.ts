/** Upgrades of a server of Node, answered by the same `fetch` that answers its other requests. */

import { createLog, type Log } from "../base/log.ts";
import { namesOf, requireKnown } from "../base/options.ts";
import type { PingingSocket } from "./frame_pings.ts";
import type { HandedSocket } from "./handed_socket.ts";
import { type NodeSocket, writeResponse } from "./node_response.ts";
import { textResponse } from "./request_guard.ts";

/** Request of the module `node:http`, as far as it is read here. */
export interface NodeRequest {
  /** Method, such as `GET`. */
  readonly method?: string;
  /** Request target: a path with its query, as the client has written it. */
  readonly url?: string;
  /** Names and values of the headers in turns, as they came. */
  readonly rawHeaders: readonly string[];
  /** Headers by their names in lower case. */
  readonly headers: Record<string, string | string[] | undefined>;
  /** Connection that the request came on. */
  readonly socket: { readonly remoteAddress?: string };
}

/** Socket of the package `ws`. */
export type NodeWebSocket = HandedSocket & PingingSocket;

/** Server of the package `ws`, made with `noServer: true`. */
export interface NodeWebSockets<Incoming, Socket, Head> {
  /** Answers a handshake, and hands over the open socket. */
  handleUpgrade(
    request: Incoming,
    socket: Socket,
    head: Head,
    done: (socket: NodeWebSocket) => void,
  ): void;
}

/** Bindings that `fetch` gets beside a request, as from the package `@hono/node-server`. */
export interface NodeBindings<Incoming> {
  /** The request as Node has it. */
  readonly incoming: Incoming;
}

/** Answers a request, such as the `fetch` of an app. */
export type NodeFetch<Incoming> = (
  request: Request,
  bindings: NodeBindings<Incoming>,
) => Response | Promise<Response>;

/** Options of {@linkcode upgradeListener}. */
export interface UpgradeListenerOptions {
  /**
   * Takes the errors of `fetch`.
   * @default {errors as JSON lines on the console}
   */
  readonly log?: Log;
}

const LISTENER_OPTIONS = namesOf<UpgradeListenerOptions>({ log: true });

/** Upgrade that waits for its answer. */
interface PendingUpgrade {
  readonly peer: string | undefined;
  /** Upgrades it with a subprotocol; returns `undefined` if its client has gone. */
  upgrade(protocol: string | undefined): NodeWebSocket | undefined;
}

/** Upgrades by the requests that stand for them; each is taken once. */
const pending = new WeakMap<Request, PendingUpgrade>();

/**
 * Makes a listener for the event `upgrade` of a server of `node:http`, on Node and Bun.
 * `fetch` gets each request that asks for a WebSocket, as it does on Deno: `hub.upgrade`
 * and the app of `thrum(hub)` check it and open it by a server of the package `ws`. Any other
 * answer is sent as it is. Whatever a client sends, the listener does not throw.
 *
 * @example On Node or Bun, with the package `ws`
 * ```ts ignore
 * import { createServer } from "node:http";
 * import { createHub, upgradeListener } from "@thrum/thrum";
 * import { WebSocketServer } from "ws";
 *
 * const hub = createHub({ access: "anonymous" });
 * const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
 * const server = createServer((_, response) => response.writeHead(426).end());
 * server.on(
 *   "upgrade",
 *   upgradeListener(
 *     (request) => hub.upgrade(request) ?? new Response(null, { status: 426 }),
 *     sockets,
 *   ),
 * );
 * server.listen(8000, "127.0.0.1");
 * ```
 *
 * @throws {TypeError} If there is no such option.
 */
export function upgradeListener<
  Incoming extends NodeRequest,
  Socket extends NodeSocket,
  Head,
>(
  fetch: NodeFetch<Incoming>,
  sockets: NodeWebSockets<Incoming, Socket, Head>,
  options: UpgradeListenerOptions = {},
): (request: Incoming, socket: Socket, head: Head) => void {
  requireKnown("make a listener for upgrades", options, LISTENER_OPTIONS);
  const { log = createLog({ level: "warn" }) } = options;
  return (incoming, socket, head) => {
    // Without a listener, a connection that is reset would end the process.
    socket.on("error", () => socket.destroy());
    answer(incoming).then((response) => {
      if (response !== undefined) return writeResponse(socket, response);
    }).catch(() => socket.destroy());

    async function answer(incoming: Incoming): Promise<Response | undefined> {
      const request = toRequest(incoming);
      if (request === undefined) {
        return textResponse(400, "The request is invalid.\n");
      }
      let isTaken = false;
      pending.set(request, {
        peer: incoming.socket.remoteAddress,
        upgrade(protocol) {
          isTaken = true;
          return open(protocol);
        },
      });
      try {
        const response = await fetch(request, { incoming });
        if (!isTaken) return response;
        await response.body?.cancel();
      } catch (error) {
        log.error("request_failed", { path: incoming.url, error });
        if (!isTaken) return textResponse(500, "Internal server error.\n");
      }
    }

    function open(protocol: string | undefined): NodeWebSocket | undefined {
      // Of several subprotocols ws would choose the first, known or not.
      delete incoming.headers["sec-websocket-protocol"];
      if (protocol !== undefined) {
        incoming.headers["sec-websocket-protocol"] = protocol;
      }
      let opened: NodeWebSocket | undefined;
      sockets.handleUpgrade(incoming, socket, head, (each) => opened = each);
      return opened;
    }
  };
}

/** Takes the upgrade that a request of a {@linkcode upgradeListener} stands for; `undefined` if it does for none. */
export function takeUpgrade(request: Request): PendingUpgrade | undefined {
  const upgrade = pending.get(request);
  pending.delete(request);
  return upgrade;
}

/** The other end of the connection that a request of a {@linkcode upgradeListener} came on. */
export function peerOfUpgrade(request: Request): string | undefined {
  return pending.get(request)?.peer;
}

/** The request, as the Web has it; `undefined` if its URL, its method or a header is invalid. */
function toRequest(
  { method, url = "/", rawHeaders, headers: { host } }: NodeRequest,
): Request | undefined {
  // A request target may have a host of its own (RFC 9112, §3.2.2).
  const target = url.startsWith("/")
    ? `http://${host ?? "localhost"}${url}`
    : url;
  try {
    const headers = new Headers();
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
    }
    return new Request(target, { method, headers });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}
