/** The demos, in the order of their index. */

import { answer } from "./answer/rules.ts";
import { chat } from "./chat/rules.ts";
import { quotes } from "./quotes/rules.ts";
import type { Demo } from "./frame/demo.ts";

/** Every demo. */
export const DEMOS: readonly Demo[] = [chat, answer, quotes];
