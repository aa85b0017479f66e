import { fullName } from "../state/repositories.ts";
import type { Repository, World } from "../state/world.ts";

/** An address of the API, and the page a person would open, of a repository or of something in it. */
export const apiUrl = (world: World, repository: Repository, rest = ""): string => `${world.url}/repos/${fullName(repository)}${rest}`;
export const pageUrl = (world: World, repository: Repository, rest = ""): string => `${world.url}/${fullName(repository)}${rest}`;

/** GitHub's opaque global id. */
export const nodeId = (kind: string, id: number | string): string => Buffer.from(`${kind}:${id}`).toString("base64url");

export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
