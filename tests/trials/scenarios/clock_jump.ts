/** A wall clock that jumps by an hour, forward and back, under clients that talk and channels that keep a history. */

import type { FakeClock } from "../../support/fake_clock.ts";
import { fakeTokens } from "../../support/fake_tokens.ts";
import { Scene, type SceneClient } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";
import { createTrial, exactly, type Figure, none } from "./trial.ts";

interface Scale {
  readonly clients: number;
}

const HOUR_MS = 3_600_000;
/** Shorter than the jump, and longer than the trial. */
const TOKEN_MS = HOUR_MS / 2;
const JUMPS = [HOUR_MS, -HOUR_MS, -HOUR_MS, HOUR_MS];
/** Longer than any silence that is allowed. */
const AFTER_JUMP_MS = 70_000;
const TALK_EVERY_MS = 10_000;
const CHANNEL = "room";
const HISTORY_SIZE = 100;

/** Lets time pass while every client talks, and every SDK answers. */
function talk(
  clock: FakeClock,
  texts: readonly SceneClient[],
  sdks: readonly SdkClient[],
): void {
  for (let ms = 0; ms < AFTER_JUMP_MS; ms += TALK_EVERY_MS) {
    clock.advance(TALK_EVERY_MS);
    for (const { connection } of texts) connection.receive("pong");
    for (const { connection } of sdks) connection.receive("{}");
  }
}

async function keptBy({ hub, clock }: Scene): Promise<number> {
  clock.advance(0);
  const result = await hub.broker.history(CHANNEL, { limit: HISTORY_SIZE });
  return result.type === "history" ? result.publications.length : 0;
}

async function scenario({ clients }: Scale): Promise<readonly Figure[]> {
  const scene = new Scene({ tokens: fakeTokens });
  const { clock, hub } = scene;
  const texts: SceneClient[] = [];
  const sdks: SdkClient[] = [];
  const exp = (clock.wallTime + TOKEN_MS) / 1_000;
  for (let index = 0; index < clients / 2; index++) {
    texts.push(scene.connect(`text-${index}`));
    const claims = { sub: `sdk-${index}`, exp };
    sdks.push(await SdkClient.connect(scene, { claims }));
  }
  for (let count = 0; count < HISTORY_SIZE; count++) {
    await hub.publish(CHANNEL, "hello");
  }
  let flushed = 0;
  for (const jump of JUMPS) {
    clock.wallOffset += jump;
    talk(clock, texts, sdks);
    if (await keptBy(scene) < HISTORY_SIZE) flushed++;
  }
  const closed = [...texts, ...sdks].filter(({ transport }) =>
    transport.closed !== undefined
  );
  const silent = texts.length + sdks.length - closed.length;
  // The watch goes on: silence is silence, whatever the wall clock says.
  clock.advance(2 * AFTER_JUMP_MS);
  const left = texts.filter(({ transport }) => transport.closed === undefined);
  await hub.close();
  return [
    exactly("clients that stay", silent, clients),
    none("evictions", closed.length),
    none("histories flushed", flushed),
    none("silent clients that stay", left.length),
  ];
}

export const clockJump = createTrial({
  name: "clock",
  promise:
    "A wall clock that jumps by an hour evicts no client and flushes no history",
  scales: { ci: { clients: 200 }, full: { clients: 10_000 } },
  scenario,
});
