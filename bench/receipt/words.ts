import { z } from "zod";

/** What the load generator is told … */
export const loadSchema = z.object({
  url: z.string(),
  connections: z.number(),
  seconds: z.number(),
  deliveries: z.array(z.object({ body: z.string(), signature: z.string() })),
});
export type Load = z.infer<typeof loadSchema>;

/** … and what it tells. Times in ms. */
export const loadResultSchema = z.object({ accepted: z.number(), perSecond: z.number(), p50: z.number(), p99: z.number() });
export type LoadResult = z.infer<typeof loadResultSchema>;
