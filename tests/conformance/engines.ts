/** Abilities of the brokers that a hub can have, for their script and for the table of the documentation. */

import type { BrokerTestOptions } from "./broker.ts";

const NODES: BrokerTestOptions = { maxNodes: 3 };

/** Abilities by the name of each engine. */
export const ENGINES = {
  "memory": { maxPassMs: Infinity },
  "isolates": NODES,
  "Redis": NODES,
  "Redis Cluster": NODES,
  "PostgreSQL": NODES,
  "PostgreSQL behind a pooler": NODES,
  "NATS": NODES,
} as const satisfies Readonly<Record<string, BrokerTestOptions>>;
