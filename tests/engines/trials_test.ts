/** The trials of nodes that share a broker, with the kinds other than Redis, which `tests/trials/` has. */

import { requireBrokers } from "../support/shared_broker.ts";
import { brokerKilled } from "../trials/scenarios/broker_killed.ts";
import { drain } from "../trials/scenarios/drain.ts";
import { presence } from "../trials/scenarios/presence.ts";
import { testTrial } from "../trials/test_trial.ts";

for (const kind of requireBrokers()) {
  if (kind.name === "Redis") continue;
  for (const trialWith of [brokerKilled, drain, presence]) {
    await testTrial(trialWith(kind));
  }
}
