/** Notifications: a channel for each topic, a badge, and what was missed while away. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useState } from "hono/jsx/dom";
import { showDemo } from "../frame/mod.ts";
import { TOPICS } from "./topics.ts";

interface Notice {
  readonly id: string;
  readonly topic: string;
  readonly text: string;
  readonly at: number;
  readonly isNew: boolean;
  /** True if it came while the line was cut. */
  readonly isMissed: boolean;
}

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const topics = TOPICS.map((topic) => {
    const channel = `notifications:${pane.room}.${topic}`;
    const subscription = client.newSubscription(channel);
    pane.tally.follow(subscription);
    return { topic, subscription };
  });
  render(<Inbox client={client} topics={topics} />, pane.root);
  client.connect();
});

interface Topic {
  readonly topic: string;
  readonly subscription: Subscription;
}

interface InboxProps {
  readonly client: Centrifuge;
  readonly topics: readonly Topic[];
}

function Inbox({ client, topics }: InboxProps) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  useEffect(() => {
    for (const each of topics) {
      listen(
        each,
        (notice) =>
          setNotices((all) =>
            all.some(({ id }) => id === notice.id)
              ? all
              : [notice, ...all].sort((one, other) => other.at - one.at)
          ),
      );
    }
  }, []);
  const fresh = notices.filter(({ isNew }) => isNew).length;
  const read = () =>
    setNotices((all) => all.map((notice) => ({ ...notice, isNew: false })));
  return (
    <>
      <div class="inbox-head">
        {topics.map((each) => <Toggle key={each.topic} {...each} />)}
        <button type="button" class="bell" onClick={read}>
          Mark as read
          <span class="badge" aria-label={`${fresh} new`}>{fresh}</span>
        </button>
      </div>
      <div class="scroll" role="log" aria-label="Notifications" tabindex={0}>
        <ol class="notices">
          {notices.map(({ id, topic, text, at, isNew, isMissed }) => (
            <li key={id} class={isNew ? "new" : undefined}>
              <b>{topic}</b> <time>{time.format(at)}</time>
              {isMissed && <span class="missed">while you were away</span>}
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </div>
      <Announce client={client} topics={topics} />
    </>
  );
}

/** Hands over what a topic brings: the past as read, the rest as new. */
function listen(
  { topic, subscription }: Topic,
  show: (notice: Notice) => void,
): void {
  let isRecovering = false;
  const toNotice = (
    { data, offset }: { data: { text: string; at: number }; offset?: number },
  ) => ({ id: `${topic} ${offset}`, topic, ...data });
  subscription.on("subscribed", async ({ recovered }) => {
    isRecovering = recovered;
    // What was recovered comes before this turn of the event loop ends.
    queueMicrotask(() => isRecovering = false);
    if (recovered) return;
    const { publications } = await subscription.history({ limit: 50 });
    for (const publication of publications) {
      show({ ...toNotice(publication), isNew: false, isMissed: false });
    }
  });
  subscription.on("publication", (publication) => {
    const isMissed = isRecovering;
    show({ ...toNotice(publication), isNew: true, isMissed });
  });
}

function Toggle({ topic, subscription }: Topic) {
  const [isOn, setOn] = useState(true);
  useEffect(() => {
    if (isOn) subscription.subscribe();
    else subscription.unsubscribe();
  }, [isOn]);
  return (
    <label class="toggle">
      <input
        type="checkbox"
        checked={isOn}
        onChange={() => setOn((isOn) => !isOn)}
      />
      {topic}
    </label>
  );
}

function Announce(
  { client, topics }: Pick<InboxProps, "client" | "topics">,
) {
  const send = async (event: Event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { topic, text } = Object.fromEntries(new FormData(form));
    form.querySelector("input")!.value = "";
    const to = topics.find((each) => each.topic === topic)!.subscription;
    // While the line is cut, this waits for the next connection.
    await client.ready();
    await client.publish(to.channel, { text });
  };
  return (
    <form class="bar announce" onSubmit={send}>
      <select name="topic" aria-label="Topic">
        {topics.map(({ topic }) => <option key={topic}>{topic}</option>)}
      </select>
      <input
        name="text"
        aria-label="Announcement"
        placeholder="Something has happened"
        required
        maxlength={140}
        autocomplete="off"
      />
      <button type="submit" class="primary">Announce</button>
    </form>
  );
}
