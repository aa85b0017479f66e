import { generateKeyPairSync, randomBytes } from "node:crypto";
import { notFound, refused } from "../acts/refusal.ts";
import { machineNow } from "../clock.ts";
import { type Answer, created } from "../http/answer.ts";
import { type Asked, type Fields, fieldsOf, listIn, parameter, textIn } from "../http/asked.ts";
import type { Route } from "../http/router.ts";
import { clientId, renderApp } from "../render/app.ts";
import { account } from "../state/people.ts";
import type { App, Permissions, World } from "../state/world.ts";

const hour = 3_600_000;

/** Registering an app from a manifest: the page a browser posts the form to, and the exchange of the code it comes back with. */
export const manifestRoutes: readonly Route[] = [
  { operation: "POST /settings/apps/new", by: "anyone", page: true, answer: takeManifest },
  { operation: "POST /organizations/{org}/settings/apps/new", by: "anyone", page: true, answer: takeManifest },
  {
    operation: "POST /app-manifests/{code}/conversions",
    by: "anyone",
    answer: (asked) => {
      const { world } = asked;
      const code = parameter(asked, "code");
      const waiting = world.manifests.get(code);
      world.manifests.delete(code);
      if (waiting === undefined || waiting.expiresAt <= machineNow()) throw notFound();
      const { app, pem } = register(world, waiting.manifest);
      const secret = () => randomBytes(20).toString("hex");
      const secrets = { client_id: clientId(app), client_secret: secret(), webhook_secret: secret(), pem };
      return created({ ...renderApp(world, app), ...secrets });
    },
  },
];

/** In place of GitHub's page with its one green button, which here is pressed at once. */
function takeManifest({ world, body, query }: Asked): Answer {
  const manifest = manifestIn(fieldsOf(body));
  const target = textIn(manifest, "redirect_url");
  if (textIn(manifest, "url") === undefined || target === undefined) throw refused(422, "The manifest needs url and redirect_url.");
  const code = randomBytes(20).toString("hex");
  world.manifests.set(code, { manifest, expiresAt: machineNow() + hour });
  const location = new URL(target);
  location.searchParams.set("code", code);
  if (query.state !== undefined) location.searchParams.set("state", query.state);
  return { status: 302, headers: { location: location.href } };
}

function manifestIn(form: Fields): Fields {
  try {
    return fieldsOf(JSON.parse(textIn(form, "manifest") ?? ""));
  } catch {
    throw refused(422, "The manifest is not JSON.");
  }
}

/** A registered app can show its JWT from then on; the sandbox's own app stays the one that is installed and told of things. */
function register(world: World, manifest: Fields): { readonly app: App; readonly pem: string } {
  const name = textIn(manifest, "name") ?? "app";
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  const app: App = {
    id: world.nextId(),
    slug,
    name,
    owner: world.app.owner,
    bot: account(world, `${slug}[bot]`),
    publicKey,
    permissions: permissionsIn(manifest),
    events: (listIn(manifest, "default_events") ?? []).filter((event) => typeof event === "string"),
    createdAt: world.clock.now(),
  };
  world.apps.set(app.id, app);
  return { app, pem: privateKey };
}

function permissionsIn(manifest: Fields): Permissions {
  const permissions: Record<string, "read" | "write"> = {};
  for (const [name, level] of Object.entries(fieldsOf(manifest.default_permissions)))
    if (level === "read" || level === "write") permissions[name] = level;
  return permissions;
}
