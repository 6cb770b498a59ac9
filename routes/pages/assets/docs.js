var e=`# Documentation

## Begin

- [Concepts](concepts.md): the words, and what happens to a message
- [Settings](settings.md): which variables a server has
- [Embedding the hub](embedding.md): mount it in a program of yours

## Clients

- [Text protocol](text-protocol.md): any program that opens a WebSocket
- [SDKs](sdks.md): the official SDKs of the Centrifuge protocol
- [Without a WebSocket](plain-http.md): event streams, polls and posts
- [Channels](channels.md): namespaces, options, filters
- [Tokens](tokens.md): who a client is, and what it may do
- [Codes](codes.md): why a connection, a subscription or a command ended

## Servers

- [Server API](server-api.md): publish and administer from a backend
- [Growing texts](growing-texts.md): stream the answer of a model
- [Inspector](inspector.md): a page for operators
- [Operating it](operating.md): health, logs, drains
- [Doctor](doctor.md): checks a server, its proxy and its broker
- [Limits](limits.md): rates and bounds
- [Metrics](metrics.md): Prometheus, OpenTelemetry, Grafana
- [Several nodes](several-nodes.md): all cores, many machines
- [PostgreSQL](postgres.md): nodes that share one, and SQL that publishes
- [NATS](nats.md): nodes that share one
- [Kafka](bridge.md): topics to channels, channels to topics
- [Proxies, containers, machines](deploying.md): nginx, HAProxy, Caddy, Docker,
  Kubernetes, systemd
- [Security](SECURITY.md): who may do what, and what a proxy must do
- [Deno Deploy](deno-deploy.md): what works there

## Change over

- [From Socket.IO](migrating-from-socketio.md)
- [From Pusher](migrating-from-pusher.md), soketi or Laravel Reverb
- [From Centrifugo](migrating-from-centrifugo.md)

## Facts

- [Guarantees](guarantees.md): what is promised, and what was reached
- [Speed](benchmarks.md): Thrum beside other servers
- [How it is built](how-it-is-built.md): the map, the floors, the tests
`;var t=`# Speed

How fast is it? \`deno task bench\` puts Thrum, Bun, uWebSockets.js, \`ws\`,
socket.io and bare Deno under the same load, in turns, and counts every delivery
by its number. Each server has a core, and the load generator has the other one.
_Must_ and _goal_ are what Thrum wants to reach; a mark that is missed stands
here as missed. [bench](../bench/README.md) says how it is measured.

![The marks as bars, from what must be reached to the goal](../bench/marks.png)

<!-- marks -->

2026-11-29. AMD EPYC, 2 cores, Linux 6.18.44-fc-v595. Deno 2.9.6, Node 20.20.2,
Redis 7.0.15, Bun 1.4.5, uWebSockets.js 20.30.0-unofficial.0, ws 8.23.0,
socket.io 4.8.4. 5 rounds of 0.6 s in turns, server and generator on a core
each, 5 rounds of 1 s in turns, server and generator on a core each. Other
processes disturbed 71 of 235 turns: their rates do not count, and where too few
do the CPU time of each delivery decides.

| mark                                                                   |        measured (range) | by CPU time |         against |    must |    goal |                  result |
| ---------------------------------------------------------------------- | ----------------------: | ----------: | --------------: | ------: | ------: | ----------------------: |
| joined fan-out, N = 1000, 64 in flight, against Bun and uWebSockets.js |    0.96\xD7 (0.88 to 1.23) |       0.89\xD7 |             Bun |      1\xD7 |    1.3\xD7 |              **missed** |
| N = 1000, 64 in flight, with history and positions, against without    |    1.05\xD7 (0.86 to 1.19) |       1.05\xD7 |           Thrum |    0.9\xD7 |      1\xD7 |            goal reached |
| N = 1000, 64 in flight, in protobuf against JSON                       |    1.14\xD7 (0.77 to 1.32) |       1.14\xD7 |           Thrum |    0.9\xD7 |      1\xD7 |            goal reached |
| N = 1000, 64 in flight, against ws and socket.io                       | 37.47\xD7 (35.47 to 39.75) |      37.78\xD7 |              ws |      2\xD7 |      4\xD7 |            goal reached |
| joined fan-out, N = 1000, 8 in flight, against Bun and uWebSockets.js  |    0.62\xD7 (0.40 to 0.81) |       0.62\xD7 |  uWebSockets.js |    0.9\xD7 |      1\xD7 | **missed**, by CPU time |
| N = 1000, 8 in flight, with history and positions, against without     |    1.02\xD7 (0.81 to 1.09) |       1.06\xD7 |           Thrum |    0.9\xD7 |      1\xD7 |            goal reached |
| N = 1000, 8 in flight, in protobuf against JSON                        |    1.08\xD7 (0.78 to 1.14) |       1.12\xD7 |           Thrum |    0.9\xD7 |      1\xD7 |            goal reached |
| N = 1000, 8 in flight, against ws and socket.io                        |    7.70\xD7 (7.19 to 8.33) |       7.41\xD7 |              ws |      2\xD7 |      4\xD7 |            goal reached |
| joined fan-out, N = 100, 8 in flight, against Bun and uWebSockets.js   |    0.73\xD7 (0.59 to 0.83) |       0.71\xD7 |  uWebSockets.js |    0.9\xD7 |      1\xD7 |              **missed** |
| N = 100, 8 in flight, with history and positions, against without      |    0.76\xD7 (0.75 to 1.01) |       0.83\xD7 |           Thrum |    0.9\xD7 |      1\xD7 |              **missed** |
| N = 100, 8 in flight, in protobuf against JSON                         |    0.79\xD7 (0.75 to 0.98) |       0.77\xD7 |           Thrum |    0.9\xD7 |      1\xD7 |              **missed** |
| N = 100, 8 in flight, against ws and socket.io                         |    6.76\xD7 (5.35 to 9.33) |       7.12\xD7 |              ws |      2\xD7 |      4\xD7 |            goal reached |
| CPU per delivery, N = 10 000 against N = 1 000                         |    1.29\xD7 (1.07 to 1.36) |           \u2013 | Thrum, N = 1000 | \u2264 1.15\xD7 |    \u2264 1\xD7 |              **missed** |
| unjoined (text) fan-out, against bare Deno                             |    1.05\xD7 (0.96 to 1.16) |       1.05\xD7 |       bare Deno |   0.95\xD7 |      1\xD7 |            goal reached |
| echo, against bare Deno                                                |    0.74\xD7 (0.70 to 0.80) |       0.78\xD7 |       bare Deno |   0.95\xD7 |      1\xD7 |              **missed** |
| p50 of one publication a second, against bare Deno                     |    1.43\xD7 (1.42 to 1.69) |           \u2013 |       bare Deno |  \u2264 1.1\xD7 |    \u2264 1\xD7 |              **missed** |
| p99 at half load, against bare Deno                                    |    1.56\xD7 (0.87 to 1.79) |           \u2013 |       bare Deno | \u2264 1.25\xD7 |    \u2264 1\xD7 |              **missed** |
| connect + subscribe rate (SDK), against bare Deno                      |    0.51\xD7 (0.48 to 0.54) |       0.51\xD7 |       bare Deno |    0.8\xD7 |   0.95\xD7 | **missed**, by CPU time |
| server API publish, against a bare Hono route                          |    0.47\xD7 (0.43 to 0.53) |       0.47\xD7 |       bare Hono |    0.7\xD7 |    0.9\xD7 | **missed**, by CPU time |
| memory per idle connection, against bare Deno                          |    1.28\xD7 (1.26 to 1.32) |           \u2013 |       bare Deno | \u2264 1.15\xD7 | \u2264 1.05\xD7 |              **missed** |
| CPU per joiner of 2 000, against 500 (a recipient costs the same)      |    2.14\xD7 (1.94 to 2.29) |           \u2013 |  Thrum, N = 500 |    \u2264 4\xD7 |       \u2013 |                 reached |
| CPU per leaver of 2 000, against 500 (a recipient costs the same)      |    1.99\xD7 (1.84 to 2.33) |           \u2013 |  Thrum, N = 500 |    \u2264 4\xD7 |       \u2013 |                 reached |
| CPU per delivery through another isolate, against one isolate          |    1.19\xD7 (1.09 to 1.33) |           \u2013 |     one isolate | \u2264 1.15\xD7 |  \u2264 1.1\xD7 |              **missed** |
| Redis, 1000 channels, against redis-benchmark's XADD                   |    0.42\xD7 (0.39 to 0.51) |       0.42\xD7 | redis-benchmark |    0.4\xD7 |    0.6\xD7 |    reached, by CPU time |

<!-- end of marks -->
`;var s='# Kafka and other systems behind the hub\n\nThrum holds the connections; a message system behind it, such as Kafka, feeds\nother programs. A _source_ publishes the records of topics to channels. A _sink_\nsends the publications of channels to a topic. Both stand in a JSON file that\nthe setting `BRIDGE` names:\n\n```json\n{\n  "kafka": {\n    "brokers": ["kafka-1:9092", "kafka-2:9092"],\n    "ssl": true,\n    "sasl": { "mechanism": "plain", "username": "thrum", "password": "secret" }\n  },\n  "sources": [\n    { "topics": ["prices"], "groupId": "thrum", "channel": "prices:{key}" }\n  ],\n  "sinks": [\n    { "topic": "chat", "channels": ["chat:*"] }\n  ]\n}\n```\n\n| source           | default | meaning                                                                                                                |\n| ---------------- | ------- | ---------------------------------------------------------------------------------------------------------------------- |\n| `topics`         |         | topics that are read                                                                                                   |\n| `groupId`        |         | consumer group; nodes of the same group share the partitions, so that each record is published once                    |\n| `channel`        |         | channel of a record: text with `{key}`, `{topic}` and `{header.name}`; a record that lacks one has none                |\n| `fromBeginning`  | `false` | whether a new group begins with the oldest records                                                                     |\n| `sessionTimeout` | `30s`   | silence of a node after which others read its partitions                                                               |\n| `onPoison`       | `skip`  | what happens to a record whose channel is unknown or whose data are invalid or too large: `skip` it, or `stop` reading |\n| `maxAttempts`    | `3`     | attempts until then; a broker that is away is waited for without a bound                                               |\n\n| sink            | default  | meaning                                                                                                  |\n| --------------- | -------- | -------------------------------------------------------------------------------------------------------- |\n| `topic`         |          | topic that takes the publications                                                                        |\n| `channels`      |          | patterns of channels, in which `*` stands for anything                                                   |\n| `confirm`       | `true`   | a publisher is answered once the topic has its publication; error 100 after 5 s, but it goes on waiting  |\n| `maxWaiting`    | `10000`  | publications that wait for the topic at most; beyond them a publisher gets error 100, and nobody gets it |\n| `maxBatchBytes` | `524288` | bytes of data that are sent at once; larger data are sent alone                                          |\n| `maxAttempts`   | none     | attempts to send a publication alone until it is given up, and its publisher gets error 108              |\n\nA record\'s value is JSON, else text, else bytes, or what its header\n`content-type` says. Its headers `tag-\u2026` become tags. It is committed after it\nis published: each comes at least once, and one that comes again within five\nminutes is recognised by its header `idempotency-key`, or by topic, partition\nand offset. Records of one channel keep the order of their partition. A key that\nis not UTF-8 counts as none.\n\nA sink\'s record has the channel as its key, and the headers `thrum-channel`,\n`thrum-offset`, `thrum-epoch`, `thrum-user`, `content-type`, `idempotency-key`\nand `tag-\u2026`. A publication with a version has `thrum-version` and\n`thrum-version-epoch`; one that the hub has suppressed as older is sent, too,\nwith the position of the newest. Publications of one node keep their order;\nwhere several nodes publish to a channel, `thrum-offset` has it. A request that\nKafka did not answer is sent again: a consumer recognises what it has by\n`thrum-epoch` and `thrum-offset`. What comes from a source goes to no sink.\nJoins, leaves and direct messages are not bridged.\n\nAfter a failure half as many publications are sent, down to a single one, so\nthat one that the topic refuses does not stop those before it. Those behind it\nwait, and publishers get error 100, until the topic takes it or `maxAttempts`\ngives it up. Without `maxAttempts` nothing is lost while Kafka is away; with it,\nan outage that outlasts the attempts costs publications. Pauses between attempts\ngrow to 5 s.\n\nThe log has `source_failed`, `source_stopped`, `record_skipped`, `sink_failed`,\n`sink_record_skipped` and, where a hub ended with publications that it could not\nsend, `sink_lost`.\n\nA program that [embeds the hub](embedding.md) gives the same to `createHub`,\nwith a client of `kafkajs` or with sources and sinks of its own. A record for\nwhich the function of its channel throws cannot be published, as above:\n\n```ts\nimport { Kafka } from "kafkajs";\nimport { createHub, kafkaSink, kafkaSource } from "@thrum/thrum";\n\nconst kafka = new Kafka({ brokers: ["localhost:9092"] });\nconst hub = createHub({\n  access: "anonymous",\n  bridge: {\n    sources: [{\n      from: kafkaSource(kafka, { groupId: "thrum", topics: ["prices"] }),\n      channel: ({ key }) => key && `prices:${key.toLowerCase()}`,\n    }],\n    sinks: [{ to: kafkaSink(kafka, { topic: "chat" }), channels: ["chat:*"] }],\n  },\n});\nawait hub.drain();\n```\n\n## An outbox\n\nAn application that writes to PostgreSQL can publish in the same transaction: it\ninserts a row, and what is rolled back is never published. A source reads the\ntable, one node at a time, and deletes what is published.\n\n```ts\nimport postgres from "postgres";\nimport { createHub, postgresOutbox } from "@thrum/thrum";\n\nconst sql = postgres("postgres://localhost/app");\nconst hub = createHub({\n  access: "anonymous",\n  bridge: { sources: [{ from: postgresOutbox(sql), channel: "{key}" }] },\n});\nawait hub.drain();\nawait sql.end();\n```\n\n```sql\ninsert into thrum_outbox (channel, data) values (\'news\', \'{"headline":"hello"}\');\n```\n\nThe table is made where it is missing: `id bigint` (an identity), `uid uuid`\n(`gen_random_uuid()`), `channel text`, `data text`, `idempotency_key text`,\n`tags jsonb`. A row of a hub whose [broker is PostgreSQL](several-nodes.md)\nneeds no outbox: `thrum.publish()` does the same without a table.\n\nTried with `kafkajs` 2.2.4 against the mock brokers of librdkafka 2.0.2. A\ncluster of Apache Kafka was not.\n';var o='# Channels\n\nWhich channels are there, and what may clients do in them? The name says it.\n\n| name                | kind of channel                                                      |\n| ------------------- | -------------------------------------------------------------------- |\n| `news`              | open to what the default namespace allows                            |\n| `sports:football`   | in the namespace `sports`, which `CONFIG` has to name                |\n| `$vip`, `$sports:1` | private: a client needs a token for it                               |\n| `#alice`, `dm#a,b`  | for the users behind the `#` only: no token opens it to another user |\n\n## Options\n\n`CONFIG` names a file like this. A namespace takes the options that it leaves\nout from `default`, and `default` takes them from the values shown:\n\n```json\n{\n  "channels": {\n    "default": {\n      "presence": true,\n      "joinLeave": true,\n      "historySize": 100,\n      "historyTtl": "300s",\n      "forceRecovery": true,\n      "recoveryMode": "stream",\n      "autoCacheRecover": false,\n      "recoverySize": 300,\n      "delta": [],\n      "tagsFilter": false,\n      "slowPolicy": "close",\n      "conflationKey": "",\n      "allow": ["subscribe", "publish", "presence", "history"]\n    },\n    "namespaces": {\n      "sports": {\n        "historySize": 1000,\n        "delta": ["fossil"],\n        "allow": ["subscribe"]\n      }\n    }\n  }\n}\n```\n\nWith the `recoveryMode` `cache` an SDK recovers the newest publication alone.\nWith `autoCacheRecover` it gets that at each subscription, also where it asks\nfor no recovery, and with a subscription that the server makes.\n\n`recoverySize` is the number of missed publications above which an SDK does not\nrecover. Event streams and polls recover all that the history has, up to 10 000.\n\n## Slow subscribers\n\n`slowPolicy` is what happens to a subscriber that reads more slowly than is\npublished. A client that keeps up gets everything.\n\n| `slowPolicy` | a subscriber for which more than `MAX_BUFFERED_BYTES` waits                                 |\n| ------------ | ------------------------------------------------------------------------------------------- |\n| `close`      | is closed with 3008 after `SLOW_GRACE`                                                      |\n| `dropOldest` | loses the oldest publications that wait                                                     |\n| `keepLatest` | gets the newest one: of the channel, or of each value of the tag that `conflationKey` names |\n\nA subscriber with positions that loses a publication by that is unsubscribed\nwith 2500, subscribes again and recovers. Where it should rather do without, set\n`historySize` to 0. While most recipients of a client\'s publications have a\nbacklog and read, the client\'s next commands wait for them, at most\n`SLOW_GRACE`.\n\n## Filters by tags\n\nWith `tagsFilter` a subscriber may ask for some of the publications, by their\ntags: strings that the [server API](server-api.md) or `hub.publish` adds. It\ngets what fits, at once and after a cut, with the offsets of the channel.\n\n```js\nconst nasdaq = { key: "source", cmp: "eq", val: "NASDAQ" };\nconst dear = { key: "price", cmp: "gte", val: "100" };\nconst tagsFilter = { op: "and", nodes: [nasdaq, dear] };\ncentrifuge.newSubscription("stocks", { tagsFilter }).subscribe();\n```\n\n| node of a filter                | a publication fits if                                            |\n| ------------------------------- | ---------------------------------------------------------------- |\n| `op`: `and`, `or`, `not`        | all `nodes` fit, one of them fits, the only one does not         |\n| `cmp`: `eq`, `neq`              | its tag `key` is, or is not, the text `val`                      |\n| `cmp`: `in`, `nin`              | its tag is, or is not, one of `vals`                             |\n| `cmp`: `ex`, `nex`              | it has, or has not, the tag                                      |\n| `cmp`: `sw`, `ew`, `ct`         | its tag starts with, ends with or contains `val`                 |\n| `cmp`: `gt`, `gte`, `lt`, `lte` | its tag is a decimal above, from, below, up to the decimal `val` |\n\nA missing tag is not `val`, and counts as empty in a list. A filter saves\ntraffic. It is no permission, for the history shows everything. A filter has at\nmost 16 levels, 32 nodes and 8192 characters; an invalid one is refused with 107\nand the place of the fault. Another filter needs another subscription, and with\none no deltas are sent. Subscriptions that the server makes have none.\n\n## Rates\n\n`publishRate`, `subscribeRate`, `historyRate` and `presenceRate` are the\n[rates](limits.md) of one connection in the channels of a namespace, instead of\nthe server\'s; 0 is no limit. As variables for channels without a namespace they\nare `CHANNEL_PUBLISH_RATE` and so on.\n';var a='# Codes\n\nWhy has a connection ended, and what does an error mean?\n\n| close code | reason                                     | reconnect           | cause                                                                                                                                                         |\n| ---------- | ------------------------------------------ | ------------------- | ------------------------------------------------------------------------------------------------------------------------------------------------------------- |\n| 1009       | `message too big`                          | no                  | a message over `MAX_MESSAGE_BYTES`                                                                                                                            |\n| 3001       | `shutdown`                                 | yes, by appointment | the server restarts                                                                                                                                           |\n| 3004       | `internal server error`                    | yes                 | a failure that the server\'s log explains                                                                                                                      |\n| 3005       | `connection expired`                       | with a new token    | the token has ended; an SDK has 25 s more to refresh it                                                                                                       |\n| 3006       | `subscription expired`                     | yes                 | a server-side subscription has ended                                                                                                                          |\n| 3008       | `slow`                                     | yes                 | unread data: see `SLOW_GRACE` and `MAX_BACKLOG_BYTES`                                                                                                         |\n| 3010       | `insufficient state`                       | yes                 | a server-side subscription has missed a publication                                                                                                           |\n| 3011       | `force reconnect`                          | yes                 | the program that embeds the hub                                                                                                                               |\n| 3012       | `Network connection timeout!` or `no pong` | yes                 | no frame for `HEARTBEAT_TIMEOUT`, or no pong                                                                                                                  |\n| 3013       | `too many requests`                        | yes, by appointment | more than `MAX_BUFFERED_BYTES` waits behind an earlier command, more refusals than `REFUSAL_RATE`, a flood: see `FLOOD_RATE`, or an embedding program is full |\n| 3500       | `invalid token`                            | no                  | the token is not valid, or names another uid                                                                                                                  |\n| 3501       | `bad request`                              | no                  | an SDK\'s frame is not a command, or comes before `connect`                                                                                                    |\n| 3502       | `stale`                                    | no                  | no token or no `connect` within 10 s                                                                                                                          |\n| 3503       | `force disconnect`                         | no                  | the program that embeds the hub                                                                                                                               |\n| 3504       | `connection limit`                         | no                  | `MAX_CONNECTIONS_PER_USER`                                                                                                                                    |\n| 3505       | `channel limit`                            | no                  | a token names more channels than a connection may have                                                                                                        |\n| 3506       | `inappropriate protocol`                   | no                  | the program that embeds the hub                                                                                                                               |\n| 3507       | `permission denied`                        | no                  | the program that embeds the hub                                                                                                                               |\n| 3508       | `not available`                            | no                  | `send` to a server that takes no messages                                                                                                                     |\n| 3509       | `too many errors`                          | no                  | ten invalid frames in a minute: errors except 100 and 404                                                                                                     |\n\nAfter a code from 3500 to 3999 a client does not reconnect by itself. With 3001\nand 3013 each client gets a time of its own to come back: `n` clients return\nover `n / RECONNECT_RATE` seconds and one more, 60 at most. The reason of the\nclose frame is then JSON, which the official JavaScript SDK reads too:\n`{"reason":"shutdown","reconnect":true,"retry_after_ms":1234}`. The `disconnect`\npush of an SDK\'s stream and `event: disconnect` have the same `retry_after_ms`,\nevent streams a `retry`, and polls and refusals (503, 429) a `Retry-After` in\nseconds. The text client of the page keeps to it. A single subscription ends\nwith 2000 `server unsubscribe`. After 2500 `insufficient state` and 2501\n`subscription expired` an SDK subscribes again.\n\n## Errors\n\n| error | message                  | cause                                                                                                                          |\n| ----- | ------------------------ | ------------------------------------------------------------------------------------------------------------------------------ |\n| 100   | `internal error`         | a failure of the server; the same command may succeed later                                                                    |\n| 101   | `unauthorized`           | a token first                                                                                                                  |\n| 102   | `unknown channel`        | its namespace is not configured                                                                                                |\n| 103   | `permission denied`      | neither the channel nor a token allows it, the channel\'s token is not valid, or the server has ended it meanwhile              |\n| 104   | `method not found`       | the server API has no such method; of an `rpc`, `onRpc` says so                                                                |\n| 105   | `already subscribed`     | an SDK subscribes twice                                                                                                        |\n| 106   | `limit exceeded`         | the connection has `MAX_CHANNELS` channels, or the isolate `MAX_CHANNELS_IN_ALL`; a [text](growing-texts.md) would be too long |\n| 107   | `bad request`            | a command lacks a field, a name or a filter is invalid, or data that a hook or schema reads have over 64 levels                |\n| 108   | `not available`          | the channel has no presence, no history or no growing text, the server no RPC                                                  |\n| 109   | `token expired`          | a new token is needed                                                                                                          |\n| 110   | `expired`                | the subscription that a backend makes has ended already                                                                        |\n| 111   | `too many requests`      | a [rate](limits.md) is exceeded; the same command may succeed later                                                            |\n| 112   | `unrecoverable position` | the position is of another epoch, whose history is gone                                                                        |\n| 400   |                          | an invalid text frame; the text says what was expected                                                                         |\n| 404   |                          | no client is connected as that uid                                                                                             |\n| 409   | `the text is closed`     | nothing is appended to a [text](growing-texts.md) that was closed, but with `restart`                                          |\n';var n=`# Concepts

What is Thrum made of? Ten words are enough to read the other pages.

A **hub** is where clients meet. A client opens a **connection** to it, over a
WebSocket or over plain HTTP. The client has a name, its **uid**. A uid may have
several connections: a browser tab, a phone, a script.

A **channel** carries **publications** to its **subscribers**. It begins to
exist when the first client subscribes or publishes to it. Nothing is declared
beforehand, unless the channel has a [namespace](channels.md).

| word        | it is                                                                                     |
| ----------- | ----------------------------------------------------------------------------------------- |
| connection  | one client that is connected now, by a WebSocket, a stream or polls                       |
| uid         | name of a user; messages to it reach each of its connections                              |
| channel     | a name, and all who subscribe to it                                                       |
| publication | data in a channel, at an offset                                                           |
| history     | the newest publications of a channel: 100 of them, for 300 s, unless options say more     |
| position    | \`offset\` and \`epoch\`: how far a client has read; the epoch changes when a history is lost |
| recovery    | what a client missed comes from the history, by its position                              |
| presence    | who is in a channel now                                                                   |
| broker      | gives every channel one order on all nodes, and keeps its history                         |
| node        | an isolate with a hub; several nodes share a broker                                       |

## What happens to a message

A client publishes to \`news\`. The hub checks that it may, and hands the
publication to the broker. The broker gives it the next offset, stores it, and
tells every node. Each node encodes it once and sends it to its own subscribers.
All of them see the same publications in the same order.

## What happens in a cut

A phone goes through a tunnel for 20 s. Its SDK reconnects and says: channel
\`news\`, offset 41, this epoch. The hub sends 42 and 43 from the history, and
then what comes new. Nothing is lost and nothing comes twice. If the history no
longer reaches back to 42, the hub says so (\`recovered: false\`), and the
application loads its state anew. There is no third case for an SDK in a channel
with a history, on all [brokers](several-nodes.md) that the nodes share: it
never misses something without being told.

## What is not kept

A direct message to a uid is for who is connected now. Text clients have no
positions: what they miss, they miss. A history has a size and a time. Thrum is
not a database: your application keeps what has to last.
`;var r="# Deno Deploy\n\nWhat works on Deno Deploy? Nothing on this page was tried there: it is written\nby the documentation of Deno Deploy. What can be tried elsewhere has tests: the\nentrypoint in `deno.json`, a hub without Web Locks, a drain within 5 s, and\nnodes that share a broker.\n\n`deno.json` has the `deploy` key with the entrypoint, so a clone of this\nrepository needs no further configuration. A button for your README, with the\naddress of your repository:\n\n```md\n[![Deploy on Deno](https://deno.com/button)](https://console.deno.com/new?clone=REPOSITORY_URL)\n```\n\nSet `TOKEN_SECRET` or `JWKS_URL` among the variables of the app: without them\nthe server [refuses to start](settings.md).\n\n| what                                             | there                                                                                    |\n| ------------------------------------------------ | ---------------------------------------------------------------------------------------- |\n| WebSockets, HTTP streams, SSE, polls, server API | work                                                                                     |\n| several instances of an app                      | share nothing: set `BROKER_URL`, and all share channels, history and presence            |\n| several instances without `BROKER_URL`           | each is a hub of its own; clients of one do not hear those of another                    |\n| an instance without traffic                      | is stopped; the pings of SDKs (`PING_INTERVAL`) are traffic                              |\n| the end of an instance                           | SIGINT, and 5 s later SIGKILL: enough for a drain, which tells clients when to come back |\n| history in memory                                | ends with its instance                                                                   |\n| `/metrics`                                       | needs `METRICS_KEY`; answers for the instance that is asked                              |\n| files, `ulimit -n`                               | are the platform's; `MAX_CONNECTIONS` bounds each instance                               |\n\nDeno Deploy provisions PostgreSQL for an app, by its documentation: set\n`BROKER_URL` to the URL of that database, with `?sslmode=require` if it wants\nTLS, and the instances share it as [nodes](postgres.md).\n\nTo show a server of your own machine to others, the flag `--tunnel` of Deno\nopens a public URL of Deno Deploy that leads to it. That URL is another host:\nset `ALLOWED_ORIGINS` where pages of other origins connect, and a token, because\neverybody can reach it.\n";var i=`# Proxies, containers, machines

How do I put a server on the internet? Put a proxy in front that limits header
times and message sizes: Deno itself waits for slow headers, and holds a
fragmented message until it is complete. Sticky sessions are not needed.
[Security](SECURITY.md) says what a proxy must do.
[\`examples/operations\`](../examples/operations) has all of it for
[nginx](../examples/operations/nginx.conf),
[HAProxy](../examples/operations/haproxy.cfg) and
[Caddy](../examples/operations/Caddyfile): TLS, time limits, bounds, a path
below which the hub answers. In short:

\`\`\`nginx
upstream thrum {
  server 127.0.0.1:8001;
  server 127.0.0.1:8002;
}
server {
  listen 8080;
  client_header_timeout 10s;
  client_max_body_size 2m;
  location / {
    proxy_pass http://thrum;
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $http_connection;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_buffering off;
    proxy_read_timeout 120s;
  }
}
\`\`\`

## Containers and machines

The [Dockerfile](../Dockerfile) makes an image that runs without rights and
checks its own health. [compose.yaml](../compose.yaml) puts three nodes behind
Caddy, with a Redis. For Kubernetes there are
[manifests](../examples/operations/kubernetes.yaml) with probes and a pause
before the drain, and for systemd
[a unit](../examples/operations/thrum.service). Tests carry out the lines of the
Dockerfile, the nodes of \`compose.yaml\`, the probes and the unit's command;
Docker and Kubernetes themselves were not run.
`;var h="# Doctor\n\nIs my server all right? Ask it, where the server runs and with its settings:\n\n```sh\ndeno task doctor\n```\n\n```text\nok       settings    all are valid\nok       files       65536 may be open\nok       broker      the isolates of one process share every channel, in memory\nok       http        a hub answers at http://localhost:8000/\nok       readiness   it takes clients\nok       clock       it agrees with this machine's\nok       streams     they arrive line by line\nok       websocket   it opens, for a page of http://localhost:8000 too\nok       publish     a publication comes back in 1.9 ms\nok       recovery    what was published during a cut comes back\n\n0 failed, 0 warning, 0 skipped, 10 ok\n```\n\nWith `--url` it goes the way of your clients, through DNS, TLS and the proxy:\n\n```sh\ndeno task doctor --url https://hub.example.com/\n```\n\n| check       | it                                                                                                                                                | a usual reason to fail                                           |\n| ----------- | ------------------------------------------------------------------------------------------------------------------------------------------------- | ---------------------------------------------------------------- |\n| `settings`  | reads the [settings](settings.md) as the server does; warns of weak secrets                                                                       | a value that is not what was expected                            |\n| `files`     | compares the files that may be open with those that the connections need                                                                          | `ulimit -n` is too low                                           |\n| `broker`    | publishes to the [broker](several-nodes.md) and reads it back, on a channel of its own                                                            | `BROKER_URL`, a firewall                                         |\n| `http`      | asks `/healthz` at the URL                                                                                                                        | another path, a proxy that leads elsewhere                       |\n| `readiness` | asks `/readyz`                                                                                                                                    | a drain, a server without its broker                             |\n| `clock`     | compares the date of the answer with this machine's                                                                                               | no time synchronisation: tokens expire too early                 |\n| `address`   | looks whether a proxy is in front and `TRUSTED_PROXIES` names one; with an `API_KEY`, reads the address that it counts as, and claims another one | all clients share the [limits](limits.md) of the proxy's address |\n| `streams`   | opens a stream and waits for its first line                                                                                                       | a proxy that buffers answers                                     |\n| `websocket` | opens a WebSocket, with the `Origin` of a page of that URL, and connects                                                                          | a proxy that does not pass `Upgrade` or `Host`; another secret   |\n| `publish`   | subscribes and publishes                                                                                                                          | the channel does not allow it                                    |\n| `recovery`  | is cut, misses a publication, comes back and recovers it                                                                                          | nodes behind one URL that share no broker                        |\n\nEach failure says what to do about it. The exit code is 1 if a check has failed,\nand 0 with warnings.\n\nThe doctor signs a token for itself from `TOKEN_SECRET`. Where tokens are signed\nelsewhere (`JWKS_URL`), or this machine has no settings at all, give it one in\nthe variable `DOCTOR_TOKEN`. It publishes to a channel of its own without a\nnamespace, unless `--channel` names one where that token may publish. A\ncertificate of your own authority is named by Deno's variable `DENO_CERT`.\n";var c='# Embedding the hub\n\nHow do I mount the hub in a program of mine? Thrum is on no registry yet:\n`deno pack` in this repository makes the tarball `thrum-thrum-0.1.0.tgz`. In\nyour project, install it by its path, for Deno, Node and Bun alike:\n\n```sh\nnpm install ./thrum-thrum-0.1.0.tgz hono ws\n```\n\n| door                  | has                                                                                         |\n| --------------------- | ------------------------------------------------------------------------------------------- |\n| `@thrum/thrum`        | the hub, its brokers, errors and codes                                                      |\n| `@thrum/thrum/hono`   | a Hono app of all routes around a hub                                                       |\n| `@thrum/thrum/client` | a client of the [text protocol](text-protocol.md) that reconnects, for browsers and servers |\n\n## In an app of Hono\n\n```ts\nimport { Hono } from "hono";\nimport { createHub } from "@thrum/thrum";\nimport { thrum } from "@thrum/thrum/hono";\n\nconst hub = createHub({ access: "anonymous" });\nexport default new Hono().route("/realtime", thrum(hub));\n```\n\nSave it as `app.ts`, and serve it:\n\n```sh\ndeno serve -A app.ts\n```\n\nClients connect to `/realtime/ws`, SDKs to `/realtime/connection/websocket`; the\npage is at `/realtime/`.\n\nA hub with access `"anonymous"` answers under localhost, an address, and the\nhosts of `allowedOrigins` only, so that no page elsewhere reaches it by a name\nthat leads to your machine. An option of\n`thrum(hub, { allowedOrigins, apiKey, adminKey, metricsKey, pages })` names the\npages that may connect, turns the server API on, opens the\n[inspector](inspector.md) and `/metrics` to other machines, or turns the pages\noff: what `ALLOWED_ORIGINS`, `API_KEY`, `ADMIN_KEY` and `METRICS_KEY` are for\nthe server. At the first poll Deno warns of `request.signal`, unless the\n`deno.json` of the program has `"unstable": ["no-legacy-abort"]`; the hub does\nthe same with and without it.\n\n## In a server of Deno\n\nWithout Hono, a hub takes WebSockets itself, and leaves other requests to the\nprogram:\n\n```ts\nimport { createHub } from "@thrum/thrum";\n\nconst hub = createHub({ access: "anonymous" });\n\nDeno.serve((request) =>\n  hub.upgrade(request) ?? new Response("not a WebSocket", { status: 426 })\n);\n```\n\n## On Node and Bun\n\nTheir sockets come from the package `ws`:\n\n```js\nimport { createHub } from "@thrum/thrum";\nimport { WebSocketServer } from "ws";\n\nconst hub = createHub({ access: "anonymous" });\n\nconst server = new WebSocketServer({\n  port: Number(process.env.PORT ?? 8000),\n  maxPayload: 65_536,\n});\nserver.on("connection", (socket, request) => {\n  const { pathname, searchParams } = new URL(request.url, "ws://localhost");\n  if (pathname === "/connection/websocket") {\n    hub.acceptWebSocket(socket, { protocol: "centrifuge" });\n  } else {\n    hub.acceptWebSocket(socket, { uid: searchParams.get("uid") ?? undefined });\n  }\n});\nserver.on("listening", () => {\n  console.log(`listening on ws://localhost:${server.address().port}`);\n});\n\nprocess.on("SIGTERM", async () => {\n  await hub.drain();\n  server.close();\n});\n```\n\nSave it as `node.mjs`, and `node node.mjs` or `bun node.mjs` runs it. For plain\nHTTP, `thrum(hub)` is an app of Hono like any other: its `fetch` takes the\nrequests that are no WebSockets.\n\n## What a program decides\n\nA program decides about access, brokers, channels and what clients may do:\n\n```ts\nimport * as v from "valibot";\nimport { createHub, errors, ProtocolError, redis } from "@thrum/thrum";\n\nconst hub = createHub({\n  access: { tokens: { jwksUrl: "https://auth.example/keys" } },\n  broker: redis("redis://localhost:6379"),\n  channels: {\n    "*": { historySize: 1000 },\n    "chat:*": { data: v.object({ text: v.string() }) },\n  },\n  onConnect: ({ headers }) => ({ data: { hello: headers?.get("user-agent") } }),\n  onSubscribe: ({ connection, channel }) => {\n    if (channel === "chat:staff" && connection.uid !== "alice") {\n      throw new ProtocolError(errors.permissionDenied, "for alice alone");\n    }\n  },\n});\n\nawait hub.publish("chat:lobby", { text: "hello" });\nawait hub.disconnect({ user: "bob" });\n```\n\n| `access`      | clients that may connect                                                            |\n| ------------- | ----------------------------------------------------------------------------------- |\n| `"anonymous"` | everybody, under any name; they may do everything                                   |\n| `{ tokens }`  | those with a token that a `secret` or the keys at a `jwksUrl` verify                |\n| `"onConnect"` | those for which the hook `onConnect` returns a `uid`, by a session cookie or a name |\n\n| `broker`        | channels are shared by                                            |\n| --------------- | ----------------------------------------------------------------- |\n| `memory()`      | this hub alone; the default                                       |\n| `isolates()`    | the isolates of a process, as `deno serve --parallel` starts them |\n| `redis(url)`    | all nodes with that Redis; calls are refused until it is reached  |\n| `postgres(url)` | all nodes with that database of a PostgreSQL; the same            |\n| `nats(url)`     | all nodes with that NATS; the same                                |\n\n## Hooks\n\n| hook                                    | it                                                               |\n| --------------------------------------- | ---------------------------------------------------------------- |\n| `onConnect`, `onSubscribe`, `onPublish` | lets a client do so, changes what it gets, or throws an error    |\n| `onMessage`                             | takes the `send` of an SDK, or the frames of `protocol: "plain"` |\n| `onRpc`                                 | answers the `rpc` of an SDK, and of the server API               |\n| `onDisconnect`                          | learns that a connection has ended, and why                      |\n\nEvery hook gets the `connection` and the `headers` of its request. A browser\nsends no headers of its own with a WebSocket: an SDK puts them into its first\ncommand, and `onConnect` gets those that `createHub({ emulatedHeaders })` names\nas `emulatedHeaders`. They are what the client says, and never mixed with\n`headers`, which a proxy may vouch for. Where access is `"anonymous"`,\n`onConnect` is asked about a name in the URL, and about one that a first frame\nclaims. A hook that fails otherwise is logged as `command_failed`, and its\nclient gets error 100; an invalid uid, and a failure of `onDisconnect`, are\nlogged as `hook_failed`.\n\n## Methods\n\nThe methods of a hub act on all nodes, as those of the\n[server API](server-api.md) do: `publish`, [`append`](growing-texts.md),\n`sendTo`, `broadcast`, `subscribe`, `unsubscribe`, `disconnect`, `refresh`,\n`presence`, `presenceStats`, `history`, `removeHistory`, `channels`, `nodes` and\n`metrics`; `drain` ends the hub. While the broker is away they reject with the\ntemporary error 100. They publish text, bytes and what JSON has: a `Map`, `NaN`\nor `undefined` is a `TypeError`. The `data` of a channel may be a schema of\nvalibot, zod, arktype or any other library of the\n[Standard Schema](https://standardschema.dev): `publish` has its type, and a\npublication that does not fit is refused with 107 and the path, as in\n`data.text: Expected string`, wherever it comes from.\n\n[`examples/`](../examples/) has [this app](../examples/embed.ts), an\n[echo](../examples/echo.ts) server, a [clock](../examples/clock.ts) that sends\nthe time, a [chat](../examples/chat.ts), and\n[rules of a program](../examples/policy.ts) for SDKs.\n';var l=`# Growing texts

The answer of a model comes word by word, and readers come and go meanwhile.
\`append\` keeps the whole text in its channel, and sends each reader what is new.
The channel needs the \`recoveryMode\` \`cache\`, \`delta\` for readers that ask for
differences, and \`autoCacheRecover\` for those that come late:

\`\`\`sh
API_KEY=secret CHANNEL_RECOVERY_MODE=cache CHANNEL_AUTO_CACHE_RECOVER=true CHANNEL_DELTA=fossil deno task dev
\`\`\`

\`\`\`js
import { Centrifuge } from "centrifuge";

const url = "ws://localhost:8000/connection/websocket";
const centrifuge = new Centrifuge(url, { websocket: WebSocket });
const answer = centrifuge.newSubscription("answer", { delta: "fossil" });
answer.on("publication", ({ data }) => {
  console.log(data.closed ? \`\${data.text} (end)\` : data.text);
});
answer.subscribe();
centrifuge.connect();
\`\`\`

\`\`\`sh
curl -H 'X-API-Key: secret' -d '{"channel":"answer","append":"A text "}' http://localhost:8000/api/append
curl -H 'X-API-Key: secret' -d '{"channel":"answer","append":"that grows.","close":true}' http://localhost:8000/api/append
\`\`\`

A program that embeds the hub passes on what the model says:

\`\`\`ts
import { createHub } from "@thrum/thrum";

const hub = createHub({
  access: "anonymous",
  channels: {
    "answer:*": {
      recoveryMode: "cache",
      autoCacheRecover: true,
      delta: ["fossil"],
      allow: ["subscribe"],
    },
  },
});

/** Streams an answer to all who read the channel. */
export async function stream(id: string, words: AsyncIterable<string>) {
  const channel = \`answer:\${id}\`;
  await hub.append(channel, "", { restart: true });
  for await (const word of words) await hub.append(channel, word);
  await hub.append(channel, "", { close: true });
}
\`\`\`

| field of \`append\` | option           | effect                                                                                        |
| ----------------- | ---------------- | --------------------------------------------------------------------------------------------- |
| \`append\`          | the second value | the next part of the text                                                                     |
| \`close\`           | \`close\`          | the text is at its end: later parts are refused with 409                                      |
| \`restart\`         | \`restart\`        | another text begins with this part, whatever was there                                        |
| \`idempotency_key\` | \`idempotencyKey\` | the same key on the channel appends nothing again for five minutes, and gets the first result |

The publication is \`{"closed":false,"text":"\u2026"}\` for every client. It has the
whole text: a reader without deltas, an event stream and a poll get it in full
each time. A reader that comes late or comes back begins with the whole, and the
differences follow. 200 words of a text that grows to 3.6 KB cost a reader with
deltas 23 KB in JSON and 11 KB in protobuf, instead of 371 KB.

- **Joined.** The first part after a pause is published at once. Parts that
  follow within 40 ms share a publication, so a text has 25 of them in a second,
  and the answer to each part is the position of its publication. A caller that
  waits for each answer has nothing to join and is not slowed: it waits the 40
  ms about once in a second. A part with \`close\`, \`restart\` or a key waits for
  nothing; a key, and a text that begins, have publications of their own.
- **Several nodes.** Each publication has the condition that the text is still
  the one that its node has read; if not, the node reads it again. So parts that
  several nodes append are all in the text, each once, those of one node in its
  order. This holds on one isolate, on several, and with a Redis, a PostgreSQL
  or a NATS. Hubs that [relay to each other](several-nodes.md) keep texts of
  their own, and what they append to one channel at the same moment may be lost
  there.
- **Order.** Requests that are under way together may overtake each other on
  their way to the server. Let a backend wait for each answer, or send the parts
  of a \`batch\`.
- **Bounds.** A text has 65 536 bytes as JSON at most; a part too many is
  refused with 106. It is kept for the \`historyTtl\` of the channel after its
  last part, as the one publication that the channel keeps.
- **Refusals.** 107: the channel has another publication than a text, which
  \`restart\` replaces. 108: the channel has no \`recoveryMode\` \`cache\`, or no
  history. 409: the text is closed. 111: too much waits.
`;var d="# Guarantees\n\nWhat can I rely on? Each row has a test of that name, and `deno task soak` tries\nit at its full numbers. These are from a machine with two cores, shared with the\nclients and with other programs.\n\n| promise                                                                                                       | reached                                                                                                                                                                                                                                                                         | test                                                     |\n| ------------------------------------------------------------------------------------------------------------- | ------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------- | -------------------------------------------------------- |\n| A client resumes with each publication exactly once and in order; past the history it is told                 | 1 000 clients of 20 channels, 50 cuts each, 500 publications/s: 0 gaps, 0 twice, 0 out of order in 5.1 million deliveries; 100 % recovered within the history, 100 % told past it                                                                                               | [`resume`](../tests/trials/resume_test.ts)               |\n| A client that does not read delays no other, holds 1 MiB and is gone with 3008 within 10 s                    | 25 of 250 clients at 1 000 messages of 1 KiB/s: p99 of the others 27 ms (108 ms without them), 28 MB held by all, gone after 5.3 s; beside ten other busy programs 45 MB, which misses the 43 that are meant. 1 000 clients, a gigabyte a second, are more than two cores carry | [`stuck_clients`](../tests/trials/stuck_clients_test.ts) |\n| A Redis that is killed for 10 s loses no acknowledged publication, and all converge within 5 s                | each of 104 acknowledged publications kept; refusals within 37 ms; converged in 1.4 s (AOF) and 1.3 s (RDB, gap told)                                                                                                                                                           | [`broker_killed`](../tests/trials/broker_killed_test.ts) |\n| A burst between three isolates reaches each subscriber once and in one order                                  | 100 000 publications to 6 subscribers: 0 lost, 0 twice, one order                                                                                                                                                                                                               | [`relay`](../tests/trials/relay_test.ts)                 |\n| Half-open clients leave within the timeout and 1 s, presence 1.5 s later; a stall evicts no client that talks | 100 clients, timeout 10 s: gone after 10.7 s, absent 0.001 s later; 0 evicted after a stall of 20 s                                                                                                                                                                             | [`half_open`](../tests/trials/half_open_test.ts)         |\n| A crowd that comes back at once has recovered within 30 s in twice the memory                                 | 10 000 clients: 100 % recovered, 99.9 % of them in 3.1 s, memory 145 %; p99 of bystanders 118 ms while all come back, and 778 ms while all go                                                                                                                                   | [`coming_back`](../tests/trials/coming_back_test.ts)     |\n| Malformed frames and messages end no process and leave nothing behind                                         | 100 000 frames and 100 000 messages: 0 exits, 0 unhandled rejections, 0 handles left, memory 101 %                                                                                                                                                                              | [`hostile`](../tests/trials/hostile_test.ts)             |\n| A rolling restart loses nothing and repeats nothing                                                           | two nodes, 1 000 clients of 20 channels, 500 publications/s: 0 lost, 0 twice; 1 256 of 1 256 told 3001 with a time to come back; each process ended in 1.5 s                                                                                                                    | [`drain`](../tests/trials/drain_test.ts)                 |\n| Silent clients and half handshakes are closed within 10 s                                                     | 5 000 of each: closed after 10.2 s (hub) and 10.0 s (nginx); 100 % of legitimate clients connected                                                                                                                                                                              | [`openers`](../tests/trials/openers_test.ts)             |\n| Channel names without end leave memory where it was; a 129th channel is refused                               | 1 000 000 names: 0 channels left, memory 107 % of that after 400 000                                                                                                                                                                                                            | [`exhaustion`](../tests/trials/exhaustion_test.ts)       |\n| Presence of three nodes is equal within 5 s after a partition; a dead node's clients are gone within 30 s     | 150 clients, 60 s partition: equal after 1.9 s; a dead node's clients gone after 27.1 s                                                                                                                                                                                         | [`presence`](../tests/trials/presence_test.ts)           |\n| No forged token is accepted, and a connection ends within 5 s after its token                                 | 240 forgeries at 4 doors and 3 verifiers: 0 accepted, 0 fetches; closed after 0.3 s                                                                                                                                                                                             | [`forged_tokens`](../tests/trials/forged_tokens_test.ts) |\n| A wall clock that jumps by an hour evicts no client and flushes no history                                    | 10 000 clients: 0 evicted, 0 histories flushed                                                                                                                                                                                                                                  | [`clock_jump`](../tests/trials/clock_jump_test.ts)       |\n";var m=`# How it is built

Where is what in the code?

\`\`\`
main.ts       settings \u2192 broker \u2192 hub \u2192 app; signals and drain
server/       the process: settings and log
doctor/       \`deno task doctor\`: examines a server as its clients and its operator do
routes/       HTTP in, one call into lib, HTTP out; the only place that knows Hono
lib/          the hub: no HTTP framework, no environment, no clock of its own
tests/        house, unit, conformance (one script per port), routes, end to end
bench/        load generators, and the same work by other servers
examples/     small programs, each run by a test
\`\`\`

Rooms stand on floors. A room imports only from the floors below it, and a test
compares this drawing with the imports:

\`\`\`floors
14  main.ts
13  examples/demos
12  examples/demos/*
11  examples  examples/demos/frame
10  doctor  lib/mod.ts
 9  lib/create_hub.ts  routes
 8  lib/embedding  routes/guard  routes/reference
 7  lib/server_api  routes/pages/inspector
 6  lib/node_calls  server
 5  lib/broker/isolates  lib/commands  lib/metrics  lib/transports
 4  lib/bridge  lib/broker/memory  lib/broker/nats  lib/broker/postgres  lib/broker/redis  lib/hub  routes/docs
 3  lib/auth  lib/broker  lib/limits  routes/pages
 2  lib/channel  lib/client  lib/heartbeat  lib/presence  lib/protocol
 1  docs  lib/base  routes/pages/assets  routes/pages/styles
\`\`\`

## The way of a message

A message takes six steps:

\`\`\`
lib/transports/web_socket.ts  socket.onmessage \u2192 connection.receive(frame)
1 lib/hub/connection.ts       lastMessageTime; protocol.decode(frame)
2 lib/commands/               permission; switch on the command
3 lib/broker/                 publish \u2192 {offset, epoch}: one order per channel
4 lib/hub/hub.ts              deliver: one lookup
5 lib/hub/channel.ts          collect what falls together; encode once; loop over subscribers
6 lib/hub/connection.ts       byte budget \u2192 transport.send(frame)
\`\`\`

Publications that fall together share a frame. One that comes after a pause is
sent at the end of its turn of the event loop. Where one fan-out of a channel
follows another within a millisecond, its publications wait until a turn brings
no other, for a millisecond at most (\`maxJoinMs\`), and as many as last time are
expected: the newest waits up to 0.6 ms for the next (\`joinPatienceMs\`). A wait
in vain is not repeated soon. A fan-out is sent to 60 recipients in each turn
(\`recipientsPerTurn\`): other channels, and what clients send, have their turns
in between. The three are options of a program that embeds the hub.

## Tests

\`\`\`sh
deno task test
\`\`\`

Tests that need Chromium, Redis, PostgreSQL, NATS or a proxy are ignored without
it; \`REQUIRE_ALL=1\` makes a missing program a failure. Four test files run at
once, without a check of types. \`deno task ok\` is the whole gate, types
included, and \`deno task sim\` runs the whole hub through simulated faults, and
prints the seed that replays a failure; \`deno task soak\` tries the
[guarantees](guarantees.md) at their full numbers; \`deno task bench\` measures
[the speed](benchmarks.md); see [CONTRIBUTING](../CONTRIBUTING.md) and
[bench](../bench/README.md).
`;var u=`# Inspector

The page \`/inspector\` shows operators what the hub does now, on all nodes and
with every broker. Its figures and lists follow by themselves. With
\`deno task dev\` it is open to this machine. In production a key opens it:

\`\`\`sh
ADMIN_KEY=at-least-thirty-two-characters-long TOKEN_SECRET=at-least-thirty-two-characters-long deno task start
\`\`\`

Without \`ADMIN_KEY\` the page says that it is off. A program that embeds the hub
has the option \`adminKey\` of \`thrum()\`. The demos have a hub of their own, which
is not shown here.

| part            | shows                                                                                                                                                                                                                                  |
| --------------- | -------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------- |
| **Overview**    | connections, messages, bytes, publish latency, joined frames, event loop lag, CPU and memory, evictions and slow consumers, each with its last hour; the nodes with their broker, gaps and repairs; protocols and transports           |
| **Channels**    | all channels, searched and sorted by subscribers or events; of one channel its options and where each comes from, subscribers, presence, history and live events. An operator publishes, drops the history, or unsubscribes a client   |
| **Connections** | all connections, searched and sorted by frames in a second, unread bytes, age and more; of one connection its user, address, token, channels and live frames; of one user all connections. An operator sends a message, or disconnects |
| **Why**         | what a token allows in a channel, and by which rule                                                                                                                                                                                    |

Everything that it does is a method of the [server API](server-api.md), so that
a script can do the same.

## The cost of a look

A trace that is not followed costs nothing: a connection gets another way for
its frames when the trace begins, and its own back at the end. Live frames list
up to 100 in half a second and count the others. Payloads appear only on
request, cut to 1 KiB, and without tokens. A trace ends after five minutes, with
its connection, or when its page is closed; a node has 16 at most. Lists walk
over connections and channels in slices of a tenth of a millisecond. The last
hour is 360 samples of counters that exist anyway.

## Who gets in

The key begins a session of eight hours: a signed cookie that no script reads
(\`HttpOnly\`), that no other site causes to be sent (\`SameSite=Strict\`), and that
goes over HTTPS alone where the page does (\`Secure\`). Any node with the same
\`ADMIN_KEY\` accepts it. A log-out clears the cookie of that browser only; a copy
of it stays valid until its eight hours are over, or until another \`ADMIN_KEY\`
ends all sessions.

Five attempts to log in may come at once from one address, then one every ten
seconds; of all addresses together twenty at once, then two a second, on each
node. Behind a proxy that \`TRUSTED_PROXIES\` does not name, the hub does not know
who a client is: all count as the address of the proxy, or as none where that is
an internal one, with the bound on all attempts alone. A stranger can make
operators wait there; set \`TRUSTED_PROXIES\`.

The log has \`admin_login\` and \`admin_login_refused\`, with the address where it
is known, and an \`admin_action\` for each change, with its method.
`;var p="# Limits\n\nHow much may a client do? Limits count what one isolate knows. Rates are per\nsecond, and 0 is no limit. The defaults leave room for busy backends and load\ntests: a public chat can do with a hundredth of them.\n\n| variable                      | default     | limit                                                                                                                                                                                                                                                                                           |\n| ----------------------------- | ----------- | ----------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------- |\n| `MESSAGE_RATE`                | `20000`     | messages of a connection; each command in a frame is one                                                                                                                                                                                                                                        |\n| `BYTE_RATE`                   | `20971520`  | bytes of them                                                                                                                                                                                                                                                                                   |\n| `PUBLISH_RATE`                | `20000`     | publications of a connection, direct messages too                                                                                                                                                                                                                                               |\n| `SUBSCRIBE_RATE`              | `2000`      | subscribes and unsubscribes of a connection                                                                                                                                                                                                                                                     |\n| `HISTORY_RATE`                | `100`       | requests for a history, of a connection                                                                                                                                                                                                                                                         |\n| `PRESENCE_RATE`               | `100`       | requests for a presence, of a connection                                                                                                                                                                                                                                                        |\n| `REPLY_BYTE_RATE`             | `4194304`   | bytes of the replies to a connection: histories, presences, what subscriptions recover. Until more is paid for, histories and presences get error 111, and subscriptions wait                                                                                                                   |\n| `FLOOD_RATE`                  | `2000`      | messages that come faster than the event loop turns: those of a client beyond 512 in one turn, and `n` more for one of `n` KiB. Counted together for one uid, for one address, and for all clients of an unknown address that have no uid of a token. Above it a connection is closed with 3013 |\n| `FLOOD_BURST`                 | `10s`       | time whose share of `FLOOD_RATE` may come at once                                                                                                                                                                                                                                               |\n| `REFUSAL_RATE`                | `100`       | refusals by the other rates; a connection that causes more is closed with 3013                                                                                                                                                                                                                  |\n| `RATE_BURST`                  | `2s`        | time whose share of a rate may come at once                                                                                                                                                                                                                                                     |\n| `USER_RATE_FACTOR`            | `4`         | multiple of these rates for all connections of one uid together, or of one address for clients without a uid                                                                                                                                                                                    |\n| `CONNECT_RATE`                | `2000`      | clients that are let in; the rest gets 503 with a `Retry-After` of its own                                                                                                                                                                                                                      |\n| `CONNECT_BURST`               | `5s`        | time whose share of `CONNECT_RATE` may come at once                                                                                                                                                                                                                                             |\n| `CONNECT_RATE_PER_ADDRESS`    | `200`       | clients of one address that are let in                                                                                                                                                                                                                                                          |\n| `MAX_CONNECTIONS_PER_ADDRESS` | `4000`      | open connections of one address; the next one gets 503                                                                                                                                                                                                                                          |\n| `MAX_CONNECTIONS_PER_USER`    | `4000`      | connections of one uid; the next one is closed with 3504                                                                                                                                                                                                                                        |\n| `MAX_CHANNELS`                | `128`       | channels of a connection; the next one gets error 106                                                                                                                                                                                                                                           |\n| `MAX_CHANNELS_IN_ALL`         | `500000`    | channels with a subscriber, inboxes of uids too; the next one gets error 106                                                                                                                                                                                                                    |\n| `MAX_RPCS`                    | `1000`      | calls of `onRpc` that have not returned; the next one gets error 111. Those of one connection follow one another                                                                                                                                                                                |\n| `MAX_HISTORY_BYTES`           | `268435456` | payloads of all histories, and 256 bytes for each publication; above that the histories that were not used for the longest time are dropped. With a Redis its `maxmemory` counts instead                                                                                                        |\n| `TRUSTED_PROXIES`             |             | addresses and networks of proxies, with commas, such as `10.0.0.0/8,::1`                                                                                                                                                                                                                        |\n\n## Above a limit\n\nA command above a rate gets error 111 and has no effect. After a 3013 the uid\nhas to wait for a second, and its address has 40 attempts to connect less. The\naddress of a client is the other end of its connection. If that is one of\n`TRUSTED_PROXIES`, it is the last address in `X-Forwarded-For` or `Forwarded`\nthat is not a trusted proxy's. Of IPv6 the first 64 bits count. Without\n`TRUSTED_PROXIES`, clients with an internal address, such as 10.0.0.1, have no\nlimits of their address: it may be that of a proxy. Their floods count together\nunless a token or the program vouches for their uid, for a client may make up as\nmany names as it likes. A program that embeds the hub passes `address` to\n`hub.upgrade`.\n";var f="# Metrics\n\nWhat can I measure? `/metrics` has the metrics in the text format of Prometheus.\nWith `METRICS_KEY` a scraper shows that key; without it only requests of the\nsame machine are answered. A request that names another host, or that a proxy\nmarks with `X-Forwarded-For`, is of another machine.\n\n```sh\ncurl -s http://localhost:8000/metrics\n```\n\nEvery sample has the id of its isolate as `node`. Whichever isolate is asked, it\nanswers for all isolates of its process, also while the broker is away. So each\nprocess is one target of Prometheus, with `credentials: <METRICS_KEY>` under\n`authorization`, and a sum over `node` is one over the whole hub.\n\n| metric                             | type      | labels                  | meaning                                                                                                                |\n| ---------------------------------- | --------- | ----------------------- | ---------------------------------------------------------------------------------------------------------------------- |\n| `thrum_build_info`                 | gauge     | `version`               | 1, with the version of Thrum                                                                                           |\n| `thrum_start_time_seconds`         | gauge     |                         | Start of the node, in seconds since 1970                                                                               |\n| `thrum_connections`                | gauge     | `protocol`, `transport` | Connections that are open                                                                                              |\n| `thrum_connections_opened_total`   | counter   | `protocol`, `transport` | Connections since the start                                                                                            |\n| `thrum_users`                      | gauge     |                         | Distinct uids with a connection                                                                                        |\n| `thrum_channels`                   | gauge     |                         | Channels with a subscriber                                                                                             |\n| `thrum_subscriptions`              | gauge     |                         | Subscriptions to channels                                                                                              |\n| `thrum_messages_received_total`    | counter   | `protocol`, `transport` | Messages of clients; a frame of an SDK may hold several                                                                |\n| `thrum_messages_sent_total`        | counter   | `protocol`, `transport` | Messages to clients, each counted for each of its recipients                                                           |\n| `thrum_frames_received_total`      | counter   | `protocol`, `transport` | Frames of clients                                                                                                      |\n| `thrum_frames_sent_total`          | counter   | `protocol`, `transport` | Frames to clients                                                                                                      |\n| `thrum_joined_frames_sent_total`   | counter   | `protocol`, `transport` | Frames to clients with more than one message; their share of all frames is the joined-frame ratio                      |\n| `thrum_received_bytes_total`       | counter   | `protocol`, `transport` | Bytes in the frames of clients; a text counts its UTF-16 units                                                         |\n| `thrum_sent_bytes_total`           | counter   | `protocol`, `transport` | Bytes in the frames to clients; a text counts its UTF-16 units                                                         |\n| `thrum_publications_total`         | counter   |                         | Publications of this node's clients and program                                                                        |\n| `thrum_publish_duration_seconds`   | histogram |                         | Time until the broker has a publication; with a broker of this node, the fan-out may be part of it; one in 16 is timed |\n| `thrum_fan_outs_total`             | counter   |                         | Times at which a channel was sent to all of its subscribers here                                                       |\n| `thrum_fan_out_duration_seconds`   | histogram |                         | Time in which a channel is sent to all of its subscribers here; one in 16 is timed                                     |\n| `thrum_evictions_total`            | counter   | `code`                  | Connections that the server has ended, by close code                                                                   |\n| `thrum_unsubscribes_total`         | counter   | `code`                  | Subscriptions that the server has ended, by code                                                                       |\n| `thrum_refusals_total`             | counter   | `limit`                 | Clients and requests that were refused or ended because a limit was reached                                            |\n| `thrum_slow_consumers_total`       | counter   |                         | Clients that were ended because they read too slowly                                                                   |\n| `thrum_dropped_publications_total` | counter   |                         | Publications that were dropped for slow clients, by the policy of their channel                                        |\n| `thrum_backlogs`                   | gauge     |                         | Connections that have not read enough, and for which frames wait                                                       |\n| `thrum_backlog_bytes`              | gauge     |                         | Bytes that wait for them; a frame that several wait for counts for each                                                |\n| `thrum_zombies`                    | gauge     |                         | Connections that the server has closed some time ago, and that their client does not release                           |\n| `thrum_heartbeat_misses_total`     | counter   | `kind`                  | Clients that were silent for too long, or have not answered a ping (`pong`)                                            |\n| `thrum_broker_ready`               | gauge     |                         | 1 while the broker takes calls, else 0                                                                                 |\n| `thrum_broker_state`               | gauge     | `state`                 | 1, with the state of the broker as in `/healthz`                                                                       |\n| `thrum_relay_gaps_total`           | counter   |                         | Times at which something from another node was missing                                                                 |\n| `thrum_relay_repairs_total`        | counter   |                         | Batches that were sent to another node again                                                                           |\n| `thrum_relay_drops_total`          | counter   |                         | Deliveries that were dropped for a node too far behind                                                                 |\n| `thrum_position_gaps_total`        | counter   |                         | Subscriptions that ended because their client has missed something                                                     |\n| `thrum_recoveries_total`           | counter   | `recovered`             | Clients that came back with a position: all that they missed was there, or not                                         |\n| `thrum_event_loop_lag_seconds`     | histogram |                         | Delay of the ticks of the heartbeat                                                                                    |\n| `thrum_heap_used_bytes`            | gauge     |                         | JavaScript heap in use                                                                                                 |\n| `thrum_heap_total_bytes`           | gauge     |                         | JavaScript heap that is reserved                                                                                       |\n| `thrum_external_memory_bytes`      | gauge     |                         | Buffers outside the heap                                                                                               |\n| `process_resident_memory_bytes`    | gauge     |                         | Memory of the whole process, the same for each of its isolates                                                         |\n| `process_cpu_seconds_total`        | counter   |                         | CPU time of the whole process, the same for each of its isolates                                                       |\n\n`protocol` is `chat` (the text protocol), `centrifuge-json`,\n`centrifuge-protobuf`, `feed` or `send`; `transport` is `websocket`,\n`http_stream`, `sse`, `long_poll` or `request`.\n[`examples/operations/grafana.json`](../examples/operations/grafana.json) is a\ndashboard for Grafana. With `OTEL_DENO=true`, Deno exports the same metrics by\nOpenTelemetry, to `OTEL_EXPORTER_OTLP_ENDPOINT`; of a histogram it exports\n`_bucket`, `_sum` and `_count` as counters.\n";var b='# Migrating from Centrifugo\n\nWhat has to change? The clients do not: they keep their SDK and get another URL.\nTokens have the same claims, the server API the same paths and bodies. Options\nhave other names.\n\n| Centrifugo                                                                 | Thrum                                                  |\n| -------------------------------------------------------------------------- | ------------------------------------------------------ |\n| `/connection/websocket`, `/connection/http_stream`, `/connection/sse`      | the same paths                                         |\n| `/connection/uni_sse`, `/connection/uni_http_stream`                       | [`/sse`](plain-http.md)                                |\n| `POST /api/publish` and so on, with `X-API-Key`                            | the same; [the methods](server-api.md)                 |\n| claims `sub`, `exp`, `info`, `channels`, `subs`, `caps`, `meta`, `channel` | the same; [tokens](tokens.md)                          |\n| close codes and errors                                                     | the same numbers; [codes](codes.md)                    |\n| `client.token.hmac_secret_key`                                             | `TOKEN_SECRET`                                         |\n| `client.token.jwks_public_endpoint`                                        | `JWKS_URL`                                             |\n| `client.allowed_origins`                                                   | `ALLOWED_ORIGINS`                                      |\n| `http_api.key`                                                             | `API_KEY`                                              |\n| `engine.type: redis`                                                       | `BROKER_URL=redis://\u2026`                                 |\n| consumers of Kafka                                                         | a [source](bridge.md)                                  |\n| `health` endpoint `/health`                                                | `/healthz` and `/readyz`                               |\n| connect, subscribe, publish and RPC proxies over HTTP                      | [hooks](embedding.md) of a program that embeds the hub |\n| GRPC, WebTransport, map subscriptions, push notifications                  | none                                                   |\n\nOptions of channels, in the file that `CONFIG` names. What Centrifugo leaves off\nuntil it is allowed is on here, because `allow` begins with all four:\n\n| Centrifugo                                                 | Thrum                                     |\n| ---------------------------------------------------------- | ----------------------------------------- |\n| `channel.without_namespace`, `channel.namespaces`          | `channels.default`, `channels.namespaces` |\n| `history_size`, `history_ttl`                              | `historySize`, `historyTtl`               |\n| `force_recovery`, `force_recovery_mode`                    | `forceRecovery`, `recoveryMode`           |\n| `presence`, `join_leave`                                   | `presence`, `joinLeave`                   |\n| `allowed_delta_types`                                      | `delta`                                   |\n| `allow_subscribe_for_client`                               | `"subscribe"` in `allow`                  |\n| `allow_publish_for_client`, `allow_publish_for_subscriber` | `"publish"` in `allow`                    |\n| `allow_presence_for_client`, `allow_history_for_client`    | `"presence"`, `"history"` in `allow`      |\n\nA namespace that only backends publish to, as in Centrifugo without any\npermission:\n\n```json\n{\n  "channels": {\n    "default": { "allow": [] },\n    "namespaces": {\n      "chat": {\n        "historySize": 100,\n        "historyTtl": "300s",\n        "delta": ["fossil"],\n        "allow": ["subscribe", "presence", "history"]\n      }\n    }\n  }\n}\n```\n\nThe same call publishes:\n\n```sh\ncurl -H \'X-API-Key: secret\' -d \'{"channel":"news","data":"hello"}\' http://localhost:8000/api/publish\n```\n\nWhat is different: bytes that a protobuf client publishes reach JSON clients as\nbase64 and do not [close them](sdks.md). A client that floods the server is\n[limited](limits.md). Every close for a restart says when to come back. Isolates\nof one process share channels without a Redis. By its documentation Centrifugo\nhas more transports and SDK features; the [SDK page](sdks.md) says which parts\nof the protocol are spoken here.\n';var w=`# Migrating from Pusher

What does my code for Pusher, soketi or Laravel Reverb become? Channels stay
channels. The signature of the server library becomes a key, the endpoint that
authorises a channel becomes one that signs a token, and a history comes on top.
Thrum does not speak the Pusher protocol: clients change to the SDK
\`centrifuge\`.

| Pusher                                  | Thrum                                                                         |
| --------------------------------------- | ----------------------------------------------------------------------------- |
| \`pusher.trigger("news", "goal", data)\`  | \`POST /api/publish\` of the [server API](server-api.md), with \`X-API-Key\`      |
| \`triggerBatch\`                          | \`POST /api/batch\`, or \`broadcast\` for one publication to many channels        |
| \`pusher.subscribe("news").bind("goal")\` | \`newSubscription("news").on("publication", \u2026)\`                                |
| \`channel.trigger("client-typing")\`      | \`subscription.publish(\u2026)\`, where the channel's options allow it               |
| \`private-orders\`                        | \`$orders\`: needs a [token for the channel](tokens.md#one-channel)             |
| \`presence-room\`                         | any channel with \`presence\`; \`subscription.presence()\`, \`join\` and \`leave\`    |
| \`cache-price\`                           | a namespace with \`recoveryMode: "cache"\` and \`autoCacheRecover: true\`         |
| \`private-encrypted-\u2026\`                   | none: encrypt the data yourself                                               |
| \`pusher.sendToUser(id, \u2026)\`              | \`publish\` to the personal channel \`#alice\`                                    |
| \`terminateUserConnections(id)\`          | \`POST /api/disconnect\`                                                        |
| \`GET /channels\`, \`/channels/\u2026/users\`    | \`POST /api/channels\`, \`POST /api/presence\`                                    |
| webhooks                                | hooks of a program that [embeds the hub](embedding.md)                        |
| what a client misses is gone            | what it misses comes back, 100 publications and 300 s unless options say more |

The server, with a secret for tokens and a key for your backend:

\`\`\`sh
TOKEN_SECRET=at-least-thirty-two-characters-long API_KEY=secret deno task start
\`\`\`

Your backend signs tokens where it has authorised channels, and publishes with
the key:

\`\`\`ts
import { Hono } from "hono";
import { SignJWT } from "jose";

const secret = new TextEncoder().encode("at-least-thirty-two-characters-long");

function sign(claims: Record<string, string>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("10m").sign(secret);
}

const app = new Hono();
// Who asks is known by a session; here everybody is alice.
app.post("/token", async (c) => c.text(await sign({ sub: "alice" })));
app.post("/token/:channel", async (c) => {
  return c.text(await sign({ sub: "alice", channel: c.req.param("channel") }));
});
app.post("/orders", async (c) => {
  const { ok } = await fetch("http://localhost:8000/api/publish", {
    method: "POST",
    headers: { "X-API-Key": "secret" },
    body: JSON.stringify({ channel: "$orders", data: await c.req.json() }),
  });
  return c.body(null, ok ? 204 : 502);
});

export default app;
\`\`\`

The client asks your backend for both tokens, when it needs them and before they
end:

\`\`\`js
import { Centrifuge } from "centrifuge";

async function ask(path) {
  const response = await fetch(\`http://localhost:3000\${path}\`, {
    method: "POST",
  });
  return await response.text();
}

const url = "ws://localhost:8000/connection/websocket";
const centrifuge = new Centrifuge(url, {
  getToken: () => ask("/token"),
  websocket: WebSocket,
});
const orders = centrifuge.newSubscription("$orders", {
  getToken: ({ channel }) => ask(\`/token/\${channel}\`),
});
orders.on("publication", ({ data }) => console.log("ordered:", data.item));
orders.on("subscribed", () => console.log("subscribed"));
orders.subscribe();
centrifuge.connect();
\`\`\`

A browser has \`WebSocket\` by itself and needs no option for it. Clients may
publish to every channel at first; \`CHANNEL_ALLOW=subscribe,presence,history\`
leaves that to your backend, as Pusher does.
`;var g='# Migrating from Socket.IO\n\nWhat does my Socket.IO code become? Events of rooms become publications of\nchannels, acknowledgements become RPC, and what a client missed comes back by\nitself.\n\n| Socket.IO                             | Thrum                                                                       |\n| ------------------------------------- | --------------------------------------------------------------------------- |\n| `io.use(\u2026)`, `io.on("connection", \u2026)` | the hook `onConnect`, or a [token](tokens.md)                               |\n| `socket.on("disconnect", \u2026)`          | the hook `onDisconnect`                                                     |\n| `socket.join("room")` by the server   | `hub.subscribe({ user }, "room")`, or `channels` that `onConnect` returns   |\n| joining by an event of the client     | the client subscribes, and `onSubscribe` decides                            |\n| `io.to("room").emit("goal", data)`    | `hub.publish("room", { type: "goal", data })`                               |\n| `io.to(socketId).emit(\u2026)`             | `hub.sendTo(uid, \u2026)`: each connection of the user                           |\n| `io.emit(\u2026)`                          | `hub.broadcast(\u2026)`                                                          |\n| `socket.emit("order", data, ack)`     | `await centrifuge.rpc("order", data)`, answered by `onRpc`                  |\n| `socket.on("goal", \u2026)`                | `subscription.on("publication", \u2026)`                                         |\n| `socket.volatile.emit(\u2026)`             | a namespace with `historySize: 0` and a [`slowPolicy`](channels.md)         |\n| `io.in("room").fetchSockets()`        | `hub.presence("room")`                                                      |\n| `io.in("room").disconnectSockets()`   | `hub.disconnect({ user })` for each of its users                            |\n| namespaces (`/admin`)                 | namespaces of channels (`admin:\u2026`)                                          |\n| `connectionStateRecovery`             | on by default, by position, on every broker                                 |\n| Redis adapter, cluster adapter        | a [broker](several-nodes.md); the isolates of a process share by themselves |\n| long polling with sticky sessions     | the SDK falls back to HTTP streaming or SSE, without sticky sessions        |\n\nThe server of a small shop:\n\n```ts\nimport { Hono } from "hono";\nimport { createHub, errors, ProtocolError } from "@thrum/thrum";\nimport { thrum } from "@thrum/thrum/hono";\n\nconst hub = createHub({\n  access: "onConnect",\n  // io.use(\u2026)\n  onConnect: ({ data: name }) => {\n    if (typeof name !== "string" || name === "") {\n      throw new ProtocolError(errors.unauthorized, "connect with a name");\n    }\n    return { uid: name };\n  },\n  // socket.on("order", (item, ack) => \u2026)\n  onRpc: async ({ connection, method, data }) => {\n    if (method !== "order") throw new ProtocolError(errors.methodNotFound);\n    await hub.publish("orders", { type: "ordered", item: data });\n    return `${connection?.uid} gets ${data}`;\n  },\n});\n\nexport default new Hono().route("/", thrum(hub));\n```\n\nAnd its client, with the official SDK `centrifuge` in place of\n`socket.io-client`:\n\n```js\nimport { Centrifuge } from "centrifuge";\n\nconst url = "ws://localhost:8000/connection/websocket";\nconst centrifuge = new Centrifuge(url, { data: "alice", websocket: WebSocket });\nconst orders = centrifuge.newSubscription("orders");\norders.on("publication", ({ data }) => console.log(data.type, data.item));\norders.on("subscribed", async () => {\n  const { data } = await centrifuge.rpc("order", "tea");\n  console.log(data);\n});\norders.subscribe();\ncentrifuge.connect();\n```\n\nA browser has `WebSocket` by itself and needs no option for it.\n\nWhat is different: an event is data with a field of your choice, not a name with\narguments. The client publishes only where the options of the channel\n[allow it](channels.md). `hub.sendTo` reaches who is connected now; what has to\nsurvive a cut belongs into a channel, for example a personal one such as\n`#alice`.\n';var y="# NATS behind the hub\n\nHow do nodes share a NATS with JetStream (2.9 or newer)? All nodes with the same\n`BROKER_URL` share its channels:\n\n```sh\nPORT=8001 BROKER_URL=nats://localhost:4222 TOKEN_SECRET=at-least-thirty-two-characters-long deno task start\n```\n\nThe [guarantees](several-nodes.md) stand beside those of the other brokers.\n\n| part of the URL     | meaning                                                                                     |\n| ------------------- | ------------------------------------------------------------------------------------------- |\n| `nats://`, `tls://` | without `tls://`, TLS is used where the server asks for it                                  |\n| `user:password@`    | a user and a password, or a token alone                                                     |\n| `a:4222,b:4222`     | servers of a cluster; a node takes another one when it loses its own                        |\n| `/chat`             | a hub of its own on the same servers                                                        |\n| `storage`           | `file`, or `memory`                                                                         |\n| `maxAge`            | `24h`: a publication is dropped after that, and with the last one the position of a channel |\n| `creds`, `ca`       | paths of a file of credentials, and of the certificates that are trusted                    |\n\nThe hub makes the streams `thrum_publications` and `thrum_leases`, or\n`thrum-chat_\u2026`, and gives those that are there the settings that they lack. All\nchannels are subjects of one stream, so the offsets of a channel rise and skip.\nA history has 16 384 publications at most. A stream holds more of a channel than\nits history for a while, and reading a history in reverse reads all of it. A\npublication with a `version` takes several requests. Messages to a uid or to\n`all`, joins and leaves are not stored.\n\nA stream has one copy. With three, a NATS 2.9.10 whose leader was killed under\nload gave some acknowledged publications two places; no newer version was tried.\nA `kill -9` of the server loses no acknowledged publication. NATS writes its\nfiles to the disk every two minutes (its setting `sync_interval`), so a power\ncut may lose the newest ones. As soon as a node that has seen them is back, all\nchannels have another epoch.\n";var k="# Operating it\n\n`deno task doctor` [examines a server](doctor.md) from its settings to a client\nthat recovers. The [inspector](inspector.md) shows connections, channels and\nload in a browser.\n\n## Health\n\n`/healthz` answers while the process lives. It has the number of connections of\nthe isolate that answers, and of those that are closed but not released by the\nother side. Its `broker` is `redis`, `postgres`, `nats`, or the state of this\nisolate among the others: `alone`, `sequencer`, `follower`, `relay` or\n`searching`. `isolates` has the number of isolates that are `alive` and `lost`.\n`info` of the [server API](server-api.md) has the numbers of every node.\n`/readyz` answers 503 from the first moment of a drain, and while the broker\ncannot be reached; a Redis that takes no writes counts as unreachable.\n\n## Logs\n\nAn outage writes one `redis_failed`, `postgres_failed` or `nats_failed` line for\neach reason and a `redis_ready`, `postgres_ready` or `nats_ready` line at its\nend; refusals in between are logged at `debug`. Logs are JSON lines with\n`level`, `time`, `event` and fields. They never contain tokens or payloads. A\nlog that is full or not read costs lines, which a `log_lost` line counts, and no\nclients. A process that runs out of files writes one `accept_failed` line, keeps\nits clients, and takes new ones when files are free.\n\n## Signals and failures\n\nSIGINT, SIGTERM, SIGHUP or SIGQUIT drains the server: new clients get 503, every\nclient is closed with 3001, and the process ends with code 0 within 5 s. Another\nsignal half a second later or more ends it at once, with code 1. An uncaught\nerror ends only its isolate, and with the first isolate the whole process. It is\nlogged as `uncaught`; the other isolates log `isolate_lost` and drain within 5\ns. With `EXIT_ON_ISOLATE_FAILURE=false` they go on, and `/healthz` says\n`degraded`. `deno task dev` ends with Ctrl+C only: after a SIGTERM its watcher\nwaits for the next change.\n";var v='# Without a WebSocket\n\nWhat if a network lets no WebSocket through? Some networks let only plain HTTP\nthrough. The same hub answers it, with the same permissions, limits and order.\nSticky sessions are not needed.\n\n```sh\ncurl -N \'http://localhost:8000/sse?channel=news&channel=sports\'\ncurl \'http://localhost:8000/poll?channel=news\'\ncurl -d \'#news:hello\' \'http://localhost:8000/send?uid=alice\'\ncurl -N -d \'{"id":1,"connect":{}}\' http://localhost:8000/connection/http_stream\ncurl -NG --data-urlencode \'cf_connect={"id":1,"connect":{}}\' http://localhost:8000/connection/sse\n```\n\n| path                                                               | purpose                                                                                                           |\n| ------------------------------------------------------------------ | ----------------------------------------------------------------------------------------------------------------- |\n| `GET /sse?channel=\u2026`                                               | an event stream for `EventSource`                                                                                 |\n| `GET /poll?channel=\u2026&since=\u2026&timeout=25s`                          | `{publications, cursor, recovered}`, at once or later                                                             |\n| `POST /send`                                                       | one frame of the text protocol: 204, or the error                                                                 |\n| `POST /connection/http_stream`, `GET /connection/sse?cf_connect=\u2026` | streams of the SDKs, whose commands go to `/emulation`; the first also in protobuf, as `application/octet-stream` |\n\n## Event streams: /sse\n\n`id` is a cursor over all channels of the stream. A client that returns with it,\nas `Last-Event-ID`, `?lastEventId=` or `?since=`, gets each missed publication\nonce, or `event: lost`. `event: disconnect` gives the reason of an end, and\n`retry` the time until the next attempt. A comment every 15 s keeps the stream\nopen. A stream brings back all that a channel keeps, up to 10 000 publications.\nWhile the server is full, the stream contains only a `retry`.\n\n## Polls: /poll\n\n`/poll` answers with the publications after the cursor, at once or as soon as\none comes, within 0 to 60 s. Without `since` it answers with the cursor alone,\nand no `recovered`. The server keeps nothing between two polls. The `ETag`\nstands for the cursor: `If-None-Match` gets 304 while there is nothing new. An\nanswer has about `MAX_BUFFERED_BYTES` at most, and the next poll brings the rest\nat once. In a channel without history a poll receives only what is published\nwhile it waits.\n\n## Sending: /send\n\n`/send` takes text, or bytes as `application/octet-stream`, to a uid, `all` or a\n`#channel`. A full server still takes 64 of them at a time.\n\n## What they have in common\n\nA publication is `{"channel":"news","offset":1,"data":"hello"}`, with the `info`\nof its sender. A direct message or a broadcast has no channel and is not kept: a\nclient that is not polling at that moment does not get it. Tokens come as\n`Authorization: Bearer <JWT>`. curl, `fetch` and the npm package `eventsource`\ncan send that header, and a browser\'s own `EventSource` cannot. Without tokens\n`?uid=alice` is enough. An unknown query parameter, or a second one of a name,\nis refused with its name, and a query that is not percent-encoded UTF-8\ngets 400. Only pages of `ALLOWED_ORIGINS` may use these paths; one that is named\nthere may send cookies and headers of its own. A body has 10 s to arrive and is\nnot compressed (415), and a URL has at most 64 KiB. Over HTTP/1.1 a browser\nholds six connections to a host, and each stream takes one: put a proxy with\nHTTP/2 in front. The text client of the page, `@thrum/thrum/client`, takes\n`WebSocket: httpSocket("sse")`, or `"poll"`, in place of a socket. Over SSE it\nholds two streams, one for direct messages and one for its channels, and each\ncounts as a connection. Its `token` may be a function: it is asked before each\nconnection and before the token expires.\n';var _=`# PostgreSQL behind the hub

How do nodes share a PostgreSQL? All nodes with the same \`BROKER_URL\` share its
channels:

\`\`\`sh
PORT=8002 BROKER_URL=postgres://postgres@localhost:5432/postgres TOKEN_SECRET=at-least-thirty-two-characters-long deno task start
\`\`\`

It takes PostgreSQL 14 or newer, with the encoding UTF8. The first node makes
the tables in the schema \`thrum\`, and needs the right to create a schema for it.
The [guarantees](several-nodes.md) stand beside those of the other brokers.

| option in the URL | default   | meaning                                                                                           |
| ----------------- | --------- | ------------------------------------------------------------------------------------------------- |
| \`sslmode\`         | \`disable\` | \`prefer\`, \`require\`, or \`verify-full\`, which checks the certificate                               |
| \`connections\`     | \`5\`       | connections of each isolate at most, from 3 on; the server's \`max_connections\` counts all of them |
| \`pooler\`          | \`false\`   | \`true\` behind a pooler of transactions, such as PgBouncer                                         |

## Publish in a transaction

An application publishes in SQL, inside its own transactions. What it rolls back
is never delivered. What it commits is delivered once:

\`\`\`sql
begin;
create table orders (id integer, state text);
insert into orders values (7, 'paid');
select thrum.publish('orders:7', '{"state": "paid"}');
commit;
\`\`\`

| argument          | default | meaning                                                         |
| ----------------- | ------- | --------------------------------------------------------------- |
| \`channel\`, \`data\` |         | the channel, and JSON                                           |
| \`history_size\`    | \`100\`   | publications that the channel keeps; 0 keeps none               |
| \`history_ttl\`     | \`300 s\` | time after the newest one for which they are kept               |
| \`tags\`            |         | an object of strings, for filters                               |
| \`idempotency_key\` |         | the same key on the same channel publishes once in five minutes |

It returns \`offset\` and \`epoch\`. Pass the history of the channel's namespace:
the database does not know it. A publication holds the row of its channel until
its transaction ends. Publications of others to that channel wait for that, and
those of nodes get error 100 after 2 s; other channels do not wait. So publish
late in a transaction, and several channels in one order.

## What it does

A publication is stored, and nodes read what was committed since their last
look. A notification (\`LISTEN\`) calls for that at once, and otherwise a look
comes every second. Behind a pooler there is no \`LISTEN\`, and a look comes every
0.1 s. What one turn of the event loop brings goes in one statement.

After an outage a node reads what it has missed in the last half minute, and
checks its positions. A crash and a failover give every channel a new epoch.
Subscribers with positions then subscribe again; they recover if the database
has all that they have, and else learn that it is lost. A \`kill -9\` of a server
with its usual settings (\`fsync\`, \`synchronous_commit\`) loses no acknowledged
publication. A restart in peace changes nothing.

Every ten seconds one node removes what has expired, in batches. Publications
stay for a minute at least, histories as long as their channels say, and
positions for a day after their last use. A node that dies counts as a
subscriber for up to 15 s more: a message to a uid that was only there gets no
error 404 in that time.

A backup needs the tables \`channels\` and \`publications\` of the schema. All
others fill again by themselves.

## Which broker

Take PostgreSQL if there is one already, if publications belong to transactions,
or on [Deno Deploy](deno-deploy.md). Take a Redis for more publications per
second and shorter times: it does not write each one to disk before it answers.
Take neither if one machine is enough: its isolates share by themselves.
`;var S=`# SDKs

Which client library do I use? The official SDKs of the Centrifuge protocol
connect to \`/connection/websocket\` and speak JSON (\`centrifuge-json\`, or no
subprotocol) or protobuf (\`centrifuge-protobuf\`, or \`?cf_protocol=protobuf\`).
Where an SDK offers both, its first one is chosen. \`/ws\` takes these
subprotocols too.

| SDK                                     | protocol         | transport                      | tried                                                                                               |
| --------------------------------------- | ---------------- | ------------------------------ | --------------------------------------------------------------------------------------------------- |
| JavaScript, \`centrifuge\`                | JSON             | WebSocket, HTTP streaming, SSE | in the tests: a script of all commands over WebSocket, its transport part over the others, fallback |
| JavaScript, \`centrifuge/build/protobuf\` | protobuf         | WebSocket, HTTP streaming      | in the tests: the same script, on one isolate, three, and each broker                               |
| Go, Python                              | JSON or protobuf | WebSocket                      | by their sources                                                                                    |
| Dart, Swift, Java                       | protobuf         | WebSocket                      | by their sources                                                                                    |
| C#                                      | protobuf         | WebSocket, HTTP streaming      | by its source                                                                                       |

\`\`\`js
import { Centrifuge } from "centrifuge";

const url = "ws://localhost:8000/connection/websocket";
const centrifuge = new Centrifuge(url, { websocket: WebSocket });
const news = centrifuge.newSubscription("news");
news.on("publication", ({ data }) => console.log(data));
news.subscribe();
centrifuge.connect();
await news.publish({ headline: "hello" });
\`\`\`

## Data of different clients

SDKs share channels with each other and with the text protocol. A text that a
text client publishes to \`#news\` is a JSON string for an SDK. The data of a
protobuf client are bytes:

| published                     | a protobuf client gets | a JSON client gets | a text client gets                        |
| ----------------------------- | ---------------------- | ------------------ | ----------------------------------------- |
| bytes that are a text of JSON | the same bytes         | the value          | the content of a string, or else the JSON |
| any other bytes               | the same bytes         | a string in base64 | a binary frame                            |
| JSON, by a JSON client        | the JSON in UTF-8      | the value          | the content of a string, or else the JSON |
| text, by a text client        | a JSON string in UTF-8 | a string           | the text                                  |

Centrifugo closes JSON clients for good (3506) where bytes reach them, so that
one publisher ends all of them. Here they stay, and get what protobuf itself
makes of bytes in JSON. Publish JSON where JSON clients read along.

## What an SDK may do

| an SDK may                                   | result                                                                                            |
| -------------------------------------------- | ------------------------------------------------------------------------------------------------- |
| \`connect\` with a token, \`refresh\` it         | its identity, server-side subscriptions, the lifetime of the token                                |
| \`subscribe\`, \`unsubscribe\`, \`sub_refresh\`    | publications in order, each once; after a cut, the missed ones                                    |
| \`publish\`, \`history\`                         | with a history, an offset for each publication; the past, forward, reverse and from a position    |
| \`presence\`, \`presence_stats\`, join and leave | the clients of the channel, by connection and by user; joins and leaves where presence is allowed |
| \`rpc\`, \`send\`                                | the answer of the program that embeds the hub                                                     |

## Newer parts of the protocol

The newer parts of the protocol, as of version 5.8 of the JavaScript SDK:

| part                                                                                             | spoken                                        |
| ------------------------------------------------------------------------------------------------ | --------------------------------------------- |
| batched commands, filters by tags, automatic recovery of a cache, \`getState\`                     | yes                                           |
| \`headers\` of the client, for [hooks](embedding.md)                                               | those that the option \`emulatedHeaders\` names |
| \`?cf_ws_frame_ping_pong=true\`, pings of WebSocket for a person with \`wscat\`                      | yes                                           |
| map subscriptions and shared polls, with their \`version\` of a publication                        | no: error 108                                 |
| compaction of channels, compression with a dictionary, WebTransport, transports that only listen | no; an SDK connects without the first two     |

A subscriber that has missed publications always learns of it. It recovers up to
\`recoverySize\` of them, of those that fit its filter, by its position from the
history of the channel, or gets \`recovered: false\`.
`;var T=`# Security

Report a vulnerability in private: by the form "Report a vulnerability" of the
repository's Security tab. Please do not open an issue. The newest release gets
the fix.

## Who may do what

| who                                                   | may                                                                                    | may not                                                                          |
| ----------------------------------------------------- | -------------------------------------------------------------------------------------- | -------------------------------------------------------------------------------- |
| a client without a token                              | open a connection, and hold it for 10 s                                                | receive or send anything                                                         |
| a client with a token                                 | what the options of the channel and its \`caps\` allow, and send to any uid and to \`all\` | act as another uid; open \`$private\` channels and the \`#users\` channels of others |
| a client that is slow, silent or wrong                | be closed: 3008, 3012, 3509                                                            | hold up or close another client                                                  |
| a page of another origin                              | nothing, also not by the cookies of its visitor, unless \`ALLOWED_ORIGINS\` names it     | read an answer, or send a command                                                |
| a backend with \`API_KEY\`                              | everything: each channel, each connection                                              |                                                                                  |
| an operator with \`ADMIN_KEY\`                          | everything that a backend may, and see frames and payloads                             | see tokens                                                                       |
| a node, or any client of the same Redis or PostgreSQL | everything, as keys, rows and messages there are not signed                            |                                                                                  |
| the operator of a proxy in front                      | everything that passes it                                                              |                                                                                  |
| any client, \`INSECURE_ANONYMOUS_ALL\`                  | everything except the server API                                                       |                                                                                  |

## What the server does

- **Secrets.** Tokens and keys come in headers or frames. No answer, error or
  line of the log repeats them. A key in a URL does not count, as proxies log
  URLs. The exception is the SSE fallback of the SDKs, whose protocol puts the
  first command, with its token, in the URL: use HTTP streaming, short tokens,
  and a log without queries.
- **The inspector.** Without \`ADMIN_KEY\` it is off; where every client may do
  everything, it is open to requests of this machine that no proxy has handed
  on. The key comes in the body of a POST, is compared in a time that says
  nothing about it, and may be tried five times at once from one address. A
  session is a cookie, \`HttpOnly\`, \`SameSite=Strict\`, and \`Secure\` over HTTPS,
  signed with a key that is derived from \`ADMIN_KEY\`, and ends after eight
  hours. No node keeps a list of sessions: a logout removes the cookie from its
  browser, and a new \`ADMIN_KEY\` ends every session. A request has to come from
  the page itself (\`Sec-Fetch-Site\`, or else the origin) and to bring JSON.
  Traces show payloads on request, without tokens, sessions and headers that
  authenticate.
- **Origins.** A WebSocket, a stream and a request of a page pass only from the
  server's own host or from \`ALLOWED_ORIGINS\`. Cookies and headers of a page's
  own choice pass only from an origin that is named there: \`*\` and \`null\` name
  none. A star such as \`https://*.app.example\` trusts each site below that
  domain.
- **Emulated headers.** What an SDK calls headers in its first command is data
  of the client. \`onConnect\` gets it apart from the headers of the request, and
  only what \`emulatedHeaders\` names.
- **Forms of other sites (CSRF).** A request that has an effect needs an origin
  that is allowed, whatever its \`Content-Type\`, and one that comes from another
  site without an origin is refused (\`Sec-Fetch-Site\`). The server API takes no
  cookies, and its header gets no leave from CORS. \`GET /sse\` and \`GET /poll\`
  have no effect.
- **Names that lead here (DNS rebinding).** A server without tokens answers
  under \`localhost\`, an address and the hosts of \`ALLOWED_ORIGINS\` only, and so
  does a hub that a program embeds with access \`"anonymous"\`. \`/healthz\` and
  \`/readyz\` answer under any name.
- **Answers in browsers.** Each answer that a browser can get forbids frames,
  sniffing, referrers and use by other origins: all but those to calls with the
  key of the server API, which no page can make. The pages run their own script
  alone and load nothing from other servers. Answers do not ask for HTTPS on
  their own: \`HSTS\` is the proxy's.
- **Bounds.** Messages, buffers, channels, connections, errors and times have
  limits, listed with the [settings](limits.md). A process without free files
  goes on and takes new clients later.

\`INSECURE_ANONYMOUS_ALL=true\` is for development. It listens on this machine
only, unless \`HOST\` says otherwise, and lets in pages of this machine at any
port. A page from disk has the origin \`null\`, which a sandboxed frame of any
site has too: it is let in only where \`ALLOWED_ORIGINS\` has \`null\`, and then any
site may read and write everything there.

## What a proxy must do

Deno waits for slow headers without end and holds a fragmented message until it
is complete. [\`examples/operations\`](../examples/operations) has configurations
for nginx, HAProxy and Caddy that tests run with these programs. They

1. end TLS, and add \`Strict-Transport-Security\`;
2. close clients that send no complete request within 10 s;
3. bound headers, bodies and the connections of one address;
4. pass \`Host\` on as it came, because it is compared with the origin;
5. write no query to its log;
6. do not buffer, and wait longer than 25 s for the next byte.

The address of a client comes from \`X-Forwarded-For\` or \`Forwarded\` only where a
proxy of \`TRUSTED_PROXIES\` has sent it, and is used for limits alone. The PROXY
protocol is not spoken. \`X-Forwarded-Prefix\` appears in \`/asyncapi.json\` alone.
`;var A='# Server API\n\nHow does my backend publish and administer? By `POST /api/<method>`: JSON in,\n`{"result":{\u2026}}` or `{"error":{"code","message"}}` out. The key is the server\'s\n`API_KEY`, as `X-API-Key` or `Authorization: apikey \u2026`, and never in the URL.\n`/docs/reference` shows every field to people, `/openapi.json` and\n`/asyncapi.json` to programs. To try it:\n\n```sh\nAPI_KEY=secret deno task dev\n```\n\n```sh\ncurl -H \'X-API-Key: secret\' -d \'{"channel":"news","data":"hello"}\' http://localhost:8000/api/publish\ncurl -H \'X-API-Key: secret\' -d \'{"user":"alice","channel":"news"}\' http://localhost:8000/api/subscribe\ncurl -H \'X-API-Key: secret\' -d \'{"user":"alice","channel":"news"}\' http://localhost:8000/api/unsubscribe\ncurl -H \'X-API-Key: secret\' -d \'{"user":"alice"}\' http://localhost:8000/api/disconnect\ncurl -H \'X-API-Key: secret\' -d \'{"channel":"news"}\' http://localhost:8000/api/presence\ncurl -H \'X-API-Key: secret\' -d \'{"channel":"news","limit":10}\' http://localhost:8000/api/history\ncurl -H \'X-API-Key: secret\' -d \'{"pattern":"n*"}\' http://localhost:8000/api/channels\ncurl -H \'X-API-Key: secret\' -d \'{}\' http://localhost:8000/api/info\n```\n\n| method                                              | effect                                                                          |\n| --------------------------------------------------- | ------------------------------------------------------------------------------- |\n| `publish`, `broadcast`                              | publishes to a channel, or to many; once for each `idempotency_key` in 5 min    |\n| `append`                                            | appends to a [text that grows](growing-texts.md), such as the answer of a model |\n| `subscribe`, `unsubscribe`, `disconnect`, `refresh` | acts on the connections of a `user`, or on one `client` or `session`            |\n| `presence`, `presence_stats`                        | lists the clients of a channel, or counts them                                  |\n| `history`, `history_remove`                         | reads the history of a channel, or drops it                                     |\n| `channels`, `info`                                  | lists the channels in use, or the nodes                                         |\n| `send`                                              | sends a message to a `user`, or to one `client`                                 |\n| `connections`, `channels_page`                      | finds connections or channels by a text, sorted, a page of up to 100            |\n| `connection`, `user`                                | describes one connection, or all of a user, with their subscriptions            |\n| `channel`                                           | describes a channel, and where each of its options comes from                   |\n| `explain`                                           | says what a token allows in a channel, and by which rule                        |\n| `trace`                                             | follows the frames of a `client`, or the events of a `channel`, line by line    |\n| `node_metrics`, `load`                              | reads the metrics of all nodes, or samples of the last hour                     |\n| `rpc`                                               | calls the `onRpc` of a program that embeds the hub                              |\n| `batch`                                             | carries out up to 1000 of these, in order or in `parallel`                      |\n\nWhere a publication carries a whole state, give it a `version` from 1 up: with a\nhistory, one that is not greater than the channel\'s last version is dropped, and\nthe result is the `offset` and `epoch` of the top, as in Centrifugo. Another\n`version_epoch` than the last one counts as newer.\n\n`connections`, `channels_page` and `trace` are made for a look at a busy hub.\nEach node walks over its connections in slices, and answers with the rows of the\npage. `sort: "rate"` counts the frames of clients, or the events of channels,\nfor half a second. Of several nodes, each names its first 200 channels at least.\nA trace lists up to 100 frames in half a second and counts the others. With\n`payloads` it shows the beginning of each payload, and never a token. It ends\nafter `seconds`, with its connection, or when it is not read any more.\n\nErrors have [the codes of clients](codes.md). 107 says in a sentence what is\nwrong with a body, and 104 is an unknown method in a batch.\n';var E="# Settings\n\nHow do I configure a server? By environment variables, checked all together at\nthe start. Durations are `500ms`, `60s`, `2m` or seconds as a bare number, up to\n`596h`. White space at the ends of a value does not count. An unknown\n`CHANNEL_\u2026` is an error, and the log warns of a variable that is like another\nsetting.\n\n| variable                         | default                               | meaning                                                                                                                                                                                                                     |\n| -------------------------------- | ------------------------------------- | --------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------- |\n| `PORT`                           | `8000`                                | port to listen on; 0 takes a free one. `deno serve --port` does not count                                                                                                                                                   |\n| `HOST`                           | `0.0.0.0`; `127.0.0.1` without tokens | address to listen on. `deno serve --host` does not count                                                                                                                                                                    |\n| `LOG_LEVEL`                      | `info`                                | `debug`, `info`, `warn` or `error`                                                                                                                                                                                          |\n| `TOKEN_SECRET`                   |                                       | secret of the clients' tokens (JWT by HS256, HS384, HS512); the log warns of less than 32 characters                                                                                                                        |\n| `JWKS_URL`                       |                                       | URL of the public keys of tokens by RS, PS, ES or EdDSA                                                                                                                                                                     |\n| `TOKEN_AUDIENCE`, `TOKEN_ISSUER` |                                       | required claims `aud` and `iss` of a token                                                                                                                                                                                  |\n| `TOKEN_CLOCK_TOLERANCE`          | `5s`                                  | time for which a token counts before its `nbf` and after its end, because clocks differ                                                                                                                                     |\n| `CONFIG`                         |                                       | path of a JSON file with the options of [channels](channels.md)                                                                                                                                                             |\n| `CHANNEL_\u2026`                      |                                       | one option for channels without a namespace: `CHANNEL_HISTORY_SIZE=0`, `CHANNEL_ALLOW=subscribe,presence`                                                                                                                   |\n| `EXIT_ON_ISOLATE_FAILURE`        | `true`                                | when an isolate dies by an error, the others drain and the process ends with code 1; `false` lets them go on without it                                                                                                     |\n| `INSECURE_ANONYMOUS_ALL`         | `false`                               | `true` lets every client do everything under any name; `deno task dev` sets it                                                                                                                                              |\n| `DEMOS`                          | `false`                               | `true` serves the demos at `/demos`, with a hub of their own; `deno task dev` sets it                                                                                                                                       |\n| `BROKER_URL`                     |                                       | `redis://` or `rediss://`: Redis that [several nodes](several-nodes.md) share; `postgres://`: PostgreSQL that they share; `nats://` or `tls://`: [NATS](nats.md) that they share. Each database or name is a hub of its own |\n| `BRIDGE`                         |                                       | path of a JSON file with topics of [Kafka](bridge.md) that feed channels or are fed by them                                                                                                                                 |\n| `API_KEY`                        |                                       | key of the server API; without it the API answers 404                                                                                                                                                                       |\n| `ADMIN_KEY`                      |                                       | key of the [inspector](inspector.md); the log warns of less than 32 characters. Without it the inspector is off, or for this machine only where `INSECURE_ANONYMOUS_ALL` is set                                             |\n| `METRICS_KEY`                    |                                       | key of the [metrics](metrics.md), as `Authorization: Bearer \u2026`; without it only this machine may read them                                                                                                                  |\n| `DENO_JOBS`                      | one for each core                     | isolates of `deno task start`; a variable of Deno                                                                                                                                                                           |\n| `ALLOWED_ORIGINS`                | the server's own host                 | origins of pages that may connect, separated by commas; `https://*.app.example` is any one label, `*` is any origin                                                                                                         |\n| `MAX_CONNECTIONS`                | `16000`                               | open connections on each isolate; the next one gets 503. The log warns where `ulimit -n` is less (with `--allow-all`)                                                                                                       |\n| `RECONNECT_RATE`                 | `200`                                 | clients per second that each isolate takes back; [a drain spreads their return](codes.md) accordingly                                                                                                                       |\n| `MAX_MESSAGE_BYTES`              | `65536`                               | longest message of a client; a longer one closes 1009                                                                                                                                                                       |\n| `MAX_BUFFERED_BYTES`             | `1048576`                             | unsent bytes that a connection holds; at least `MAX_MESSAGE_BYTES`. What is more waits                                                                                                                                      |\n| `SLOW_GRACE`                     | `1s`                                  | time in which a client for which more waits has to read `MAX_BUFFERED_BYTES`; else it is closed with 3008                                                                                                                   |\n| `MAX_BACKLOG_BYTES`              | 16 \xD7 `MAX_BUFFERED_BYTES`             | bytes that wait for a client at most; beyond them it is closed with 3008 at once                                                                                                                                            |\n| `MAX_ZOMBIES`                    | a tenth of `MAX_CONNECTIONS`          | clients that were closed 5 s ago and do not let go; while there are more, the next one gets 503                                                                                                                             |\n| `HEARTBEAT_TIMEOUT`              | `60s`                                 | silence after which a client is evicted; with 0 the server sends `ping` instead                                                                                                                                             |\n| `HEARTBEAT_INTERVAL`             | `12s`                                 | time between two pings when `HEARTBEAT_TIMEOUT` is 0                                                                                                                                                                        |\n| `PING_INTERVAL`                  | `25s`                                 | time between two pings of an SDK                                                                                                                                                                                            |\n| `PONG_TIMEOUT`                   | `10s`                                 | time that an SDK has to answer; 0 expects no answer                                                                                                                                                                         |\n\nWith none of `TOKEN_SECRET`, `JWKS_URL` and `INSECURE_ANONYMOUS_ALL` the server\nrefuses to start.\n";var x=`# Several nodes

How do I use all cores, and many machines? \`deno task start\` runs an isolate on
every core, and the isolates share every channel. Machines share them through a
[PostgreSQL](postgres.md), a [NATS](nats.md) or a Redis (6.2 or newer):

\`\`\`sh
PORT=8001 BROKER_URL=redis://localhost:6379 TOKEN_SECRET=at-least-thirty-two-characters-long deno task start
\`\`\`

Every key and topic of a Redis begins with \`thrum:\`. A history lasts up to a
second longer there than it says. The Redis user does not need \`SCRIPT\`. Without
\`INFO\` Thrum notices a replica that takes no writes only when it publishes, and
does not notice a server that was a replica for a while and is a primary again.

| guarantee                                                     | one isolate | isolates of one process                                 | nodes with a Redis                      | nodes with a [PostgreSQL](postgres.md)                         | nodes with a [NATS](nats.md)                    | [hubs without common locks](#hubs-without-common-locks) |
| ------------------------------------------------------------- | ----------- | ------------------------------------------------------- | --------------------------------------- | -------------------------------------------------------------- | ----------------------------------------------- | ------------------------------------------------------- |
| all subscribers see a channel in one order, each message once | yes         | yes                                                     | yes                                     | yes                                                            | yes                                             | each at most once; each hub has an order of its own     |
| history, recovery, presence and the server API on every node  | yes         | yes                                                     | yes                                     | yes                                                            | yes                                             | each hub has its own                                    |
| a client recovers on another node than the one it came from   |             | yes                                                     | yes                                     | yes                                                            | yes                                             | no                                                      |
| history outlives                                              | nothing     | the end of any isolate but [one](#when-an-isolate-ends) | every node; Redis, if it keeps its data | every node and, with its usual settings, a crash of PostgreSQL | every node; NATS, in files                      | nothing                                                 |
| a node that dies leaves presence                              | at once     | at once                                                 | within 30 s                             | within 30 s                                                    | within 30 s                                     | with its hub                                            |
| while the broker is away                                      |             | error 100 for calls without an answer                   | error 100 at once; subscriptions stay   | error 100 at once; subscriptions stay                          | error 100 at once; subscriptions stay           |                                                         |
| what was missed meanwhile                                     |             | told: 2500 or 3010                                      | recovered, or told: 2500 or 3010        | delivered or recovered, or told: 2500 or 3010                  | delivered late, in order; or told: 2500 or 3010 | lost without notice                                     |
| the broker returns without its newest publications            |             | told: 2500 or 3010                                      | told: 2500 or 3010                      | told: 2500 or 3010                                             | told: 2500 or 3010                              |                                                         |

Text clients have no positions and cannot learn what they missed. A process with
one isolate greets others when it starts, and posts nothing else while none
answers. Without a broker, positions and histories of the 100 000 channels used
last outlive their subscribers, for a day at most, and the 250 000 newest
idempotency keys count.

## When an isolate ends

One isolate of the process, the sequencer, orders all publications. When it
ends, another isolate takes over with new epochs and an empty history, and SDKs
with positions learn of it. The others report their subscriptions and presence
to it, and nothing else: calls that were not answered end with error 100, and a
publication that is repeated with its idempotency key after that comes twice.

## When Redis restarts

Each restart and failover of Redis gives every channel a new epoch. Subscribers
with positions subscribe again within 5 s; they recover if Redis has kept all
that they have, and else learn that it is lost. A \`kill -9\` of a Redis with
\`appendonly yes\` and \`appendfsync always\` loses no acknowledged publication.

## Hubs without common locks

They are hubs where \`navigator.locks\` is missing (Deno before 2.9), or another
process answers on the \`BroadcastChannel\`. Hubs that have greeted each other
relay the publications of their own clients. One that ends without a goodbye is
forgotten within 30 s. The log has one \`broker_relay\` line.
`;var R='# Text protocol\n\nHow does a program without an SDK take part? By `GET /ws`, WebSocket version 13,\nsubprotocol `chat` or none. One frame is one message, and it is plain text.\n\n| a client sends       | meaning                                            | answer                                                      |\n| -------------------- | -------------------------------------------------- | ----------------------------------------------------------- |\n| `bob:hello: world`   | to every connection of the uid `bob`               | none, or `error:404 no client is connected as "bob"`        |\n| `all:hello`          | to every connection, its own included              |                                                             |\n| `+#room`, `-#room`   | join or leave a channel                            | the same frame, before the first and after the last message |\n| `#room:hello`        | publish to a channel                               |                                                             |\n| `ping`               | the client is alive                                | `pong`                                                      |\n| `pong`, empty frame  | the client is alive                                |                                                             |\n| `auth:<token>`       | the token of the client; again before it ends      | none, or close 3500                                         |\n| bytes `bob\\0payload` | the same addresses with bytes (`all`, `#room` too) | as above; the receiver gets the payload alone               |\n\n| a client receives     | meaning                                                                                                     |\n| --------------------- | ----------------------------------------------------------------------------------------------------------- |\n| `hello`               | a direct message or a broadcast                                                                             |\n| `alice>hello`         | the same, for a client that connected with `?from=1`                                                        |\n| `#room:hello`         | a publication of a channel                                                                                  |\n| `ping`                | a question whether the client is alive, when `HEARTBEAT_TIMEOUT` is 0                                       |\n| `error:<code> <text>` | an invalid frame (400), no such client (404), a token first (101), too many channels (106), try again (100) |\n\n## Names and frames\n\nA uid or channel has 1\u2013255 bytes of well-formed Unicode and no control\ncharacters. One line end behind a text frame is dropped. With `?from=1` the\ncharacters `%`, `>`, `#`, `:`, line separators and marks of direction in a uid\nare percent-encoded. `all`, `auth`, `error`, `ping` and `pong` cannot be uids. A\nmessage begins behind the first colon, or behind the second one of a namespace\nthat exists: `#sports:football:goal`. A text frame cannot name a channel with\nanother colon, so joining one is an error, as is joining a channel that is\ncalled like a namespace. Nor can it address a uid that contains a colon or\nbegins with `#`; bytes can. A connection joins up to 128 channels. A client\nsends something every 55 s, at least `ping`; WebSocket control frames do not\ncount, because Deno hides them. A direct message may look like any other frame:\n`#room:hello`, `alice>hello` or `ping`. Where that matters, use an SDK, whose\npublications name their channel.\n\n## Identity\n\nA [token](tokens.md) comes as `Authorization: Bearer <JWT>` or in a first frame\n`auth:<JWT>`, within 10 s. Its `sub` is the uid. A token never travels in the\nURL. Without tokens `?uid=alice` is enough, or the first `uid:message` claims\nthat uid. A uid may have several connections, and each receives.\n';var O='# Tokens\n\nWho is a client, and what may it do? A token says so: a JWT that your backend\nsigns with `TOKEN_SECRET` (HS256, HS384, HS512), or with a private key whose\npublic half is at `JWKS_URL` (RS, PS, ES, EdDSA). The [settings](settings.md)\nname both.\n\n```ts\nimport { SignJWT } from "jose";\n\nconst secret = new TextEncoder().encode(Deno.env.get("TOKEN_SECRET"));\nconst token = await new SignJWT({ sub: "alice", channels: ["news"] })\n  .setProtectedHeader({ alg: "HS256" })\n  .setExpirationTime("10m")\n  .sign(secret);\nconsole.log(token);\n```\n\n| claim              | meaning                                                                  |\n| ------------------ | ------------------------------------------------------------------------ |\n| `sub`              | the uid                                                                  |\n| `exp`              | end of the connection, in seconds since 1970                             |\n| `info`             | what other clients see beside the uid                                    |\n| `channels`, `subs` | subscriptions that the server makes; `subs` has options for each channel |\n| `caps`             | permission for channels, beside what their [options](channels.md) allow  |\n| `meta`             | what the program that embeds the hub gets with the connection            |\n| `aud`, `iss`       | have to be `TOKEN_AUDIENCE` and `TOKEN_ISSUER` where these are set       |\n\n`caps` opens channels:\n`[{ "channels": ["chat:*"], "match": "wildcard", "allow":\n["sub", "pub", "prs", "hst"] }]`.\nThe first entry that matches a channel counts.\n\n## How a client shows it\n\n| client                            | the token comes                                              |\n| --------------------------------- | ------------------------------------------------------------ |\n| an SDK                            | as its option `token`, or from its function `getToken`       |\n| a [text client](text-protocol.md) | as `Authorization: Bearer \u2026`, or in the first frame `auth:\u2026` |\n| [plain HTTP](plain-http.md)       | as `Authorization: Bearer \u2026`                                 |\n\nA token never travels in the URL. A client that shows none has 10 s to do so.\n\n## One channel\n\nA channel that begins with `$`, such as `$vip`, needs a token of its own. It has\na `channel` beside the `sub`, and an SDK gets it from the `getToken` of its\nsubscription. With `client` it is for one connection, and its `exp` ends the\nsubscription.\n\n## Its end\n\nA connection ends with [3005](codes.md) when its token has expired; an SDK asks\n`getToken` for the next one beforehand, and has 25 s more. A newer token renews\n`caps`, `info` and `meta`, and keeps the `sub` of the first. A token that is not\nvalid yet, or whose key cannot be looked up now, is refused with the temporary\nerror 100 or 503.\n';var mt=e,ut={benchmarks:t,bridge:s,channels:o,codes:a,concepts:n,"deno-deploy":r,deploying:i,doctor:h,embedding:c,"growing-texts":l,guarantees:d,"how-it-is-built":m,inspector:u,limits:p,metrics:f,"migrating-from-centrifugo":b,"migrating-from-pusher":w,"migrating-from-socketio":g,nats:y,operating:k,"plain-http":v,postgres:_,sdks:S,security:T,"server-api":A,settings:E,"several-nodes":x,"text-protocol":R,tokens:O};export{mt as list,ut as pages};
