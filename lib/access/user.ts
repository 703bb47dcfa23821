import { z } from "zod";
import { ROLES } from "@/lib/core/actor";
import type { Prisma } from "@/lib/db/generated/client";

/** What is shown of a user; never the hash. */
export const USER_FIELDS = {
  id: true,
  email: true,
  name: true,
  role: true,
  disabledAt: true,
  createdAt: true,
} as const satisfies Prisma.UserSelect;

export type User = Prisma.UserGetPayload<{ select: typeof USER_FIELDS }>;

/** Addresses are compared in small letters, so they are stored so. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email("must be an email address").max(254))
  .meta({ title: "Email" });
export const name = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(120, "must have at most 120 characters")
  .meta({ title: "Name" });
export const role = z
  .enum(ROLES, `must be ${ROLES.join(", ")}`)
  .meta({ title: "Role", description: "viewer reads, editor changes, admin also manages users and tokens" });
