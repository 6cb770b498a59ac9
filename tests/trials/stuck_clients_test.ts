/** Clients that do not read. */

import { stuckClients } from "./scenarios/stuck_clients.ts";
import { testTrial } from "./test_trial.ts";

await testTrial(stuckClients);
