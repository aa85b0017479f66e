import type { Sha } from "../words.ts";
import { code, codeLink, inline, link, linkAround } from "./escape.ts";

/** Where pages of the repository are: `web` is its address (`https://github.com/o/r`), `at` a branch or commit for files. */
export type Repository = { readonly web: string; readonly at: string };

/** The address of a line of a file. GitHub shows lines of Markdown files only in their source view. */
export function lineUrl(repository: Repository, path: string, line: number): string {
  const source = /\.(?:md|markdown|mdx)$/i.test(path) ? "?plain=1" : "";
  return `${repository.web}/blob/${steps(repository.at)}/${steps(path)}${source}#L${line}`;
}

/** The address of a file, or of a folder of files (its path ends with `/`). */
export function fileUrl({ web, at }: Repository, path: string): string {
  return path.endsWith("/") ? `${web}/tree/${steps(at)}/${steps(path.slice(0, -1))}` : `${web}/blob/${steps(at)}/${steps(path)}`;
}

export const commitLink = (web: string, sha: Sha): string => codeLink(sha.slice(0, 7), `${web}/commit/${sha}`);

export const pullLink = (web: string, number: number): string => linkAround(`#${number}`, `${web}/pull/${number}`);

/** A link to what a cause names (`pull/7`, `commit/<sha>`, `issues/3#issuecomment-9`), worded after its kind. */
export function sourceLink(web: string, source: string): string {
  const [, kind = "", rest = ""] = /^([a-z]+)\/(.*)$/.exec(source) ?? [];
  const url = `${web}/${source}`;
  switch (kind) {
    case "commit":
      return codeLink(rest.slice(0, 7), url);
    case "pull":
    case "issues":
      return linkAround(`${rest.includes("#") ? "comment in " : ""}#${/^\d*/.exec(rest)?.[0]}`, url);
    case "tree":
      return codeLink(rest, `${web}/tree/${steps(rest)}`);
    case "actions":
      return link("workflow run", url);
    default:
      return link("source", url);
  }
}

// A path is people's text: `#`, `?` and `%` in it belong to the name, not to the address.
const steps = (path: string): string =>
  path
    .split("/")
    .map((step) => encodeURIComponent(step.replace(/\p{Cs}/gu, "\uFFFD")))
    .join("/");

export const fileName = (path: string): string => code(path, 120);
export const branchName = (branch: string): string => code(branch, 80);

/** A sentence of people, or made of their words, with a stop at its end. */
export function sentence(text: string): string {
  const said = inline(text, 300);
  return said === "" || /[.!?…]$/.test(said) ? said : `${said}.`;
}
