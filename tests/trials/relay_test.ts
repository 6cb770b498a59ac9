/** No loss between isolates. */

import { relay } from "./scenarios/relay.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(relay);
