import { notFound, refused } from "../acts/refusal.ts";
import { blobAt, type Child, childrenOf, type Files, filesAt, type Sha } from "../git/objects.ts";
import { type Answer, ok, plain } from "../http/answer.ts";
import { parameter, type RepositoryAsked } from "../http/asked.ts";
import type { Route } from "../http/router.ts";
import type { Json } from "../render/account.ts";
import { apiUrl, encodePath, nodeId, pageUrl } from "../render/urls.ts";
import { findCommit } from "../state/references.ts";
import { repositoryRoute } from "./route.ts";

/** Above 1 MB the contents are left out and only the raw form has them. */
const mostInline = 1_048_576;

export const contentRoutes: readonly Route[] = [
  repositoryRoute("GET", "/contents/{path}", { contents: "read" }, (asked) => {
    const path = parameter(asked, "path").replace(/^\/+|\/+$/g, "");
    const commit = findCommit(asked.world, asked.repository, asked.query.ref ?? "HEAD");
    if (commit === null) throw refused(404, `No commit found for the ref ${asked.query.ref ?? "HEAD"}`);
    const files = filesAt(asked.world.objects, commit.sha);
    const sha = files.get(path);
    if (sha !== undefined) return fileAnswer(asked, { path, sha, reference: asked.query.ref ?? commit.sha });
    const inside = below(files, path);
    if (inside.size === 0 && path !== "") throw notFound();
    const children = childrenOf(asked.world.objects, inside);
    const entry = (child: Child) => renderEntry(asked, { child, folder: path, reference: asked.query.ref ?? commit.sha });
    return ok(children.map(entry));
  }),

  repositoryRoute("GET", "/git/trees/{tree_sha}", { contents: "read" }, (asked) => {
    const { world, repository } = asked;
    const wanted = parameter(asked, "tree_sha");
    const sha = findCommit(world, repository, wanted)?.tree ?? wanted;
    const files = world.objects.trees.get(sha);
    if (files === undefined) throw notFound();
    const tree = treeEntries(asked, files, asked.query.recursive === undefined ? "flat" : "deep");
    return ok({ sha, url: apiUrl(world, repository, `/git/trees/${sha}`), tree, truncated: false });
  }),

  repositoryRoute("GET", "/git/blobs/{file_sha}", { contents: "read" }, (asked) => {
    const { world, repository } = asked;
    const sha = parameter(asked, "file_sha");
    const content = world.objects.blobs.get(sha);
    if (content === undefined) throw notFound();
    if (wantsRaw(asked)) return plain("application/vnd.github.raw", content.toString("utf8"));
    return ok({
      sha,
      node_id: nodeId("Blob", sha),
      size: content.length,
      url: apiUrl(world, repository, `/git/blobs/${sha}`),
      content: inBase64(content),
      encoding: "base64",
    });
  }),
];

type Place = { readonly path: string; readonly sha: Sha; readonly reference: string };

function fileAnswer(asked: RepositoryAsked, place: Place): Answer {
  const content = blobAt(asked.world.objects, place.sha);
  if (wantsRaw(asked)) return plain("application/vnd.github.raw", content.toString("utf8"));
  const inline = content.length <= mostInline;
  const own = { content: inline ? inBase64(content) : "", encoding: inline ? "base64" : "none" };
  return ok({ ...renderPlace(asked, place), type: "file", size: content.length, ...own });
}

function renderEntry(
  asked: RepositoryAsked,
  { child, folder, reference }: { readonly child: Child; readonly folder: string; readonly reference: string },
): Json {
  const path = folder === "" ? child.name : `${folder}/${child.name}`;
  const size = child.type === "blob" ? blobAt(asked.world.objects, child.sha).length : 0;
  const place = renderPlace(asked, { path, sha: child.sha, reference });
  return child.type === "blob" ? { ...place, type: "file", size } : { ...place, type: "dir", size, download_url: null };
}

function renderPlace({ world, repository }: RepositoryAsked, { path, sha, reference }: Place): Json {
  const self = `${apiUrl(world, repository, `/contents/${encodePath(path)}`)}?ref=${encodeURIComponent(reference)}`;
  const git = apiUrl(world, repository, `/git/blobs/${sha}`);
  const html = pageUrl(world, repository, `/blob/${encodePath(reference)}/${encodePath(path)}`);
  return {
    name: path.split("/").at(-1),
    path,
    sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: pageUrl(world, repository, `/raw/${encodePath(reference)}/${encodePath(path)}`),
    _links: { self, git, html },
  };
}

function treeEntries(asked: RepositoryAsked, files: Files, depth: "flat" | "deep", folder = ""): Json[] {
  const { world, repository } = asked;
  return childrenOf(world.objects, files).flatMap(({ name, type, sha }) => {
    const path = `${folder}${name}`;
    const url = apiUrl(world, repository, `/git/${type}s/${sha}`);
    if (type === "blob") return [{ path, mode: "100644", type, sha, size: blobAt(world.objects, sha).length, url }];
    const own = { path, mode: "040000", type, sha, url };
    return depth === "flat" ? [own] : [own, ...treeEntries(asked, below(files, name), depth, `${path}/`)];
  });
}

/** The part of a folder below a path, with paths from there. */
function below(files: Files, path: string): Files {
  if (path === "") return files;
  const inside = [...files].filter(([name]) => name.startsWith(`${path}/`));
  return new Map(inside.map(([name, sha]) => [name.slice(path.length + 1), sha]));
}

function wantsRaw({ headers }: RepositoryAsked): boolean {
  return /application\/vnd\.github(\.v3)?\.raw/.test(headers.accept ?? "");
}

/** GitHub breaks base64 into lines of 60. */
function inBase64(content: Buffer): string {
  return content.toString("base64").replace(/.{60}/g, "$&\n");
}
