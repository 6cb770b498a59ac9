/** The protobuf build of the official SDK against server processes with a PostgreSQL. */

import { testProtobufSdk } from "../conformance/sdk_protobuf.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { requirePostgres } from "../support/requirements.ts";

if (!requirePostgres().missing) {
  testProtobufSdk(", with PostgreSQL", {
    broker: () => PostgresServer.start(),
  });
}
