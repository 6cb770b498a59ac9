/** Brokers of a Kafka: those of librdkafka's mock cluster, in a process of `kcat`. */

import { killChild } from "./child.ts";
import { deadline } from "./deadline.ts";
import { eventually } from "./eventually.ts";

/** Address list in the mock's log. */
const BOOTSTRAP = /bootstrap\.servers=([\d.:,]+)/;

/** Three brokers that keep their records in memory; disposing of them kills them. */
export class KafkaBrokers implements AsyncDisposable {
  /** Their addresses, such as `127.0.0.1:9092`. */
  readonly addresses: readonly string[];
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess, addresses: readonly string[]) {
    this.#child = child;
    this.addresses = addresses;
  }

  /** Starts them. */
  static async start(): Promise<KafkaBrokers> {
    // It runs as long as its input is open.
    const child = new Deno.Command("kcat", {
      args: [
        ...["-b", "ignored:1", "-X", "test.mock.num.brokers=3"],
        ...["-d", "mock", "-P", "-t", "warmup"],
      ],
      stdin: "piped",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const found = Promise.withResolvers<string>();
    readLog(child.stderr, found.resolve);
    const addresses = await deadline(found.promise, {
      awaited: "the addresses of the brokers",
    });
    return new KafkaBrokers(child, addresses.split(","));
  }

  /** Kills all of them at once. */
  kill(): Promise<void> {
    return killChild(this.#child);
  }

  /** Halts all of them: connections stay open, and no request is answered. Resolves once each thread stands still. */
  async halt(): Promise<void> {
    const { pid } = this.#child;
    this.#child.kill("SIGSTOP");
    await eventually(async () => {
      for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
        const path = `/proc/${pid}/task/${name}/stat`;
        if (!/\) T /.test(await Deno.readTextFile(path))) return false;
      }
      return true;
    }, { awaited: "the brokers to halt" });
  }

  /** Lets them go on. */
  resume(): void {
    this.#child.kill("SIGCONT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.#child.stdin.abort();
  }
}

/** Reads the log to its end, so that the process never waits for its reader. */
async function readLog(
  log: ReadableStream<Uint8Array<ArrayBuffer>>,
  onFound: (addresses: string) => void,
): Promise<void> {
  let text = "";
  let isFound = false;
  for await (const chunk of log.pipeThrough(new TextDecoderStream())) {
    if (isFound) continue;
    text += chunk;
    const [, addresses] = BOOTSTRAP.exec(text) ?? [];
    if (addresses === undefined || !text.includes("\n")) continue;
    isFound = true;
    onFound(addresses);
  }
}
