/** Which nodes are subscribed to which channels, as the sequencer sees it. */

/** Who is subscribed to one channel. */
export interface Interest<M> {
  /** Whether the sequencer's own node is. */
  own: boolean;
  /** The others. */
  readonly members: Set<M>;
}

/** Channels that somebody is subscribed to; a member stands for another node. */
export class Interests<M> {
  readonly #interests = new Map<string, Interest<M>>();

  /** Who is subscribed to a channel; `undefined` for nobody. */
  get(channel: string): Interest<M> | undefined {
    return this.#interests.get(channel);
  }

  /** Adds a member, or the own node; returns whether it is the first. */
  add(channel: string, member: M | undefined): boolean {
    const known = this.#interests.get(channel);
    const interest = known ?? { own: false, members: new Set() };
    if (member === undefined) interest.own = true;
    else interest.members.add(member);
    if (known === undefined) this.#interests.set(channel, interest);
    return known === undefined;
  }

  /** Removes a member, or the own node; returns whether it was the last. */
  remove(channel: string, member: M | undefined): boolean {
    const interest = this.#interests.get(channel);
    if (interest === undefined) return false;
    if (member === undefined) interest.own = false;
    else interest.members.delete(member);
    if (interest.own || interest.members.size > 0) return false;
    this.#interests.delete(channel);
    return true;
  }

  /** Removes a member from all channels but some; returns those in which it was the last. */
  removeAll(
    member: M,
    { but }: { readonly but: ReadonlySet<string> },
  ): readonly string[] {
    const last = [];
    // That is seldom, so nodes need no list of their channels.
    for (const [channel, { members }] of this.#interests) {
      if (!members.has(member) || but.has(channel)) continue;
      if (this.remove(channel, member)) last.push(channel);
    }
    return last;
  }
}
