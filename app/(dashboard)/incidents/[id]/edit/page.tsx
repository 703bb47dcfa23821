import type { Metadata } from "next";
import Link from "next/link";
import { deleteIncidentAction, updateIncidentAction } from "@/app/_actions/incidents";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { readIncidentForm } from "@/app/_dal/incidents";
import { ActionForm } from "@/app/_forms/action-form";
import { MomentField } from "@/app/_forms/moment-field";
import { SubmitButton } from "@/app/_forms/submit-button";
import { VersionInput, WasInputs } from "@/app/_forms/version-input";
import { ZoneInput } from "@/app/_forms/zone-input";
import { incidentName } from "@/lib/incidents/incident";
import { Refused } from "../../../alerts/refused";
import { DeleteCard } from "../../../alerts/small-form";
import { DescriptionField, LeadField, SeverityField, TitleField, VisibilityField } from "../../incident-fields";

export const metadata: Metadata = { title: "Edit incident" };

/** Title, severity, lead, visibility, description and times. Its status is moved on by updates. */
export default async function EditIncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const { incident, leads, mayEdit, isAdmin } = await readIncidentForm((await params).id);
  const { id, number, version, title, severity, visibility, description, leadId } = incident;
  const name = incidentName(number);
  const fields = { title, severity, visibility, description, leadId: leadId ?? "" };
  const known = leads.some((lead) => lead.id === leadId);
  // Who leads it may be disabled since: they stay until somebody chooses another.
  const offered = leadId === null || known ? leads : [...leads, { id: leadId, name: incident.lead ?? "" }];
  return (
    <>
      <PageHeader title={`Edit ${name}`} above={<Link href={`/incidents/${number}`}>{title}</Link>} />
      {mayEdit ? (
        <div className="grid max-w-3xl gap-6">
          <Card>
            <ActionForm action={updateIncidentAction} label="Edit incident">
              <input type="hidden" name="id" value={id} />
              <VersionInput version={version} />
              <WasInputs values={fields} />
              <TitleField value={title} />
              <SeverityField value={severity} />
              <LeadField value={fields.leadId} leads={offered} />
              <DescriptionField value={description} />
              <VisibilityField value={visibility} />
              <fieldset className="grid gap-5 border-t border-line pt-5 sm:grid-cols-3">
                <legend className="sr-only">Times, by your clock</legend>
                <MomentField name="startedAt" label="Started at" at={incident.startedAt.getTime()} required />
                <MomentField name="detectedAt" label="Detected at" at={incident.detectedAt.getTime()} required />
                <MomentField
                  name="acknowledgedAt"
                  label="Acknowledged at"
                  at={incident.acknowledgedAt?.getTime() ?? null}
                />
              </fieldset>
              <ZoneInput />
              <div className="flex flex-wrap gap-2">
                <SubmitButton>Save</SubmitButton>
                <ButtonLink href={`/incidents/${number}`}>Cancel</ButtonLink>
              </div>
            </ActionForm>
          </Card>
          {isAdmin ? (
            <DeleteCard
              action={deleteIncidentAction}
              id={id}
              name={name}
              what="incident"
              lost="For one that was declared by mistake: its timeline, its post-mortem and its actions are lost."
            />
          ) : null}
        </div>
      ) : (
        <Refused needs="editor" />
      )}
    </>
  );
}
