import { assertEquals } from "@std/assert";
import { lifeOf } from "../../../../lib/broker/redis/life.ts";

const RUN = "run_id:0123456789abcdef0123456789abcdef01234567\r\n";
const REPLICATION = "role:master\r\n" +
  "master_replid:fedcba9876543210fedcba9876543210fedcba98\r\n" +
  "master_replid2:0000000000000000000000000000000000000000\r\n";

for (
  const [what, info, life] of [
    ["the run and the replication id", RUN + REPLICATION, "01234567fedcba98"],
    ["the run alone", RUN, "01234567"],
    ["the replication id alone", REPLICATION, "fedcba98"],
    ["neither", "role:master\r\nmaster_replid2:0123\r\n", undefined],
    ["nothing", "", undefined],
  ] as const
) {
  Deno.test(`The life of a server that tells ${what} is ${life}`, () => {
    assertEquals(lifeOf(info), life);
  });
}
