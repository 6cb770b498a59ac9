/** Hostile frames and messages. */

import { hostile } from "./scenarios/hostile.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(hostile);
