/** Frame of the demos in the browser: what a page imports. */

export { hueOf } from "./names.ts";
export type { DemoPane } from "./pane.ts";
export { readChannel } from "./read_channel.ts";
export { showDemo } from "./show_demo.tsx";
export type { Count, Recovery, Tally } from "./tally.ts";
export { TextForm } from "./text_form.tsx";
export { usePeople } from "./use_people.ts";
