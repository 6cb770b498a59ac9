/** Dispatch of clients' commands: permission first, then the hub, then the reply. */

import { authenticate, refresh } from "./authenticate.ts";
import { connect } from "./connect.ts";
import type { CommandsDeps } from "./deps.ts";
import { RpcSlots } from "./rpc_slots.ts";
import { broadcast, direct, publish } from "./publish.ts";
import { history, presence, presenceStats } from "./read.ts";
import { refreshSubscription, subscribe, unsubscribe } from "./subscribe.ts";
import type { Connection } from "../hub/connection.ts";
import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Command, PayloadCommand, RpcCommand } from "../protocol/types.ts";
import { toClientValue, toPayload } from "../base/publication.ts";

/** Makes the function that carries out commands; later commands wait for a returned promise. */
export function createCommands(
  deps: CommandsDeps,
): (connection: Connection, command: Command) => void | Promise<void> {
  const rpcs = new RpcSlots(deps.hub);
  return (connection, command) => {
    if (connection.opening !== "done") {
      requireOpening(deps, connection, command);
    }
    switch (command.type) {
      case "direct":
        return direct(deps, connection, command);
      case "publish":
        return publish(deps, connection, command);
      case "broadcast":
        return broadcast(deps, connection, command);
      case "subscribe":
        return subscribe(deps, connection, command);
      case "unsubscribe":
        return unsubscribe(deps, connection, command);
      case "ping":
        return connection.reply({ type: "pong", id: command.id });
      case "pong":
        return;
      case "connect":
        return connect(deps, connection, command);
      case "auth":
        return authenticate(deps, connection, command);
      case "refresh":
        return refresh(deps, connection, command);
      case "subRefresh":
        return refreshSubscription(deps, connection, command);
      case "presence":
        return presence(deps, connection, command);
      case "presenceStats":
        return presenceStats(deps, connection, command);
      case "history":
        return history(deps, connection, command);
      case "rpc":
        return rpcs.use(() => rpc(deps, connection, command));
      case "message":
        return message(deps, connection, command);
      case "unavailable":
        throw new ProtocolError(errors.notAvailable);
      case "incomplete":
        throw new ProtocolError(errors.badRequest, command.problem);
      case "invalid":
        return refuseFrame(deps, connection, command.problem);
    }
  };
}

/** Refuses every command but the one by which a client authenticates, until it has; an SDK does so once. */
function requireOpening(
  deps: CommandsDeps,
  connection: Connection,
  command: Command,
): void {
  const { type } = command;
  if (connection.protocol.opening === "connect") {
    if (type === "connect") return;
    return refuseFrame(
      deps,
      connection,
      type === "invalid" ? command.problem : `${type}: expected connect first`,
    );
  }
  if (type === "auth" || type === "ping" || type === "pong") return;
  throw new ProtocolError(errors.unauthorized, 'send "auth:<token>" first');
}

/** Ends the connection of an SDK whose frame is invalid. The close frame has no room for the fault. */
function refuseFrame(
  { log }: CommandsDeps,
  { id, uid }: Connection,
  problem: string,
): never {
  log.debug("bad_request", { connection: id, uid, problem });
  throw new DisconnectError(disconnects.badRequest);
}

async function rpc(
  { hooks }: CommandsDeps,
  connection: Connection,
  { id, method, payload }: RpcCommand,
): Promise<void> {
  if (hooks.onRpc === undefined) throw new ProtocolError(errors.notAvailable);
  const data = toClientValue(payload);
  const { headers } = connection;
  const answer = await hooks.onRpc({ connection, headers, method, data });
  connection.reply({
    type: "rpc",
    id,
    payload: toPayload(answer ?? null, "answer a call"),
  });
}

function message(
  { hooks }: CommandsDeps,
  connection: Connection,
  { payload }: PayloadCommand,
): void | Promise<void> {
  if (hooks.onMessage !== undefined) {
    const { headers } = connection;
    const data = toClientValue(payload);
    return hooks.onMessage({ connection, headers, data });
  }
  if (connection.protocol.opening === "connect") {
    throw new DisconnectError(disconnects.notAvailable);
  }
}
