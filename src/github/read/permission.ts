import { z } from "zod";
import { type Role, roles } from "../../core/words.ts";
import type { Reading, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { place } from "../place.ts";
import type { PermissionReading } from "../reading.ts";

const permissionShape = z.object({
  permission: z.string(),
  role_name: z.string().optional(),
  user: z.object({ permissions: z.record(z.string(), z.boolean()).optional() }).nullish(),
});

/** What a person may do in the repository. Someone whom GitHub does not know may do nothing. */
export async function readPermission(
  calls: ReadCalls,
  at: RepositoryAddress,
  { login, about }: { readonly login: string; readonly about: string },
): Promise<Reading> {
  const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
  const { body: seen, at: readAt } = await calls.get(route, { ...place(at), username: login }, permissionShape);
  const body: PermissionReading = { repository: at.repository, about, login, role: seen === null ? "none" : roleOf(seen), readAt };
  return { id: `permission:${at.repository}:${about}:${login}`, kind: "permission", body };
}

/** The booleans decide: `role_name` can be a role that an organisation made up, and `permission` knows neither triage nor maintain. */
function roleOf({ permission, role_name, user }: z.infer<typeof permissionShape>): Role {
  const may = user?.permissions;
  if (may !== undefined) return booleans.find(([name]) => may[name] === true)?.[1] ?? "none";
  return roles.find((role) => role === role_name) ?? roles.find((role) => role === permission) ?? "none";
}

/** Highest first. */
const booleans: readonly (readonly [name: string, role: Role])[] = [
  ["admin", "admin"],
  ["maintain", "maintain"],
  ["push", "write"],
  ["triage", "triage"],
  ["pull", "read"],
];
