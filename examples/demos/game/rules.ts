/** Rules of the game on the server, which alone decides about a move; the offset of a publication is its number. */

import type { EmbeddedHub } from "@thrum/thrum";
import type { Demo } from "../frame/demo.ts";
import { denied } from "../frame/refusals.ts";
import { type Game, NEW_GAME, play, refuse } from "./board.ts";

const OTHERS = "others play this game";
const TAKEN = "this cell is not free";

/** A board for two, and for all who watch. */
export const game: Demo = {
  name: "game",
  title: "Multiplayer game",
  summary:
    "Noughts and crosses, where the server decides about each move and gives it its number.",
  hint:
    "Play against yourself; cut a line while the other side moves, and look at the board when it is back.",
  shows: ["rules on the server", "versions", "recovery", "presence"],
  channels: { "game:*": { allow: ["subscribe", "history"] } },
  sources: ["page.tsx", "rules.ts", "board.ts"],
  rules: ({ hub }) => ({
    async onRpc({ connection, method, data }) {
      const name = connection?.uid ?? "";
      const { room, cell, number } = Object(data);
      const channel = `game:${room}`;
      const query = { limit: 1, reverse: true };
      const { position, publications } = await hub.history(channel, query);
      const before: Game = Object(publications[0]?.data ?? NEW_GAME);
      if (number !== position.offset + 1) {
        throw denied("the board has changed meanwhile");
      }
      const isNew = method === "game:new";
      const reason = isNew
        ? await mayEnd(hub, channel, before, name) ? "" : OTHERS
        : refuse(before, name) || (before.cells[cell] === "" ? "" : TAKEN);
      if (reason !== "") throw denied(reason);
      const after = isNew ? NEW_GAME : play(before, name, cell);
      // Of two moves with the same number, on whichever node, the first counts.
      await hub.publish(channel, after, { version: number });
    },
  }),
};

/** A game is ended by its players, or where one of them has left. */
async function mayEnd(
  hub: EmbeddedHub,
  channel: string,
  { players, winner }: Game,
  name: string,
): Promise<boolean> {
  const names = Object.values(players);
  if (winner !== "" || names.length < 2 || names.includes(name)) return true;
  const here = await hub.presence(channel);
  const users = new Set([...here.values()].map(({ user }) => user));
  return !names.every((player) => users.has(player));
}
