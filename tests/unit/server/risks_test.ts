import { assertEquals, assertFalse } from "@std/assert";
import { loadConfig } from "../../../server/config.ts";
import { risksOf } from "../../../server/risks.ts";

const STRONG = "a secret of 32 characters: 45678";

/** The settings whose secrets can be guessed. */
function weakOf(env: Readonly<Record<string, string>>): readonly unknown[] {
  const all: typeof env = { TOKEN_SECRET: STRONG, ...env };
  const risks = risksOf(loadConfig((name) => all[name]));
  assertFalse(JSON.stringify(risks).includes("hunter2"));
  return risks.filter(({ event }) => event === "weak_secret")
    .map(({ fields }) => fields.setting);
}

for (const name of ["TOKEN_SECRET", "API_KEY", "ADMIN_KEY", "METRICS_KEY"]) {
  Deno.test(`The ${name} is a risk where it can be guessed, and is not shown`, () => {
    assertEquals(weakOf({ [name]: "hunter2" }), [name]);
    assertEquals(weakOf({ [name]: STRONG.slice(1) }), [name]);
    assertEquals(weakOf({ [name]: STRONG }), []);
  });
}
