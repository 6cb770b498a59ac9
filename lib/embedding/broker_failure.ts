/** Failures of a hub's broker, as a program gets them. */

import { errors, ProtocolError } from "../base/errors.ts";

/**
 * Carries out a call of a program that the broker has a part in.
 *
 * @throws {ProtocolError} If the program is wrong, as the call says; or 100, which is
 * temporary, if the broker has failed or is away.
 */
export async function withBroker<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const isMistake = error instanceof ProtocolError ||
      error instanceof TypeError || error instanceof RangeError;
    if (isMistake || !(error instanceof Error)) throw error;
    throw new ProtocolError(errors.internal, error.message, { cause: error });
  }
}
