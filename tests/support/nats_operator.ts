/** An operator of NATS, whose server admits users by JWTs alone: those of files with credentials. */

import { nkeys } from "@nats-io/transport-node";

/** Configuration of a server, and the text of a file that lets a user in. */
export interface NatsOperator {
  readonly config: string;
  readonly creds: string;
}

type KeyPair = ReturnType<typeof nkeys.createUser>;

const encoder = new TextEncoder();
const UNLIMITED = {
  ...{ subs: -1, data: -1, payload: -1, imports: -1, exports: -1 },
  ...{ wildcards: true, conn: -1, leaf: -1 },
};

/** Makes keys and JWTs of an operator, two accounts and a user. */
export function makeOperator(): NatsOperator {
  const operator = nkeys.createOperator();
  const [system, account] = [nkeys.createAccount(), nkeys.createAccount()];
  const user = nkeys.createUser();
  const jetStream = { mem_storage: -1, disk_storage: -1, streams: -1 };
  const accounts = [
    [system, UNLIMITED],
    [account, { ...UNLIMITED, ...jetStream, consumer: -1 }],
  ] as const;
  const operatorJwt = sign(operator, operator, "operator", {
    system_account: system.getPublicKey(),
  });
  const resolved = accounts.map(([key, limits]) =>
    `${key.getPublicKey()}: ${sign(operator, key, "account", { limits })}`
  );
  const userJwt = sign(account, user, "user", {
    ...{ pub: {}, sub: {}, subs: -1, data: -1, payload: -1 },
  });
  const seed = new TextDecoder().decode(user.getSeed());
  return {
    config: [
      `operator: ${operatorJwt}`,
      `system_account: ${system.getPublicKey()}`,
      "resolver: MEMORY",
      `resolver_preload: { ${resolved.join(", ")} }`,
    ].join("\n"),
    creds: [
      ...["-----BEGIN NATS USER JWT-----", userJwt],
      ...["------END NATS USER JWT------", ""],
      ...["-----BEGIN USER NKEY SEED-----", seed],
      ...["------END USER NKEY SEED------", ""],
    ].join("\n"),
  };
}

/** Signs claims about `subject`. */
function sign(
  issuer: KeyPair,
  subject: KeyPair,
  type: string,
  claims: Readonly<Record<string, unknown>>,
): string {
  const head = encode({ typ: "JWT", alg: "ed25519-nkey" });
  const body = encode({
    jti: crypto.randomUUID(),
    iat: Math.floor(Date.now() / 1_000),
    iss: issuer.getPublicKey(),
    name: type,
    sub: subject.getPublicKey(),
    nats: { ...claims, type, version: 2 },
  });
  const signature = issuer.sign(encoder.encode(`${head}.${body}`));
  return `${head}.${body}.${toBase64Url(signature)}`;
}

function encode(value: unknown): string {
  return toBase64Url(encoder.encode(JSON.stringify(value)));
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-")
    .replaceAll("/", "_").replaceAll("=", "");
}
