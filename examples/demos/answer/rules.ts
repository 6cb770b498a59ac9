/** Rules of the AI answer: a question starts the model, whose words the server appends to a text. */

import {
  type EmbeddedHub,
  errors,
  type KeptPublication,
  ProtocolError,
} from "@thrum/thrum";
import type { Demo } from "../frame/demo.ts";
import { requireText } from "../frame/refusals.ts";
import { streamAnswer } from "./model.ts";

/** Answers that one isolate streams at a time. */
const MAX_ANSWERS = 50;

/** A text that grows, in one channel for each room. */
export const answer: Demo = {
  name: "answer",
  title: "AI answer",
  summary:
    "An answer streams to all who read it, and to those who come in the middle.",
  hint:
    "Ask on the left, join on the right while it is being written, and cut a line in the middle of a sentence.",
  shows: ["append", "deltas", "recovery of a state", "RPC"],
  channels: {
    "answer:*": {
      recoveryMode: "cache",
      autoCacheRecover: true,
      delta: ["fossil"],
      allow: ["subscribe"],
    },
  },
  sources: ["page.tsx", "rules.ts", "model.ts"],
  rules({ hub, log }) {
    let answers = 0;
    return {
      async onRpc({ data }) {
        const rule = { name: "a question", maxLength: 120 };
        const question = requireText(Object(data).question, rule);
        const channel = `answer:${Object(data).room}`;
        const { publications } = await hub.history(channel, { reverse: true });
        if (isGrowing(publications[0])) throw refusal("let me finish first");
        if (answers >= MAX_ANSWERS) throw refusal("too many answers at a time");
        answers++;
        await hub.append(channel, "", { restart: true });
        write(hub, channel, question)
          .catch((error) => log.warn("answer_failed", { channel, error }))
          .finally(() => answers--);
      },
    };
  },
};

async function write(
  hub: EmbeddedHub,
  channel: string,
  question: string,
): Promise<void> {
  for await (const word of streamAnswer(question)) {
    await hub.append(channel, word);
  }
  await hub.append(channel, "", { close: true });
}

function isGrowing(kept: KeptPublication | undefined): boolean {
  return Object(kept?.data).closed === false;
}

function refusal(message: string): ProtocolError {
  return new ProtocolError(errors.notAvailable, message);
}
