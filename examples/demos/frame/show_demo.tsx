/** Shows a demo in two panes, each with its name, its line and its counters. */

import { render, useEffect, useState } from "hono/jsx/dom";
import { hueOf, makeUpName, makeUpOther } from "./names.ts";
import { type DemoPane, type FramedPane, makePane } from "./pane.ts";
import type { Count } from "./tally.ts";

const STATES = {
  connecting: "connecting",
  open: "connected",
  cut: "line is cut",
} as const;

const COUNTS: readonly Count[] = ["received", "recovered", "lost"];

/** Calls `mount` for each of the two panes that the server has put on the page. */
export function showDemo(mount: (pane: DemoPane) => void): void {
  const left = makeUpName();
  const names = { left, right: makeUpOther(left) };
  for (const side of ["left", "right"] as const) {
    const element = document.querySelector(`.demo-pane.${side}`)!;
    const head = element.querySelector<HTMLElement>(".demo-head")!;
    const root = element.querySelector<HTMLElement>(".demo-stage")!;
    const listeners = new Set<() => void>();
    const onChange = () => {
      for (const listener of listeners) listener();
    };
    const framed = makePane({ root, side, name: names[side], onChange });
    const follow = (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    element.setAttribute("aria-label", framed.pane.name);
    render(<PaneHead framed={framed} follow={follow} />, head);
    mount(framed.pane);
  }
}

interface PaneHeadProps {
  readonly framed: FramedPane;
  /** Calls back after each change, once a frame at most would be seen. */
  readonly follow: (listener: () => void) => () => void;
}

function PaneHead({ framed: { pane, line }, follow }: PaneHeadProps) {
  const [, setVersion] = useState(0);
  useEffect(() => {
    let isDue = false;
    const draw = () => {
      isDue = false;
      setVersion((version) => version + 1);
    };
    // Thousands of publications a second are drawn as often as the screen is.
    const onChange = () => {
      if (!isDue) requestAnimationFrame(draw);
      isDue = true;
    };
    const second = setInterval(() => line.state === "cut" && onChange(), 250);
    const unfollow = follow(onChange);
    onChange();
    return () => {
      clearInterval(second);
      unfollow();
    };
  }, []);
  const { state } = line;
  const isCut = state === "cut";
  return (
    <>
      <h2>
        <span class="dot" style={{ "--hue": String(hueOf(pane.name)) }} />
        {pane.name}
      </h2>
      <p class="line-state" data-state={state} role="status">
        {STATES[state]}
        {isCut && ` for ${line.secondsLeft} s`}
      </p>
      <button
        type="button"
        onClick={() => isCut ? line.mend() : line.cut()}
      >
        {isCut ? "Mend the line" : "Cut the line"}
      </button>
      <dl class="tally">
        {COUNTS.map((count) => (
          <div key={count} class={count}>
            <dt>{count}</dt>
            <dd data-count={count}>{pane.tally.get(count)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
