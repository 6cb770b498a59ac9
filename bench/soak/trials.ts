/** All trials, in the order of the README's guarantees. */

import { drain } from "../../tests/trials/scenarios/drain.ts";
import { exhaustion } from "../../tests/trials/scenarios/exhaustion.ts";
import { resume } from "../../tests/trials/scenarios/resume.ts";
import type { Trial } from "../../tests/trials/scenarios/trial.ts";

export const TRIALS: readonly Trial[] = [
  resume,
  drain,
  exhaustion,
];
