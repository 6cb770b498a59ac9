/** A broker that is killed. */

import { brokerKilled } from "./scenarios/broker_killed.ts";
import { requireBroker } from "../support/shared_broker.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(brokerKilled(requireBroker("Redis")));
