/** Upgrades requests to WebSockets of a hub, and connects each socket to it. */

import type { Connection } from "../hub/connection.ts";
import { disconnects, writeCloseReason } from "../base/disconnect.ts";
import type { Hub } from "../hub/hub.ts";
import type { Identity } from "../hub/identity.ts";
import { centrifugeProtocol } from "../protocol/centrifuge.ts";
import { protobufProtocol } from "../protocol/centrifuge_protobuf.ts";
import { plainProtocol } from "../protocol/plain.ts";
import { textProtocol, textProtocolWithSender } from "../protocol/text.ts";
import type { Protocol } from "../protocol/types.ts";
import { offeredProtocols, refuseHandshake } from "./handshake.ts";
import {
  type GuardDeps,
  identify,
  refuseBusy,
  refuseHost,
  refuseOrigin,
  refuseQuery,
} from "./request_guard.ts";

/** Protocol of a path: texts with addresses, texts to the program, or that of the official SDKs. */
export type ProtocolName = "text" | "plain" | "centrifuge";

/** Ready state of a socket that is open. */
const OPEN = 1;

/** Subprotocols of each path; a text client may speak those of the SDKs instead. */
const SPOKEN: Readonly<Record<ProtocolName, readonly Protocol[]>> = {
  text: [textProtocol, centrifugeProtocol, protobufProtocol],
  plain: [plainProtocol],
  centrifuge: [centrifugeProtocol, protobufProtocol],
};

/**
 * Upgrades a request to a WebSocket of the hub. Of the subprotocols that the client
 * offers, the first that is known here is chosen; with none of them the socket opens
 * without one, in the protocol of the path, or in protobuf where the URL asks for it.
 * Resolves with the answer, also to a request that is refused.
 */
export async function upgradeWebSocket(
  deps: GuardDeps,
  request: Request,
  name: ProtocolName,
): Promise<Response> {
  const refusal = refuseHandshake(request) ?? refuseHost(request, deps) ??
    refuseOrigin(request, deps) ?? refuseQuery(request);
  if (refusal !== undefined) return refusal;
  const identity = name === "centrifuge"
    ? undefined
    : await identify(request, deps);
  if (identity instanceof Response) return identity;
  const { hub } = deps;
  const busy = refuseBusy(hub);
  if (busy !== undefined) return busy;

  // All that is asked of a request is asked before its upgrade.
  const headers = hub.headersOf(request);
  const agreed = spokenProtocol(name, offeredProtocols(request));
  const protocol = variantOf(agreed ?? protocolOfPath(name, request), request);
  const { socket, response } = Deno.upgradeWebSocket(request, {
    idleTimeout: 0,
  });
  // Deno's own option refuses a list without spaces.
  if (agreed !== undefined) {
    response.headers.set("Sec-WebSocket-Protocol", agreed.name);
  }
  // An SDK shows who it is by its first command.
  const isSdk = protocol.opening === "connect";
  acceptWebSocket(hub, socket, {
    protocol,
    identity: isSdk ? undefined : identity,
    headers,
  });
  return response;
}

/** Protocol of a client that has offered none; some SDKs ask for protobuf in the URL (client protocol §1). */
function protocolOfPath(name: ProtocolName, { url }: Request): Protocol {
  const { searchParams } = new URL(url);
  const format = searchParams.get("cf_protocol") ?? searchParams.get("format");
  const isProtobuf = format === "protobuf" &&
    SPOKEN[name].includes(protobufProtocol);
  return isProtobuf ? protobufProtocol : SPOKEN[name][0]!;
}

/** The first of the subprotocols that a client offers which is spoken on a path. */
function spokenProtocol(
  name: ProtocolName,
  offers: readonly string[],
): Protocol | undefined {
  return offers
    .map((offer) => SPOKEN[name].find((protocol) => protocol.name === offer))
    .find((protocol) => protocol !== undefined);
}

/** With `?from=1`, direct messages of the text protocol name their sender. */
function variantOf(protocol: Protocol, { url }: Request): Protocol {
  const isWithSender = protocol === textProtocol &&
    new URL(url).searchParams.get("from") === "1";
  return isWithSender ? textProtocolWithSender : protocol;
}

/**
 * Socket that a program hands over: a `WebSocket` of any runtime, or of the package
 * `ws`. It may be open already.
 */
export interface HandedSocket {
  /** Set to `"arraybuffer"`. */
  binaryType: string;
  /** State of the socket; 1 if it is open. */
  readonly readyState: number;
  /** Subprotocol that was agreed upon; empty for none. */
  readonly protocol: string;
  /** Bytes queued and not yet taken by the network. */
  readonly bufferedAmount: number;
  /** Sends one frame. */
  send(frame: string | ArrayBuffer): void;
  /** Closes the socket. */
  close(code: number, reason: string): void;
  /** Called when the socket is open. */
  // deno-lint-ignore no-explicit-any -- each runtime has its own classes of events
  onopen: ((event: any) => void) | null;
  /** Called with each frame. */
  // deno-lint-ignore no-explicit-any -- as above
  onmessage: ((event: any) => void) | null;
  /** Called at the end of the socket. */
  // deno-lint-ignore no-explicit-any -- as above
  onclose: ((event: any) => void) | null;
  /** Called before `onclose`, when the connection fails. */
  // deno-lint-ignore no-explicit-any -- as above
  onerror: ((event: any) => void) | null;
}

/** The protocol that a socket speaks which another server has upgraded. */
export function protocolOf(
  name: ProtocolName,
  socket: HandedSocket,
): Protocol {
  return spokenProtocol(name, [socket.protocol]) ?? SPOKEN[name][0]!;
}

/** Options of {@linkcode acceptWebSocket}. */
export interface AcceptOptions {
  /** Protocol of the client. */
  readonly protocol: Protocol;
  /** Identity that the client has shown; without it the client has to authenticate in time. */
  readonly identity?: Identity;
  /** Headers of its request, where they are kept. */
  readonly headers?: Headers;
}

/**
 * Registers `socket` with `hub` as soon as it opens, unless the hub is full (3504)
 * or draining (3001); the socket takes a place of `hub.admission` until its end.
 *
 * Every handler is guarded, for a throw in one would end the process.
 */
export function acceptWebSocket(
  hub: Hub,
  socket: HandedSocket,
  { protocol, identity, headers }: AcceptOptions,
): void {
  let connection: Connection | undefined;
  let entered = hub.admission.enter();

  const fail = (error: unknown) => reportFailure(hub, connection, error);

  /** Deno may report one end twice. */
  function leave(): void {
    if (entered) hub.admission.leave();
    entered = false;
  }

  // Deno says nothing of a client that has gone before the upgrade.
  const stopWaiting = hub.clock.after(hub.limits.authenticateWithinMs, leave);

  socket.binaryType = "arraybuffer";
  const open = () => {
    stopWaiting();
    try {
      // One that was waited for too long has given its place back.
      entered ||= hub.admission.enter();
      const { shutdown, connectionLimit } = disconnects;
      const noSlot = entered ? undefined : connectionLimit;
      const reject = hub.draining ? shutdown : noSlot;
      if (reject === connectionLimit) hub.counters.connectionsRefused++;
      const notice = reject && hub.returns.appoint(reject);
      if (notice) return socket.close(notice.code, writeCloseReason(notice));
      connection = hub.connect(socket, protocol, identity, headers);
    } catch (error) {
      fail(error);
    }
  };
  socket.onopen = open;
  socket.onmessage = (event) => {
    try {
      connection?.receive(event.data);
    } catch (error) {
      fail(error);
    }
  };
  socket.onclose = () => {
    stopWaiting();
    leave();
    try {
      connection?.ended();
    } catch (error) {
      fail(error);
    }
  };
  // `onclose` follows. Without a handler, the package `ws` would throw.
  socket.onerror = () => {};
  if (socket.readyState === OPEN) open();
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
