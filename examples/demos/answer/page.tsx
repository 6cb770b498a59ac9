/** An answer that is being written: who reads along sees it grow, who comes late or was cut begins with the whole. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useState } from "hono/jsx/dom";
import { type DemoPane, showDemo, TextForm } from "../frame/mod.ts";

interface Text {
  readonly text: string;
  readonly closed: boolean;
}

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  // The SDK puts the text together again; a reader without deltas gets it in full each time.
  const channel = `answer:${pane.room}`;
  const answer = client.newSubscription(channel, { delta: "fossil" });
  pane.tally.follow(answer, { isState: true });
  render(<Reader pane={pane} client={client} answer={answer} />, pane.root);
  client.connect();
});

interface ReaderProps {
  readonly pane: DemoPane;
  readonly client: Centrifuge;
  readonly answer: Subscription;
}

function Reader({ pane, client, answer }: ReaderProps) {
  // The one on the right comes late.
  const [isReading, setReading] = useState(pane.side === "left");
  const [{ text, closed }, setText] = useState<Text>({
    text: "",
    closed: true,
  });
  const [problem, setProblem] = useState("");
  useEffect(() => {
    answer.on("publication", ({ data }) => {
      setText(data);
      setProblem("");
    });
  }, []);
  useEffect(() => {
    if (isReading) answer.subscribe();
    else answer.unsubscribe();
  }, [isReading]);
  const ask = async (question: string) => {
    try {
      await client.rpc("answer:ask", { room: pane.room, question });
      setProblem("");
    } catch (error) {
      setProblem(Object(error).message ?? "The line is cut.");
    }
  };
  return (
    <>
      <TextForm
        label="Question"
        text="What happens when my line is cut?"
        button="Ask"
        maxLength={120}
        onSend={ask}
      />
      <p
        class="answer-text"
        role="region"
        aria-label={`Answer for ${pane.name}`}
        tabindex={0}
      >
        {isReading ? text : ""}
        {isReading && !closed && <span class="caret" aria-hidden="true" />}
      </p>
      <p class="answer-state" role="status" aria-label="State of the answer">
        {problem || (isReading ? stateOf({ text, closed }) : "Not reading.")}
      </p>
      {pane.side === "right" && (
        <button
          type="button"
          onClick={() => setReading(!isReading)}
        >
          {isReading ? "Stop reading" : "Read along"}
        </button>
      )}
    </>
  );
}

function stateOf({ text, closed }: Text): string {
  if (text === "") return "Nothing was asked yet.";
  // Without a number, which a screen reader would repeat with each word.
  if (!closed) return "Being written …";
  return `Complete, ${text.trim().split(/\s+/).length} words.`;
}
