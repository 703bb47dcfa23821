import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound, parseId } from "@/lib/core/parse-id";
import { writeAudit } from "./audit";
import { accessState } from "./caches";
import { TOKEN_FIELDS } from "./token";

/** Ends a token for good: in this process at once, in others within 10 s. Again is fine. @throws Problem forbidden, not-found */
export async function revokeToken(context: Context, input: { id: string }): Promise<void> {
  authorize(context.actor, "admin");
  const id = parseId(input.id, "token");
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.apiToken.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: context.now() },
    });
    const row = await tx.apiToken.findUnique({ where: { id }, select: TOKEN_FIELDS });
    if (!row) throw notFound("token");
    if (count === 1)
      await writeAudit(tx, context, { action: "token.revoke", subjectType: "token", subjectId: id, after: row });
  });
  accessState(context).tokens.clear();
}
