import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { randomSecret } from "@/lib/core/secrets";
import { Prisma } from "@/lib/db/generated/client";
import { writeAudit } from "./audit";
import { hashPassword, newPassword, passwordIssue } from "./password";
import { USER_FIELDS, type User, email, name, role } from "./user";

export const createUserInput = z
  .strictObject({
    email,
    name: name.optional().meta({ title: "Name", description: "The part of the email before the @ where left out" }),
    role,
    password: newPassword
      .optional()
      .meta({ title: "Password", description: "Generated and answered once where left out", secret: true }),
  })
  .superRefine((input, refinement) => {
    const issue = input.password === undefined ? undefined : passwordIssue(input.password, input);
    if (issue) refinement.addIssue({ code: "custom", path: ["password"], message: issue });
  });

/** A user just made; `password` only when it was generated here, the one time that it is shown. */
export type CreatedUser = User & { password?: string };

/** @throws Problem forbidden, invalid, conflict (the address has an account) */
export async function createUser(context: Context, input: unknown): Promise<CreatedUser> {
  authorize(context.actor, "admin");
  const wanted = parseInput(createUserInput, input, "The user");
  const generated = wanted.password === undefined ? randomSecret(15) : undefined;
  const passwordHash = await hashPassword(wanted.password ?? generated ?? "");
  const data = {
    email: wanted.email,
    name: wanted.name ?? nameFrom(wanted.email),
    role: wanted.role,
    passwordHash,
    createdAt: context.now(),
  };
  const user = await context.db
    .$transaction(async (tx) => {
      const created = await tx.user.create({ data, select: USER_FIELDS });
      await writeAudit(tx, context, {
        action: "user.create",
        subjectType: "user",
        subjectId: created.id,
        after: created,
      });
      return created;
    })
    .catch(explainConflict);
  return generated === undefined ? user : { ...user, password: generated };
}

function nameFrom(address: string): string {
  return address.split("@")[0] ?? address;
}

function explainConflict(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
    const message = "A user with this email already exists.";
    throw new Problem("conflict", message, [{ path: "email", message }]);
  }
  throw error;
}
