import { Problem } from "@/lib/core/errors";
import { Prisma } from "@/lib/db/generated/client";

/** Turns the database's refusal of a second view with one name into an answer; hands everything else on. */
export function nameTaken(error: unknown): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")) throw error;
  const message = "Another view has this name.";
  throw new Problem("conflict", message, [{ path: "name", message }]);
}
