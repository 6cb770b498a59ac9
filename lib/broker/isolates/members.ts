/** Followers of a sequencer: they are taken in, their calls carried out, and their end noticed. */

import type { Clock } from "../../base/clock.ts";
import { encode, encodeAnswers, encodeResult, fromPublish } from "./codec.ts";
import type { Discovery } from "./discovery.ts";
import { Link } from "./link.ts";
import { openWire } from "./link_channels.ts";
import type { Call, FollowerMessage, Request, Results } from "./messages.ts";
import type { OpenChannel } from "./platform.ts";
import type { Outgoing } from "./send_queue.ts";
import type { FollowerNode, Sequencer } from "./sequencer.ts";

/** Options of {@linkcode Members}. */
export interface MembersOptions {
  readonly clock: Clock;
  readonly openChannel: OpenChannel;
  readonly cluster: string;
  /** This node's name. */
  readonly node: string;
  readonly discovery: Discovery;
  readonly sequencer: Sequencer;
  readonly maxWaitingBytes: number;
  readonly onDrop: (count: number) => void;
  readonly onError: (error: unknown) => void;
}

const GAP: Outgoing = { text: encode(["gap"]) };
const JOINED: Outgoing = { text: encode(["joined"]) };
const BYE: Outgoing = { text: encode(["bye"]) };

/** All nodes of this process but the sequencer's own. */
export class Members {
  readonly #options: MembersOptions;
  readonly #members = new Map<string, Member>();
  #closed = false;

  /** Creates an empty list. */
  constructor(options: MembersOptions) {
    this.#options = options;
  }

  /** Takes in all nodes that are there, as after the end of another sequencer. */
  async welcomeAll(): Promise<void> {
    for (const node of await this.#options.discovery.others()) {
      this.#welcome(node);
    }
  }

  /** Takes in a node that says hello, if it is of this process. */
  async onHello(node: string): Promise<void> {
    const others = await this.#options.discovery.others();
    if (others.includes(node)) this.#welcome(node);
  }

  /** Says goodbye to all followers, and ends their links. */
  async close(): Promise<void> {
    this.#closed = true;
    const members = [...this.#members.values()];
    await Promise.all(members.map((member) => member.bye()));
    for (const member of members) member.close();
  }

  #welcome(node: string): void {
    if (this.#closed) return;
    if (!this.#members.has(node)) this.#add(node);
    this.#options.discovery.welcome(node);
  }

  #add(node: string): void {
    const { discovery, sequencer } = this.#options;
    const end = () => {
      stopWatching();
      this.#members.delete(node);
      sequencer.unfollow(member);
      member.close();
    };
    const member = new Member(node, this.#options, end);
    const stopWatching = discovery.watch(node, end);
    this.#members.set(node, member);
    sequencer.follow(member);
  }
}

/** One follower. */
class Member implements FollowerNode {
  readonly node: string;
  readonly #options: MembersOptions;
  readonly #link: Link;
  readonly #onBye: () => void;
  #isJoined = false;
  #isClosing = false;

  constructor(node: string, options: MembersOptions, onBye: () => void) {
    this.node = node;
    this.#options = options;
    this.#onBye = onBye;
    this.#link = new Link({
      ...options,
      gap: GAP,
      open: (receive) => openWire({ ...options, other: node }, receive),
      onMessage: (message) => this.#receive(message as FollowerMessage),
    });
  }

  send(message: Outgoing): void {
    this.#link.send(message);
  }

  /** Says goodbye; does not wait for a node that has never said anything. */
  async bye(): Promise<void> {
    this.#isClosing = true;
    if (this.#isJoined) await this.#link.finish(BYE);
  }

  close(): void {
    this.#link.close();
  }

  #receive(message: FollowerMessage): void {
    const { sequencer } = this.#options;
    // No reply would reach it before the goodbye.
    if (this.#isClosing) return;
    switch (message[0]) {
      case "join":
        this.#isJoined = true;
        sequencer.join(message[1], this);
        return this.send(JOINED);
      case "answer":
        return sequencer.questions.settle(message[1], message[2]);
      case "failure":
        return sequencer.questions.fail(message[1], new Error(message[2]));
      case "bye":
        this.#link.flush();
        this.#link.acknowledge();
        return this.#onBye();
      default:
        return carryOut(sequencer, message, {
          follower: this,
          reply: (text) => this.#link.send({ text }),
        });
    }
  }
}

/** Caller of a {@linkcode carryOut}. */
export interface Caller {
  /** The node that calls; `undefined` for the sequencer's own. */
  readonly follower: FollowerNode | undefined;
  /** Takes the text of the reply. */
  readonly reply: (text: string) => void;
}

/** Carries out a call that came as a message. Its effect is there when this returns. */
export function carryOut(
  sequencer: Sequencer,
  call: Call,
  { follower, reply }: Caller,
): void {
  const [kind, id] = call;
  const fail = (error: unknown) =>
    reply(encode(["failure", id, reasonOf(error)]));
  switch (kind) {
    case "publish":
      try {
        const published = sequencer.publish(fromPublish(call));
        const { offset, epoch, delivered } = published;
        return reply(encode(["published", id, offset, epoch, delivered]));
      } catch (error) {
        fail(error);
        throw error;
      }
    case "ask":
      sequencer.ask(call[2] ?? undefined, call[3])
        .then((answers) => reply(encodeAnswers(id, answers)))
        .catch(fail);
      return;
    case "request": {
      const result = resultOf(sequencer, call[2], follower);
      const succeed = (result: Results[keyof Results]) =>
        reply(encodeResult(id, result));
      // At once where possible: the reply to a subscription has to come before
      // what is delivered from then on.
      if (result instanceof Promise) result.then(succeed).catch(fail);
      else succeed(result);
    }
  }
}

function resultOf(
  sequencer: Sequencer,
  request: Request,
  follower: FollowerNode | undefined,
): Results[keyof Results] | Promise<Results[keyof Results]> {
  const { memory } = sequencer;
  const [method, channel] = request;
  switch (method) {
    case "subscribe":
      return sequencer.subscribe(channel, follower);
    case "unsubscribe":
      return sequencer.unsubscribe(channel, follower);
    case "position":
      return memory.position(channel);
    case "removeHistory":
      return memory.removeHistory(channel);
    case "recover":
      return memory.recover(channel, request[2]);
    case "history":
      return memory.history(channel, request[2]);
    case "add":
      return sequencer.add(channel, request[2], follower);
    case "remove":
      return sequencer.remove(channel, request[2]);
    case "get":
      return sequencer.presence.get(channel).then((infos) => [
        ...infos.values(),
      ]);
    case "stats":
      return sequencer.presence.stats(channel);
  }
}

/** Describes an error to another node. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
