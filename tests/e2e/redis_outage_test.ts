/** Redis is killed under servers with clients. */

import { testOutage } from "../conformance/outage.ts";
import { requireBroker } from "../support/shared_broker.ts";

testOutage(requireBroker("Redis"));
