/** Network namespaces: machines of their own, each with a link that can be cut, on one kernel. */

import { requireTool } from "./requirements.ts";

const ip = requireTool("ip");
/** Addresses for measurements between networks (RFC 2544); no real host has one. */
const PREFIX = "198.18";
/** How many machines a process may have; another process has other addresses. */
const MAX_MACHINES = 8;

/** Runs `ip`, and throws what it says when it fails. */
async function run(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(ip.path, { args })
    .output();
  if (success) return;
  const problem = new TextDecoder().decode(stderr).trim();
  throw new Error(`Cannot run "ip ${args.join(" ")}": ${problem}`);
}

/** Why a test cannot make the machine with that number; `undefined` when it can. Tests that run at once have numbers of their own. */
export async function whyNoNamespaces(
  index: number,
): Promise<string | undefined> {
  if (ip.missing) return "ip is missing";
  try {
    await using _ = await Machine.start(index);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

/**
 * A namespace with two links to this one: clients reach it by the first, and it reaches
 * a server here by the second, which can be cut. Disposing of it removes all of it.
 */
export class Machine implements AsyncDisposable {
  /** Its address, for clients. */
  readonly address: string;
  /** What it reaches this namespace by, over the link that can be cut. */
  readonly gateway: string;
  /** Its address on that link, for clients that stay when others are dropped. */
  readonly otherAddress: string;
  readonly #name: string;
  readonly #index: number;
  readonly #network: string;

  private constructor(index: number) {
    this.#index = index;
    this.#name = `thrum-${Deno.pid}-${index}`;
    this.#network = `${PREFIX}.${(Deno.pid * MAX_MACHINES + index) % 256}`;
    this.address = `${this.#network}.2`;
    this.gateway = `${this.#network}.129`;
    this.otherAddress = `${this.#network}.130`;
  }

  /** Makes the machine with that number, from 0 to 7. */
  static async start(index: number): Promise<Machine> {
    const machine = new Machine(index);
    try {
      await run("netns", "add", machine.#name);
      await run("-n", machine.#name, "link", "set", "lo", "up");
      await machine.#link("c", 0);
      await machine.#link("s", 128);
      return machine;
    } catch (error) {
      await machine[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** What a command begins with that is to run on this machine. */
  get launcher(): readonly string[] {
    return [ip.path, "netns", "exec", this.#name];
  }

  /** Pulls the plug of the link to the server: both sides hear nothing, and are told nothing. */
  async cut(): Promise<void> {
    await run("-n", this.#name, "link", "set", this.#device("s"), "down");
  }

  /** Plugs it in again. */
  async heal(): Promise<void> {
    await run("-n", this.#name, "link", "set", this.#device("s"), "up");
  }

  /** Drops from now on what it and its clients send each other, as a firewall does: neither side is notified. */
  async dropClients(): Promise<void> {
    await run("link", "set", `${this.#device("c")}-out`, "down");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const link of ["c", "s"]) {
      // Links end with the namespace, but later; those that were never made do not matter.
      await run("link", "delete", `${this.#device(link)}-out`).catch(() => {});
    }
    await run("netns", "delete", this.#name).catch(() => {});
  }

  /** A pair of devices, .1 out here and .2 in there, `offset` further. */
  async #link(link: string, offset: number): Promise<void> {
    const device = this.#device(link);
    const outside = `${device}-out`;
    const address = (host: number) => `${this.#network}.${offset + host}/30`;
    const inside = ["peer", "name", device, "netns", this.#name];
    await run("link", "add", outside, "type", "veth", ...inside);
    await run("address", "add", address(1), "dev", outside);
    await run("link", "set", outside, "up");
    await run("-n", this.#name, "address", "add", address(2), "dev", device);
    await run("-n", this.#name, "link", "set", device, "up");
  }

  #device(link: string): string {
    return `t${Deno.pid.toString(36)}${this.#index}${link}`;
  }
}
