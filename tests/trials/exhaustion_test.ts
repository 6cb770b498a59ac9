/** Channel names without end, and names of objects. */

import { exhaustion } from "./scenarios/exhaustion.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(exhaustion);
