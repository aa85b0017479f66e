import { ok } from "../http/answer.ts";
import type { Route } from "../http/router.ts";

export const limitRoutes: readonly Route[] = [
  {
    operation: "GET /rate_limit",
    by: "anyone",
    answer: ({ world, token }) => {
      const { limit, used, remaining, reset } = world.limits.standing(token?.installation.id ?? null);
      const core = { limit, used, remaining, reset, resource: "core" };
      const resources = { core, search: { ...core, resource: "search" }, graphql: { ...core, resource: "graphql" } };
      return ok({ resources, rate: core });
    },
  },
];
