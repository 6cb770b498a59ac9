/** A wall clock that jumps. */

import { clockJump } from "./scenarios/clock_jump.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(clockJump);
