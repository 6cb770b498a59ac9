/** Upgrades requests to WebSockets of a hub, and connects each socket to it. */

import type { Connection } from "../hub/connection.ts";
import { disconnects, writeCloseReason } from "../base/disconnect.ts";
import type { Transport } from "../base/transport.ts";
import type { Hub } from "../hub/hub.ts";
import type { Place } from "../hub/admission.ts";
import type { Identity } from "../hub/identity.ts";
import { centrifugeProtocol } from "../protocol/centrifuge.ts";
import { protobufProtocol } from "../protocol/centrifuge_protobuf.ts";
import { plainProtocol } from "../protocol/plain.ts";
import { textProtocol, textProtocolWithSender } from "../protocol/text.ts";
import type { Frame, Protocol } from "../protocol/types.ts";
import { type HandedSocket, OPEN, takeSocket } from "./handed_socket.ts";
import { offeredProtocols, refuseHandshake } from "./handshake.ts";
import { SocketTransport } from "./socket_transport.ts";
import {
  type GuardDeps,
  identify,
  refuseBusy,
  refuseCrowd,
  refuseHost,
  refuseOrigin,
  refuseQuery,
} from "./request_guard.ts";

/** Protocol of a path: texts with addresses, texts to the program, or that of the official SDKs. */
export type ProtocolName = "text" | "plain" | "centrifuge";

/** Subprotocols of each path; a text client may speak those of the SDKs instead. */
const SPOKEN = {
  text: [textProtocol, centrifugeProtocol, protobufProtocol],
  plain: [plainProtocol],
  centrifuge: [centrifugeProtocol, protobufProtocol],
} as const satisfies Readonly<Record<ProtocolName, readonly Protocol[]>>;

/** Protocol that a client asks for, and its address. */
export interface UpgradeRequest {
  /** Protocol of the path. */
  readonly protocol: ProtocolName;
  /** Address that its limits are counted by; `undefined` if it is not known. */
  readonly address?: string;
}

/**
 * Upgrades a request to a WebSocket of the hub. Of the subprotocols that the client
 * offers, the first that is known here is chosen; with none of them the socket opens
 * without one, in the protocol of the path, or in protobuf where the URL asks for it.
 * Resolves with the answer, also to a request that is refused.
 */
export async function upgradeWebSocket(
  deps: GuardDeps,
  request: Request,
  { protocol: name, address }: UpgradeRequest,
): Promise<Response> {
  // An unknown name is the mistake of the program, whatever the request is.
  spokenOn(name);
  const refusal = refuseHandshake(request) ?? refuseHost(request, deps) ??
    refuseOrigin(request, deps) ?? refuseQuery(request) ??
    refuseCrowd(deps.hub, address);
  if (refusal !== undefined) return refusal;
  const identity = name === "centrifuge"
    ? undefined
    : await identify(request, deps);
  if (identity instanceof Response) return identity;
  const { hub } = deps;
  if (!hub.admission.full) await hub.turns.admit();
  const busy = refuseBusy(hub, address);
  if (busy !== undefined) return busy;

  // All that is asked of a request is asked before its upgrade.
  const headers = hub.headersOf(request);
  const agreed = spokenProtocol(name, offeredProtocols(request));
  const protocol = variantOf(agreed ?? protocolOfPath(name, request), request);
  // An SDK shows who it is by its first command.
  const isSdk = protocol.opening === "connect";
  const pingedByFrames = isSdk && asksForPingFrames(request);
  const { socket, response } = upgrade(request, {
    idleTimeout: pingedByFrames ? idleSeconds(hub) : 0,
  });
  // Deno's own option refuses a list without spaces.
  if (agreed !== undefined) {
    response.headers.set("Sec-WebSocket-Protocol", agreed.name);
  }
  acceptWebSocket(hub, socket, {
    protocol,
    pingedByFrames,
    identity: isSdk ? undefined : identity,
    headers,
    address,
  });
  return response;
}

/** True if a client without pings in its protocol asks for those of WebSocket (client protocol §1): people use it, with `wscat`. */
function asksForPingFrames({ url }: Request): boolean {
  if (!url.includes("?")) return false;
  return new URL(url).searchParams.get("cf_ws_frame_ping_pong") === "true";
}

/** Silence in which Deno pings a client once, and ends without its answer. */
function idleSeconds({ limits }: Hub): number {
  return limits.pingIntervalMs * 2 / 1_000;
}

/** Upgrades a request; with the idle timeout 0, the heartbeat is the hub's. */
function upgrade(
  request: Request,
  options: Pick<Deno.UpgradeWebSocketOptions, "idleTimeout">,
): Deno.WebSocketUpgrade {
  if (globalThis.Deno?.upgradeWebSocket === undefined) {
    throw new TypeError(
      "Cannot upgrade a request on this runtime: expected Deno; " +
        "elsewhere hand the socket over with acceptWebSocket",
    );
  }
  return Deno.upgradeWebSocket(request, options);
}

/** Protocol of a client that offers no subprotocol: that of the path, or protobuf where the URL asks for it (client protocol §1). */
function protocolOfPath(name: ProtocolName, { url }: Request): Protocol {
  const [first, ...others] = spokenOn(name);
  if (!url.includes("?")) return first;
  const { searchParams } = new URL(url);
  const format = searchParams.get("cf_protocol") ?? searchParams.get("format");
  const isProtobuf = format === "protobuf" && others.includes(protobufProtocol);
  return isProtobuf ? protobufProtocol : first;
}

/**
 * The protocols that are spoken on a path; the first one also without a subprotocol.
 *
 * @throws {TypeError} If there is no protocol of that name.
 */
function spokenOn(
  name: ProtocolName,
): readonly [Protocol, ...(readonly Protocol[])] {
  if (Object.hasOwn(SPOKEN, name)) return SPOKEN[name];
  throw new TypeError(
    `Cannot speak the protocol "${name}": expected ${
      Object.keys(SPOKEN).join(", ")
    }`,
  );
}

/** The first of the subprotocols that a client offers which is spoken on a path. */
function spokenProtocol(
  name: ProtocolName,
  offers: readonly string[],
): Protocol | undefined {
  return offers
    .map((offer) => spokenOn(name).find((protocol) => protocol.name === offer))
    .find((protocol) => protocol !== undefined);
}

/** With `?from=1`, direct messages of the text protocol name their sender. */
function variantOf(protocol: Protocol, { url }: Request): Protocol {
  const isWithSender = protocol === textProtocol &&
    new URL(url).searchParams.get("from") === "1";
  return isWithSender ? textProtocolWithSender : protocol;
}

/**
 * The protocol of a socket that a program hands over, on a path of the protocol `name`.
 *
 * @throws {TypeError} If there is no such protocol, or the socket cannot be handed over; see {@linkcode takeSocket}.
 */
export function protocolOf(
  name: ProtocolName,
  socket: HandedSocket,
): Protocol {
  const [first] = spokenOn(name);
  takeSocket(socket);
  return spokenProtocol(name, [socket.protocol]) ?? first;
}

/** Options of {@linkcode acceptWebSocket}. */
export interface AcceptOptions {
  /** Protocol of the client. */
  readonly protocol: Protocol;
  /** Identity that the client has shown; without it the client has to authenticate in time. */
  readonly identity?: Identity;
  /** Headers of its request, where they are kept. */
  readonly headers?: Headers;
  /**
   * True if the socket pings the client by itself.
   * @default {false}
   */
  readonly pingedByFrames?: boolean;
  /** Address that its limits are counted by; `undefined` if it is not known. */
  readonly address?: string;
}

/**
 * Registers `socket` with `hub` as soon as it opens, unless there is no place for it
 * (3013) or the hub drains (3001), both by appointment; the socket takes a place of `hub.admission` until its end.
 *
 * Every handler is guarded, for a throw in one would end the process.
 */
export function acceptWebSocket(
  hub: Hub,
  socket: HandedSocket,
  { protocol, identity, headers, address, pingedByFrames }: AcceptOptions,
): void {
  let connection: Connection | undefined;
  const transport = new SocketTransport(socket, hub.clock);
  let place: Place | undefined = hub.admission.enter(address);
  const leave = () => {
    place?.leave();
    place = undefined;
  };
  // Deno says nothing of a client that has gone before the upgrade.
  const { authenticateWithinMs } = hub.limits;
  const deadline = hub.deadlines.after(authenticateWithinMs, leave);

  socket.binaryType = "arraybuffer";
  const open = () => {
    hub.deadlines.cancel(deadline);
    try {
      // One that was waited for too long has given its place back.
      place ??= hub.admission.enter(address);
      const { shutdown, tooManyRequests } = disconnects;
      const reject = hub.draining ? shutdown : !place && tooManyRequests;
      if (reject === tooManyRequests) hub.admission.countRefusal();
      const notice = reject && hub.returns.appoint(reject);
      if (notice) return transport.close(notice.code, writeCloseReason(notice));
      const way = pingedByFrames ? new PingedSocket(transport) : transport;
      connection = hub.connect(way, protocol, identity, headers);
      connection.countFor(place?.group);
    } catch (error) {
      reportFailure(hub, connection, error);
    }
  };
  const message = (event: { readonly data: Frame }) => {
    transport.received(event.data);
    try {
      connection?.receive(event.data);
    } catch (error) {
      reportFailure(hub, connection, error);
    }
  };
  const close = () => {
    hub.deadlines.cancel(deadline);
    transport.ended();
    leave();
    try {
      connection?.ended();
    } catch (error) {
      reportFailure(hub, connection, error);
    }
  };
  listen(socket, { open, message, close });
  if (socket.readyState === OPEN) open();
}

/** Handlers of a socket's events. */
interface SocketHandlers {
  open(): void;
  message(event: { readonly data: Frame }): void;
  close(): void;
}

/** Sets the handlers. One that is a property takes twice the memory of a listener. */
function listen(
  socket: HandedSocket,
  { open, message, close }: SocketHandlers,
): void {
  const { WebSocket } = globalThis;
  // Node 20 has none of its own.
  if (WebSocket !== undefined && socket instanceof WebSocket) {
    socket.addEventListener("open", open, { once: true });
    socket.addEventListener("message", message);
    socket.addEventListener("close", close);
    return;
  }
  socket.onopen = open;
  socket.onmessage = message;
  socket.onclose = close;
  // `onclose` follows. Without a handler, the package `ws` would throw.
  socket.onerror = () => {};
}

/** Socket that pings its client by itself. */
class PingedSocket implements Transport {
  readonly pinged = true;
  readonly #socket: Transport;

  constructor(socket: Transport) {
    this.#socket = socket;
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Frame): void {
    this.#socket.send(frame);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
}

function reportFailure(
  hub: Hub,
  connection: Connection | undefined,
  error: unknown,
): void {
  try {
    hub.log.error("handler_failed", { connection: connection?.id, error });
    connection?.disconnect(disconnects.internal);
  } catch {
    // Neither a log that fails nor a socket that cannot be closed can be reported.
  }
}
