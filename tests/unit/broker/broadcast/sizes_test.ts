import { assert } from "@std/assert";
import type {
  Answer,
  Message,
  Request,
} from "../../../../lib/broker/broadcast/messages.ts";
import { sizeOf } from "../../../../lib/broker/broadcast/sizes.ts";
import type { Publication } from "../../../../lib/base/publication.ts";

const BIG = "x".repeat(10_000);
const INFO = { client: "c", user: "u" };
const CIRCLE: Record<string, unknown> = { text: BIG };
CIRCLE.self = CIRCLE;

const PUBLICATION: Publication = {
  type: "publication",
  channel: "room",
  payload: "",
  info: undefined,
  offset: 1,
  epoch: "e",
};
const POSITION = { offset: 1, epoch: "e" };

function ask(request: Request): Message {
  return { type: "request", id: 1, request };
}

function reply(answer: Answer): Message {
  return { type: "reply", id: 1, answer };
}

function draft(fields: object): Message {
  const draft = { channel: "room", payload: "", ...fields };
  return { type: "publish", id: 1, draft };
}

const BIG_ONES: readonly (readonly [string, Message])[] = [
  ["text", draft({ payload: BIG })],
  ["JSON", draft({ payload: { json: BIG } })],
  ["bytes", draft({ payload: new ArrayBuffer(10_000) })],
  ["what others see of a client", draft({ info: { ...INFO, connInfo: BIG } })],
  ["tags", draft({ tags: { tag: BIG } })],
  ["a key", draft({ idempotencyKey: BIG })],
  ["a delivery's info", {
    type: "delivery",
    publication: { ...PUBLICATION, info: { ...INFO, chanInfo: BIG } },
  }],
  ["a question to nodes", ask({ type: "call", node: "n", question: CIRCLE })],
  [
    "a lease",
    ask({ type: "enter", channel: "room", info: { ...INFO, user: BIG } }),
  ],
  ["a question", { type: "question", id: 1, value: [{ data: BIG }] }],
  ["an answer", { type: "answer", id: 1, value: new Uint8Array(10_000) }],
  ["answers", reply({ type: "answers", answers: [BIG] })],
  [
    "who is present",
    reply({ type: "present", infos: [{ ...INFO, connInfo: BIG }] }),
  ],
  [
    "what was missed",
    reply({
      type: "recovery",
      recovery: {
        recovered: true,
        position: POSITION,
        publications: [{ ...PUBLICATION, payload: BIG }],
      },
    }),
  ],
  [
    "a history",
    reply({
      type: "history",
      result: {
        type: "history",
        position: POSITION,
        publications: [{ ...PUBLICATION, tags: { tag: BIG } }],
      },
    }),
  ],
  ["a reason", { type: "failure", id: 1, reason: BIG }],
  [
    "what a node holds",
    {
      type: "join",
      held: {
        channels: [BIG.slice(0, 5_000)],
        leases: [{ channel: BIG.slice(0, 3_000), info: INFO }],
        keys: [{
          key: BIG.slice(0, 2_000),
          published: { ...POSITION, delivered: true },
          restMs: 1,
        }],
      },
    },
  ],
];

for (const [name, message] of BIG_ONES) {
  Deno.test(`The size of a message counts ${name} once`, () => {
    const bytes = sizeOf(message);
    assert(bytes >= 10_000 && bytes < 11_000, `${bytes} bytes`);
  });
}

Deno.test("The smallest messages have a size", () => {
  for (const type of ["joined", "lost", "bye"] as const) {
    assert(sizeOf({ type }) > 0);
  }
  assert(sizeOf(ask({ type: "position", channel: "room" })) > 0);
  assert(sizeOf(reply({ type: "done" })) > 0);
});
