/** The demos, in the order of their index. */

import { chat } from "./chat/rules.ts";
import type { Demo } from "./frame/demo.ts";

/** Every demo. */
export const DEMOS: readonly Demo[] = [chat];
