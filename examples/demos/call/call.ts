/** One call: a WebRTC connection, agreed on with perfect negotiation. */

/** Message of one side for the other; each has one of the fields. */
export interface Signal {
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
  /** The call is over. */
  readonly bye?: true;
  /** True with the first description of a caller. */
  readonly invite?: boolean;
}

/** Properties of a call. */
export interface CallOptions {
  /** Gives way where both sides make an offer at the same moment; the other side does not. */
  readonly isPolite: boolean;
  /** True for the one who calls. */
  readonly isCaller: boolean;
  /** Pictures for the other side. */
  readonly media: MediaStream;
  readonly send: (signal: Signal) => void;
  readonly onPictures: (media: MediaStream) => void;
  readonly onState: (state: RTCPeerConnectionState) => void;
}

/** A call from its beginning to its end. */
export class Call {
  // A call between networks needs servers for STUN and TURN here.
  readonly #peer = new RTCPeerConnection();
  readonly #options: CallOptions;
  #isInvited: boolean;
  #isOffering = false;
  #ignoresOffer = false;
  /** Signals are taken one after the other. */
  #taking = Promise.resolve();

  /** Begins; a caller sends an offer by itself. */
  constructor(options: CallOptions) {
    const { media, isCaller, send, onPictures, onState } = options;
    this.#options = options;
    this.#isInvited = !isCaller;
    const peer = this.#peer;
    peer.onnegotiationneeded = () => this.#offer();
    peer.onicecandidate = ({ candidate }) => {
      if (candidate !== null) send({ candidate: candidate.toJSON() });
    };
    peer.ontrack = ({ streams: [stream] }) => stream && onPictures(stream);
    peer.onconnectionstatechange = () => onState(peer.connectionState);
    for (const track of media.getTracks()) peer.addTrack(track, media);
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
    this.#peer.onnegotiationneeded = null;
    this.#peer.close();
    for (const track of this.#options.media.getTracks()) track.stop();
  }

  async #offer(): Promise<void> {
    // One who was called answers first, with pictures of its own.
    if (this.#isInvited && this.#peer.remoteDescription === null) return;
    this.#isOffering = true;
    try {
      await this.#peer.setLocalDescription();
      this.#sendDescription({ invite: !this.#isInvited });
      this.#isInvited = true;
    } finally {
      this.#isOffering = false;
    }
  }

  async #take({ description, candidate }: Signal): Promise<void> {
    const peer = this.#peer;
    if (peer.signalingState === "closed") return;
    if (description !== undefined) {
      const isOffer = description.type === "offer";
      const isBusy = this.#isOffering || peer.signalingState !== "stable";
      this.#ignoresOffer = isOffer && isBusy && !this.#options.isPolite;
      if (this.#ignoresOffer) return;
      // A polite side drops its own offer with this.
      await peer.setRemoteDescription(description);
      if (!isOffer) return;
      await peer.setLocalDescription();
      this.#sendDescription({});
    } else if (candidate !== undefined && !this.#ignoresOffer) {
      await peer.addIceCandidate(candidate);
    }
  }

  #sendDescription(rest: Signal): void {
    const { localDescription } = this.#peer;
    if (localDescription === null) return;
    this.#options.send({ ...rest, description: localDescription.toJSON() });
  }
}
