/** The snippet by which the documentation switches the inspector on. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Shell } from "../support/shell.ts";
import { urlOf } from "./docs_proofs.ts";

/** The page asks for the key, and the key of the snippet opens it. */
export async function assertAsksOperators(text: string): Promise<void> {
  const [, key] = /ADMIN_KEY=(\S+)/.exec(text) ?? [];
  assert(key !== undefined);
  await using shell = new Shell(text, { env: { PORT: "0" } });
  const url = `${await urlOf(shell)}/inspector`;
  const page = await fetch(url);
  assertStringIncludes(await page.text(), 'data-access="login"');
  const login = await fetch(`${url}/login`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Origin: new URL(url).origin,
    },
    body: JSON.stringify({ key }),
  });
  await login.body?.cancel();
  assertEquals(login.status, 204);
  const [cookie = ""] = (login.headers.get("set-cookie") ?? "").split(";");
  const open = await fetch(url, { headers: { Cookie: cookie } });
  assertStringIncludes(await open.text(), 'data-access="session"');
}
