/** A certificate for localhost, made for one test. */

/** Paths of a certificate and its key, and its text. */
export interface Certificate {
  readonly certificatePath: string;
  readonly keyPath: string;
  /** Both in one file, as some programs want them. */
  readonly bundlePath: string;
  /** The certificate in PEM, for `caCerts`. */
  readonly pem: string;
}

const SUBJECT = [
  ["-subj", "/CN=localhost"],
  ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
  ["-addext", "basicConstraints=critical,CA:FALSE"],
].flat();

/** Makes one that is valid for a day, in a directory. */
export async function makeCertificate(
  directory: string,
): Promise<Certificate> {
  const certificatePath = `${directory}/tls.crt`;
  const keyPath = `${directory}/tls.key`;
  const bundlePath = `${directory}/tls.pem`;
  const { success, stderr } = await new Deno.Command("openssl", {
    args: [
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
      ["-nodes", "-days", "1", "-keyout", keyPath, "-out", certificatePath],
      SUBJECT,
    ].flat(),
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const pem = await Deno.readTextFile(certificatePath);
  await Deno.writeTextFile(bundlePath, pem + await Deno.readTextFile(keyPath));
  return { certificatePath, keyPath, bundlePath, pem };
}
