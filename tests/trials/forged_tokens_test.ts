/** Forged tokens, and tokens that end. */

import { forged } from "./scenarios/forged.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(forged);
