/** Noughts and crosses for two: moves are proposed to the server, and what it publishes is the board. */

import { Centrifuge, type Subscription } from "centrifuge";
import { render, useEffect, useState } from "hono/jsx/dom";
import { type DemoPane, readChannel, showDemo } from "../frame/mod.ts";
import { type Game, NEW_GAME, refuse } from "./board.ts";

showDemo((pane) => {
  const client = new Centrifuge(pane.url, pane.options);
  const moves = client.newSubscription(`game:${pane.room}`);
  pane.tally.follow(moves);
  render(<Board pane={pane} client={client} moves={moves} />, pane.root);
  client.connect();
});

interface BoardProps {
  readonly pane: DemoPane;
  readonly client: Centrifuge;
  readonly moves: Subscription;
}

/** A game, and the number of its newest move. */
interface Numbered {
  readonly game: Game;
  readonly offset: number;
}

function Board({ pane, client, moves }: BoardProps) {
  const [{ game, offset }, setGame] = useState<Numbered>({
    game: NEW_GAME,
    offset: 0,
  });
  const [problem, setProblem] = useState("");
  useEffect(() => {
    readChannel(moves, {
      limit: 1,
      reverse: true,
      onHistory: ([newest], offset) =>
        setGame({ game: newest?.data ?? NEW_GAME, offset }),
      onPublication({ data, offset = 0 }) {
        setGame({ game: data, offset });
        setProblem("");
      },
    });
    moves.subscribe();
  }, []);
  const propose = async (method: string, cell?: number) => {
    const move = { room: pane.room, cell, number: offset + 1 };
    try {
      await client.rpc(method, move);
    } catch (error) {
      setProblem(Object(error).message);
    }
  };
  const reason = refuse(game, pane.name);
  return (
    <>
      <p role="status" aria-label="State of the game" class="game-state">
        {problem || stateOf(game, reason)}
      </p>
      <div class="game-board">
        {game.cells.map((mark, cell) => (
          <button
            type="button"
            key={cell}
            class={mark}
            aria-label={`Cell ${cell + 1}: ${mark || "free"}`}
            disabled={mark !== "" || reason !== ""}
            onClick={() => propose("game:move", cell)}
          >
            {mark}
          </button>
        ))}
      </div>
      <div class="game-foot">
        <span>Move {offset}</span>
        <button type="button" onClick={() => propose("game:new")}>
          New game
        </button>
      </div>
    </>
  );
}

function stateOf({ winner, next, players }: Game, reason: string): string {
  if (winner === "draw") return "A draw.";
  if (winner !== "") return `${winner} wins: ${players[winner]}.`;
  if (reason === "") return `Your move: you are ${next}.`;
  return `${next} is to move${players[next] ? `: ${players[next]}` : ""}.`;
}
