/** Subscribers whose connections are cut again and again while others publish. */

import { API_KEY } from "../../routes/api_server.ts";
import { startServer } from "../../e2e/text_server.ts";
import { Publisher } from "./publisher.ts";
import { Subscriber, sumOf } from "./subscriber.ts";
import {
  createTrial,
  exactly,
  type Figure,
  none,
  type Progress,
} from "./trial.ts";
import { channelNames, pause, repeat } from "./wait.ts";

interface Scale {
  readonly subscribers: number;
  readonly channels: number;
  /** Cuts of each subscriber. */
  readonly cuts: number;
  /** Milliseconds from one cut of a subscriber to its next. */
  readonly everyMs: number;
  /** Longest absence in milliseconds. */
  readonly absentMs: number;
  readonly perSecond: number;
  /** Publications that a channel keeps, and that a client recovers at most. */
  readonly window: number;
}

/** A subscriber of each channel in turn, all of them connected. */
async function openAll(
  scale: Scale,
  url: () => string,
  channels: readonly string[],
): Promise<Subscriber[]> {
  const all = Array.from(
    { length: scale.subscribers },
    (_, index) =>
      new Subscriber({
        channel: channels[index % channels.length]!,
        url,
        window: scale.window,
      }),
  );
  await repeat(all.length, 50, (index) => all[index]!.connect());
  return all;
}

/** Cuts a subscriber at its times, each followed by its return; resolves with the longest absence in milliseconds. */
async function cutAgainAndAgain(
  subscriber: Subscriber,
  { cuts, everyMs, absentMs }: Scale,
): Promise<number> {
  let longestMs = 0;
  await pause(Math.random() * everyMs);
  for (let count = 0; count < cuts; count++) {
    const cutAt = performance.now();
    subscriber.cut();
    const absent = Math.random() * absentMs;
    await pause(absent);
    await subscriber.connect();
    longestMs = Math.max(longestMs, performance.now() - cutAt);
    await pause(everyMs - absent);
  }
  return longestMs;
}

/** Cuts all of them while a publisher goes on. */
async function withinWindow(
  all: readonly Subscriber[],
  scale: Scale,
  publisher: Publisher,
): Promise<readonly Figure[]> {
  publisher.start();
  const absences = await Promise.all(
    all.map((each) => cutAgainAndAgain(each, scale)),
  );
  await publisher.stop();
  const rate = publisher.sent / publisher.activeMs * 1_000;
  await publisher.reaches(all);
  const returns = all.length * scale.cuts;
  const told = sumOf(all, "recovered") + sumOf(all, "unrecovered");
  return [
    { name: "cuts", value: returns },
    { name: "publications each second", value: rate },
    {
      name: "longest absence",
      value: Math.max(...absences) / 1_000,
      unit: "s",
    },
    { name: "deliveries", value: sumOf(all, "received") },
    none("gaps", sumOf(all, "missing")),
    none("duplicates", sumOf(all, "twice")),
    none("reorders", sumOf(all, "misplaced")),
    { name: "told recovered: true", value: sumOf(all, "recovered") },
    none("told recovered: false within the window", sumOf(all, "denied")),
    exactly("told either", told, returns),
  ];
}

/** Cuts all of them until there are more publications than are kept; returns the percentage that is told so. */
async function pastWindow(
  all: readonly Subscriber[],
  count: number,
  publisher: Publisher,
): Promise<number> {
  const before = sumOf(all, "unrecovered");
  all.forEach((each) => each.cut());
  await publisher.burst(count);
  await repeat(all.length, 50, (index) => all[index]!.connect());
  const unrecovered = sumOf(all, "unrecovered") - before;
  all.forEach((each) => each.cut());
  return 100 * unrecovered / all.length;
}

async function scenario(
  scale: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  const { window, perSecond } = scale;
  await using server = await startServer({
    API_KEY,
    CHANNEL_HISTORY_SIZE: String(window),
    CHANNEL_RECOVERY_SIZE: String(window),
    // Its own subscribers are not to be slow: they share one process.
    MAX_BUFFERED_BYTES: "100000000",
  });
  const channels = channelNames(scale.channels);
  const url = () => server.url;
  const all = await openAll(scale, url, channels);
  progress(`${all.length} subscribers of ${channels.length} channels`);
  const publisher = new Publisher({ url, channels, perSecond });
  const within = await withinWindow(all, scale, publisher);
  progress("past the window");
  const missed = (window + 10) * channels.length;
  return [
    ...within,
    exactly(
      "told recovered: false past the window (%)",
      await pastWindow(all, missed, publisher),
      100,
    ),
  ];
}

export const resume = createTrial({
  name: "resume",
  promise:
    "A client resumes with each publication exactly once and in order; past the history it is told",
  scales: {
    ci: {
      subscribers: 50,
      channels: 5,
      cuts: 5,
      everyMs: 800,
      absentMs: 300,
      perSecond: 250,
      window: 400,
    },
    full: {
      subscribers: 1_000,
      channels: 20,
      cuts: 50,
      everyMs: 4_000,
      absentMs: 1_000,
      perSecond: 500,
      window: 2_000,
    },
  },
  scenario,
});
