/** Connection to the other side, and the signals by which the two agree on it. */

/** Message of one side for the other; each has one of the fields. */
export interface Signal {
  readonly description?: RTCSessionDescriptionInit;
  readonly candidate?: RTCIceCandidateInit;
  /** The call is over. */
  readonly bye?: true;
  /** True with the first description of a caller. */
  readonly invite?: boolean;
}

/** Properties of a connection. */
export interface PeerOptions {
  /** Pictures for the other side. */
  readonly media: MediaStream;
  readonly send: (signal: Signal) => void;
  readonly onPictures: (media: MediaStream) => void;
  readonly onState: (state: RTCPeerConnectionState) => void;
}

/** Opens a connection; `onOffer` is called when it is to make an offer. */
export function openPeer(
  { media, send, onPictures, onState }: PeerOptions,
  onOffer: () => void,
): RTCPeerConnection {
  // A call between networks needs servers for STUN and TURN here.
  const peer = new RTCPeerConnection();
  peer.onnegotiationneeded = onOffer;
  peer.onicecandidate = ({ candidate }) => {
    if (candidate !== null) send({ candidate: candidate.toJSON() });
  };
  peer.ontrack = ({ streams: [stream] }) => stream && onPictures(stream);
  peer.onconnectionstatechange = () => onState(peer.connectionState);
  for (const track of media.getTracks()) peer.addTrack(track, media);
  return peer;
}

/** Closes a connection, which calls back no more. */
export function closePeer(peer: RTCPeerConnection): void {
  peer.onnegotiationneeded = null;
  peer.onicecandidate = null;
  peer.close();
}
