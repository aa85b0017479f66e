import { iso } from "../clock.ts";
import type { App, Installation, World } from "../state/world.ts";
import { type Json, renderAccount } from "./account.ts";
import { nodeId } from "./urls.ts";

export function renderApp(world: World, app: App): Json {
  return {
    id: app.id,
    client_id: clientId(app),
    slug: app.slug,
    node_id: nodeId("App", app.id),
    owner: renderAccount(world, app.owner),
    name: app.name,
    description: "",
    external_url: `${world.url}/apps/${app.slug}`,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

export function renderInstallation(world: World, { id, account, createdAt }: Installation): Json {
  const { app } = world;
  return {
    id,
    account: renderAccount(world, account),
    repository_selection: "selected",
    access_tokens_url: `${world.url}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.url}/installation/repositories`,
    html_url: `${world.url}/settings/installations/${id}`,
    app_id: app.id,
    client_id: clientId(app),
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: app.permissions,
    events: app.events,
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}

export const clientId = ({ id }: App): string => `Iv23li${String(id).padStart(14, "0")}`;
