import type { Metadata } from "next";
import Link from "next/link";
import { declareIncidentAction } from "@/app/_actions/incidents";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { readDeclarationForm } from "@/app/_dal/incidents";
import { ActionForm } from "@/app/_forms/action-form";
import { CheckPicker } from "@/app/_forms/check-picker";
import { MomentField } from "@/app/_forms/moment-field";
import { SubmitButton } from "@/app/_forms/submit-button";
import { ZoneInput } from "@/app/_forms/zone-input";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { Refused } from "../../alerts/refused";
import { DescriptionField, LeadField, SeverityField, TitleField, VisibilityField } from "../incident-fields";
import { toPicked } from "../to-picked";
import { AlertNote } from "./alert-note";

export const metadata: Metadata = { title: "Declare incident" };

/** Begins with what is known of the check or the alert that it is declared from. */
export default async function DeclarePage({ searchParams }: { searchParams: SearchParams }) {
  const { check, alert } = await searchParams;
  const from = { check: firstOf(check), alert: firstOf(alert) };
  const { declaration, alertId, leads, mayEdit } = await readDeclarationForm(from);
  const { title, severity, checks, startedAt } = declaration;
  return (
    <>
      <PageHeader
        title="Declare incident"
        description="Say what is wrong in half a minute; everything can be changed and added to afterwards."
        above={<Link href="/incidents">Incidents</Link>}
      />
      {mayEdit ? (
        <Card className="max-w-3xl">
          {/* One form for each thing it is declared from: a draft about one must not stand in the form of another. */}
          <ActionForm key={`${from.check} ${from.alert}`} action={declareIncidentAction} label="Declare incident">
            {alertId ? <AlertNote id={alertId} /> : null}
            <TitleField value={title} />
            <SeverityField value={severity} />
            <CheckPicker
              label="Affected checks"
              help="What people notice of it, and how badly: some are slow, some fail, nothing works."
              checks={toPicked(checks)}
            />
            <DescriptionField value="" />
            <VisibilityField value="internal" />
            <div className="grid gap-5 sm:grid-cols-2">
              <LeadField value="" leads={leads} />
              <MomentField
                name="startedAt"
                label="Started at"
                help="By your clock, when the harm began. Empty: now."
                at={startedAt?.getTime() ?? null}
              />
            </div>
            <ZoneInput />
            <div className="flex flex-wrap gap-2">
              <SubmitButton pending="Declaring…">Declare incident</SubmitButton>
              <ButtonLink href="/incidents">Cancel</ButtonLink>
            </div>
          </ActionForm>
        </Card>
      ) : (
        <Refused needs="editor" />
      )}
    </>
  );
}
