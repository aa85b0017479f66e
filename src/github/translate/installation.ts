import { z } from "zod";
import type { InstallationNews } from "../../ports.ts";
import { makeFact } from "../fact.ts";
import { moment, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import type { Occasion, Told } from "./told.ts";

const listed = z
  .array(z.object({ id: z.int(), name: text, full_name: text, private: z.boolean() }))
  .nullish()
  .transform((list) => list ?? []);

const installation = z.object({ id: z.int(), updated_at: moment, suspended_at: moment.nullish() });

const wholePayload = z.object({ action: z.string(), installation, repositories: listed });
const partPayload = z.object({ installation, repositories_added: listed, repositories_removed: listed });

type Listed = z.infer<typeof listed>;
type Presence = { readonly installation: z.infer<typeof installation>; readonly present: boolean; readonly delivery: string };

/** The app came to an account, left it, or was suspended or woken there: told to each repository that is listed. */
export function installationFacts(body: unknown, { delivery }: Occasion): Told {
  const { action, installation, repositories } = wholePayload.parse(body);
  return presence(repositories, { installation, present: action !== "deleted" && action !== "suspend", delivery });
}

/** A suspension lists no repositories: whoever knows them is told of the installation as a whole. */
export function installationNews(body: unknown): InstallationNews | null {
  const { action, installation } = wholePayload.parse(body);
  const ends = action === "deleted" || action === "suspend";
  if (!ends && action !== "unsuspend") return null;
  return { installation: installation.id, present: !ends, deleted: action === "deleted", at: timeOf.installation(installation) };
}

/** Repositories that the app may see from now on, or no longer. */
export function installationRepositoriesFacts(body: unknown, { delivery }: Occasion): Told {
  const { installation, repositories_added: added, repositories_removed: removed } = partPayload.parse(body);
  return [...presence(added, { installation, present: true, delivery }), ...presence(removed, { installation, present: false, delivery })];
}

// GitHub does not move the installation's `updated_at` when repositories come and go, so that adding one again looks exactly like
// adding it the first time. The delivery tells the two apart; a redelivery keeps its id.
function presence(repositories: Listed, { installation, present, delivery }: Presence): Told {
  return repositories.map(({ id, name, full_name, private: hidden }) => ({
    repository: id,
    fact: makeFact(
      {
        kind: "repository",
        thing: "repository",
        at: timeOf.installation(installation),
        repository: id,
        installation: installation.id,
        owner: full_name.split("/")[0] ?? "",
        name,
        // Not in the list: unknown until it is read.
        defaultBranch: "",
        private: hidden,
        present,
      },
      delivery,
    ),
  }));
}
