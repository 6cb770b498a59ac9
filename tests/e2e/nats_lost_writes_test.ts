/** NATS is killed under servers with clients, and returns without its newest writes. */

import { testLostWrites } from "../conformance/lost_writes.ts";
import { requireBroker } from "../support/shared_broker.ts";

testLostWrites(requireBroker("NATS"));
