import { parse } from "yaml";
import { z } from "zod";
import { webhookPath } from "./webhooks.ts";

/** Where GitHub sends people who have just installed the app, and who sign in to the dashboard. */
export const installedPath = "/installed";
const signInPath = "/auth/github/callback";

const manifestFile = z.strictObject({
  name: z.string().min(1).max(34),
  url: z.url(),
  description: z.string(),
  public: z.boolean(),
  hook_attributes: z.strictObject({ url: z.url(), active: z.literal(true) }),
  redirect_url: z.url(),
  callback_urls: z.array(z.url()).max(10),
  setup_url: z.url(),
  setup_on_update: z.boolean(),
  request_oauth_on_install: z.boolean(),
  default_events: z.array(z.string()),
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
});

/** A GitHub App as GitHub's page "Registering a GitHub App from a manifest" defines it. */
export type Manifest = z.infer<typeof manifestFile>;

/** Reads `app.yml`. It is part of the program, so a mistake in it throws. */
export function readManifest(text: string): Manifest {
  return manifestFile.parse(parse(text));
}

/** The manifest for this installation: `address` is where GitHub reaches it, `returnTo` where the person's browser comes back to. */
export function manifestAt(manifest: Manifest, address: string, returnTo: string): Manifest {
  return {
    ...manifest,
    url: address,
    hook_attributes: { ...manifest.hook_attributes, url: `${address}${webhookPath}` },
    redirect_url: returnTo,
    callback_urls: [`${address}${signInPath}`],
    setup_url: `${address}${installedPath}`,
  };
}
