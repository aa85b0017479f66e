import { z } from "zod";

/** The app that acted for whoever wrote a comment or an issue. Pull requests and commits do not name it. */
export const viaApp = z.object({ id: z.int() }).nullish();

/**
 * Whether we wrote this ourselves: then it states nothing. By the app's id, because a login can be taken by anyone after a rename.
 * Commits and pull requests of our own, once plans are written back, are to be told apart here too.
 */
export const isOwn = (appId: number, via: z.infer<typeof viaApp>): boolean => via?.id === appId;
