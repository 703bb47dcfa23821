import { commentErrorAction } from "@/app/_actions/errors";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import { ActionForm } from "@/app/_forms/action-form";
import { TextareaField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { GroupStory } from "@/lib/errors/groups/get-group";

interface CommentsProps {
  groupId: string;
  comments: GroupStory["comments"];
  mayEdit: boolean;
}

/** What people said about it. */
export function Comments({ groupId, comments, mayEdit }: CommentsProps) {
  if (comments.length === 0 && !mayEdit) return null;
  return (
    <Card title="Comments">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {comments.length > 0 ? (
          <ol className="grid grid-cols-[minmax(0,1fr)] gap-3">
            {comments.map(({ id, message, authorName, createdAt }) => (
              <li key={id} className="text-sm">
                <p className="text-xs text-muted">
                  <span className="font-medium text-ink">{authorName}</span>, <RelativeTime at={createdAt} />
                </p>
                <p className="break-words whitespace-pre-wrap text-ink">{message}</p>
              </li>
            ))}
          </ol>
        ) : null}
        {mayEdit ? (
          <ActionForm key={comments.length} action={commentErrorAction} label="Comment" className="gap-3">
            <input type="hidden" name="id" value={groupId} />
            <TextareaField name="message" label="Your comment" rows={3} required />
            <div>
              <SubmitButton small pending="Sending…">
                Comment
              </SubmitButton>
            </div>
          </ActionForm>
        ) : null}
      </div>
    </Card>
  );
}
