/** The commands `auth` and `refresh`: a client's first token, or a newer one. */

import type { ConnectionClaims } from "../auth/claims.ts";
import { TokenError } from "../auth/token_error.ts";
import type { Connection } from "../hub/connection.ts";
import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { toClientInfo } from "../hub/identity.ts";
import type { TokenCommand } from "../protocol/types.ts";
import { admit } from "./connect.ts";
import type { CommandsDeps } from "./deps.ts";
import { lifetime, REFRESH_GRACE_MS, refuseToken, verified } from "./tokens.ts";

/** The frame `auth:<token>` of the text protocol. */
export async function authenticate(
  deps: CommandsDeps,
  connection: Connection,
  { token }: TokenCommand,
): Promise<void> {
  const { tokens, log } = deps;
  const claims = await verifiedOnly(deps, connection, tokens.connection(token));
  if (connection.closed) return;
  const { subject, opening } = connection;
  const isOther = subject !== undefined && subject !== claims.uid;
  if (claims.uid === undefined || isOther) {
    const error = new TokenError(
      "invalid",
      "without a uid, or for another one",
    );
    return refuseToken(log, connection, error);
  }
  if (opening === "done" && subject === claims.uid) {
    return renew(deps, connection, claims, claims.expiresAt);
  }
  await admit(deps, connection, claims);
}

/** Lets a connection last as long as its new token. Centrifuge, §3. */
export async function refresh(
  deps: CommandsDeps,
  connection: Connection,
  { id, token }: TokenCommand,
): Promise<void> {
  const { hub, log, tokens } = deps;
  if (token === "") throw new ProtocolError(errors.badRequest);
  const claims = await verified(log, connection, tokens.connection(token));
  if (connection.closed) return;
  if (claims.uid !== connection.subject) {
    const error = new TokenError("invalid", "for another uid");
    return refuseToken(log, connection, error);
  }
  renew(deps, connection, claims, claims.expiresAt + REFRESH_GRACE_MS);
  connection.reply({
    type: "refreshed",
    id,
    client: connection.id,
    ...lifetime(hub.clock, claims.expiresAt),
  });
}

/** Takes over the claims of a newer token of the same uid. */
function renew(
  { hub, hooks }: CommandsDeps,
  connection: Connection,
  { caps, meta, info }: ConnectionClaims,
  expiresAt: number,
): void {
  const { id, uid } = connection;
  connection.caps = caps;
  connection.meta = meta;
  // What the program has decided about the client stands.
  if (hooks.onConnect === undefined) {
    connection.info = toClientInfo(id, { uid, info, expiresAt });
  }
  hub.renew(connection, expiresAt);
}

/** Verifies the token of a text client. One that has expired ends the connection too, for the client cannot send a newer one by itself. */
async function verifiedOnly<Claims>(
  deps: CommandsDeps,
  connection: Connection,
  claims: Promise<Claims>,
): Promise<Claims> {
  try {
    return await verified(deps.log, connection, claims);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    // Its earlier token still counts, and it may send the newer one again.
    if (error.temporary && connection.opening === "done") throw error;
    throw new DisconnectError(
      error.temporary
        ? { ...disconnects.internal, reason: error.message }
        : disconnects.invalidToken,
    );
  }
}
