/** Bullet comments over a video: everything that is said now, and nothing that was said before. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useRef, useState } from "hono/jsx/dom";
import { type DemoPane, hueOf, showDemo, TextForm } from "../frame/mod.ts";
import { Stage } from "./stage.ts";

interface Comment {
  readonly text: string;
  /** The crowd that it comes from, and its number there. */
  readonly crowd?: string;
  readonly number: number;
}

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const comments = client.newSubscription(`danmaku:${pane.room}`);
  render(
    <Video pane={pane} client={client} comments={comments} />,
    pane.root,
  );
  client.connect();
});

interface VideoProps {
  readonly pane: DemoPane;
  readonly client: Centrifuge;
  readonly comments: Subscription;
}

function Video({ pane, client, comments }: VideoProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [refusal, setRefusal] = useState("");
  useEffect(() => {
    const stage = new Stage(canvas.current!);
    const count = counter(pane);
    comments.on("publication", ({ data, info }) => {
      count(data);
      const hue = info ? hueOf(info.user) : data.number * 31 % 360;
      stage.add(data.text, hue, info !== undefined);
    });
    comments.subscribe();
  }, []);
  const send = async (text: string) => {
    // While the line is cut, this waits for the next connection.
    await comments.ready();
    await comments.publish({ text });
  };
  const call = async () => {
    try {
      await client.ready();
      await client.rpc("danmaku:crowd", { room: pane.room });
      setRefusal("");
    } catch (error) {
      setRefusal(Object(error).message);
    }
  };
  return (
    <>
      <canvas
        class="video"
        ref={canvas}
        role="img"
        aria-label={`Video of ${pane.name}, with comments that fly across it`}
      />
      <TextForm
        label="Comment"
        placeholder="Say it while it happens"
        maxLength={60}
        onSend={send}
      />
      <button type="button" onClick={call}>
        Call the crowd: 1000 per second
      </button>
      {refusal && <p class="refusal" role="alert">{refusal}</p>}
    </>
  );
}

/** Counts what came, and by its numbers what of a crowd did not. */
function counter({ tally }: DemoPane): (comment: Comment) => void {
  let last = { crowd: "", number: 0 };
  return ({ crowd, number }) => {
    tally.add("received");
    if (crowd === undefined) return;
    const expected = crowd === last.crowd ? last.number + 1 : 1;
    if (number > expected) tally.add("lost", number - expected);
    last = { crowd, number };
  };
}
