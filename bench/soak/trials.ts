/** All trials, in the order of the guarantees in `docs/guarantees.md`. */

import { brokerKilled } from "../../tests/trials/scenarios/broker_killed.ts";
import { clockJump } from "../../tests/trials/scenarios/clock_jump.ts";
import { comingBack } from "../../tests/trials/scenarios/coming_back.ts";
import { drain } from "../../tests/trials/scenarios/drain.ts";
import { exhaustion } from "../../tests/trials/scenarios/exhaustion.ts";
import { forged } from "../../tests/trials/scenarios/forged.ts";
import { halfOpen } from "../../tests/trials/scenarios/half_open.ts";
import { hostile } from "../../tests/trials/scenarios/hostile.ts";
import { openers } from "../../tests/trials/scenarios/openers.ts";
import { presence } from "../../tests/trials/scenarios/presence.ts";
import { relay } from "../../tests/trials/scenarios/relay.ts";
import { resume } from "../../tests/trials/scenarios/resume.ts";
import { stuckClients } from "../../tests/trials/scenarios/stuck_clients.ts";
import type { Trial } from "../../tests/trials/scenarios/trial.ts";
import type { SharedBroker } from "../../tests/support/shared_broker.ts";

/** Makes all trials; nodes that share a broker have one of that kind. */
export function trialsWith(kind: SharedBroker): readonly Trial[] {
  return [
    resume,
    stuckClients,
    brokerKilled(kind),
    relay,
    halfOpen,
    comingBack,
    hostile,
    drain(kind),
    openers,
    exhaustion,
    presence(kind),
    forged,
    clockJump,
  ];
}
