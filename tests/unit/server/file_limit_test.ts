/** Limit of the files that a process may open, as Linux shows it, and the warning about it. */

import { assertEquals } from "@std/assert";
import {
  isolatesOf,
  neededFiles,
  readFileLimit,
} from "../../../server/file_limit.ts";
import { fileRiskOf } from "../../../server/risks.ts";

const show = (soft: string) => () =>
  `Limit                     Soft Limit           Hard Limit           Units
Max processes             unlimited            unlimited            processes
Max open files            ${soft.padEnd(21)}1048576              files
`;

Deno.test("The limit of open files is the soft one", () => {
  assertEquals(readFileLimit(show("1024")), { type: "known", files: 1024 });
  assertEquals(readFileLimit(show("unlimited")), {
    type: "known",
    files: Infinity,
  });
});

Deno.test("A limit that cannot be read, or is not there, is unknown, with the reason", () => {
  const refuse = () => {
    throw new Deno.errors.NotCapable("no permission");
  };
  assertEquals(readFileLimit(refuse), {
    type: "unknown",
    reason: "no permission",
  });
  assertEquals(readFileLimit(() => "").type, "unknown");
});

Deno.test("A process whose connections fit its files is at no risk; one connection more is one", () => {
  const capacity = { maxConnections: 480, isolates: 2 };
  assertEquals(neededFiles(capacity), 1024);
  const limit = { type: "known", files: 1024 } as const;
  assertEquals(fileRiskOf(capacity, { limit, isolates: 2 }), undefined);
  const risk = fileRiskOf({ maxConnections: 481 }, { limit, isolates: 2 });
  assertEquals(risk?.event, "file_limit");
  assertEquals(risk?.fields.limit, 1024);
  assertEquals(risk?.fields.needed, 1026);
});

Deno.test("Only deno serve --parallel runs several isolates", () => {
  const parallel = { port: 0, [Symbol("kLoadBalanced")]: true };
  assertEquals(isolatesOf(parallel, 3), 3);
  assertEquals(isolatesOf(parallel, undefined), navigator.hardwareConcurrency);
  assertEquals(isolatesOf({ port: 0 }, 3), 1);
});
