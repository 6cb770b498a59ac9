/** A crowd that comes back at once. */

import { comingBack } from "./scenarios/coming_back.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(comingBack);
