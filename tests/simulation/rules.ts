/** Users, channels, and who may read what: written again, so that it can be compared with what the hub permits. */

/** Users of a world; a user may have several clients. */
export const USERS = ["alice", "bob", "carol"];

/** Channel that needs a token. */
export const PRIVATE = "$vip";
/** Channel without a history. */
export const FLEETING = "live:ticks";
/** Channel for the users that its name lists. */
export const TEAM = "team#alice,bob";
/** Channels with a history. */
export const KEPT = ["news", PRIVATE, TEAM];
/** All channels. */
export const CHANNELS = [...KEPT, FLEETING];

const VIPS = new Set(["alice", "carol"]);

/** Permissions as the application would write them down. */
export class Rules {
  readonly #banned = new Set<string>();

  /** True if a user may have a token for the private channel. */
  hasToken(uid: string): boolean {
    return VIPS.has(uid);
  }

  /** True if a user may read a channel now. */
  permits(uid: string, channel: string): boolean {
    return !this.isBanned(uid, channel) && this.mayEver(uid, channel);
  }

  /** True if a user may read a channel while there is no ban. */
  mayEver(uid: string, channel: string): boolean {
    if (channel === PRIVATE) return this.hasToken(uid);
    if (channel === TEAM) return uid === "alice" || uid === "bob";
    return true;
  }

  isBanned(uid: string, channel: string): boolean {
    return this.#banned.has(`${uid} ${channel}`);
  }

  ban(uid: string, channel: string): void {
    this.#banned.add(`${uid} ${channel}`);
  }

  /** Lifts all bans. */
  pardon(): void {
    this.#banned.clear();
  }
}
