import { assertEquals, assertRejects } from "@std/assert";
import { ScriptRuns } from "../../../../lib/broker/redis/script_runs.ts";

/** A Redis that a test lets answer one command after the other. */
class Server {
  readonly sent: string[] = [];
  readonly scripts = new Set<string>();
  readonly runs: ScriptRuns;
  readonly #waiting: (() => void)[] = [];

  constructor() {
    this.runs = new ScriptRuns({
      send: (args) => this.#send(args),
      nameOf: (script) => `#${script}`,
      lifeOf: () => "life",
    });
  }

  /** Runs a script on a key; resolves with its argument, or the message of the error. */
  run(key: string, arg: string, script = "publish"): Promise<unknown> {
    const order = script === "publish" ? key.split("+") : undefined;
    return this.runs.run({ script, keys: [key], args: [arg], order })
      .catch(({ message }) => message);
  }

  /** Answers so many commands, or all that there are by and by. */
  async answer(count = Infinity): Promise<void> {
    for (let done = 0; done < count; done++) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next();
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  }

  #send(
    [verb = "", script = "", , key, life, arg]: string[],
  ): Promise<unknown> {
    assertEquals(life, "life");
    this.sent.push(`${verb} ${script} ${key} ${arg}`);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.push(() => {
      if (arg === "invalid") return reject(new Error("ERR invalid"));
      if (verb === "EVAL") this.scripts.add(`#${script}`);
      else if (!this.scripts.has(script)) {
        return reject(new Error("NOSCRIPT No matching script."));
      }
      resolve(arg);
    });
    return promise;
  }
}

Deno.test("A script that Redis knows travels by its name, one that it does not know travels once", async () => {
  const server = new Server();
  for (const arg of ["1", "2"]) {
    const ran = server.run("room", arg);
    await server.answer();
    assertEquals(await ran, arg);
  }
  assertEquals(server.sent, [
    "EVALSHA #publish room 1",
    "EVAL publish room 1",
    "EVALSHA #publish room 2",
  ]);
});

Deno.test("What Redis has forgotten under way is sent again in its order, and what comes meanwhile waits", async () => {
  const server = new Server();
  const first = ["1", "2", "3"].map((arg) => server.run("room", arg));
  await server.answer(1);
  const later = ["4", "5"].map((arg) => server.run("room", arg));
  const other = server.run("room", "6", "read");
  await server.answer(1);
  assertEquals(server.sent.length, 3);
  await server.answer();
  assertEquals(
    await Promise.all([...first, ...later, other]),
    ["1", "2", "3", "4", "5", "6"],
  );
  assertEquals(server.sent.slice(3), [
    ...["1", "2", "3"].map((arg) => `EVAL publish room ${arg}`),
    ...["4", "5"].map((arg) => `EVALSHA #publish room ${arg}`),
    ...["EVALSHA #read room 6", "EVAL read room 6"],
  ]);
});

Deno.test("A script that another node brings back between two of a channel comes too late for the first, and for no other channel", async () => {
  const server = new Server();
  const ran = [
    server.run("room", "1"),
    server.run("other", "2"),
    server.run("room", "3"),
  ];
  await server.answer(2);
  server.scripts.add("#publish");
  const held = server.run("room", "4");
  await server.answer();
  const late =
    "Cannot run a script: Redis refused it at first and has already run a later one";
  assertEquals(await Promise.all([...ran, held]), [late, "2", "3", "4"]);
});

Deno.test("What reads neither comes too late nor makes anything too late: it is sent again, after later calls", async () => {
  const server = new Server();
  const ran = [
    server.run("room", "1", "read"),
    server.run("room", "2"),
    server.run("room", "3", "read"),
  ];
  await server.answer(2);
  server.scripts.add("#read");
  const held = server.run("room", "4", "read");
  await server.answer();
  assertEquals(await Promise.all([...ran, held]), ["1", "2", "3", "4"]);
});

Deno.test("What waits goes on when all that Redis had forgotten is too late", async () => {
  const server = new Server();
  const ran = [server.run("room", "1"), server.run("room", "2")];
  await server.answer(1);
  server.scripts.add("#publish");
  const held = server.run("room", "3");
  await server.answer();
  assertEquals((await Promise.all([...ran, held])).slice(1), ["2", "3"]);
});

Deno.test("A script that fails is not sent again", async () => {
  const server = new Server();
  const ran = assertRejects(
    () =>
      server.runs.run({ script: "publish", keys: ["room"], args: ["invalid"] }),
    Error,
    "ERR invalid",
  );
  await server.answer();
  await ran;
  assertEquals(server.sent.length, 1);
});

Deno.test("All is answered once what was sent again is, and what waited for that", async () => {
  const server = new Server();
  const { runs } = server;
  await runs.answered();
  const ran = [server.run("room", "1"), server.run("room", "2")];
  let answered = false;
  runs.answered().then(() => answered = true);
  await server.answer(1);
  ran.push(server.run("room", "3"));
  // The second is missed too, both are sent again, then comes the third.
  for (let left = 4; left > 0; left--) {
    assertEquals(answered, false);
    await server.answer(1);
  }
  assertEquals(answered, true);
  assertEquals(await Promise.all(ran), ["1", "2", "3"]);
});

Deno.test("A call that comes too late for one of several names is refused", async () => {
  const server = new Server();
  const ran = [
    server.run("room+hall", "1"),
    server.run("yard+attic", "2"),
    server.run("hall+cellar", "3"),
  ];
  await server.answer(2);
  server.scripts.add("#publish");
  await server.answer();
  const late =
    "Cannot run a script: Redis refused it at first and has already run a later one";
  assertEquals(await Promise.all(ran), [late, "2", "3"]);
});
