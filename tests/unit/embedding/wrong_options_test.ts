/** Options of a program without types, which would be ignored or read otherwise. */

import { assertEquals, assertThrows } from "@std/assert";
import type { Access } from "../../../lib/auth/access.ts";
import { createTokenVerifier } from "../../../lib/auth/token_verifier.ts";
import { createLog } from "../../../lib/base/log.ts";
import { createHub, type CreateHubOptions } from "../../../lib/create_hub.ts";
import {
  isolates,
  memory,
  nats,
  postgres,
  redis,
} from "../../../lib/embedding/brokers.ts";

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

for (
  const [name, advice] of [
    ["onSubscrib", ": did you mean onSubscribe?"],
    ["onsubscribe", ": did you mean onSubscribe?"],
    ["maxConnection", ": did you mean maxConnections?"],
    ["zzz", ""],
    ["__proto", ""],
  ] as const
) {
  Deno.test(`The option ${name}, which does not exist, is refused`, () => {
    assertEquals(
      assertThrows(
        () => create({ access: "anonymous", [name]: () => false }),
        TypeError,
      ).message,
      `Cannot create a hub with ${name}, no such option${advice}`,
    );
  });
}

for (const broker of ["redis://user:password@host", {}, null, 7]) {
  Deno.test(`A broker that is none is refused, and not shown: ${typeof broker}`, () => {
    assertEquals(
      assertThrows(() => create({ access: "anonymous", broker }), TypeError)
        .message,
      `Cannot create a hub with a broker of the type ${typeof broker}: ` +
        "expected memory(), isolates(), redis(url), postgres(url) or nats(url)",
    );
  });
}

const WRONG: readonly (readonly [options: unknown, message: string])[] = [
  [
    { access: { tokens: { secret: SECRET, audiance: "app" } } },
    "Cannot verify tokens with audiance, no such option: did you mean audience?",
  ],
  [
    { access: { tokens: { secret: SECRET }, anonymus: true } },
    "Cannot give access with anonymus, no such option: did you mean anonymous?",
  ],
  ...["audience", "issuer"].flatMap((name) =>
    ([[undefined, "undefined"], ["", '""'], [["app"], '["app"]']] as const)
      .map(([value, shown]) =>
        [
          { access: { tokens: { secret: SECRET, [name]: value } } },
          `Cannot verify tokens with the ${name} ${shown}: ` +
          "expected a text that is not empty, or null to accept any",
        ] as const
      )
  ),
  [
    undefined,
    "Cannot create a hub with options of the type undefined: expected an object",
  ],
  [
    null,
    "Cannot create a hub with options of the type null: expected an object",
  ],
  ...["x", ["a", 5]].map((emulatedHeaders) =>
    [
      { access: "anonymous", emulatedHeaders },
      `Cannot create a hub with emulatedHeaders ${
        JSON.stringify(emulatedHeaders)
      }: expected a list of names of headers`,
    ] as const
  ),
  ...[5, null, { info() {} }].map((log) =>
    [
      { access: "anonymous", log },
      `Cannot create a hub with a log of the type ${
        log === null ? "null" : typeof log
      }: expected an object with the methods debug, info, warn, error`,
    ] as const
  ),
  [
    { access: "anonymous", cpuUse: 5 },
    "Cannot create a hub with cpuUse of the type number: expected a function",
  ],
  [
    { access: "anonymous", messageRate: "5" },
    'Cannot create a hub with messageRate "5": expected a number of at least 0',
  ],
  [
    { access: "anonymous", slowGraceMs: "5" },
    'Cannot create a hub with slowGraceMs "5": expected a number of milliseconds from 0 to 2145600000',
  ],
  [
    { access: "anonymous", bridge: {} },
    "Cannot make a bridge without sources and sinks: expected one of them",
  ],
  [
    { access: "anonymous", bridge: { source: [] } },
    "Cannot make a bridge with source, no such option: did you mean sources?",
  ],
  [
    { access: "anonymous", bridge: { sinks: {} } },
    "Cannot make a bridge with sinks of the type object: expected a list",
  ],
  [
    { access: "anonymous", bridge: { sources: [{ onPoisn: "stop" }] } },
    "Cannot make a source of a bridge with onPoisn, no such option: did you mean onPoison?",
  ],
  [
    { access: "anonymous", bridge: { sinks: [{ confrm: false }] } },
    "Cannot make a sink of a bridge with confrm, no such option: did you mean confirm?",
  ],
];

for (const [options, message] of WRONG) {
  Deno.test(`Options are refused: ${message}`, () => {
    assertEquals(
      assertThrows(() => create(options), TypeError).message,
      message,
    );
  });
}

Deno.test("A claim of tokens that null leaves open is not checked", () => {
  create({ access: { tokens: { secret: SECRET, audience: null } } });
});

Deno.test("A misspelt option of a broker is refused", () => {
  const brokers = {
    memory: () => memory({ maxHistoryByte: 1 } as never),
    isolates: () => isolates({ clustre: "a" } as never),
    redis: () => redis("redis://host", { prefx: "a" } as never),
    postgres: () => postgres("postgres://host/db", { shema: "a" } as never),
    nats: () => nats("nats://host", { prefx: "a" } as never),
  };
  for (const [name, make] of Object.entries(brokers)) {
    const { message } = assertThrows(make, TypeError);
    const [beginning] = message.split(" with ");
    assertEquals(beginning, `Cannot use the broker ${name}`);
  }
});

for (const [name, use] of Object.entries({ memory, isolates })) {
  Deno.test(`A bound of the histories that would bound nothing is refused by the broker ${name}`, () => {
    for (const maxHistoryBytes of [NaN, -1, "1kb", "1000", null, {}]) {
      const Fault = typeof maxHistoryBytes === "number"
        ? RangeError
        : TypeError;
      const shown = typeof maxHistoryBytes === "number"
        ? maxHistoryBytes
        : JSON.stringify(maxHistoryBytes);
      assertEquals(
        assertThrows(() => use({ maxHistoryBytes } as never), Fault).message,
        `Cannot use the broker ${name} with maxHistoryBytes ${shown}: expected a number of at least 0`,
      );
    }
    for (const maxHistoryBytes of [undefined, 0, 1.5, Infinity]) {
      use({ maxHistoryBytes });
    }
  });
}

Deno.test("A name that is no text is refused by every broker that hubs share", () => {
  for (const value of [null, 5, {}]) {
    const brokers = {
      cluster: () => isolates({ cluster: value } as never),
      prefix: () => redis("redis://host", { prefix: value } as never),
      schema: () => postgres("postgres://host/db", { schema: value } as never),
    };
    const natsPrefix = () => nats("nats://host", { prefix: value } as never);
    for (
      const [name, use] of [
        ...Object.entries(brokers),
        ["prefix", natsPrefix] as const,
      ]
    ) {
      assertEquals(
        assertThrows(use, TypeError).message,
        `Cannot use the ${name} ${JSON.stringify(value)}: expected a string`,
      );
    }
  }
});

/** The warnings at the start of a hub. */
async function warningsOf(access: Access): Promise<readonly string[]> {
  const events: string[] = [];
  const log = createLog({
    level: "warn",
    write: (_, line) => events.push(JSON.parse(line).event),
  });
  await using _hub = createHub({ access, log });
  return events;
}

Deno.test("A hub warns of a secret that can be guessed, and of an access that lets everybody in", async () => {
  assertEquals(await warningsOf({ tokens: { secret: "x" } }), ["weak_secret"]);
  assertEquals(await warningsOf({ tokens: { secret: SECRET } }), []);
  assertEquals(await warningsOf("anonymous"), ["insecure"]);
  const tokens = { secret: SECRET };
  for (const made of [tokens, { secret: "x" }, createTokenVerifier(tokens)]) {
    const access = { tokens: made, anonymous: true };
    assertEquals(await warningsOf(access), ["insecure"]);
  }
  assertEquals(await warningsOf({ tokens, anonymous: false }), []);
});
