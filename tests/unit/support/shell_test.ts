import { assertEquals, assertRejects } from "@std/assert";
import { Shell } from "../../support/shell.ts";

Deno.test("Shell.exit is the command's code, once all is written", async () => {
  await using shell = new Shell("echo out; echo err >&2; exit 3");
  assertEquals(await shell.exit, 3);
  await shell.waitFor(/^out$/m);
  await shell.waitFor(/^err$/m);
});

Deno.test("Shell gives a command what it is to read, or a terminal at which nobody types", async () => {
  await using reader = new Shell("cat", { stdin: "typed\n" });
  assertEquals(await reader.exit, 0);
  assertEquals(reader.output, "typed\n");
  await using waiting = new Shell("echo waits; cat; echo ended");
  await waiting.waitFor(/waits/);
  await assertRejects(() => waiting.waitFor(/ended/, 50), Error, "in: waits");
});

Deno.test("Shell.waitFor rejects with the output when the command has ended without", async () => {
  await using shell = new Shell("echo something else");
  await assertRejects(
    () => shell.waitFor(/listening/),
    Error,
    "Cannot wait for /listening/: ended with something else",
  );
});

for (const end of ["wait", "exit"]) {
  Deno.test(`Shell kills the children of a command that goes on to ${end}`, async () => {
    await using shell = new Shell(`tail -f /dev/null & echo started; ${end}`);
    await shell.waitFor(/started/);
    // Disposing rejects where a child still holds the output.
  });
}
