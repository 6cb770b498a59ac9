/** A board of prices, and the chart of one share over the last minute. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useState } from "hono/jsx/dom";
import { type DemoPane, showDemo } from "../frame/mod.ts";
import { Chart } from "./chart.tsx";
import { type Board, KEPT, type Quote } from "./market.ts";

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const board = client.newSubscription("quotes:board", { delta: "fossil" });
  render(<Market pane={pane} board={board} />, pane.root);
  client.connect();
});

interface MarketProps {
  readonly pane: DemoPane;
  readonly board: Subscription;
}

function Market({ pane, board }: MarketProps) {
  const [boards, setBoards] = useState<readonly Board[]>([]);
  const [chosen, setChosen] = useState(pane.side === "left" ? "ACME" : "STARK");
  useEffect(() => {
    const shown = new Map<number, Board>();
    let isBack = false;
    /** Shows the newest boards in their order; returns how many of these are new. */
    const show = (boards: readonly Board[]) => {
      const fresh = boards.filter(({ tick }) => !shown.has(tick));
      for (const board of fresh) shown.set(board.tick, board);
      const ticks = [...shown.keys()].sort((one, other) => one - other);
      for (const tick of ticks.slice(0, -KEPT)) shown.delete(tick);
      setBoards(ticks.slice(-KEPT).map((tick) => shown.get(tick)!));
      return fresh.length;
    };
    board.on("publication", ({ data }) => {
      pane.tally.add("received", show([data]));
    });
    // First of all, and after a cut: what is missing in the chart.
    board.on("subscribed", async () => {
      const query = { limit: KEPT };
      const found = await board.history(query).catch(() => undefined);
      // With the line cut, the next subscription asks again.
      if (found === undefined) return;
      const filled = show(found.publications.map(({ data }) => data));
      if (isBack) pane.tally.add("recovered", filled);
      isBack = true;
    });
    board.subscribe();
  }, []);
  const newest = boards.at(-1);
  return (
    <>
      <ul class="quotes-board" aria-label="Board">
        {newest?.quotes.map((quote) => (
          <li key={quote.symbol}>
            <Row
              quote={quote}
              isChosen={quote.symbol === chosen}
              onChoose={() => setChosen(quote.symbol)}
            />
          </li>
        ))}
      </ul>
      <Chart boards={boards} symbol={chosen} />
    </>
  );
}

interface RowProps {
  readonly quote: Quote;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ quote, isChosen, onChoose }: RowProps) {
  const { symbol, price, change } = quote;
  const isUp = change >= 0;
  return (
    <button type="button" aria-pressed={String(isChosen)} onClick={onChoose}>
      <b>{symbol}</b>
      <span class="price">{price.toFixed(2)}</span>
      <span class={isUp ? "up" : "down"}>
        {isUp ? "▲" : "▼"} {Math.abs(change).toFixed(2)} %
      </span>
    </button>
  );
}
