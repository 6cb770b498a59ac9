/** Topics of the notifications. */

/** Every topic: the last part of a channel's name. */
export const TOPICS: readonly string[] = ["trains", "weather", "sports"];
