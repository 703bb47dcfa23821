import Link from "next/link";
import { publishPostmortemAction, unpublishPostmortemAction } from "@/app/_actions/postmortems";
import { Card } from "@/app/_components/card";
import { UtcTime } from "@/app/_components/utc-time";
import { ActionForm } from "@/app/_forms/action-form";
import { RadioGroup } from "@/app/_forms/radio-group";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { PostmortemDocument } from "@/lib/incidents/postmortem/document";
import { OneButton } from "../../../alerts/small-form";

interface PublishCardProps {
  document: PostmortemDocument;
  /** As the public sees it. */
  shown: PostmortemDocument;
  path: string;
  mayEdit: boolean;
}

/** Who reads it, what of it becomes public, and the forms that say so. */
export function PublishCard({ document, shown, path, mayEdit }: PublishCardProps) {
  const { incident, postmortem } = document;
  const { publishedAt, visibility, version } = postmortem;
  const state =
    publishedAt === null ? (
      "Not published: a draft, which whoever signs in here can read."
    ) : (
      <>
        Published {visibility === "public" ? "to the public" : "in the house"}, <UtcTime at={publishedAt} />. What is
        saved from now on is there at once.
      </>
    );
  return (
    <Card title="Publication" description={state}>
      <div className="grid gap-5">
        <BecomesPublic shown={shown} path={path} />
        {publishedAt !== null && visibility === "public" && incident.visibility === "public" ? (
          <Link
            href={`/status/incidents/${incident.number}`}
            prefetch={false}
            className="-mt-3.5 w-fit text-sm font-medium text-accent underline underline-offset-2"
          >
            On the status page
          </Link>
        ) : null}
        {!mayEdit ? null : version === 0 ? (
          <p className="text-sm text-muted">Once it is written it can be published here.</p>
        ) : (
          <>
            <ActionForm action={publishPostmortemAction} label="Publish the post-mortem" className="gap-4">
              <input type="hidden" name="id" value={incident.id} />
              <RadioGroup
                name="visibility"
                label="Who reads it"
                defaultValue={visibility}
                options={[
                  { value: "internal", label: "The house", help: "Whoever signs in here." },
                  {
                    value: "public",
                    label: "The public",
                    help:
                      incident.visibility === "public"
                        ? "The status page too."
                        : "The status page too, once the incident is public.",
                  },
                ]}
              />
              <div>
                <SubmitButton pending="Publishing…">
                  {publishedAt === null ? "Publish" : "Change who reads it"}
                </SubmitButton>
              </div>
            </ActionForm>
            {publishedAt === null ? null : (
              <OneButton action={unpublishPostmortemAction} id={incident.id} label="Take the post-mortem back">
                Make it a draft again
              </OneButton>
            )}
          </>
        )}
      </div>
    </Card>
  );
}

function BecomesPublic({ shown: { postmortem, timeline }, path }: Pick<PublishCardProps, "shown" | "path">) {
  const { impact, rootCause, contributingFactors, whys, wentWell, wentBadly } = postmortem;
  const lines = timeline.length === 1 ? "1 public update" : `${timeline.length} public updates`;
  const parts = [
    impact && "impact",
    lines,
    rootCause && "root cause",
    contributingFactors && "contributing factors",
    whys.length > 0 && "five whys",
    wentWell && "what went well",
    wentBadly && "what went badly",
  ].filter(Boolean);
  return (
    <div className="grid gap-1.5 text-sm">
      <h3 className="font-medium text-ink">What the public would read</h3>
      <p className="text-pretty text-ink">Title, severity, start and end; {parts.join(", ")}.</p>
      <p className="text-pretty text-muted">
        Not: who wrote what, the lead, notes at lines, checks (the status page names its components), the kind of cause,
        action items.
      </p>
      <Link
        href={`${path}?audience=public`}
        prefetch={false}
        className="w-fit font-medium text-accent underline underline-offset-2"
      >
        See it as the public would
      </Link>
    </div>
  );
}
