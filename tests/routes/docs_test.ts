/** The documentation as it is served: every page, and every link of it. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertStringIncludes,
} from "@std/assert";
import { Hono } from "hono";
import { createHub } from "../../lib/create_hub.ts";
import { list, pages } from "../../routes/docs/files.ts";
import { contentsOf, nameOf } from "../../routes/docs/contents.ts";
import { thrum, type ThrumOptions } from "../../routes/mod.ts";
import { readDocs } from "../support/docs.ts";

/** An app below a path, as a program mounts it, and a way to read its pages. */
async function mounted(
  use: (get: (url: string | URL) => Promise<Response>) => Promise<void>,
  options: ThrumOptions = {},
): Promise<void> {
  await using hub = createHub({ access: "anonymous" });
  const app = new Hono().route("/realtime", thrum(hub, options));
  await use(async (url) => await app.request(new URL(url, "http://localhost")));
}

/** Values of an attribute in a page. */
function valuesOf(html: string, attribute: string): string[] {
  return [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, "g"))]
    .map(([, value = ""]) => value.replaceAll("&amp;", "&"));
}

Deno.test("Every link of the documentation leads to a page and its anchor, wherever it is mounted", async () => {
  await mounted(async (get) => {
    const texts = new Map<string, string>();
    const queue = [new URL("http://localhost/realtime/docs")];
    for (let url; (url = queue.pop()) !== undefined;) {
      const { hash } = url;
      url.hash = "";
      if (!texts.has(url.href)) {
        const response = await get(url);
        // Where nothing says that a request is of this machine, the inspector is closed.
        const isClosed = url.pathname === "/realtime/inspector";
        assertEquals(response.status, isClosed ? 403 : 200, url.href);
        texts.set(url.href, await response.text());
        const html = texts.get(url.href) ?? "";
        if (url.pathname.startsWith("/realtime/docs")) {
          const here = url;
          const hrefs = [...valuesOf(html, "href"), ...valuesOf(html, "src")]
            .map((value) => new URL(value, here));
          queue.push(...hrefs.filter(({ origin }) => origin === here.origin));
        }
      }
      const ids = valuesOf(texts.get(url.href) ?? "", "id");
      if (hash !== "") assert(ids.includes(hash.slice(1)), url.href + hash);
    }
    for (const name of [...Object.keys(pages), "reference"]) {
      assert(texts.has(`http://localhost/realtime/docs/${name}`), name);
    }
  });
});

Deno.test("Every file of the documentation is a page, and has its place in the list", async () => {
  const files = (await readDocs())
    .flatMap(({ path }) => /^docs\/([\w-]+)\.md$/.exec(path)?.[1] ?? [])
    .filter((name) => name !== "README").map(nameOf);
  assertEquals(Object.keys(pages).toSorted(), files.toSorted());
  const listed = contentsOf(list).flatMap(({ entries }) => entries);
  assertEquals(listed.map(({ name }) => name).toSorted(), files.toSorted());
});

Deno.test("A page of the documentation needs no script, and shows tables, code and where it stands", async () => {
  await mounted(async (get) => {
    const response = await get("/realtime/docs/tokens");
    const html = await response.text();
    assertStringIncludes(html, "<title>Tokens – Thrum</title>");
    assertStringIncludes(html, "<td><code>sub</code></td>");
    assertStringIncludes(
      html,
      'import { SignJWT } from "jose"'.replaceAll('"', "&quot;"),
    );
    assertStringIncludes(html, 'href="tokens" aria-current="page"');
    assertFalse(/<script|\sstyle=|\son\w+=/.test(html));
    const policy = response.headers.get("content-security-policy") ?? "";
    assertStringIncludes(policy, "default-src 'none'");
  });
});

Deno.test("An unknown page of the documentation is 404, and a slash at the end leads on", async () => {
  await mounted(async (get) => {
    const nothing = await get("/realtime/docs/nothing");
    assertEquals(nothing.status, 404);
    assertEquals((await get("/realtime/docs/README.md")).status, 404);
    assertEquals((await get("/realtime/docs/constructor")).status, 404);
    const { status, headers } = await get("/realtime/docs/");
    assertEquals([status, headers.get("location")], [302, "../docs"]);
  });
});

Deno.test("Without pages there is no documentation", async () => {
  await mounted(async (get) => {
    for (const path of ["docs", "docs/tokens", "docs/reference"]) {
      assertEquals((await get(`/realtime/${path}`)).status, 404, path);
    }
  }, { pages: false });
});
