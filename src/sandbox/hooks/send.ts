import { createHmac } from "node:crypto";
import { machineNow } from "../clock.ts";

export type Receiver = {
  readonly url: string;
  readonly secret: string;
  readonly appId: number;
  /** In ms. */
  readonly answerWithin: number;
};

export type Outcome = { readonly status: number; readonly ms: number; readonly answer: string };

/** The headers GitHub sends with a payload; the signature is over exactly these bytes. */
export function hookHeaders(receiver: Receiver, delivery: { readonly guid: string; readonly event: string; readonly body: Buffer }) {
  const signed = (algorithm: string) => createHmac(algorithm, receiver.secret).update(delivery.body).digest("hex");
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/5a4d8bc",
    "x-github-delivery": delivery.guid,
    "x-github-event": delivery.event,
    "x-github-hook-id": `${receiver.appId}01`,
    "x-github-hook-installation-target-id": `${receiver.appId}`,
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": `sha1=${signed("sha1")}`,
    "x-hub-signature-256": `sha256=${signed("sha256")}`,
  };
}

/** One POST to the app. Never throws: an app that is away, slow or hanging up is status 0, and GitHub does not try again. */
export async function post(
  receiver: Receiver,
  delivery: { readonly guid: string; readonly event: string; readonly body: Buffer },
  stopped: AbortSignal,
): Promise<Outcome> {
  const start = machineNow();
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(receiver.answerWithin)]);
  try {
    const headers = hookHeaders(receiver, delivery);
    const answer = await fetch(receiver.url, { method: "POST", headers, body: delivery.body, signal, redirect: "manual" });
    const text = await answer.text();
    return { status: answer.status, ms: machineNow() - start, answer: text };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return { status: 0, ms: machineNow() - start, answer: timedOut ? "timed out" : "failed to connect to host" };
  }
}
