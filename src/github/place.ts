import type { RepositoryAddress } from "../ports.ts";

/** A repository as routes name it. */
export const place = ({ owner, name }: RepositoryAddress) => ({ owner, repo: name });
