/** Noughts and crosses: a game as a value, and its next move. */

/** Mark of a player. */
export type Mark = "X" | "O";

/** State of a game, which each publication has as a whole. */
export interface Game {
  /** Nine marks, row by row; an empty text is a free cell. */
  readonly cells: readonly (Mark | "")[];
  /** Names by mark; the first move of a mark takes it. */
  readonly players: { readonly X?: string; readonly O?: string };
  readonly next: Mark;
  readonly winner: Mark | "draw" | "";
}

/** A game without a move. */
export const NEW_GAME: Game = {
  cells: Array(9).fill(""),
  players: {},
  next: "X",
  winner: "",
};

const LINES = ["012", "345", "678", "036", "147", "258", "048", "246"];

/** Reason why a player may not move now; an empty text if the move is allowed. */
export function refuse({ players, next, winner }: Game, name: string): string {
  if (winner !== "") return "the game is over";
  const { [next]: owner, [other(next)]: opponent } = players;
  if (owner === name || (owner === undefined && opponent !== name)) return "";
  const isPlayer = owner === name || opponent === name;
  return isPlayer ? "it is not your turn" : "others play this game";
}

/** The game after a move into a free cell. */
export function play(game: Game, name: string, cell: number): Game {
  const { next, players } = game;
  const cells = game.cells.with(cell, next);
  const hasWon = LINES.some((line) =>
    [...line].every((index) => cells[Number(index)] === next)
  );
  const isFull = !cells.includes("");
  return {
    cells,
    players: { ...players, [next]: name },
    next: other(next),
    winner: hasWon ? next : isFull ? "draw" : "",
  };
}

function other(mark: Mark): Mark {
  return mark === "X" ? "O" : "X";
}
