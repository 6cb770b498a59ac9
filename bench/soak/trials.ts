/** All trials, in the order of the README's guarantees. */

import { drain } from "../../tests/trials/scenarios/drain.ts";
import { exhaustion } from "../../tests/trials/scenarios/exhaustion.ts";
import { halfOpen } from "../../tests/trials/scenarios/half_open.ts";
import { hostile } from "../../tests/trials/scenarios/hostile.ts";
import { relay } from "../../tests/trials/scenarios/relay.ts";
import { resume } from "../../tests/trials/scenarios/resume.ts";
import type { Trial } from "../../tests/trials/scenarios/trial.ts";

export const TRIALS: readonly Trial[] = [
  resume,
  relay,
  halfOpen,
  hostile,
  drain,
  exhaustion,
];
