import { z } from "zod";
import { Fault } from "../core/words.ts";

// Written into a file of NAME=value lines: a quote or a line break in one of them could add a line of its own.
const plainText = z.string().regex(/^[\w.~+/=:@%-]{1,200}$/);

const conversion = z.object({
  id: z.int().positive(),
  html_url: z.url({ protocol: /^https?$/ }),
  client_id: plainText,
  client_secret: plainText,
  // Null where the app was given no webhook on GitHub's page.
  webhook_secret: plainText.nullable(),
  pem: z.string().regex(/^-----BEGIN [A-Z ]+-----[\w+/=\r\n]+-----END [A-Z ]+-----\s*$/),
});

export type RegisteredApp = z.infer<typeof conversion>;

/** What GitHub gives as `code` after an app was made from a manifest. */
export const codePattern = /^[A-Za-z0-9_-]{1,100}$/;

/**
 * Exchanges the code for the app's keys (POST /app-manifests/{code}/conversions): once, within an hour of making the app.
 * Faults: no answer within 10 s, any status but 201, an answer of another form.
 */
export async function convertManifest(githubApiUrl: string, code: string): Promise<RegisteredApp> {
  const response = await fetch(`${githubApiUrl}/app-manifests/${code}/conversions`, {
    method: "POST",
    headers: { accept: "application/vnd.github+json", "user-agent": "plankeeper", "x-github-api-version": "2022-11-28" },
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => fail("GitHub did not answer", cause));
  if (response.status !== 201) return fail(`GitHub answered ${response.status}`);
  const read = conversion.safeParse(await response.json().catch(() => null));
  // The issues name fields and rules, never values.
  return read.success
    ? read.data
    : fail(`GitHub's answer is not what was expected: ${read.error.issues.map((issue) => issue.path.join(".")).join(", ")}`);
}

function fail(message: string, cause?: unknown): never {
  throw new Fault(message, { cause, next: { kind: "give-up" }, ambiguous: true });
}
