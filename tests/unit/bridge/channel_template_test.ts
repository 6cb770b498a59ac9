import { assertEquals, assertThrows } from "@std/assert";
import { ChannelTemplate } from "../../../lib/bridge/channel_template.ts";
import { sourceRecord } from "../../support/bridge_scene.ts";

const RECORD = sourceRecord({
  topic: "prices",
  key: "AAPL",
  headers: { region: "eu", empty: "" },
});

for (
  const [template, channel] of [
    ["news", "news"],
    ["prices:{key}", "prices:AAPL"],
    ["{topic}:{key}", "prices:AAPL"],
    ["{header.region}:{key}-{key}", "eu:AAPL-AAPL"],
    ["{header.missing}:{key}", undefined],
    ["{header.empty}", undefined],
    ["{header.constructor}", undefined],
  ] as const
) {
  Deno.test(`The channel of ${template} is ${channel}`, () => {
    assertEquals(new ChannelTemplate(template).channelOf(RECORD), channel);
  });
}

for (
  const template of ["{keys}", "{}", "{header.}", "a{key", "a}b", "{{key}}"]
) {
  Deno.test(`${template} is refused`, () => {
    assertThrows(() => new ChannelTemplate(template), TypeError, "expected");
  });
}
