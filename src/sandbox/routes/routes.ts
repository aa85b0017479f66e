import type { Route } from "../http/router.ts";
import { appRoutes } from "./app.ts";
import { branchRoutes } from "./branches.ts";
import { checkRoutes } from "./checks.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { graphqlRoutes } from "./graphql.ts";
import { issueRoutes } from "./issues.ts";
import { labelRoutes } from "./labels.ts";
import { limitRoutes } from "./limits.ts";
import { manifestRoutes } from "./manifests.ts";
import { pageRoutes } from "./pages.ts";
import { pullRoutes } from "./pulls.ts";
import { repositoryRoutes } from "./repositories.ts";

/** Everything the sandbox answers. */
export const routes: readonly Route[] = [
  ...appRoutes,
  ...branchRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...deliveryRoutes,
  ...graphqlRoutes,
  ...issueRoutes,
  ...labelRoutes,
  ...limitRoutes,
  ...manifestRoutes,
  ...pageRoutes,
  ...pullRoutes,
  ...repositoryRoutes,
];
