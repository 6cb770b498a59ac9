/** Half-open clients, and a server that stood still. */

import { halfOpen } from "./scenarios/half_open.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(halfOpen);
