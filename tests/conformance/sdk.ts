/** The official SDK against a running server, over any of its transports: one script, played over each. */

import { testSdkChannels } from "./sdk_channels.ts";
import { testSdkConnections } from "./sdk_connections.ts";
import { testSdkRecovery } from "./sdk_recovery.ts";
import { type Scenario, SdkStage, type SdkTransport } from "./sdk_stage.ts";
import { testSdkTokens } from "./sdk_tokens.ts";

/** Declares every scenario for a transport called `name`. */
export function testSdk(name: string, transport: SdkTransport): void {
  const scenario: Scenario = (sentence, play, env) => {
    Deno.test(`SDK over ${name}: ${sentence}`, async () => {
      await using stage = await SdkStage.start(transport, env);
      await play(stage);
    });
  };
  testSdkConnections(scenario);
  testSdkChannels(scenario);
  testSdkRecovery(scenario);
  testSdkTokens(scenario);
}
