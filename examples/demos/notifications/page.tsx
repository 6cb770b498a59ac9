/** Notifications: a channel for each topic, a badge, and what was missed while away. */

import { Centrifuge } from "centrifuge";
import { render, useEffect, useState } from "hono/jsx/dom";
import { showDemo, TextForm } from "../frame/mod.ts";
import { listen, type Notice, type Topic } from "./notices.ts";
import { TOPICS } from "./topics.ts";

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const topics = TOPICS.map((topic) => {
    const channel = `notifications:${pane.room}.${topic}`;
    const subscription = client.newSubscription(channel);
    return { topic, subscription, recovery: pane.tally.follow(subscription) };
  });
  render(<Inbox client={client} topics={topics} />, pane.root);
  client.connect();
});

interface InboxProps {
  readonly client: Centrifuge;
  readonly topics: readonly Topic[];
}

function Inbox({ client, topics }: InboxProps) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const show = (notice: Notice) =>
    setNotices((all) =>
      all.some(({ id }) => id === notice.id)
        ? all
        : [notice, ...all].sort((one, other) => other.at - one.at)
    );
  useEffect(() => topics.forEach((topic) => listen(topic, show)), []);
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

function Toggle({ topic, subscription }: Topic) {
  const [isOn, setOn] = useState(true);
  useEffect(() => {
    if (isOn) subscription.subscribe();
    else subscription.unsubscribe();
  }, [isOn]);
  const toggle = () => setOn((isOn) => !isOn);
  return (
    <label class="toggle">
      <input type="checkbox" checked={isOn} onChange={toggle} />
      {topic}
    </label>
  );
}

function Announce({ client, topics }: InboxProps) {
  const [chosen, setChosen] = useState(topics[0]!);
  const choose = (event: Event) =>
    setChosen(topics[(event.target as HTMLSelectElement).selectedIndex]!);
  const announce = async (text: string) => {
    // While the line is cut, this waits for the next connection.
    await client.ready();
    await client.publish(chosen.subscription.channel, { text });
  };
  return (
    <TextForm
      label="Announcement"
      placeholder="Something has happened"
      button="Announce"
      maxLength={140}
      onSend={announce}
    >
      <select aria-label="Topic" onChange={choose}>
        {topics.map(({ topic }) => <option key={topic}>{topic}</option>)}
      </select>
    </TextForm>
  );
}
