import { createHash } from "node:crypto";

/** Text that is HTML already, so that it is not escaped again. */
export type Markup = { readonly markup: string };

/** HTML from a template: every value is escaped for text and for attributes in double quotes, unless it is markup. */
export function html(fixed: TemplateStringsArray, ...values: readonly (string | Markup | readonly Markup[])[]): Markup {
  return { markup: fixed.map((text, index) => text + written(values[index] ?? "")).join("") };
}

export type Page = { readonly text: string; readonly contentSecurityPolicy: string };

/** A whole page. `formTargets` are the addresses its forms may send to, beside this server. No scripts, no pictures, nothing from elsewhere. */
export function pageOf(title: string, body: Markup, formTargets: readonly string[] = []): Page {
  const head = html`<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} – Plankeeper</title>`;
  const text = html`<!doctype html><html lang="en"><head>${head}<style>${{ markup: style }}</style></head><body><h1>${title}</h1>${body}</body></html>`;
  const targets = ["'self'", ...formTargets].join(" ");
  return {
    text: text.markup,
    contentSecurityPolicy: `default-src 'none'; style-src ${styleSource}; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
  };
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
label, input { display: block; width: 100%; box-sizing: border-box } label { margin-top: 1rem; font-weight: 600 }
input { font: inherit; padding: .4rem } button { font: inherit; margin-top: 1.5rem; padding: .5rem 1rem } small { opacity: .75 }
.problem { border-left: 4px solid #c33; padding-left: .75rem }
`;
const styleSource = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function written(value: string | Markup | readonly Markup[]): string {
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
  return "markup" in value ? value.markup : value.map((each) => each.markup).join("");
}
