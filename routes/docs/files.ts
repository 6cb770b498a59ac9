/** Markdown of the documentation, as text: `deno task build` makes one script of it, which every runtime can import. */

import index from "../../docs/README.md" with { type: "text" };
import benchmarks from "../../docs/benchmarks.md" with { type: "text" };
import bridge from "../../docs/bridge.md" with { type: "text" };
import channels from "../../docs/channels.md" with { type: "text" };
import codes from "../../docs/codes.md" with { type: "text" };
import concepts from "../../docs/concepts.md" with { type: "text" };
import denoDeploy from "../../docs/deno-deploy.md" with { type: "text" };
import deploying from "../../docs/deploying.md" with { type: "text" };
import doctor from "../../docs/doctor.md" with { type: "text" };
import embedding from "../../docs/embedding.md" with { type: "text" };
import growingTexts from "../../docs/growing-texts.md" with { type: "text" };
import guarantees from "../../docs/guarantees.md" with { type: "text" };
import howItIsBuilt from "../../docs/how-it-is-built.md" with { type: "text" };
import inspector from "../../docs/inspector.md" with { type: "text" };
import limits from "../../docs/limits.md" with { type: "text" };
import metrics from "../../docs/metrics.md" with { type: "text" };
import migratingFromCentrifugo from "../../docs/migrating-from-centrifugo.md" with {
  type: "text",
};
import migratingFromPusher from "../../docs/migrating-from-pusher.md" with {
  type: "text",
};
import migratingFromSocketio from "../../docs/migrating-from-socketio.md" with {
  type: "text",
};
import nats from "../../docs/nats.md" with { type: "text" };
import operating from "../../docs/operating.md" with { type: "text" };
import plainHttp from "../../docs/plain-http.md" with { type: "text" };
import postgres from "../../docs/postgres.md" with { type: "text" };
import redis from "../../docs/redis.md" with { type: "text" };
import sdks from "../../docs/sdks.md" with { type: "text" };
import security from "../../docs/SECURITY.md" with { type: "text" };
import serverApi from "../../docs/server-api.md" with { type: "text" };
import settings from "../../docs/settings.md" with { type: "text" };
import severalNodes from "../../docs/several-nodes.md" with { type: "text" };
import textProtocol from "../../docs/text-protocol.md" with { type: "text" };
import tokens from "../../docs/tokens.md" with { type: "text" };

/** The list of all pages, by groups, in the order in which they are read. */
export const list: string = index;

/** Every other page, by its name. */
export const pages: Readonly<Record<string, string>> = {
  benchmarks,
  bridge,
  channels,
  codes,
  concepts,
  "deno-deploy": denoDeploy,
  deploying,
  doctor,
  embedding,
  "growing-texts": growingTexts,
  guarantees,
  "how-it-is-built": howItIsBuilt,
  inspector,
  limits,
  metrics,
  "migrating-from-centrifugo": migratingFromCentrifugo,
  "migrating-from-pusher": migratingFromPusher,
  "migrating-from-socketio": migratingFromSocketio,
  nats,
  operating,
  "plain-http": plainHttp,
  postgres,
  redis,
  sdks,
  security,
  "server-api": serverApi,
  settings,
  "several-nodes": severalNodes,
  "text-protocol": textProtocol,
  tokens,
};
