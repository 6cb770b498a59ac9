/** The demos, in the order of their index. */

import { answer } from "./answer/rules.ts";
import { call } from "./call/rules.ts";
import { chat } from "./chat/rules.ts";
import { classroom } from "./classroom/rules.ts";
import { cursors } from "./cursors/rules.ts";
import { danmaku } from "./danmaku/rules.ts";
import { notifications } from "./notifications/rules.ts";
import { editor } from "./editor/rules.ts";
import { game } from "./game/rules.ts";
import { quotes } from "./quotes/rules.ts";
import type { Demo } from "./frame/demo.ts";

/** Every demo. */
export const DEMOS: readonly Demo[] = [
  chat,
  answer,
  danmaku,
  quotes,
  game,
  cursors,
  editor,
  call,
  classroom,
  notifications,
];
