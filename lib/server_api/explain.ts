/** Explanation of what a client with a token may do in a channel, and of the options that hold for it. */

import type { ConnectionClaims, SubscriptionClaims } from "../auth/claims.ts";
import { type Caps, NO_CAPS } from "../auth/caps.ts";
import { decide, type PermissionRule } from "../auth/permissions.ts";
import type { SubscriptionOverride } from "../auth/server_subscription.ts";
import { TokenError, type TokenErrorReason } from "../auth/token_error.ts";
import type { ChannelAction } from "../channel/channel_options.ts";
import type { ServerApiDeps } from "./method.ts";

/** Rule behind a decision, beside those of a channel. */
type Rule =
  | PermissionRule
  | "anonymous"
  | "connectionToken"
  | "foreignToken"
  | "hook"
  | "invalidToken"
  | "noToken"
  | "unknownChannel";

const SENTENCES: Readonly<Record<Rule, readonly [no: string, yes: string]>> = {
  anonymous: [
    "",
    "Every client may do everything here (INSECURE_ANONYMOUS_ALL, or access anonymous).",
  ],
  connectionToken: ["", "The token of the connection is accepted."],
  foreignToken: [
    "The token is for another channel or user: the hub ends the connection of a client that sends it.",
    "",
  ],
  hook: ["", "Without a token of a connection, the program decides."],
  invalidToken: ["The token is not accepted.", ""],
  noToken: ["A client needs a token of a connection.", ""],
  unknownChannel: ["No such channel: its namespace is not configured.", ""],
  users: [
    "The name of the channel lists the users that it is for, and this one is not among them.",
    "",
  ],
  caps: [
    "",
    "The first capability (caps) of the token that fits the channel allows it.",
  ],
  token: ["", "A token for this channel and this user allows to subscribe."],
  private: [
    "The channel is private ($): it needs a token for it, or a capability.",
    "",
  ],
  namespace: [
    "The option allow of the channel's namespace does not have it.",
    "The option allow of the channel's namespace has it.",
  ],
};

/** Decision about one action. */
export interface Explained {
  readonly allowed: boolean;
  readonly rule: Rule;
  /** The rule in a sentence. */
  readonly why: string;
  /** Hook of the program that is asked after that, and may refuse. */
  readonly hook?: string;
}

/** Claims of a token, or the reason why it is not accepted. */
export type ReadToken =
  | { readonly kind: "connection"; readonly claims: ConnectionClaims }
  | { readonly kind: "subscription"; readonly claims: SubscriptionClaims }
  | {
    readonly kind: "invalid";
    readonly reason: TokenErrorReason;
    readonly message: string;
  };

/** Verifies a token of either kind: that of a subscription names its channel. */
export async function readToken(
  { tokens }: Pick<ServerApiDeps, "tokens">,
  token: string,
): Promise<ReadToken> {
  const asSubscription = await verified(tokens.subscription(token));
  if (!(asSubscription instanceof TokenError)) {
    return { kind: "subscription", claims: asSubscription };
  }
  // Without a channel it is that of a connection.
  const claims = await verified(tokens.connection(token));
  if (!(claims instanceof TokenError)) return { kind: "connection", claims };
  const { reason, message } = claims;
  return { kind: "invalid", reason, message };
}

async function verified<Claims>(
  claims: Promise<Claims>,
): Promise<Claims | TokenError> {
  try {
    return await claims;
  } catch (error) {
    if (error instanceof TokenError) return error;
    throw error;
  }
}

/** Deviations from a channel's options that a token asks for. */
export function overrideOf(
  token: ReadToken | undefined,
  channel: string,
): SubscriptionOverride {
  switch (token?.kind) {
    case "subscription":
      return token.claims.channel === channel ? token.claims.override : {};
    case "connection":
      return token.claims.subscriptions.get(channel)?.override ?? {};
    default:
      return {};
  }
}

/** Explains each action of a client in a channel. */
export function explainActions(
  deps: ServerApiDeps,
  channel: string,
  { token, channelToken }: {
    readonly token: ReadToken | undefined;
    readonly channelToken: ReadToken | undefined;
  },
): Readonly<Record<ChannelAction, Explained>> {
  const options = deps.hub.optionsOf(channel);
  const { uid, caps } = identityOf(token, channelToken);
  const isInvalid = [token, channelToken].some((each) =>
    each?.kind === "invalid"
  );
  const tokenAccepted = [token, channelToken].some((each) =>
    each?.kind === "subscription" && each.claims.channel === channel &&
    each.claims.uid === uid
  );
  const hasForeign =
    [token, channelToken].some((each) => each?.kind === "subscription") &&
    !tokenAccepted;
  const explain = (action: ChannelAction): Explained => {
    if (isInvalid) return explained(false, "invalidToken");
    if (action === "subscribe" && hasForeign) {
      return explained(false, "foreignToken");
    }
    if (options === undefined) return explained(false, "unknownChannel");
    if (deps.insecure) return explained(true, "anonymous");
    const { allowed, rule } = decide({
      action,
      channel,
      options,
      uid,
      caps,
      tokenAccepted,
    });
    return explained(allowed, rule);
  };
  return {
    subscribe: withHook(
      explain("subscribe"),
      deps.hooks.onSubscribe && "onSubscribe",
    ),
    publish: withHook(explain("publish"), deps.hooks.onPublish && "onPublish"),
    presence: explain("presence"),
    history: explain("history"),
  };
}

/** Explains whether a client with this token, or without one, is let in. */
export function explainConnect(
  { insecure, hooks }: ServerApiDeps,
  token: ReadToken | undefined,
): Explained {
  const hook = hooks.onConnect && "onConnect";
  if (token?.kind === "invalid") return explained(false, "invalidToken");
  if (insecure) return withHook(explained(true, "anonymous"), hook);
  if (token?.kind === "connection") {
    return withHook(explained(true, "connectionToken"), hook);
  }
  return hook === undefined
    ? explained(false, "noToken")
    : withHook(explained(true, "hook"), hook);
}

/** Uid and capabilities that the tokens give a client. */
function identityOf(
  token: ReadToken | undefined,
  channelToken: ReadToken | undefined,
): { readonly uid: string | undefined; readonly caps: Caps } {
  if (token?.kind === "connection") return token.claims;
  // Alone, a token of a subscription is explained for the client that it is for.
  const alone = [token, channelToken].find((each) =>
    each?.kind === "subscription"
  );
  const uid = alone?.kind === "subscription" ? alone.claims.uid : undefined;
  return { uid, caps: NO_CAPS };
}

function explained(allowed: boolean, rule: Rule): Explained {
  return { allowed, rule, why: SENTENCES[rule][allowed ? 1 : 0] };
}

function withHook(answer: Explained, hook: string | undefined): Explained {
  return answer.allowed && hook !== undefined ? { ...answer, hook } : answer;
}
