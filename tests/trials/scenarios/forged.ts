/** Forged tokens at every door of a hub, and connections whose token ends. */

import { stub } from "@std/testing/mock";
import { type Clock, systemClock } from "../../../lib/base/clock.ts";
import { createHub } from "../../../lib/create_hub.ts";
import { createLog } from "../../../lib/base/log.ts";
import { thrum } from "../../../routes/mod.ts";
import { deadline } from "../../support/deadline.ts";
import { KEYS_URL, KeyServer } from "../../support/key_server.ts";
import { TestServer } from "../../support/server.ts";
import { TextClient } from "../../support/text_client.ts";
import { inSeconds, SECRET, signToken } from "../../support/token.ts";
import { algorithms } from "../../unit/auth/forged/algorithms.ts";
import { claims } from "../../unit/auth/forged/claims.ts";
import {
  AUDIENCE,
  CLAIMS,
  clock as issuerClock,
  ec,
  ed,
  ISSUER,
  rsa,
  type Setting,
  signByKey,
  signBySecret,
} from "../../unit/auth/forged/issuer.ts";
import { keys } from "../../unit/auth/forged/keys.ts";
import { shapes } from "../../unit/auth/forged/shapes.ts";
import {
  createTrial,
  exactly,
  type Figure,
  none,
  type Progress,
} from "./trial.ts";
import { repeat } from "./wait.ts";

interface Scale {
  /** Verifiers that forgeries are tried on. */
  readonly settings: readonly Setting[];
  /** Connections whose token ends. */
  readonly ending: number;
}

const FORGERIES = [...algorithms, ...keys, ...shapes, ...claims];
const VARIANTS = 30;
const AT_ONCE = 20;
const CLOSED_WITHIN_MS = 5_000;
/** Text that a header may have; it would lose white space at its ends. */
const HEADER_TEXT = /^[\x21-\x7e]*$/;
const EXPIRED = 3005;
const LIFETIME_SECONDS = 2;
const TIMEOUT_MS = 60_000;

/** Real timers, and the date at which the tokens are tried. */
const clock: Clock = {
  ...systemClock,
  get now() {
    return systemClock.now;
  },
  get wallTime() {
    return issuerClock.wallTime;
  },
};

/** A hub that takes tokens of the issuer, and its doors. */
class Doors implements AsyncDisposable {
  readonly #hub;
  readonly #app;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(setting: Setting) {
    this.#hub = createHub({
      access: {
        tokens: {
          secret: setting === "keys" ? undefined : SECRET,
          jwksUrl: setting === "secret" ? undefined : KEYS_URL,
          audience: AUDIENCE,
          issuer: ISSUER,
        },
      },
      // Only a token opens a channel.
      channels: { "*": { allow: [] } },
      clock,
      log: createLog({ level: "error", clock }),
    });
    this.#app = thrum(this.#hub);
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (request, info) => this.#app.fetch(request, info),
    );
  }

  /** The doors that let a token in, or a subscription. */
  async accepting(token: string, good: string): Promise<string[]> {
    const accepted = await Promise.all([
      this.#connect(token).then((it) => it && "connect"),
      this.#subscribe(token, good).then((it) => it && "subscribe"),
      ...HEADER_TEXT.test(token)
        ? [
          this.#request("/poll?timeout=0", "GET", token),
          this.#request("/send", "POST", token),
        ]
        : [],
    ]);
    return accepted.filter((door) => door !== "");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hub.drain();
    await this.#server.shutdown();
  }

  async #connect(token: string): Promise<"" | "connect"> {
    await using client = await this.#open();
    client.send(JSON.stringify({ id: 1, connect: { token } }));
    return await answers(client, "connect") ? "connect" : "";
  }

  async #subscribe(token: string, good: string): Promise<"" | "subscribe"> {
    await using client = await this.#open();
    client.send(JSON.stringify({ id: 1, connect: { token: good } }));
    if (!await answers(client, "connect")) return "";
    const subscribe = { channel: "news", token };
    client.send(JSON.stringify({ id: 2, subscribe }));
    return await answers(client, "subscribe") ? "subscribe" : "";
  }

  #open(): Promise<TextClient> {
    const { port } = this.#server.addr;
    return TextClient.open(`ws://127.0.0.1:${port}/connection/websocket`, {
      timeoutMs: TIMEOUT_MS,
    });
  }

  async #request(path: string, method: string, token: string): Promise<string> {
    const { status, body } = await this.#app.request(path, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...method === "POST" ? { body: "ping" } : {},
    });
    await body?.cancel();
    return status < 300 ? path : "";
  }
}

/** Whether the next answer is a success; a connection that ends instead is none. */
async function answers(client: TextClient, name: string): Promise<boolean> {
  const end = client.closed.then(() => "");
  const frame = await Promise.race([client.next().catch(() => end), end]);
  return String(frame).includes(`"${name}":{`);
}

/** Doors that took a forgery, and requests to others than the issuer. */
async function tryForgeries(
  setting: Setting,
  progress: Progress,
): Promise<readonly [number, number, number]> {
  const server = new KeyServer([rsa, ec, ed]);
  using _fetch = stub(globalThis, "fetch", server.fetch);
  await using doors = new Doors(setting);
  const good = setting === "keys"
    ? await signByKey(CLAIMS)
    : await signBySecret(CLAIMS);
  const controls = (await doors.accepting(good, good)).length;
  let accepted = 0;
  await repeat(FORGERIES.length, AT_ONCE, async (index) => {
    const { name, make, settings } = FORGERIES[index]!;
    if (settings !== undefined && !settings.includes(setting)) return;
    const open = await doors.accepting(await make(), good);
    if (open.length > 0) progress(`a token with ${name}: ${open.join(", ")}`);
    accepted += open.length;
  });
  const foreign = server.requests.filter((url) => url !== KEYS_URL).length;
  return [accepted, foreign, controls];
}

/** The longest time that a connection was open after its token had ended, in milliseconds. */
async function outliveTokens(count: number): Promise<number> {
  await using server = await TestServer.start({
    env: { TOKEN_SECRET: SECRET },
  });
  let slowest = 0;
  await repeat(count, count, async (index) => {
    const exp = inSeconds(LIFETIME_SECONDS);
    const token = await signToken({ sub: `user-${index}`, exp });
    const client = await TextClient.open(`${server.wsUrl}/ws`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const { code } = await deadline(client.closed, {
      awaited: "the end of a token",
      timeoutMs: TIMEOUT_MS,
    });
    if (code !== EXPIRED) throw new Error(`A client was closed with ${code}`);
    slowest = Math.max(slowest, Date.now() - exp * 1_000);
  });
  return slowest;
}

async function scenario(
  { settings, ending }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  let accepted = 0;
  let foreign = 0;
  let controls = 0;
  for (const setting of settings) {
    const found = await tryForgeries(setting, progress);
    accepted += found[0];
    foreign += found[1];
    controls += found[2];
    progress(`${setting}: ${found[0]} accepted`);
  }
  return [
    { name: "forgeries", value: FORGERIES.length, atLeast: VARIANTS },
    exactly(
      "doors that take the token they are made from",
      controls,
      4 * settings.length,
    ),
    none("forgeries that were accepted", accepted),
    none("fetches from others than the issuer", foreign),
    {
      name: "closed after the end of a token",
      value: await outliveTokens(ending),
      unit: "ms",
      atMost: CLOSED_WITHIN_MS,
      atLeast: 0,
    },
  ];
}

export const forged = createTrial({
  name: "forged",
  promise:
    "No forged token is accepted, and a connection ends within 5 s after its token",
  scales: {
    ci: { settings: ["both"], ending: 10 },
    full: { settings: ["secret", "keys", "both"], ending: 500 },
  },
  scenario,
});
