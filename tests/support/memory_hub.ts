/** A hub in the memory of this isolate, with the machine's time and chance, but for the parts that a test hands over. */

import { createTokenVerifier } from "../../lib/auth/token_verifier.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { createLog } from "../../lib/base/log.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { MemoryBroker } from "../../lib/broker/memory/broker.ts";
import { Namespaces } from "../../lib/channel/channel_options.ts";
import type { CommandsDeps } from "../../lib/commands/deps.ts";
import {
  assembleHub,
  type HubParts,
} from "../../lib/embedding/assemble_hub.ts";
import { MemoryPresence } from "../../lib/presence/memory.ts";

/** Makes a hub and starts it. By default it accepts no token, all channels exist, and the console gets warnings. */
export function memoryHub(parts: Partial<HubParts>): CommandsDeps {
  const { clock = systemClock, random = systemRandom } = parts;
  return assembleHub({
    insecureAnonymousAll: false,
    tokens: createTokenVerifier({}),
    namespaces: new Namespaces(),
    // Made only where it is wanted, for it takes numbers of a simulation's chance.
    broker: parts.broker ?? new MemoryBroker({ random, clock }),
    presence: new MemoryPresence({ clock }),
    log: createLog({ level: "warn", clock }),
    ...parts,
    clock,
    random,
  });
}
