/** Explanations of what a token allows: each is what the hub then does. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import { isRecord } from "../../../lib/base/record.ts";
import { namespacesOf } from "../../../lib/channel/channel_options.ts";
import { ApiScene } from "../../support/api_scene.ts";
import { tokenOf } from "../../support/fake_tokens.ts";
import { SdkClient } from "../../support/sdk_client.ts";

const namespaces = namespacesOf({ "read:*": { allow: ["subscribe"] } });

function makeScene(insecureAnonymousAll = false): ApiScene {
  return new ApiScene({ namespaces, insecureAnonymousAll });
}

type Decisions = Readonly<
  Record<string, { allowed: boolean; rule: string; why: string }>
>;

async function explain(
  scene: ApiScene,
  body: object,
): Promise<{ connect: Decisions[string]; actions: Decisions; token?: object }> {
  const answer = await scene.call("explain", body);
  assert(isRecord(answer), JSON.stringify(answer));
  // deno-lint-ignore no-explicit-any -- JSON of the API, compared below
  return answer.result as any;
}

/** Cases: claims of the connection's token, of the channel's token, the channel, and the rules by action. */
const CASES = [
  {
    what: "a plain channel",
    claims: { sub: "bob" },
    channel: "news",
    subscribe: [true, "namespace"],
    publish: [true, "namespace"],
  },
  {
    what: "a namespace that allows less",
    claims: { sub: "bob" },
    channel: "read:1",
    subscribe: [true, "namespace"],
    publish: [false, "namespace"],
  },
  {
    what: "a capability",
    claims: { sub: "bob", caps: [{ channels: ["read:1"], allow: ["pub"] }] },
    channel: "read:1",
    subscribe: [true, "namespace"],
    publish: [true, "caps"],
  },
  {
    what: "a private channel without a token for it",
    claims: { sub: "bob" },
    channel: "$secret",
    subscribe: [false, "private"],
    publish: [false, "private"],
  },
  {
    what: "a private channel with a token for it",
    claims: { sub: "bob" },
    channelClaims: { sub: "bob", channel: "$secret" },
    channel: "$secret",
    subscribe: [true, "token"],
    publish: [true, "namespace"],
  },
  {
    what: "a token for the channel of another user",
    claims: { sub: "bob" },
    channelClaims: { sub: "alice", channel: "$secret" },
    channel: "$secret",
    subscribe: [false, "foreignToken"],
    publish: [false, "private"],
  },
  {
    what: "a channel of other users",
    claims: { sub: "bob", caps: [{ channels: ["x#alice"], allow: ["sub"] }] },
    channel: "x#alice",
    subscribe: [false, "users"],
    publish: [false, "users"],
  },
  {
    what: "a namespace that is not configured",
    claims: { sub: "bob" },
    channel: "unknown:1",
    subscribe: [false, "unknownChannel"],
    publish: [false, "unknownChannel"],
  },
] as const;

for (const each of CASES) {
  Deno.test(`The explanation of ${each.what} names the rule, and the hub does what it says`, async () => {
    const scene = makeScene();
    const { claims, channel } = each;
    const channelToken = "channelClaims" in each
      ? tokenOf(each.channelClaims)
      : "";
    const { actions, connect } = await explain(scene, {
      token: tokenOf(claims),
      channel_token: channelToken,
      channel,
    });
    assertEquals([connect.allowed, connect.rule], [true, "connectionToken"]);
    for (const action of ["subscribe", "publish"] as const) {
      const { allowed = false, rule, why = "" } = actions[action] ?? {};
      assertEquals([allowed, rule], [...each[action]], action);
      assert(why.length > 10, `no sentence: ${action}`);
    }
    const client = await SdkClient.connect(scene, { claims });
    const answers = await client.ask(
      { id: 2, subscribe: { channel, token: channelToken } },
      { id: 3, publish: { channel, data: 1 } },
    );
    const isDone = (wanted: number) =>
      answers.some(({ id, error }) => id === wanted && error === undefined);
    assertEquals(isDone(2), each.subscribe[0]);
    assertEquals(isDone(3), each.publish[0]);
    assertEquals(
      client.closeCode,
      actions.subscribe?.rule === "foreignToken" ? 3500 : undefined,
    );
  });
}

Deno.test("A token of a subscription alone is explained for the client that it is for", async () => {
  const { connect, actions, token } = await explain(makeScene(), {
    token: tokenOf({ sub: "bob", channel: "$x" }),
    channel: "$x",
  });
  assertEquals([connect.allowed, connect.rule], [false, "noToken"]);
  assertEquals(actions.subscribe?.rule, "token");
  assertEquals(token, { kind: "subscription", user: "bob", channel: "$x" });
});

Deno.test("A token that is not accepted is explained by its fault, and never repeated", async () => {
  const scene = makeScene();
  const text = await scene.callRaw(
    "explain",
    JSON.stringify({ token: "expired", channel: "news" }),
  );
  const { token, connect, actions } = JSON.parse(text).result;
  assertEquals([token.kind, token.reason], ["invalid", "expired"]);
  assertEquals(connect.rule, "invalidToken");
  assertEquals(actions.history.rule, "invalidToken");
  const secret = tokenOf({ sub: "bob", channels: 1, x: "the-secret-part" });
  const refused = await scene.callRaw(
    "explain",
    JSON.stringify({ token: secret, channel: "news" }),
  );
  assertFalse(refused.includes("the-secret-part"), refused);
  assertFalse(JSON.stringify(scene.logs).includes("the-secret-part"));
});

Deno.test("Where every client may do everything, that is the rule", async () => {
  const { connect, actions } = await explain(makeScene(true), {
    channel: "$secret#alice",
  });
  assertEquals(connect.rule, "anonymous");
  assertEquals(actions.publish?.rule, "anonymous");
});

Deno.test("A hook of the program that may refuse is named", async () => {
  const scene = new ApiScene({
    namespaces,
    insecureAnonymousAll: false,
    onConnect: () => ({ uid: "bob" }),
    onSubscribe: () => {},
  });
  const without = await explain(scene, { channel: "news" });
  assertEquals<unknown>(
    { ...without.connect, why: "" },
    { allowed: true, rule: "hook", why: "", hook: "onConnect" },
  );
  const { actions } = await explain(scene, {
    token: tokenOf({ sub: "bob" }),
    channel: "read:1",
  });
  assertEquals<unknown>(
    { ...actions.subscribe, why: "" },
    { allowed: true, rule: "namespace", why: "", hook: "onSubscribe" },
  );
  assertEquals("hook" in (actions.publish ?? {}), false);
});
