/** A board of prices, and the chart of one share over the last minute. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useState } from "hono/jsx/dom";
import { type DemoPane, showDemo } from "../frame/mod.ts";
import { Chart } from "./chart.tsx";
import { type Board, KEPT, type Quote } from "./market.ts";

/** A board and its place in the channel. */
interface Placed {
  readonly offset: number;
  readonly board: Board;
}

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
    let shown: readonly Placed[] = [];
    let isBack = false;
    const show = (placed: readonly Placed[]) => {
      const known = new Set(shown.map(({ offset }) => offset));
      const fresh = placed.filter(({ offset }) => !known.has(offset));
      shown = [...shown, ...fresh]
        .sort((one, other) => one.offset - other.offset).slice(-KEPT);
      setBoards(shown.map(({ board }) => board));
      return fresh.length;
    };
    board.on("publication", ({ data, offset = 0 }) => {
      pane.tally.add("received", show([{ offset, board: data }]));
    });
    // First of all, and after a cut: what is missing in the chart.
    board.on("subscribed", async () => {
      const { publications } = await board.history({ limit: KEPT });
      const placed = publications.map(({ data, offset = 0 }) => ({
        offset,
        board: data,
      }));
      const filled = show(placed);
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
