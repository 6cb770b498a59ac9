/** Presence after a partition, and after the death of a node. */

import { presence } from "./scenarios/presence.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(presence);
