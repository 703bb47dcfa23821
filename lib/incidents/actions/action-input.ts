import { z } from "zod";
import { MAX_TITLE } from "../incident-input";

const title = z
  .string("is required")
  .trim()
  .min(1, "is required")
  .max(MAX_TITLE, `must have at most ${MAX_TITLE} characters`)
  .meta({ description: "What is to be done." });
const ownerId = z.uuid("must be the id of a user").nullable();
const dueOn = z.iso.date("must be a day, like 2026-11-20").nullable();

/** Of a new action item. */
export const addActionInput = z.strictObject({
  title,
  ownerId: ownerId.default(null).meta({ description: "Who does it." }),
  dueOn: dueOn.default(null).meta({ description: "Until the end of that day, in UTC." }),
});

/** What is left out stays. */
export const updateActionInput = z.strictObject({
  title: title.optional(),
  ownerId: ownerId.optional(),
  dueOn: dueOn.optional(),
  isDone: z.boolean().optional().meta({ description: "Done by whoever says so, now; false opens it again." }),
});

/** A day as the database's date. */
export const toDate = (day: string | null): Date | null => (day === null ? null : new Date(day));
