/** Address of a client: its own, or what a proxy says that is trusted. */

import ipaddr from "ipaddr.js";
import { requireTexts } from "../base/options.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

/** Bits of an IPv6 address that one customer of a network usually has of its own. */
const IPV6_BITS = 64;

/** Rule of {@linkcode TrustedProxies}, for error messages. */
const NETWORK_RULE = "addresses and networks such as 10.0.0.0/8";

/** Kinds of addresses of proxies that no setting names: by them all clients would seem to be one. */
const INTERNAL: ReadonlySet<string> = new Set([
  "loopback",
  "linkLocal",
  "private",
  "uniqueLocal",
  "unspecified",
]);

/** Checks whether a text is an address, or a network such as `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  return parseRange(text) !== undefined;
}

/** The name that limits are counted by, of an address that a program knows; any other text is its own name. */
export function addressName(text: string): string {
  const address = parse(text);
  return address === undefined ? text : networkOf(address);
}

/** Proxies whose word on the address of a client is taken. */
export class TrustedProxies {
  readonly #ranges: readonly Range[];
  #lastPeer: string | undefined;
  #lastAddress: string | undefined;

  /**
   * Takes addresses and networks.
   *
   * @throws {TypeError} If they are no list, or one of them is neither.
   */
  constructor(networks: readonly string[] = []) {
    requireTexts("use trustedProxies", networks, NETWORK_RULE);
    this.#ranges = networks.map((network) => {
      const range = parseRange(network);
      if (range !== undefined) return range;
      throw new TypeError(
        `Cannot trust the proxy "${network}": expected an address or a network such as 10.0.0.0/8`,
      );
    });
  }

  /**
   * The address that a client's limits are counted by, an IPv6 address as its network
   * of 64 bits; `undefined` if it is not known. `peer` is the other end of the
   * connection. If that is a trusted proxy, its headers are read from the right: the
   * first address that is not a trusted proxy's is the client's (RFC 7239, §5.2 and
   * §7.4). Where no proxy is trusted, an address of an internal network may be that
   * of a proxy, and is not counted.
   */
  addressOf(headers: Headers, peer: string | undefined): string | undefined {
    if (this.#ranges.length === 0) return this.#addressOfPeer(peer);
    let address = parse(peer);
    if (address === undefined) return undefined;
    const hops = hopsOf(headers);
    // A header that the proxy does not write is the client's own invention.
    if (hops === undefined) return networkOf(address);
    while (address !== undefined && this.#isTrusted(address)) {
      const hop = hops.pop();
      // A request of the proxy itself, such as a check of its health.
      if (hop === undefined) return undefined;
      address = parse(hop);
    }
    return address && networkOf(address);
  }

  /** The address of the other end itself. Clients behind one proxy have the same. */
  #addressOfPeer(peer: string | undefined): string | undefined {
    if (peer === this.#lastPeer) return this.#lastAddress;
    const address = parse(peer);
    const isKnown = address !== undefined && !INTERNAL.has(address.range());
    this.#lastPeer = peer;
    this.#lastAddress = isKnown ? networkOf(address) : undefined;
    return this.#lastAddress;
  }

  #isTrusted(address: Address): boolean {
    return this.#ranges.some(([network, bits]) =>
      address instanceof ipaddr.IPv4
        ? network instanceof ipaddr.IPv4 && address.match(network, bits)
        : network instanceof ipaddr.IPv6 && address.match(network, bits)
    );
  }
}

/**
 * Addresses that proxies have noted in `X-Forwarded-For` or `Forwarded`, the last one
 * at the end; `undefined` if the two contradict each other.
 */
function hopsOf(headers: Headers): string[] | undefined {
  const list = headers.get("x-forwarded-for") ?? "";
  const hops = list === "" ? [] : list.split(",").map(withoutPort);
  const forwarded = forwardedOf(headers);
  if (forwarded.length === 0 || hops.at(-1) === forwarded.at(-1)) return hops;
  return hops.length === 0 ? forwarded : undefined;
}

function forwardedOf(headers: Headers): string[] {
  const forwarded = headers.get("forwarded") ?? "";
  if (forwarded === "") return [];
  return forwarded.split(",").map((element) => {
    const [, value = ""] =
      /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;,"\s]+)/i.exec(element) ?? [];
    return withoutPort(value.replaceAll('"', ""));
  });
}

/** `192.0.2.1:4711` and `[2001:db8::1]:4711` without their ports. */
function withoutPort(text: string): string {
  const trimmed = text.trim();
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(trimmed) ?? [];
  if (bracketed !== undefined) return bracketed;
  const [, v4] = /^([^:]+):\d+$/.exec(trimmed) ?? [];
  return v4 ?? trimmed;
}

/** An IPv4 address inside an IPv6 one is the former. */
function parse(text: string | undefined): Address | undefined {
  if (text === undefined || !isWhole(text)) return undefined;
  return ipaddr.process(text);
}

/** `ipaddr.js` takes octal numbers and addresses of fewer parts, too, which others read differently. */
function isWhole(text: string): boolean {
  return text.includes(":")
    ? ipaddr.IPv6.isValid(text)
    : ipaddr.IPv4.isValidFourPartDecimal(text);
}

function parseRange(text: string): Range | undefined {
  const [, base = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  if (!isWhole(base)) return undefined;
  const address = ipaddr.parse(base);
  const most = address.kind() === "ipv4" ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  return bits > most ? undefined : [address, bits];
}

function networkOf(address: Address): string {
  if (address.kind() === "ipv4") return address.toString();
  const bytes = address.toByteArray();
  const network = bytes.map((byte, at) => at < IPV6_BITS / 8 ? byte : 0);
  return `${ipaddr.fromByteArray(network)}/${IPV6_BITS}`;
}
