/** One figure with its last hour as a line. */

import { useEffect, useRef } from "hono/jsx/dom";
import uPlot from "uplot";
import { systemClock } from "../../../lib/base/clock.ts";
import type { Series } from "./load_series.ts";

const HEIGHT = 44;
const HOUR = 3_600;
/** Seconds that are shown at least. */
const LEAST = 300;

/** Properties of a {@linkcode Sparkline}. */
export interface SparklineProps {
  readonly label: string;
  readonly series: Series;
  readonly format: (value: number) => string;
}

/** The newest value, and the line of the values before it. */
export function Sparkline({ label, series, format }: SparklineProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const made = new uPlot(optionsOf(current), dataOf(series), current);
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: current.clientWidth, height: HEIGHT })
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(dataOf(series)), [series]);
  const values = series.values.filter((value) => value !== null);
  const most = values.length === 0 ? series.now : Math.max(...values);
  const write = (value: number | undefined) =>
    value === undefined ? "–" : format(value);
  return (
    <div class="sparkline">
      <p>
        <span class="term">{label}</span>
        <output data-figure={label}>{write(series.now)}</output>
      </p>
      <div
        ref={place}
        class="plot"
        role="img"
        aria-label={`${label} over the last hour: at most ${write(most)}`}
      />
    </div>
  );
}

function dataOf({ times, values }: Series): uPlot.AlignedData {
  return [[...times], [...values]];
}

function optionsOf(element: HTMLElement): uPlot.Options {
  const colour = getComputedStyle(element).color;
  return {
    width: element.clientWidth || 200,
    height: HEIGHT,
    padding: [4, 2, 4, 2],
    legend: { show: false },
    cursor: { show: false },
    axes: [{ show: false }, { show: false }],
    scales: {
      x: {
        time: true,
        range: (_, min, max) => {
          const end = max ?? systemClock.wallTime / 1_000;
          return [Math.max(end - HOUR, Math.min(min ?? end, end - LEAST)), end];
        },
      },
      y: { range: (_, __, max) => [0, Math.max(max ?? 0, 1e-9) * 1.05] },
    },
    series: [{}, {
      stroke: colour,
      width: 1.5,
      fill: colour.replace("rgb(", "rgba(").replace(")", ", 0.12)"),
      points: { show: false },
    }],
  };
}
