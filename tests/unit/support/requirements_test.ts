import { assertEquals } from "@std/assert";
import { findTool, requireTool } from "../../support/requirements.ts";

Deno.test("findTool prefers the first name over the first directory", async () => {
  const [early, late] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  await Deno.writeTextFile(`${early}/google-chrome`, "");
  await Deno.writeTextFile(`${late}/chromium`, "");
  assertEquals(
    findTool(["chromium", "google-chrome"], `${early}::${late}`),
    `${late}/chromium`,
  );
  assertEquals(findTool(["firefox"], `${early}:${late}/chromium`), undefined);
  for (const dir of [early, late]) await Deno.remove(dir, { recursive: true });
});

const shell = requireTool("sh");

Deno.test({
  name: "requireTool finds a tool that is here",
  ignore: shell.missing,
  fn: () => assertEquals(shell.path.endsWith("/sh"), true),
});

for (const requireAll of ["0", "1"]) {
  Deno.test(`requireTool reports a missing tool with REQUIRE_ALL=${requireAll}`, async () => {
    const program = await Deno.makeTempFile({ suffix: "_test.ts" });
    const requirements = new URL(
      "../../support/requirements.ts",
      import.meta.url,
    );
    await Deno.writeTextFile(
      program,
      `import { requireTool } from "${requirements}";
       requireTool("no-such-tool");`,
    );
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--quiet", "--no-config", "--no-check", "-A", program],
      env: { REQUIRE_ALL: requireAll, NO_COLOR: "1" },
    }).output();
    await Deno.remove(program);
    const report = new TextDecoder().decode(stdout);
    assertEquals(code, Number(requireAll), report);
    assertEquals(report.includes("no-such-tool is missing"), true, report);
  });
}
