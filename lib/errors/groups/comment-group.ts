import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { actorName } from "@/lib/alerting/acknowledge-alert";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { isStorable } from "@/lib/core/storable";
import { notifyErrors } from "../notify-errors";
import { lockGroup } from "./group";

export const commentGroupInput = z.strictObject({
  message: z
    .string()
    .trim()
    .min(1, "is required")
    .max(10_000, "must have at most 10,000 characters")
    .refine(isStorable, "must not hold a null character or half of a surrogate pair")
    .meta({ title: "Comment", description: "Plain text." }),
});

export interface ErrorComment {
  id: string;
  message: string;
  authorName: string;
  createdAt: Date;
}

/** @throws Problem forbidden, invalid, not-found */
export async function commentGroup(
  context: Context,
  { id, ...given }: { id: string; message: string },
): Promise<ErrorComment> {
  authorize(context.actor, "errors:write");
  const { message } = parseInput(commentGroupInput, given, "The comment");
  const { actor } = context;
  return context.db.$transaction(async (tx) => {
    const group = await lockGroup(tx, id);
    const comment = await tx.errorComment.create({
      data: {
        groupId: group.id,
        message,
        authorId: actor.kind === "user" ? actor.id : null,
        authorName: actorName(context),
        createdAt: context.now(),
      },
      select: { id: true, message: true, authorName: true, createdAt: true },
    });
    const subject = { subjectType: "error", subjectId: group.id };
    await writeAudit(tx, context, { action: "error.comment", ...subject, after: { commentId: comment.id } });
    await notifyErrors(tx);
    return comment;
  });
}
