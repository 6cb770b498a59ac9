/** The app with a server API, and a backend that has its key. */

import { AppServer } from "./app_server.ts";

/** The key of the server API. */
export const API_KEY = "the key of the tests";

/** An app whose server API is on. */
export function startApi(env: Readonly<Record<string, string>> = {}) {
  return new AppServer({
    env: { INSECURE_ANONYMOUS_ALL: "true", API_KEY, ...env },
  });
}

/** Calls a method with the key; a body that is text is sent as it is. */
export async function callApi(
  { url }: { readonly url: string },
  method: string,
  body: unknown = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${url}/api/${method}`, {
    method: "POST",
    headers: { "X-API-Key": API_KEY },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}
