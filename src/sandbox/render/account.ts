import type { Account, World } from "../state/world.ts";
import { nodeId } from "./urls.ts";

/** What the sandbox answers: JSON in GitHub's shape. */
export type Json = Readonly<Record<string, unknown>>;

export function renderAccount(world: World, { id, login, type }: Account): Json {
  const name = encodeURIComponent(login);
  const url = `${world.url}/users/${name}`;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `${world.url}/avatars/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: type === "Bot" ? `${world.url}/apps/${encodeURIComponent(login.replace("[bot]", ""))}` : `${world.url}/${name}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}

export function renderAccountOrNull(world: World, person: Account | null): Json | null {
  return person === null ? null : renderAccount(world, person);
}

/** An owner as events of organisations show it. */
export function renderOrganization(world: World, { id, login }: Account): Json {
  const url = `${world.url}/orgs/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId("Organization", id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/${id}?v=4`,
    description: "",
  };
}
