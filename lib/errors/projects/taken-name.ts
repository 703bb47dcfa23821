import { Problem } from "@/lib/core/errors";
import { Prisma } from "@/lib/db/generated/client";

/** @throws Problem conflict where the work broke because another project has the name */
export async function refuseTakenName<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")) throw error;
    const message = "another project has this name";
    throw new Problem("conflict", `name: ${message}`, [{ path: "name", message }]);
  }
}
