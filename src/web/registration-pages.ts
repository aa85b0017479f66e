import { html, type Markup, type Page, pageOf } from "./html.ts";
import type { Manifest } from "./manifest.ts";

export type Asked = { readonly key: string; readonly address: string; readonly organisation: string };

/** First step: where the app is reached, and whose it will be. `problem` says what was wrong with the answers shown. */
export function askPage(asked: Asked, problem: string | null): Page {
  const body = html`
<p>Plankeeper runs, but it is no GitHub App yet. Two answers, one click on GitHub, and it is.</p>
${problem === null ? "" : html`<p class="problem" role="alert">${problem}</p>`}
<form action="/register" method="get">
<input type="hidden" name="key" value="${asked.key}">
<label for="address">Address at which GitHub reaches this app</label>
<input id="address" name="address" type="url" required placeholder="https://plankeeper.example.com" value="${asked.address}">
<small>GitHub sends webhooks there, so it must be reachable from GitHub. On your own machine that takes a tunnel.</small>
<label for="organisation">Organisation that will own the app</label>
<input id="organisation" name="organisation" autocomplete="off" value="${asked.organisation}">
<small>Empty: your own account.</small>
<button>Continue</button>
</form>`;
  return pageOf("Register the app", body);
}

/** Second step: the form that carries the manifest to GitHub. `githubUrl` is its site, `action` the address on it. */
export function confirmPage(manifest: Manifest, githubUrl: string, action: string): Page {
  const body = html`
<p>GitHub will show the app <b>${manifest.name}</b> with these permissions and send its webhooks to <b>${manifest.hook_attributes.url}</b>.</p>
<ul>${Object.entries(manifest.default_permissions).map(([name, level]) => html`<li>${name.replaceAll("_", " ")}: ${level}</li>`)}</ul>
<form action="${action}" method="post">
<input type="hidden" name="manifest" value="${JSON.stringify(manifest)}">
<button>Create the app on GitHub</button>
</form>`;
  return pageOf("One click on GitHub", body, [new URL(githubUrl).origin]);
}

export type Kept = {
  readonly file: string;
  readonly written: readonly string[];
  readonly replaced: readonly string[];
  readonly installUrl: string;
  readonly webhookSecret: boolean;
};

/** Last step: what was kept where, and what to do now. Never shows a secret. */
export function keptPage(kept: Kept): Page {
  const names = (list: readonly string[]) => list.map((name, index) => html`${index === 0 ? "" : ", "}<code>${name}</code>`);
  const body = html`
<p>The app is registered. Its keys are in <code>${kept.file}</code>, readable by its owner only: ${names(kept.written)}.</p>
${kept.replaced.length === 0 ? "" : html`<p class="problem">These had another value before, which was replaced: ${names(kept.replaced)}.</p>`}
${kept.webhookSecret ? "" : html`<p class="problem">GitHub made no webhook secret. Set one on the app's settings page and as <code>WEBHOOK_SECRET</code>.</p>`}
<ol>
<li>Restart Plankeeper, so that it reads them: <kbd>Ctrl</kbd>+<kbd>C</kbd> and <code>npm start</code>.</li>
<li><a href="${kept.installUrl}">Install the app</a> on the repositories whose plans it should keep.</li>
</ol>`;
  return pageOf("Registered", body);
}

/** Anything that stops the registration, in words. */
export function stopPage(title: string, reason: string | Markup): Page {
  return pageOf(title, html`<p class="problem" role="alert">${reason}</p>`);
}
