/** The script of the official SDK by its protobuf build, over each of its transports. */

import { testSdk } from "./sdk.ts";
import type { SdkTransport } from "./sdk_stage.ts";
import { httpStream, webSocket } from "./sdk_transports.ts";

/** Registers the script against a server with these settings; `where` ends its name, such as `, with Redis`. */
export function testProtobufSdk(
  where: string,
  settings: Pick<SdkTransport, "broker" | "isolates"> = {},
): void {
  const all = { ...settings, codec: "protobuf" } as const;
  testSdk(`WebSocket in protobuf${where}`, { ...webSocket, ...all });
  testSdk(
    `HTTP streaming in protobuf${where}`,
    { ...httpStream, ...all },
    { transportOnly: true },
  );
}
