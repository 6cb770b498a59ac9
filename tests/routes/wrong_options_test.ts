/** Options of the routes of a program without types: what is misspelt or of another type is refused. */

import { assertEquals, assertThrows } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { createLog } from "../../lib/base/log.ts";
import { thrum } from "../../routes/mod.ts";

const ORIGINS =
  "expected a list of origins as browsers send them, such as https://app.example, " +
  "https://*.app.example, capacitor://localhost, null or *, without a path";
const KEY =
  "expected characters of ASCII, without control characters and without spaces at its ends";

const WRONG: readonly (readonly [options: unknown, message: string])[] = [
  ...([
    ["apikey", "apiKey"],
    ["page", "pages"],
    ["allowedOrigns", "allowedOrigins"],
    ["metricKey", "metricsKey"],
  ] as const).map(([name, nearest]) =>
    [
      { [name]: "x" },
      `Cannot make the routes with ${name}, no such option: did you mean ${nearest}?`,
    ] as const
  ),
  [{ zzz: 1 }, "Cannot make the routes with zzz, no such option"],
  [
    { pages: { link: [] } },
    "Cannot make the pages with link, no such option: did you mean links?",
  ],
  [
    { pages: "no" },
    "Cannot make the pages with options of the type string: expected an object",
  ],
  [
    { isolates: 2 },
    "Cannot make the routes with isolates of the type number: expected a function",
  ],
  [
    "key",
    "Cannot make the routes with options of the type string: expected an object",
  ],
  [
    { allowedOrigins: "https://a.b" },
    `Cannot use allowedOrigins "https://a.b": ${ORIGINS}`,
  ],
  [{ allowedOrigins: "" }, `Cannot use allowedOrigins "": ${ORIGINS}`],
  [
    { trustedProxies: "10.0.0.0/8" },
    'Cannot use trustedProxies "10.0.0.0/8": ' +
    "expected a list of addresses and networks such as 10.0.0.0/8",
  ],
  ...["apiKey", "adminKey", "metricsKey"].flatMap((name) =>
    [
      [{ [name]: "" }, `Cannot use the ${name}: ${KEY}`],
      [{ [name]: 5 }, `Cannot use the ${name}: expected a text, not number`],
    ] as const
  ),
];

const log = createLog({ level: "error" });

for (const [options, message] of WRONG) {
  Deno.test(`Routes are refused: ${message}: ${JSON.stringify(options)}`, async () => {
    await using hub = createHub({ access: "anonymous", log });
    const call = () => thrum(hub, options as never);
    assertEquals(assertThrows(call, TypeError).message, message);
  });
}

for (const hub of [undefined, null, {}]) {
  Deno.test(`Routes of a hub that is none are refused: ${hub}`, () => {
    const type = hub === null ? "null" : typeof hub;
    assertEquals(
      assertThrows(() => thrum(hub as never), TypeError).message,
      `Cannot use a hub of the type ${type}: ` +
        "expected one that createHub of the same copy of the package has made",
    );
  });
}
