/** Presence after a partition, and after the death of a node. */

import { presence } from "./scenarios/presence.ts";
import { requireBroker } from "../support/shared_broker.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(presence(requireBroker("Redis")));
