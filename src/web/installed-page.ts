import type { FastifyInstance } from "fastify";
import { html, pageOf } from "./html.ts";
import { installedPath } from "./manifest.ts";

/** Where GitHub sends people who have just installed the app. It says the same to everyone: what the address carries can be forged. */
export function showInstalled(app: FastifyInstance): void {
  const page = pageOf("Plankeeper is installed", body);
  app.get(installedPath, async (_request, reply) => {
    return reply.header("content-security-policy", page.contentSecurityPolicy).type("text/html; charset=utf-8").send(page.text);
  });
}

const body = html`
<p>It is reading the plans of your repositories now. What you will see:</p>
<ul>
<li>an issue with the summary of each plan,</li>
<li>the check “Plan impact” on pull requests,</li>
<li>an answer to <code>/help</code> in a comment on any issue or pull request.</li>
</ul>`;
