/** A real server of several isolates, one of which dies by an error that nothing catches. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";
import { PlantedProgram } from "../support/planted_program.ts";
import type { Health } from "./text_server.ts";

const ISOLATES = 3;
/** Longer than a loss and a drain take, on a busy machine. */
const PATIENCE_MS = 20_000;
/** Starts of a server: when its first isolate dies, Deno ends the whole process at once. */
const TRIES = 12;
/** In front of the program: a request for /crash throws where nothing catches it. */
const PLANT = `
const servePlanted = Deno.serve;
Object.assign(Deno, {
  serve: (options, handler) =>
    servePlanted(options, (request, info) => {
      if (!request.url.endsWith("/crash")) return handler(request, info);
      setTimeout(() => {
        throw new Error("a planted crash");
      }, 50);
      return new Response("crashing");
    }),
});
`;

/** A server with a follower, in which another isolate has crashed. */
interface Crashed {
  readonly doors: IsolateDoors;
  readonly follower: Follower;
}

async function startAndCrash(
  env: Readonly<Record<string, string>> = {},
): Promise<Crashed> {
  await using program = await PlantedProgram.write(PLANT);
  for (let tries = 0; tries < TRIES; tries++) {
    const crashed = await tryToCrash(env, program.path);
    if (crashed !== undefined) return crashed;
  }
  throw new Error(`The first isolate was hit ${TRIES} times`);
}

/** Crashes an isolate; `undefined` where it was the first one. */
async function tryToCrash(
  env: Readonly<Record<string, string>>,
  main: string,
): Promise<Crashed | undefined> {
  await using stack = new AsyncDisposableStack();
  const doors = stack.use(await IsolateDoors.start(ISOLATES, env, main));
  for (const url of doors.urls) {
    await eventually(
      async () => (await healthOf(url)).isolates?.alive === ISOLATES,
      { awaited: "the isolates to see each other", timeoutMs: PATIENCE_MS },
    );
  }
  const follower = stack.use(await Follower.open(doors.wsUrls[1]!, "room"));
  const response = await fetch(`${doors.urls[0]}/crash`);
  assertEquals(await response.text(), "crashing");
  const isNoticed = await doors.server.waitForLog("isolate_lost", PATIENCE_MS)
    .then(() => true, () => false);
  if (isNoticed) {
    stack.move();
    return { doors, follower };
  }
  const { code, stderr } = await deadline(doors.server.exit, {
    awaited: "the end of the process",
  });
  assertStringIncludes(stderr, "Uncaught Error: a planted crash");
  assertEquals(code, 1);
  return undefined;
}

async function healthOf(url: string): Promise<Health> {
  const response = await fetch(`${url}/healthz`);
  return await response.json();
}

Deno.test("When an isolate dies the others drain, and the process ends with code 1", async () => {
  const { doors, follower } = await startAndCrash();
  await using _doors = doors;
  await using _follower = follower;
  const { code, signal } = await deadline(doors.server.exit, {
    awaited: "the server's end",
    timeoutMs: PATIENCE_MS,
  });
  assertEquals({ code, signal }, { code: 1, signal: null });
  assertEquals((await follower.closed).code, 3001);
  const { logs } = doors.server;
  const countOf = (event: string) =>
    logs.filter((line) => line.event === event).length;
  assertEquals(countOf("uncaught"), 1);
  // Each of the others notices it, unless it drains already.
  assert(countOf("isolate_lost") >= 1);
  assertEquals(countOf("stopped"), ISOLATES - 1);
  const uncaught = logs.find(({ event }) => event === "uncaught");
  assertStringIncludes(String(uncaught?.error), "a planted crash");
});

Deno.test("Where an operator does not ask for the end, the others go on and /healthz says that one is lost", async () => {
  const { doors, follower } = await startAndCrash({
    EXIT_ON_ISOLATE_FAILURE: "false",
  });
  await using _doors = doors;
  await using _follower = follower;
  for (const url of doors.urls.slice(1)) {
    await eventually(async () => {
      const { status, isolates } = await healthOf(url);
      return status === "degraded" && isolates?.lost === 1;
    }, { awaited: "the loss to be noticed", timeoutMs: PATIENCE_MS });
    const { isolates, broker } = await healthOf(url);
    assertEquals(isolates, { alive: ISOLATES - 1, lost: 1 });
    assert(broker === "sequencer" || broker === "follower", broker);
  }
  // The one that died may have been the sequencer: then it has to subscribe again.
  await eventually(async () => {
    await follower.publish("after");
    return follower.seen.includes("after");
  }, { awaited: "a publication", timeoutMs: PATIENCE_MS });
  assertEquals(follower.faults, []);
});
