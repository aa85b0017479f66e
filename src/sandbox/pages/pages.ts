import { commentsOn } from "../acts/comments.ts";
import { iso } from "../clock.ts";
import { fullName } from "../state/repositories.ts";
import { type Check, type Issue, isPull, type Repository } from "../state/world.ts";
import { type Html, html } from "./html.ts";

/** A repository's page: its issues and pull requests. */
export function repositoryPage(repository: Repository): Html {
  const rows = [...repository.issues.values()]
    .reverse()
    .map((issue) => html`<li><a href="${addressOf(repository, issue)}">#${issue.number} ${issue.title}</a> ${stateOf(issue)}</li>`);
  return page(fullName(repository), html`<ul>${rows}</ul>`);
}

/** An issue or pull request: its text, the app's checks on its head, and the comments. Markdown is shown as it was written. */
export function issuePage(repository: Repository, issue: Issue): Html {
  const checks = [...repository.checks.values()].filter(({ sha }) => isPull(issue) && sha === issue.pull.head.sha).map(checkBlock);
  const comments = commentsOn(repository, issue).map(({ author, createdAt, body, reactions }) => {
    const faces = reactions.map(({ content }) => html` ${faceOf[content] ?? content}`);
    return html`<section><h3>${author.login}, ${iso(createdAt)}${faces}</h3><pre>${body}</pre></section>`;
  });
  const labels = issue.labels.map(({ name }) => html` <code>${name}</code>`);
  const head = html`<p><a href="/${fullName(repository)}">${fullName(repository)}</a> · ${stateOf(issue)} · by ${issue.author.login}${labels}</p>`;
  return page(`#${issue.number} ${issue.title}`, html`${head}<pre>${issue.body ?? ""}</pre>${checks}${comments}`);
}

function checkBlock({ name, status, conclusion, title, summary, text, annotations }: Check): Html {
  const notes = annotations.map(({ path, startLine, level, message }) => html`<li>${path}:${startLine} ${level}: ${message}</li>`);
  return html`<section><h3>${name}: ${conclusion ?? status}. ${title ?? ""}</h3><pre>${summary ?? ""}</pre><pre>${text ?? ""}</pre><ul>${notes}</ul></section>`;
}

function page(title: string, body: Html): Html {
  return html`<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;background:#8881;padding:.7rem}
section{border-top:1px solid #8886}h3{font-size:1rem}</style><h1>${title}</h1>${body}</html>`;
}

function addressOf(repository: Repository, { number, pull }: Issue): string {
  return `/${fullName(repository)}/${pull === null ? "issues" : "pull"}/${number}`;
}

function stateOf({ state, pull }: Issue): string {
  if (pull === null) return state;
  if (pull.mergedAt !== null) return "merged";
  return state === "open" && pull.draft ? "draft" : state;
}

const faceOf: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  confused: "😕",
  heart: "❤️",
  hooray: "🎉",
  rocket: "🚀",
  eyes: "👀",
};
