/** A hub in an app, at `/realtime`: `deno serve examples/embed.ts`. */

import { Hono } from "hono";
import { createHub } from "@thrum/thrum";
import { thrum } from "@thrum/thrum/hono";

const hub = createHub({ access: "anonymous" });
export default new Hono().route("/realtime", thrum(hub));
