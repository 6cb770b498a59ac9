import { assert, assertEquals, assertRejects } from "@std/assert";
import { Buffer } from "node:buffer";
import { RespClient } from "../../../../lib/broker/redis/client.ts";
import { ReplyReader } from "../../../../lib/broker/redis/resp.ts";
import { eventually } from "../../../support/eventually.ts";

/** A server of one client that answers as the test says. */
class Server implements AsyncDisposable {
  readonly commands: string[] = [];
  /** Answers a command. */
  answer: (command: string) => string = () => "+OK\r\n";
  readonly client: RespClient;
  readonly messages: string[] = [];
  readonly moved: unknown[] = [];
  readonly errors: string[] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  #connection: Deno.Conn | undefined;

  constructor({ isSharded = true, database = 0, password = "" } = {}) {
    const { port } = this.#listener.addr;
    this.client = new RespClient({
      ...{ hostname: "127.0.0.1", port, tls: false, username: "default" },
      ...{ isSharded, database, password },
    });
    this.client.on("moved", (topic) => this.moved.push(topic));
    this.client.on("error", (error) => this.errors.push(String(error)));
    this.#serve();
  }

  static async connected(): Promise<Server> {
    const server = new Server();
    await server.client.connect();
    return server;
  }

  subscribe(...topics: string[]): Promise<void> {
    const take = (text: string, topic: string) =>
      this.messages.push(`${topic} ${text}`);
    return this.client.subscribe(topics, take);
  }

  async write(text: string): Promise<void> {
    await this.#connection?.write(new TextEncoder().encode(text));
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    try {
      connection?.close();
    } catch (error) {
      // The client has closed it.
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.client.destroy();
    this.close();
    this.#listener.close();
    return Promise.resolve();
  }

  async #serve(): Promise<void> {
    const connection = await this.#listener.accept();
    this.#connection = connection;
    let answers = "";
    const reader = new ReplyReader((args) => {
      const command = Array.isArray(args) ? args.join(" ") : "";
      this.commands.push(command);
      answers += command === "PING subscribed"
        ? "$10\r\nsubscribed\r\n"
        : this.answer(command);
    });
    try {
      for await (const bytes of connection.readable) {
        reader.push(Buffer.from(bytes));
        await this.write(answers);
        answers = "";
      }
    } catch (error) {
      // The client or the test has closed it.
      if (
        !(error instanceof Deno.errors.BadResource ||
          error instanceof Deno.errors.Interrupted ||
          error instanceof Deno.errors.ConnectionReset)
      ) throw error;
    }
  }
}

function confirm(kind: string, topic: string, left = 1): string {
  return `>3\r\n+${kind}\r\n+${topic}\r\n:${left}\r\n`;
}

Deno.test("A client logs in and chooses its database before anything else", async () => {
  await using server = new Server({ password: "secret", database: 3 });
  await server.client.connect();
  assertEquals(await server.client.sendCommand(["GET", "a"]), "OK");
  assertEquals(server.commands, [
    "HELLO 3 AUTH default secret",
    "SELECT 3",
    "GET a",
  ]);
});

Deno.test("A login that is refused rejects with the error of Redis", async () => {
  await using server = new Server({ password: "secret" });
  server.answer = () => "-WRONGPASS no such user\r\n";
  await assertRejects(() => server.client.connect(), Error, "WRONGPASS");
});

Deno.test("A subscription is there once the server has confirmed it, and messages come with their topics", async () => {
  await using server = await Server.connected();
  server.answer = (command) =>
    command.startsWith("SSUBSCRIBE")
      ? confirm("ssubscribe", "a") + confirm("ssubscribe", "b", 2)
      : "+OK\r\n";
  await server.subscribe("a", "b");
  assertEquals(server.commands.slice(1), [
    "SSUBSCRIBE a b",
    "PING subscribed",
  ]);
  await server.write(">3\r\n+smessage\r\n+a\r\n+text\r\n");
  await eventually(() => server.messages.length > 0, { awaited: "a message" });
  assertEquals(server.messages, ["a text"]);
});

Deno.test("A subscription that is refused rejects, and the next reply is that of the next command", async () => {
  await using server = await Server.connected();
  server.answer = (command) =>
    command.startsWith("SSUBSCRIBE")
      ? "-MOVED 1 127.0.0.1:1\r\n"
      : `+${command}\r\n`;
  const [, next] = await Promise.all([
    assertRejects(() => server.subscribe("a"), Error, "MOVED 1"),
    server.client.sendCommand(["GET"]),
  ]);
  assertEquals(next, "GET");
});

Deno.test("A server that ends subscriptions by itself is noticed while commands wait, and each gets its own reply", async () => {
  await using server = await Server.connected();
  server.answer = (command) =>
    command.startsWith("SSUBSCRIBE")
      ? ["a", "b"].map((topic) => confirm("ssubscribe", topic)).join("")
      : "";
  await server.subscribe("a", "b");
  const replies = ["1", "2"].map((key) =>
    server.client.sendCommand(["GET", key])
  );
  await eventually(() => server.commands.includes("GET 2"), {
    awaited: "the commands",
  });
  await server.write(
    confirm("sunsubscribe", "a") + confirm("sunsubscribe", "b", 0) +
      "+one\r\n+two\r\n",
  );
  assertEquals(await Promise.all(replies), ["one", "two"]);
  assertEquals(server.moved, ["a", "b"]);
});

Deno.test("The end of a subscription that was asked for is no move, also if the slot moves at the same time", async () => {
  await using server = await Server.connected();
  server.answer = () => confirm("ssubscribe", "a") + confirm("ssubscribe", "b");
  await server.subscribe("a", "b");
  server.answer = (command) =>
    command === "SUNSUBSCRIBE a"
      ? confirm("sunsubscribe", "a")
      : command === "SUNSUBSCRIBE b"
      ? confirm("sunsubscribe", "b") + "-MOVED 1 127.0.0.1:1\r\n"
      : `+${command}\r\n`;
  await server.client.unsubscribe(["a"]);
  await assertRejects(() => server.client.unsubscribe(["b"]), Error, "MOVED");
  assertEquals(await server.client.sendCommand(["GET"]), "GET");
  assertEquals(server.moved, []);
});

Deno.test("A single Redis is subscribed to in the way that all versions know", async () => {
  await using server = new Server({ isSharded: false });
  await server.client.connect();
  server.answer = () => confirm("subscribe", "a");
  await server.subscribe("a");
  await server.write(">3\r\n+message\r\n+a\r\n+text\r\n");
  await eventually(() => server.messages.length > 0, { awaited: "a message" });
  assertEquals(server.commands[1], "SUBSCRIBE a");
});

Deno.test("Commands that wait when the server hangs up reject, and the loss is reported once", async () => {
  await using server = await Server.connected();
  server.answer = () => "";
  const asked = assertRejects(
    () => server.client.sendCommand(["GET"]),
    Error,
    "Redis has hung up",
  );
  await eventually(() => server.commands.includes("GET"), { awaited: "it" });
  server.close();
  await asked;
  await assertRejects(() => server.client.sendCommand(["GET"]), Error);
  assertEquals(server.errors, ["Error: Redis has hung up"]);
});

Deno.test("A reply that belongs to no command ends the connection", async () => {
  await using server = await Server.connected();
  await server.write("+OK\r\n");
  await eventually(() => server.errors.length > 0, { awaited: "an error" });
  assert(server.errors[0]?.includes("no command waits for one"));
});

Deno.test("A client that is destroyed rejects what waits, and reports nothing", async () => {
  await using server = await Server.connected();
  server.answer = () => "";
  const asked = assertRejects(
    () => server.client.sendCommand(["GET"]),
    Error,
    "destroyed",
  );
  server.client.destroy();
  await asked;
  assertEquals(server.errors, []);
});

Deno.test("A server that is not there is an error with its reason", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const client = new RespClient({
    ...{ hostname: "127.0.0.1", port, tls: false, username: "default" },
    ...{ isSharded: false, database: 0, password: "" },
  });
  await assertRejects(() => client.connect(), Error, "ECONNREFUSED");
  client.destroy();
});
