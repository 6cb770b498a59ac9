/** Texts that grow: on one isolate, in protobuf, from another isolate, and by each broker. */

import { testSdkTexts } from "../conformance/sdk_texts.ts";
import { SdkStage } from "../conformance/sdk_stage.ts";
import { webSocket } from "../conformance/sdk_transports.ts";
import { requireBrokers } from "../support/shared_broker.ts";

const brokers = requireBrokers().filter(({ missing }) => !missing);

for (
  const [what, settings] of [
    ["in JSON", {}],
    ["in protobuf", { codec: "protobuf" }],
    ["with three isolates", { isolates: 3 }],
    ...brokers.map(({ name, start: broker }) =>
      [`with ${name}`, { broker }] as const
    ),
  ] as const
) {
  testSdkTexts((sentence, play) => {
    Deno.test(`SDK ${what}: ${sentence}`, async () => {
      await using stage = await SdkStage.start({ ...webSocket, ...settings });
      await play(stage);
    });
  });
}
