import { assertEquals, assertRejects } from "@std/assert";
import type { Row, Value } from "../../../../lib/broker/postgres/client.ts";
import type { PostgresLink } from "../../../../lib/broker/postgres/link.ts";
import { Sweeper } from "../../../../lib/broker/postgres/sweeper.ts";
import { FakeClock, fakeRandom } from "../../../support/fake_clock.ts";

/** A sweeper, and the statements that it has sent: how much each removes, and where it begins. */
function sweeper(answer: () => Promise<readonly Row[]>) {
  const sent: (readonly Value[])[] = [];
  const errors: unknown[] = [];
  const link = {
    ready: true,
    run(_: string, parameters: readonly Value[]) {
      sent.push(parameters);
      return answer();
    },
    report: (error: unknown) => errors.push(error),
  };
  const clock = new FakeClock();
  const random = fakeRandom();
  const deps = { link: link as unknown as PostgresLink, clock, random };
  return { sweeper: new Sweeper(deps), sent, errors, clock };
}

Deno.test("A sweep that takes too long is halved, down to a least, until one has gone through", async () => {
  let isSlow = true;
  const { sweeper: swept, sent } = sweeper(() =>
    isSlow
      ? Promise.reject(new Error("canceling statement due to timeout"))
      : Promise.resolve([[7, 1]])
  );
  for (let count = 0; count < 9; count++) {
    await assertRejects(() => swept.sweep(), Error, "timeout");
  }
  assertEquals(sent.map(([batch]) => batch), [
    ...[5_000, 2_500, 1_250, 625, 312, 156, 78, 50, 50],
  ]);
  isSlow = false;
  assertEquals(await swept.sweep(), true);
  assertEquals(await swept.sweep(), true);
  // It goes on where it was, and stays small as long as there is more.
  assertEquals(sent.slice(-2), [[50, 0], [50, 7]]);
});

Deno.test("The next sweep after one that has removed all is large again, and begins anew", async () => {
  const answers: (readonly Row[] | Error)[] = [
    new Error("timeout"),
    [[7, 1]],
    [[9, 0]],
    [[0, 0]],
  ];
  const { sweeper: swept, sent } = sweeper(async () => {
    const answer = await Promise.resolve(answers.shift()!);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  await assertRejects(() => swept.sweep());
  for (let count = 0; count < 3; count++) await swept.sweep();
  assertEquals(sent, [[5_000, 0], [2_500, 0], [2_500, 7], [5_000, 0]]);
});

Deno.test("A sweeper goes on after one that has failed, and reports it", async () => {
  const { sweeper: swept, sent, errors, clock } = sweeper(() =>
    Promise.reject(new Error("timeout"))
  );
  swept.start();
  for (let count = 0; count < 3; count++) {
    clock.advance(10_000);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  }
  assertEquals(sent.map(([batch]) => batch), [5_000, 2_500, 1_250]);
  assertEquals(errors.length, 3);
  swept.stop();
});
