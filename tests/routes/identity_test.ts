/** Requests with a token in the header `Authorization`. */

import { assertEquals } from "@std/assert";
import { fakeTokens } from "../support/fake_tokens.ts";
import { FakeApp } from "./fake_app.ts";

const CASES = [
  ["not accepted", "invalid", 401],
  ["over", "expired", 401],
  ["not to be verified now", "unavailable", 503],
] as const;

for (const [what, token, status] of CASES) {
  Deno.test(`A request whose token is ${what} is answered with ${status}`, async () => {
    await using app = new FakeApp({ tokens: fakeTokens });
    const headers = { authorization: `Bearer ${token}` };
    const answers = await Promise.all([
      app.fetch("/poll?channel=news&timeout=0", { headers }),
      app.fetch("/sse?channel=news", { headers }),
      app.fetch("/send", { method: "POST", headers, body: "ping" }),
    ]);
    for (const answer of answers) await answer.body?.cancel();
    assertEquals(answers.map((answer) => answer.status), [
      status,
      status,
      status,
    ]);
  });
}
