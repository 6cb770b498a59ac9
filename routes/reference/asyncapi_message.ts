/** Message of a protocol, for `/asyncapi.json`. */

/** A message as AsyncAPI describes it. */
export interface Message {
  readonly name: string;
  readonly summary: string;
  readonly contentType: "text/plain" | "application/json";
  /** The side that sends it. */
  readonly from: "client" | "server";
  readonly payload: object;
  readonly examples: readonly { readonly payload: unknown }[];
}
