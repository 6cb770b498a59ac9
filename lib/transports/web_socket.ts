/** Upgrade of requests to WebSockets of a hub, and the protocol that each of them speaks. */

import { queryOf } from "../base/url.ts";
import type { Hub } from "../hub/hub.ts";
import { centrifugeProtocol } from "../protocol/centrifuge.ts";
import { protobufProtocol } from "../protocol/centrifuge_protobuf.ts";
import { plainProtocol } from "../protocol/plain.ts";
import { textProtocol, textProtocolWithSender } from "../protocol/text.ts";
import type { Protocol } from "../protocol/types.ts";
import { acceptWebSocket } from "./accepted_socket.ts";
import { pingByFrames } from "./frame_pings.ts";
import { type HandedSocket, takeSocket } from "./handed_socket.ts";
import { offeredProtocols, refuseHandshake } from "./handshake.ts";
import { takeUpgrade } from "./node_upgrade.ts";
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
  const refusal = refuseHost(request, deps) ?? refuseHandshake(request) ??
    refuseOrigin(request, deps) ?? refuseQuery(request) ??
    refuseCrowd(deps.hub, address);
  if (refusal !== undefined) return refusal;
  const identity = name === "centrifuge"
    ? undefined
    : await identify(request, deps);
  if (identity instanceof Response) return identity;
  const { hub } = deps;
  const wait = hub.admission.full ? undefined : hub.turns.admit();
  if (wait !== undefined) await wait;
  const busy = refuseBusy(hub, address);
  if (busy !== undefined) return busy;

  // All that is asked of a request is asked before its upgrade.
  const headers = hub.headersOf(request);
  const agreed = spokenProtocol(name, offeredProtocols(request));
  const protocol = variantOf(agreed ?? protocolOfPath(name, request), request);
  // An SDK shows who it is by its first command.
  const isSdk = protocol.opening === "connect";
  const pingedByFrames = isSdk && asksForPingFrames(request);
  const { socket, response } = openSocket(hub, request, {
    idleMs: pingedByFrames ? hub.limits.pingIntervalMs * 2 : 0,
    protocol: agreed?.name,
  });
  if (socket === undefined) return response;
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
  return queryOf(url).get("cf_ws_frame_ping_pong") === "true";
}

/** Opens the socket of a request, with a subprotocol or without one; there is no socket if its client has gone. */
function openSocket(
  { clock }: Hub,
  request: Request,
  { idleMs, protocol }: {
    /** Silence in which the socket pings its client once, and ends without its answer; 0 leaves the heartbeat to the hub. */
    readonly idleMs: number;
    readonly protocol: string | undefined;
  },
): { readonly socket: HandedSocket | undefined; readonly response: Response } {
  const pending = takeUpgrade(request);
  if (pending !== undefined) {
    const socket = pending.upgrade(protocol);
    if (socket && idleMs > 0) pingByFrames(socket, { clock, idleMs });
    // Not sent: no `Response` of Node can have the status 101.
    return { socket, response: new Response(null) };
  }
  if (globalThis.Deno?.upgradeWebSocket === undefined) {
    throw new TypeError(
      "Cannot upgrade a request on this runtime: expected Deno, " +
        "or a request of an upgradeListener; see docs/embedding.md",
    );
  }
  const upgrade = Deno.upgradeWebSocket(request, {
    idleTimeout: idleMs / 1_000,
  });
  // Deno's own option refuses a list without spaces.
  if (protocol !== undefined) {
    upgrade.response.headers.set("Sec-WebSocket-Protocol", protocol);
  }
  return upgrade;
}

/** Protocol of a client that offers no subprotocol: that of the path, or protobuf where the URL asks for it (client protocol §1). */
function protocolOfPath(name: ProtocolName, { url }: Request): Protocol {
  const spoken = spokenOn(name);
  const query = queryOf(url);
  const format = query.get("cf_protocol") ?? query.get("format");
  const isProtobuf = format === "protobuf" && spoken.includes(protobufProtocol);
  return isProtobuf ? protobufProtocol : spoken[0];
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
  for (const offer of offers) {
    const spoken = spokenOn(name).find((protocol) => protocol.name === offer);
    if (spoken !== undefined) return spoken;
  }
  return undefined;
}

/** With `?from=1`, direct messages of the text protocol name their sender. */
function variantOf(protocol: Protocol, { url }: Request): Protocol {
  const isWithSender = protocol === textProtocol &&
    queryOf(url).get("from") === "1";
  return isWithSender ? textProtocolWithSender : protocol;
}

/**
 * The protocol of a socket that a program hands over, on a path of the protocol `name`;
 * `undefined` if the socket has ended meanwhile.
 *
 * @throws {TypeError} If there is no such protocol, or the socket cannot be handed over; see {@linkcode takeSocket}.
 */
export function protocolOf(
  name: ProtocolName,
  socket: HandedSocket,
): Protocol | undefined {
  const [first] = spokenOn(name);
  if (!takeSocket(socket)) return undefined;
  return spokenProtocol(name, [socket.protocol]) ?? first;
}
