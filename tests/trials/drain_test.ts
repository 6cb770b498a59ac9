/** A rolling restart of two nodes. */

import { drain } from "./scenarios/drain.ts";
import { requireBroker } from "../support/shared_broker.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(drain(requireBroker("Redis")));
