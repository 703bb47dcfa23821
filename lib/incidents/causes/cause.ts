import { z } from "zod";

/** Something that may have caused an incident, and why it is thought so. */
const cause = z.object({
  /** What it is: "check", "deploy", "metric". */
  kind: z.string(),
  /** "Database", "shop-api 2.4.1" */
  title: z.string(),
  /** "3 of the failing checks depend on it, and it failed first." */
  reason: z.string(),
  /** 0 to 1; the list is sorted by it. */
  score: z.number(),
  /** Where the evidence is: a path within the dashboard. */
  link: z.string().nullable(),
});
export type Cause = z.infer<typeof cause>;

/** Causes as they are stored; what can't be read is left out. */
export const parseCauses = (stored: unknown): Cause[] =>
  z
    .array(z.unknown())
    .catch([])
    .parse(stored)
    .flatMap((one) => cause.safeParse(one).data ?? []);
