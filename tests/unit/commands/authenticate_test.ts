/** The frame `auth:<token>`, and what a token that is not accepted means for its client. */

import { assertEquals } from "@std/assert";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { Scene } from "../../support/scene.ts";

const CASES: readonly (readonly [string, string, number | undefined])[] = [
  ["is good", tokenOf({ sub: "alice" }), undefined],
  ["is not accepted", "invalid", 3500],
  ["has ended", "expired", 3500],
  ["cannot be verified now", "unavailable", 3004],
  ["names nobody", tokenOf({}), 3500],
];

for (const [what, token, code] of CASES) {
  Deno.test(`A text client whose token ${what} ${code ? `is closed with ${code}` : "is let in"}`, async () => {
    const scene = new Scene({
      insecureAnonymousAll: false,
      tokens: fakeTokens,
    });
    const { connection, transport } = scene.connect(null);
    connection.receive(`auth:${token}`);
    await scene.settle();
    assertEquals(transport.closed?.code, code);
    assertEquals(connection.uid, code ? undefined : "alice");
  });
}

for (
  const [token, reason] of [
    ["early", "the token is not valid yet"],
    ["unavailable", "the token cannot be verified now"],
  ] as const
) {
  Deno.test(`A text client that may come again with its token learns why it has to: ${reason}`, async () => {
    const tokens = fakeTokens;
    const scene = new Scene({ insecureAnonymousAll: false, tokens });
    const { connection, transport } = scene.connect(null);
    connection.receive(`auth:${token}`);
    await scene.settle();
    assertEquals(transport.closed, { code: 3004, reason });
  });
}
