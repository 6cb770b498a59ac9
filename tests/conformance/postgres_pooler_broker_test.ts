import { testPostgresBroker } from "./postgres_brokers.ts";

await testPostgresBroker("PostgreSQL broker without LISTEN", "?pooler=true");
