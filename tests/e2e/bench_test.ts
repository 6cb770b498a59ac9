/** One small benchmark from the command line to the report. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { requireTool } from "../support/requirements.ts";
import { ROOT } from "../support/source_files.ts";

const cc = requireTool("cc");
const ignore = cc.missing || Deno.build.os !== "linux";

async function bench(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "bench/main.ts", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

Deno.test({
  name:
    "deno task bench echo measures Thrum and bare Deno, and writes both reports",
  ignore,
  async fn() {
    const out = await Deno.makeTempDir({ prefix: "thrum-bench-" });
    try {
      const short = ["--quick", "--rounds", "1", "--seconds", "0.1"];
      const { code, stdout, stderr } = await bench(
        "echo",
        ...short,
        "--out",
        out,
      );
      assertEquals(code, 0, stderr);
      assertStringIncludes(stderr, "Echo: Thrum, round 1 of 1");
      assertStringIncludes(stdout, "| echo, against bare Deno |");
      const report = await Deno.readTextFile(`${out}/report.md`);
      // Both have a CPU time for each message: every message was counted.
      for (const name of ["Thrum", "bare Deno"]) {
        assert(
          new RegExp(`^\\| ${name} \\| [^|]+ \\| \\d+\\.\\d\\d \\|`, "m")
            .test(report),
          report,
        );
      }
      const page = await Deno.readTextFile(`${out}/report.html`);
      assertStringIncludes(page, "echo, against bare Deno");
    } finally {
      await Deno.remove(out, { recursive: true });
    }
  },
});

Deno.test("deno task bench --help lists the scenarios, and a wrong one is refused with them", async () => {
  const help = await bench("--help");
  assertEquals(help.code, 0);
  assertStringIncludes(help.stdout, "  joined ");
  const wrong = await bench("fanout");
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.stderr, 'Cannot run "fanout": expected joined, ');
});
