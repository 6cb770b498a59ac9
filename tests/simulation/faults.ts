/** Steps of a world that a seed decides: what clients do, and what goes wrong. */

import type { Invariants } from "./invariants.ts";
import { CHANNELS, KEPT, PRIVATE, USERS } from "./rules.ts";
import { SdkClient } from "./sdk_client.ts";
import type { SimClient } from "./sim_client.ts";
import type { World } from "./world.ts";

/** Nodes that live at once at most. */
const MAX_NODES = 3;
/** Publications of one stream. */
const STREAM = 60;
const HOUR_MS = 3_600_000;
/** Time in which a call of a program has reached the broker, in milliseconds. */
const CALL_MS = 6_000;

type Action = (world: World, invariants: Invariants) => void;
type Weighted = readonly [weight: number, action: Action];

function publish(world: World): void {
  const client = world.random.pick(world.clients);
  publishBy(world, client, world.random.whole(1, 120));
}

function publishBy(world: World, client: SimClient, length: number): void {
  // The text protocol cannot name a channel with a colon, and counts refusals.
  const channels = client.protocol === "text"
    ? KEPT.filter((name) => canWant(world, client, name))
    : CHANNELS;
  if (channels.length === 0) return;
  const channel = world.random.pick(channels);
  const { ledger, timeline } = world;
  client.publish(channel, ledger.payload(channel, timeline.now, length));
}

/** A program publishes, as with the server API. */
function publishByProgram(world: World): void {
  publishMany(world, 1, world.random.whole(1, 60));
}

function publishBurst(world: World): void {
  publishMany(world, world.random.whole(3, 14), world.random.whole(1, 500));
}

/** Far more than a transport may hold, and less than may wait: readers survive it. */
function publishFlood(world: World): void {
  publishMany(world, world.random.whole(8, 24), world.random.whole(400, 900));
}

function publishMany(world: World, count: number, length: number): void {
  const { random, ledger, timeline, living } = world;
  if (living.length === 0) return;
  const { hub } = random.pick(living);
  const channel = random.pick(CHANNELS);
  for (let index = 0; index < count; index++) {
    const payload = ledger.payload(channel, timeline.now, length);
    const published = hub.publish(channel, payload);
    if (published instanceof Promise) published.catch(() => {});
  }
}

/** Clients come back while publications go on. */
function recoverInStream(world: World): void {
  const { random, timeline } = world;
  const channel = random.pick(KEPT);
  for (let index = 0; index < STREAM; index++) {
    timeline.after(
      index * random.between(2, 25),
      () => publishTo(world, channel),
    );
  }
  for (let count = random.whole(1, 3); count > 0; count--) cut(world);
}

function publishTo(
  { random, ledger, timeline, living }: World,
  channel: string,
) {
  if (living.length === 0) return;
  const payload = ledger.payload(channel, timeline.now, random.whole(1, 30));
  const published = random.pick(living).hub.publish(channel, payload);
  if (published instanceof Promise) published.catch(() => {});
}

function toggle(world: World): void {
  const client = world.random.pick(world.clients);
  const channel = world.random.pick(CHANNELS);
  if (client.wanted.has(channel)) client.leave(channel);
  else if (canWant(world, client, channel)) client.want(channel);
}

/** True if a client may have a channel; text clients have no tokens. */
export function canWant(
  { rules }: World,
  { protocol, uid }: SimClient,
  channel: string,
): boolean {
  return rules.permits(uid, channel) &&
    (protocol === "sdk" || channel !== PRIVATE);
}

function read(world: World): void {
  const client = world.random.pick(world.clients);
  if (!(client instanceof SdkClient)) return;
  const channel = world.random.pick(KEPT);
  if (world.random.chance(0.5)) client.history(channel);
  else client.presence(channel);
}

function intrude(world: World): void {
  const client = world.random.pick(world.clients);
  const channel = world.random.pick(KEPT);
  const isPermitted = world.rules.permits(client.uid, channel);
  if (client instanceof SdkClient && !isPermitted) client.intrude(channel);
}

function ban(world: World): void {
  const { random, clients } = world;
  const uid = random.pick(USERS);
  // A text client that is refused again and again is closed for good.
  const isText = clients.some((client) =>
    client.uid === uid && client.protocol === "text"
  );
  if (!isText || random.chance(0.2)) world.ban(uid, random.pick(CHANNELS));
}

function removeHistory(world: World, invariants: Invariants): void {
  const { random, living, timeline } = world;
  if (living.length === 0) return;
  const channel = random.pick(KEPT);
  invariants.onRemoved(channel, timeline.now + CALL_MS);
  random.pick(living).broker.removeHistory(channel).catch(() => {});
}

function cut(world: World): void {
  world.random.pick(world.clients).socket?.cut();
}

function hangUp(world: World): void {
  world.random.pick(world.clients).hangUp();
}

function halfOpen(world: World): void {
  const { socket, name } = world.random.pick(world.clients);
  if (socket === undefined) return;
  world.trace(`${name} is half open`);
  socket.isHalfOpen = true;
}

function stick(world: World): void {
  const { random } = world;
  const { socket, name } = random.pick(world.clients);
  if (socket === undefined) return;
  world.trace(`${name} is stuck`);
  socket.stick(random.between(50, 8_000));
}

function stall(world: World): void {
  const { random, living, timeline } = world;
  if (living.length === 0) return;
  const node = random.pick(living);
  const until = timeline.now + random.between(20, 3_000);
  world.trace(`${node.name} stalls until ${until.toFixed(0)}`);
  node.process.stall(until);
}

function jump(world: World): void {
  const { random, living } = world;
  if (living.length === 0) return;
  const node = random.pick(living);
  const ms = random.pick([-HOUR_MS, HOUR_MS]);
  world.trace(`the clock of ${node.name} jumps by ${ms}`);
  node.process.wallOffset += ms;
}

function endNode(world: World): void {
  const { random, open, kind, timeline } = world;
  if (open.length === 0) return;
  world.endNode(random.pick(open), random.pick(["kill", "drain"]));
  // Of several nodes there is one more, of one node the next.
  const delayMs = kind === "isolates" ? 0 : random.between(0, 2_000);
  timeline.after(delayMs, () => startNode(world));
}

function startNode(world: World): void {
  const max = world.kind === "memory" ? 1 : MAX_NODES;
  if (world.living.length < max) world.startNode();
}

function losePosts(world: World): void {
  const { random, channels, timeline } = world;
  const { faults } = channels;
  faults.loss = random.pick([0, 0.05, 0.3, 1]);
  faults.duplication = random.pick([0, 0.1]);
  faults.reorder = random.pick([0, 0.1]);
  world.trace(`posts: ${JSON.stringify(faults)}`);
  timeline.after(random.between(100, 3_000), () => calmPosts(world));
}

function calmPosts({ channels: { faults } }: World): void {
  faults.loss = faults.duplication = faults.reorder = 0;
}

function crashServer(world: World): void {
  const { random, server, timeline } = world;
  if (!server.isUp) return;
  const keepsMemory = random.chance(0.5);
  world.trace(`the broker crashes ${keepsMemory ? "with" : "without"} memory`);
  server.crash(keepsMemory);
  timeline.after(random.between(100, 4_000), () => server.isUp = true);
}

function dropLink(world: World): void {
  const { random, living, server } = world;
  if (living.length === 0) return;
  const node = random.pick(living);
  world.trace(`${node.name} loses its link`);
  server.drop(node.broker);
}

const COMMON: readonly Weighted[] = [
  [30, publish],
  [8, publishByProgram],
  [5, publishBurst],
  [2, publishFlood],
  [3, recoverInStream],
  [14, toggle],
  [4, read],
  [3, intrude],
  [2, ban],
  [1, removeHistory],
  [8, cut],
  [3, hangUp],
  [2, halfOpen],
  [4, stick],
  [2, stall],
  [1, jump],
];

const BY_KIND: Readonly<Record<World["kind"], readonly Weighted[]>> = {
  memory: [...COMMON, [1, endNode]],
  isolates: [...COMMON, [3, endNode], [2, startNode], [5, losePosts]],
  external: [...COMMON, [2, endNode], [1, startNode], [3, crashServer], [
    3,
    dropLink,
  ]],
};

/** The next step of a world. */
export function act(world: World, invariants: Invariants): void {
  world.random.weighted(BY_KIND[world.kind])(world, invariants);
}

/** Ends all that goes wrong. */
export function heal(world: World): void {
  world.trace("heal");
  world.rules.pardon();
  calmPosts(world);
  world.server.isUp = true;
  if (world.open.length === 0) world.startNode();
  // Both sides of one that is half open have to notice it by themselves.
  for (const socket of world.sockets) socket.unstick();
  for (const client of world.clients) {
    for (const channel of CHANNELS) {
      if (canWant(world, client, channel)) client.want(channel);
    }
  }
}
