/** The committed bundle of the page. */

import { assert } from "@std/assert";
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);

Deno.test("The committed bundle is what `deno task build` makes of the sources", async () => {
  const fresh = await Deno.makeTempFile({ suffix: ".js" });
  try {
    const [deno, ...args] = config.tasks.build.command.split(" ");
    const output = args.indexOf("-o") + 1;
    const committed = args[output];
    assert(deno === "deno" && committed, "the task build is deno … -o FILE …");
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
