/** The official SDK against a running server: one script, of which each transport plays its part. */

import { testSdkChannels } from "./sdk_channels.ts";
import { testSdkConnections } from "./sdk_connections.ts";
import { testSdkFilters } from "./sdk_filters.ts";
import { testSdkRecovery } from "./sdk_recovery.ts";
import { type Scenario, SdkStage, type SdkTransport } from "./sdk_stage.ts";
import { testSdkTokens } from "./sdk_tokens.ts";

/** Which scenarios are played. */
export interface SdkOptions {
  /**
   * Whether those are left out in which the transport has no part.
   * @default {false}
   */
  readonly transportOnly?: boolean;
}

/** Declares the scenarios for a transport called `name`. */
export function testSdk(
  name: string,
  transport: SdkTransport,
  { transportOnly = false }: SdkOptions = {},
): void {
  const scenario: Scenario = (sentence, play, options = {}) => {
    const { env, everyTransport = false } = options;
    if (transportOnly && !everyTransport) return;
    Deno.test(`SDK over ${name}: ${sentence}`, async () => {
      await using stage = await SdkStage.start(transport, env);
      await play(stage);
    });
  };
  testSdkConnections(scenario);
  testSdkChannels(scenario);
  testSdkRecovery(scenario);
  testSdkTokens(scenario);
  testSdkFilters(scenario);
}
