import { Problem } from "@/lib/core/errors";
import type { Prisma } from "@/lib/db/generated/client";
import { MAX_PINNED } from "./view";

/** @throws Problem conflict when the overview shows as many views as it can */
export async function assertPinnable(tx: Prisma.TransactionClient): Promise<void> {
  if ((await tx.savedView.count({ where: { pinned: true } })) < MAX_PINNED) return;
  throw new Problem("conflict", `The overview shows at most ${MAX_PINNED} views; take one off first.`);
}
