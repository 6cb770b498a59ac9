/** The protobuf build of the official SDK against server processes of one isolate and of three. */

import { testProtobufSdk } from "../conformance/sdk_protobuf.ts";

testProtobufSdk("");
testProtobufSdk(", with three isolates", { isolates: 3 });
