/** Options of a program without types, which would be ignored or read otherwise. */

import { assertEquals, assertThrows } from "@std/assert";
import { createHub, type CreateHubOptions } from "../../../lib/create_hub.ts";

const SECRET = "a secret of more than thirty-two characters";

const CHANNELS: readonly (readonly [
  pattern: string,
  options: unknown,
  message: string,
])[] = [
  [
    "a:*",
    { historysize: 5 },
    'Cannot configure the channels "a:*" with historysize, no such option: did you mean historySize?',
  ],
  [
    "*",
    { allow: "subscribe" },
    'Cannot configure the channels "*" with allow "subscribe": expected a list, each one of subscribe, publish, presence, history',
  ],
  [
    "*",
    { allow: ["read"] },
    'Cannot configure the channels "*" with allow ["read"]: expected a list, each one of subscribe, publish, presence, history',
  ],
  [
    "*",
    { presence: "yes" },
    'Cannot configure the channels "*" with presence "yes": expected true or false',
  ],
  [
    "*",
    { slowPolicy: "drop" },
    'Cannot configure the channels "*" with slowPolicy "drop": expected one of close, dropOldest, keepLatest',
  ],
  [
    "*",
    { historySize: "5" },
    'Cannot configure the channels "*" with historySize "5": expected a number',
  ],
  [
    "*",
    { publishRate: -1 },
    'Cannot configure the channels "*" with publishRate -1: expected a number from 0 on',
  ],
  [
    "*",
    { data: {} },
    'Cannot configure the channels "*" with data {}: expected a schema of the Standard Schema',
  ],
  [
    "*",
    { __proto__: null, constructor: 1 },
    'Cannot configure the channels "*" with constructor, no such option',
  ],
  ...["room", "a:b:*", "a\ud800:*", "a\n:*", ":*", "$a:*"].map((pattern) =>
    [
      pattern,
      {},
      `Cannot configure the channels "${pattern}": expected "*" or a namespace such as "chat:*"`,
    ] as const
  ),
];

function create(options: unknown): void {
  createHub(options as CreateHubOptions).drain();
}

for (const [pattern, options, message] of CHANNELS) {
  Deno.test(`Channels are refused: ${message}`, () => {
    const channels = { [pattern]: options };
    const call = () => create({ access: "anonymous", channels });
    assertEquals(assertThrows(call, TypeError).message, message);
  });
}

Deno.test("An option of a channel that is undefined counts as left out", async () => {
  const channels = { "*": { historySize: undefined, data: undefined } };
  await using hub = createHub({ access: "anonymous", channels });
  assertEquals((await hub.publish("news", 1)).offset, 1);
});

for (
  const [access, shown] of [
    ["Anonymous", ' "Anonymous"'],
    [undefined, ""],
    [null, ""],
    [{}, ""],
    [{ token: { secret: SECRET } }, ""],
    [{ tokens: SECRET }, ""],
  ] as const
) {
  Deno.test(`An access that does not exist is refused${shown}, and no secret is shown: ${JSON.stringify(access)?.slice(0, 12)}`, () => {
    assertEquals(
      assertThrows(() => create({ access }), TypeError).message,
      `Cannot create a hub with this access${shown}: expected "anonymous", "onConnect" or { tokens }`,
    );
  });
}

Deno.test("A hook that is no function is refused", () => {
  for (const name of ["onConnect", "onPublish", "onRpc", "onDisconnect"]) {
    assertEquals(
      assertThrows(
        () => create({ access: "anonymous", [name]: "x" }),
        TypeError,
      ).message,
      `Cannot create a hub with ${name} of the type string: expected a function`,
    );
  }
});
