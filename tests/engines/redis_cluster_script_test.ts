/** A Redis Cluster with the faults, the outages and the losses of every broker. */

import { testFaults } from "../conformance/faults.ts";
import { testLostWrites } from "../conformance/lost_writes.ts";
import { testOutage } from "../conformance/outage.ts";
import { requireBroker } from "../support/shared_broker.ts";

const kind = requireBroker("Redis Cluster");

testFaults(kind);
testOutage(kind);
testLostWrites(kind);
