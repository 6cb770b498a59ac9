/** The committed bundles of the pages. */

import { assert } from "@std/assert";
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);

for (const command of config.tasks.build.command.split(" && ")) {
  const [deno, ...args] = command.split(" ");
  const output = args.indexOf("-o") + 1;
  const committed = args[output];

  Deno.test(`The committed ${committed} is what "deno task build" makes of the sources`, async () => {
    assert(deno === "deno" && committed, "the task build is deno … -o FILE …");
    const fresh = await Deno.makeTempFile({ suffix: ".js" });
    try {
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: args.with(output, fresh),
        cwd: ROOT,
      }).output();
      assert(success, new TextDecoder().decode(stderr));
      assert(
        await Deno.readTextFile(fresh) ===
          await Deno.readTextFile(new URL(committed, ROOT)),
        `${committed} is not fresh: run deno task build`,
      );
    } finally {
      await Deno.remove(fresh);
    }
  });
}
