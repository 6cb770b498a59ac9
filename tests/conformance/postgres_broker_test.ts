import { testPostgresBroker } from "./postgres_brokers.ts";

await testPostgresBroker("PostgreSQL broker");
