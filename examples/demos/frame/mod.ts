/** Frame of the demos in the browser: what a page imports. */

export { hueOf } from "./names.ts";
export type { DemoPane } from "./pane.ts";
export { showDemo } from "./show_demo.tsx";
export type { Count, Tally } from "./tally.ts";
export { usePeople } from "./use_people.ts";
