/** Silent and slow openers. */

import { openers } from "./scenarios/openers.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(openers);
