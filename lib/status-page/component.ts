import { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";

export const COMPONENT_FIELDS = {
  id: true,
  label: true,
  description: true,
  groupName: true,
  position: true,
  showResponseTime: true,
  createdAt: true,
  updatedAt: true,
  checks: { select: { check: { select: { id: true, label: true } } }, orderBy: { check: { label: "asc" } } },
} as const satisfies Prisma.StatusComponentSelect;

type ComponentRow = Prisma.StatusComponentGetPayload<{ select: typeof COMPONENT_FIELDS }>;

/** A part of the system as the public sees it, and the checks that say how it is. */
export type StatusComponent = Omit<ComponentRow, "checks"> & { checks: { id: string; label: string }[] };

export const toComponent = ({ checks, ...row }: ComponentRow): StatusComponent => ({
  ...row,
  checks: checks.map(({ check }) => check),
});

export const MAX_COMPONENTS = 100;

const label = z.string("is required").trim().min(1, "is required").max(80, "must have at most 80 characters");
const checkIds = z
  .array(z.uuid("must be the id of a check"))
  .min(1, "choose at least one check")
  .max(50, "must be at most 50 checks")
  .refine((ids) => new Set(ids).size === ids.length, "names a check twice");
const text = {
  description: z.string().trim().max(300, "must have at most 300 characters"),
  groupName: z.string().trim().max(80, "must have at most 80 characters"),
};

export const componentInput = z.strictObject({
  label: label.meta({ description: "What the public reads; the checks' own names are not shown." }),
  description: text.description.default(""),
  groupName: text.groupName
    .default("")
    .meta({ description: "Components of one name stand together; empty: by itself." }),
  showResponseTime: z.boolean().default(false),
  checkIds: checkIds.meta({ description: "Its state is the worst of theirs." }),
});

export const componentChange = z.strictObject({
  label: label.optional(),
  description: text.description.optional(),
  groupName: text.groupName.optional(),
  showResponseTime: z.boolean().optional(),
  checkIds: checkIds.optional(),
});
