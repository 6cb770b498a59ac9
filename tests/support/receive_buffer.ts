/** How much the kernel takes for a client that does not read. */

/** From `<sys/socket.h>` of Linux. */
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SETSOCKOPT = {
  parameters: ["i32", "i32", "i32", "buffer", "u32"],
  result: "i32",
} as const;
/** The state of an open connection in `/proc/net/tcp`. */
const ESTABLISHED = "01";

/**
 * Bounds the receive buffer of an open connection, which Deno has no setting for.
 * The kernel counts its own overhead too, so it takes about twice as much. Where the
 * kernel is not Linux nothing is bounded: a slow client is slow there too, only later.
 *
 * @throws {Error} If the kernel does not know the connection or refuses.
 */
export function boundReceiveBuffer(conn: Deno.TcpConn, bytes: number): void {
  if (Deno.build.os !== "linux") return;
  const libc = Deno.dlopen("libc.so.6", { setsockopt: SETSOCKOPT });
  try {
    const value = new Int32Array([bytes]);
    const result = libc.symbols.setsockopt(
      descriptorOf(conn),
      SOL_SOCKET,
      SO_RCVBUF,
      value,
      value.byteLength,
    );
    if (result !== 0) throw new Error("Cannot bound a receive buffer: refused");
  } finally {
    libc.close();
  }
}

/** The file descriptor behind a connection: its socket is found by its ports. */
function descriptorOf({ localAddr, remoteAddr }: Deno.TcpConn): number {
  const hex = (port: number) =>
    port.toString(16).toUpperCase().padStart(4, "0");
  const ends = [hex(localAddr.port), hex(remoteAddr.port)];
  const row = Deno.readTextFileSync("/proc/self/net/tcp").split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find(([, local, remote, state]) =>
      state === ESTABLISHED && local?.split(":")[1] === ends[0] &&
      remote?.split(":")[1] === ends[1]
    );
  const socket = `socket:[${row?.[9]}]`;
  for (const { name } of Deno.readDirSync("/proc/self/fd")) {
    if (linkOf(`/proc/self/fd/${name}`) === socket) return Number(name);
  }
  throw new Error(`Cannot find the socket from port ${localAddr.port}`);
}

function linkOf(path: string): string | undefined {
  try {
    return Deno.readLinkSync(path);
  } catch (error) {
    // The one that the directory itself was read by is closed by now.
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
