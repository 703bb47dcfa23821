import type { Metadata } from "next";
import Link from "next/link";
import { savePostmortemAction } from "@/app/_actions/postmortems";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { readPostmortemForm } from "@/app/_dal/postmortems";
import { ActionForm } from "@/app/_forms/action-form";
import { BaseVersionInput } from "@/app/_forms/base-version-input";
import { MarkdownField } from "@/app/_forms/markdown-field";
import { SubmitButton } from "@/app/_forms/submit-button";
import { incidentName } from "@/lib/incidents/incident";
import { Refused } from "../../../../alerts/refused";
import { CategoryField } from "./category-field";
import { WhysFields } from "./whys-fields";

export const metadata: Metadata = { title: "Write the post-mortem" };

/** The lesson's form: a field a section, each with its preview. */
export default async function EditPostmortemPage({ params }: { params: Promise<{ id: string }> }) {
  const { document, mayEdit, categories } = await readPostmortemForm((await params).id);
  const { incident, postmortem } = document;
  const { number, title } = incident;
  const path = `/incidents/${number}/postmortem`;
  return (
    <>
      <PageHeader
        title={postmortem.version === 0 ? "Write the post-mortem" : "Edit the post-mortem"}
        description="What happened, why, and what is learnt: about causes and never about blame."
        above={
          <Link href={path}>
            {incidentName(number)} {title}
          </Link>
        }
      />
      {mayEdit ? (
        <div className="grid max-w-3xl gap-4">
          {postmortem.publishedAt !== null && postmortem.visibility === "public" ? (
            <Banner tone="caution">It is public: what you save is on the status page at once.</Banner>
          ) : null}
          <Card>
            <ActionForm action={savePostmortemAction} label="Post-mortem">
              <input type="hidden" name="id" value={incident.id} />
              <BaseVersionInput version={postmortem.version} />
              <MarkdownField
                name="impact"
                label="Impact"
                help="Who felt it, how, and for how long. The timeline is taken over from the incident: what people wrote, changes of status, and what is pinned there."
                defaultValue={postmortem.impact}
                rows={6}
              />
              <MarkdownField
                name="rootCause"
                label="Root cause"
                help="What has to be otherwise so that it does not come again."
                defaultValue={postmortem.rootCause}
                rows={6}
              />
              <CategoryField value={postmortem.causeCategory} known={categories} />
              <MarkdownField
                name="contributingFactors"
                label="Contributing factors"
                help="What made it likelier, worse or longer."
                defaultValue={postmortem.contributingFactors}
              />
              <WhysFields whys={postmortem.whys} />
              <MarkdownField name="wentWell" label="What went well" defaultValue={postmortem.wentWell} />
              <MarkdownField name="wentBadly" label="What went badly" defaultValue={postmortem.wentBadly} />
              <div className="flex flex-wrap gap-2">
                <SubmitButton>Save</SubmitButton>
                <ButtonLink href={path}>Cancel</ButtonLink>
              </div>
            </ActionForm>
          </Card>
        </div>
      ) : (
        <Refused needs="editor" />
      )}
    </>
  );
}
