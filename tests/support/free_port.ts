/** Ports for servers that start a moment later, by a number that they are given. */

import { tmpdir } from "node:os";

// A port below the kernel's range for outgoing connections (32768 to 60999): a client
// of another test could otherwise be given it before the server listens.
const FIRST = 10_000;
const LAST = 31_999;
const ATTEMPTS = 1_000;

/** Finds a port on which nothing listens, another one with each call from any test. */
export function freePort(hostname = "127.0.0.1"): number {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // By chance, since other processes look for theirs at the same time.
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (isFree(hostname, port) && take(port)) return port;
  }
  throw new Error(`Cannot find a free port of ${hostname}`);
}

/** Finds as many of them. */
export function freePorts(count: number): number[] {
  return Array.from({ length: count }, () => freePort());
}

/** Takes a port, unless another test has it: files run at once, and share nothing but the disk. */
function take(port: number): boolean {
  const path = `${tmpdir()}/thrum-port-${port}`;
  try {
    Deno.openSync(path, { write: true, createNew: true }).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    return false;
  }
  addEventListener("unload", () => Deno.removeSync(path));
  return true;
}

function isFree(hostname: string, port: number): boolean {
  try {
    Deno.listen({ hostname, port }).close();
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return false;
  }
}
