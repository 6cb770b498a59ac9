/** The protobuf build of the official SDK against server processes with a NATS. */

import { testProtobufSdk } from "../conformance/sdk_protobuf.ts";
import { requireBroker } from "../support/shared_broker.ts";

const { name, missing, start: broker } = requireBroker("NATS");

if (!missing) testProtobufSdk(`, with ${name}`, { broker });
