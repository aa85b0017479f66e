import { createHmac } from "node:crypto";
import { examplePayload } from "../../test/webhook-examples.ts";
import type { Load } from "./words.ts";

/** Signed pushes in GitHub's own shape, all of exactly this many bytes: the commit's message is as long as it takes. */
export function signedPushes(ask: { readonly count: number; readonly bytes: number; readonly secret: string }): Load["deliveries"] {
  return Array.from({ length: ask.count }, (_, index) => {
    const bare = pushWith(`refs AUTH-${index}: `);
    const body = pushWith(`refs AUTH-${index}: ${"plan ".repeat(ask.bytes).slice(0, ask.bytes - bare.length)}`);
    return { body, signature: `sha256=${createHmac("sha256", ask.secret).update(body).digest("hex")}` };
  });
}

function pushWith(message: string): string {
  const commit = {
    id: "6113728f27ae82c7b1a177c8d03f9e96e0adf246",
    tree_id: "31b122c26a97cf9af023e9ddab94a82c6e77b0ea",
    distinct: true,
    message,
    timestamp: "2026-03-02T10:00:00Z",
    url: "https://github.com/octo/plans/commit/6113728f27ae82c7b1a177c8d03f9e96e0adf246",
    author: { name: "dev", email: "dev@example.com", username: "dev" },
    committer: { name: "dev", email: "dev@example.com", username: "dev" },
    added: [],
    removed: [],
    modified: ["src/login.ts"],
  };
  return JSON.stringify(
    examplePayload("push", null, { ref: "refs/heads/main", deleted: false, commits: [commit], installation: { id: 77 } }),
  );
}
