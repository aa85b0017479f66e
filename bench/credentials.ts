import { generateKeyPairSync } from "node:crypto";

/** The app as GitHub would know it. */
export const credentials = {
  appId: 4711,
  webhookSecret: "a secret of the benchmark",
  ...generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }),
} as const;
