/** How every request leaves, those for tokens included. */

/** The edition of GitHub's REST API that this app was written for; without the header GitHub would choose. */
const apiVersion = "2022-11-28";

/** GitHub gives up after 10 s of work; the rest is for the way, and for 20 MB of plan. */
const patience = 60_000;

/**
 * `fetch` with our rules: the API version on every request, an end to waiting, and no following where a request writes: after a
 * redirect `fetch` would repeat a POST as a GET, and take the list that comes back for what it made.
 */
export const send: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set("x-github-api-version", apiVersion);
  const redirect = init?.method === undefined || init.method === "GET" ? "follow" : "manual";
  return fetch(input, { ...init, headers, redirect, signal: AbortSignal.timeout(patience) });
};
