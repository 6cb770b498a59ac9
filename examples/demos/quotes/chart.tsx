/** Chart of one share, by uPlot. */

import { useEffect, useRef } from "hono/jsx/dom";
import uPlot from "uplot";
import { type Board, TICK_MS } from "./market.ts";

const HEIGHT = 170;

interface ChartProps {
  readonly boards: readonly Board[];
  readonly symbol: string;
}

/** Draws the prices of one share. */
export function Chart({ boards, symbol }: ChartProps) {
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  useEffect(() => {
    const element = root.current!;
    plot.current = new uPlot(optionsOf(element), [[], []], element);
    const observer = new ResizeObserver(() => {
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const newest = boards.at(-1)?.tick ?? 0;
    const ages = boards.map(({ tick }) => (tick - newest) * TICK_MS / 1_000);
    const prices = boards.map(({ quotes }) =>
      quotes.find((quote) => quote.symbol === symbol)?.price
    );
    plot.current?.setData([ages, prices]);
  }, [boards, symbol]);
  const { tick: first = 0 } = boards[0] ?? {};
  const { tick: last = -1 } = boards.at(-1) ?? {};
  const missing = last - first + 1 - boards.length;
  const label =
    `${symbol} in the last minute: ${boards.length} prices, ${missing} missing`;
  return <div ref={root} class="quotes-chart" role="img" aria-label={label} />;
}

function optionsOf(element: HTMLElement): uPlot.Options {
  // Asked each time, because the scheme may change.
  const colour = (name: string) => () =>
    getComputedStyle(element).getPropertyValue(name);
  const axis = {
    stroke: colour("--muted"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-60, 0] } },
    axes: [
      { ...axis, size: 28, values: (_, ages) => ages.map((age) => `${age} s`) },
      { ...axis, size: 52 },
    ],
    series: [{}, {
      stroke: colour("--accent"),
      fill: colour("--accent-soft"),
      width: 1.5,
      points: { show: false },
    }],
  };
}
