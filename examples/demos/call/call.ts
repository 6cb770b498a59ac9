/** One call: a WebRTC connection, agreed on with perfect negotiation. */

import { closePeer, openPeer, type PeerOptions, type Signal } from "./peer.ts";

/** Properties of a call. */
export interface CallOptions extends PeerOptions {
  /** Gives way where both sides make an offer at the same moment; the other side does not. */
  readonly isPolite: boolean;
  /** True for the one who calls. */
  readonly isCaller: boolean;
}

/** A call from its beginning to its end. */
export class Call {
  readonly #options: CallOptions;
  #peer: RTCPeerConnection;
  #isInvited: boolean;
  #isOffering = false;
  #ignoresOffer = false;
  /** Signals are taken one after the other. */
  #taking = Promise.resolve();

  /** Begins; a caller sends an offer by itself. */
  constructor(options: CallOptions) {
    this.#options = options;
    this.#isInvited = !options.isCaller;
    this.#peer = this.#open();
  }

  /** Takes a signal of the other side. */
  take(signal: Signal): Promise<void> {
    // One that does not fit, since those before it were lost, stops none that follow.
    return this.#taking = this.#taking.then(() => this.#take(signal))
      .catch(() => {});
  }

  /** Makes up for signals that were lost: by another offer, or in the middle of an agreement by the last description again. */
  restart(): void {
    const { signalingState, connectionState } = this.#peer;
    const isAgreed = signalingState === "stable" &&
      !["new", "connecting"].includes(connectionState);
    if (isAgreed) this.#peer.restartIce();
    else this.#sendDescription({ invite: this.#options.isCaller });
  }

  /** Ends it here. */
  close(): void {
    closePeer(this.#peer);
    for (const track of this.#options.media.getTracks()) track.stop();
  }

  #open(): RTCPeerConnection {
    return openPeer(this.#options, () => this.#offer());
  }

  /** Drops an offer of its own, the first one, with its connection: taken back on the same one, Chromium may look for no way to the other side. */
  #giveWay(): void {
    closePeer(this.#peer);
    this.#isInvited = true;
    this.#isOffering = false;
    this.#peer = this.#open();
  }

  async #offer(): Promise<void> {
    const peer = this.#peer;
    // One who was called answers first, with pictures of its own.
    if (this.#isInvited && peer.remoteDescription === null) return;
    this.#isOffering = true;
    try {
      await peer.setLocalDescription();
      if (peer !== this.#peer) return;
      this.#sendDescription({ invite: !this.#isInvited });
      this.#isInvited = true;
    } finally {
      if (peer === this.#peer) this.#isOffering = false;
    }
  }

  async #take({ description, candidate }: Signal): Promise<void> {
    const { signalingState, remoteDescription } = this.#peer;
    if (signalingState === "closed") return;
    if (description !== undefined) {
      const isOffer = description.type === "offer";
      const isBusy = this.#isOffering || signalingState !== "stable";
      this.#ignoresOffer = isOffer && isBusy && !this.#options.isPolite;
      if (this.#ignoresOffer) return;
      if (isOffer && isBusy && remoteDescription === null) this.#giveWay();
      const peer = this.#peer;
      // A later offer of a polite side is dropped by this.
      await peer.setRemoteDescription(description);
      if (!isOffer) return;
      await peer.setLocalDescription();
      this.#sendDescription({});
    } else if (candidate !== undefined && !this.#ignoresOffer) {
      await this.#peer.addIceCandidate(candidate);
    }
  }

  #sendDescription(rest: Signal): void {
    const { localDescription } = this.#peer;
    if (localDescription === null) return;
    this.#options.send({ ...rest, description: localDescription.toJSON() });
  }
}
