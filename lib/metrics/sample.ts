import { z } from "zod";

/** A series' labels. Flat, so that they can be matched, hashed and shown. */
export type Labels = Readonly<Record<string, string | number | boolean>>;

/** A value of a series at a time. */
export interface Sample {
  name: string;
  unit: string;
  metadata?: Labels;
  recordedAt: Date;
  value: number;
}

/** A moment as programs give it: a Date, or ISO 8601 with an offset. */
export const moment = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))], {
  error: "must be a time in ISO 8601 with an offset, like 2026-05-01T12:00:00Z",
});

// PostgreSQL stores every character but this one.
const storable = (text: string) => !text.includes("\u0000");

export const metricName = z
  .string()
  .max(200, "must have at most 200 characters")
  .regex(/^[a-zA-Z_][\w:./-]*$/, "must start with a letter and have letters, digits and _ : . / - only");

const label = z.union([
  z.string().max(1_000).refine(storable, "must not hold a null character"),
  z.number(),
  z.boolean(),
]);

export const labels = z
  .record(z.string().min(1).max(100).refine(storable, "must not hold a null character"), label)
  .refine((record) => Object.keys(record).length <= 32, "must have at most 32 labels");

/** What `recordMetric` takes. */
export const sampleInput = z.object({
  name: metricName,
  value: z.number("must be a finite number"),
  unit: z.string().max(60).refine(storable, "must not hold a null character").default(""),
  metadata: labels.default({}),
  recordedAt: moment.optional(),
});
