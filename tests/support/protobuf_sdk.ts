/** The protobuf build of the official SDK, whose data are bytes, as a client whose data are JSON. */

import type { Centrifuge, Options, TransportEndpoint } from "centrifuge";
import { Centrifuge as ProtobufCentrifuge } from "centrifuge/build/protobuf";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Index of the data among the arguments of the methods that have some. */
const DATA_ARGUMENT: Readonly<Record<string, number>> = {
  send: 0,
  setData: 0,
  rpc: 1,
};

/** Makes a client: what it sends is JSON as bytes, and the bytes that come are JSON. */
export function protobufSdk(
  transports: TransportEndpoint[],
  options: Partial<Options>,
): Centrifuge {
  const client = new ProtobufCentrifuge(transports, withBytes(options));
  return viewOf(client, 1) as unknown as Centrifuge;
}

/** A client or subscription, whose method `publish` has its data at an index. */
function viewOf<T extends object>(target: T, publish: number): T {
  return new Proxy(target, {
    get(_, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const method = String(name);
        const index = method === "publish" ? publish : DATA_ARGUMENT[method];
        if (index !== undefined) args[index] = toBytes(args[index]);
        if (method === "newSubscription") {
          const [channel, subscription] = args;
          const made = value.call(target, channel, withBytes(subscription));
          return viewOf(made, 0);
        }
        if (method === "on" || method === "once") {
          const [event, listener] = args as [string, (it: unknown) => void];
          return value.call(
            target,
            event,
            (it: unknown) => listener(toJson(it)),
          );
        }
        const result = value.apply(target, args);
        return result instanceof Promise ? result.then(toJson) : result;
      };
    },
  });
}

/** Options with their data as bytes. */
function withBytes(options: unknown): object {
  if (typeof options !== "object" || options === null) return {};
  return "data" in options && options.data !== undefined
    ? { ...options, data: toBytes(options.data) }
    : options;
}

function toBytes(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** A context with all bytes in it as the JSON that they are. */
function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    // Without data there are no bytes.
    return value.length > 0 ? JSON.parse(decoder.decode(value)) : undefined;
  }
  if (Array.isArray(value)) return value.map(toJson);
  const isPlain = typeof value === "object" && value !== null &&
    !(value instanceof Error) &&
    (value.constructor === Object || value.constructor === undefined);
  if (!isPlain) return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([key, each]) => [key, toJson(each)]),
  );
}
