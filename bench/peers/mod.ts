/** Peers from npm: other servers that do the same work, installed into a folder of the benchmark's own. */

import { fileURLToPath } from "node:url";
import { installPackage } from "../npm_package.ts";
import { runCommand } from "../run_command.ts";

/** A server of another project. */
export interface Peer {
  readonly name: PeerName;
  readonly version: string;
  /** The command that starts it. */
  readonly command: readonly string[];
}

/** A peer that cannot run here. */
export interface AbsentPeer {
  readonly name: PeerName;
  readonly reason: string;
}

interface PeerPackage {
  readonly package: string;
  readonly version: string;
  /** Its program in this folder. */
  readonly script: string;
  /** What runs the script, inside the folder of packages. */
  readonly runtime?: string;
}

const PACKAGES: Readonly<Record<PeerName, PeerPackage>> = {
  Bun: {
    package: "bun",
    version: "1.4.5",
    script: "bun.js",
    runtime: "node_modules/bun/bin/bun.exe",
  },
  "uWebSockets.js": {
    package: "@trufflesuite/uws-js-unofficial",
    version: "20.30.0-unofficial.0",
    script: "uws.js",
  },
  ws: { package: "ws", version: "8.23.0", script: "ws.js" },
  "socket.io": {
    package: "socket.io",
    version: "4.8.4",
    script: "socket_io.js",
  },
};

/** The peers that there are. */
export type PeerName = "Bun" | "uWebSockets.js" | "ws" | "socket.io";

/** Names of all peers. */
export const PEER_NAMES: readonly PeerName[] = [
  "Bun",
  "uWebSockets.js",
  "ws",
  "socket.io",
];

/** Installs a peer, unless its version is there already. */
export async function findPeer(name: PeerName): Promise<Peer | AbsentPeer> {
  const { package: packageName, version, script, runtime } = PACKAGES[name];
  try {
    const folder = await installPackage(packageName, version);
    const command = [
      runtime === undefined ? "node" : `${folder}/${runtime}`,
      fileURLToPath(new URL(script, import.meta.url)),
      folder,
    ];
    await runCommand(command[0]!, ["--version"]);
    return { name, version, command };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { name, reason: error.message };
  }
}
