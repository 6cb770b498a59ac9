/** Scenarios of the SDK: a text that grows, for one who reads along, one who comes late and one who is cut. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import type { Sdk, SdkSubscription } from "../support/sdk.ts";
import { range } from "../support/stream_of.ts";
import { absence } from "./sdk_recovery.ts";
import type { Scenario, SdkStage } from "./sdk_stage.ts";

const CHANNEL = "answer:1";
/** Words of an answer of 3.5 KB. */
const WORDS = range(101, 300).map((number) => `the word no. ${number}; `);

interface Text {
  readonly text: string;
  readonly closed: boolean;
}

function isText(data: unknown): data is Text {
  return typeof data === "object" && data !== null && "text" in data &&
    typeof data.text === "string" && "closed" in data;
}

/** The texts that a subscriber has got, oldest first. */
function textsOf({ data }: SdkSubscription): Text[] {
  return data.map((each) => {
    assert(isText(each), JSON.stringify(each));
    return each;
  });
}

/** Texts that begin with those before, up to one that is whole and closed. */
function assertGrows(sub: SdkSubscription, whole: string): void {
  let before = "";
  for (const { text } of textsOf(sub)) {
    assert(text.startsWith(before), `"${text}" after "${before}"`);
    before = text;
  }
  assertEquals(textsOf(sub).at(-1), { text: whole, closed: true });
}

function closes(sub: SdkSubscription): Promise<void> {
  return eventually(() => textsOf(sub).at(-1)?.closed === true, {
    awaited: () => `the end of ${JSON.stringify(sub.data.at(-1))}`,
  });
}

function append(stage: SdkStage, part: string, terms = {}): Promise<unknown> {
  return stage.api("append", { channel: CHANNEL, append: part, ...terms });
}

/** Appends one word after the other, each once the one before is answered. */
async function write(
  stage: SdkStage,
  words: readonly string[],
): Promise<void> {
  for (const word of words) await append(stage, word);
}

function subscribe(reader: Sdk): Promise<SdkSubscription> {
  return reader.subscribe(CHANNEL, { delta: "fossil" });
}

/** Declares them. */
export function testSdkTexts(scenario: Scenario): void {
  scenario(
    "a text grows for all who read it, and who comes late or was cut begins with the whole",
    async (stage) => {
      const early = await subscribe(await stage.user("early"));
      await write(stage, WORDS.slice(0, 20));
      const late = await subscribe(await stage.user("late"));
      await write(stage, WORDS.slice(20, 30));
      await absence(stage, late, () => write(stage, WORDS.slice(30, 40)));
      await write(stage, WORDS.slice(40, 50));
      await append(stage, "", { close: true });
      await Promise.all([closes(early), closes(late)]);
      const whole = WORDS.slice(0, 50).join("");
      assertGrows(early, whole);
      assertGrows(late, whole);
      const [state] = textsOf(late);
      assertEquals(state?.text, WORDS.slice(0, 20).join(""));
    },
  );

  scenario(
    "the words of a growing text are what travels",
    async (stage) => {
      const reader = await stage.user("reader");
      const sub = await subscribe(reader);
      const before = stage.network.bytesToClients;
      await write(stage, WORDS);
      await append(stage, "", { close: true });
      await closes(sub);
      const bytes = stage.network.bytesToClients - before;
      const inFull = textsOf(sub)
        .reduce((sum, text) => sum + JSON.stringify(text).length, 0);
      const { length } = textsOf(sub);
      assertLess(bytes * 10, inFull);
      assertLess(bytes, length * 150);
    },
  );
}
