import { createHmac, timingSafeEqual } from "node:crypto";

/** `X-Hub-Signature-256` as GitHub writes it; anything else cannot be a signature and needs no body to be refused. */
export const signaturePattern = /^sha256=[0-9a-f]{64}$/;

/**
 * Whether one of the secrets signed exactly these bytes (HMAC-SHA-256 over the raw body, as GitHub's page
 * "Validating webhook deliveries" describes it). `signature` has been matched with `signaturePattern`.
 */
export function isSigned(body: Buffer, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature.slice("sha256=".length), "hex");
  return secrets.some((secret) => timingSafeEqual(given, createHmac("sha256", secret).update(body).digest()));
}
