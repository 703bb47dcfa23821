import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { createSilenceAction } from "@/app/_actions/silences";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requireActor } from "@/app/_dal/session";
import { ActionForm } from "@/app/_forms/action-form";
import { SelectField, TextareaField, TextField } from "@/app/_forms/fields";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { SubmitButton } from "@/app/_forms/submit-button";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { may } from "@/lib/core/actor";
import { Refused } from "../../refused";
import { ZoneInput } from "@/app/_forms/zone-input";

export const metadata: Metadata = { title: "New silence" };

const ENDS = [
  { value: "1h", label: "In 1 hour" },
  { value: "4h", label: "In 4 hours" },
  { value: "tomorrow", label: "Tomorrow, 9:00" },
  { value: "date", label: "At the time below" },
];

export default function NewSilencePage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <>
      <PageHeader title="New silence" above={<Link href="/alerts/silences">Silences</Link>} />
      <Suspense fallback={<FormSkeleton fields={4} />}>
        <NewSilence searchParams={searchParams} />
      </Suspense>
    </>
  );
}

async function NewSilence({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const matchers = firstOf((await searchParams)["matchers"]) ?? "";
  if (!may(actor, "alerts:write")) return <Refused needs="editor" />;
  return (
    <Card className="max-w-2xl">
      <ActionForm key={matchers} action={createSilenceAction} label="New silence">
        <TextareaField
          name="matchers"
          label="Which alerts"
          help="One a line, like check=payments, rule=memory, host!=web-1 or host=~web-.*; an alert has to fit all of them."
          defaultValue={matchers}
          rows={3}
          required
        />
        <TextField
          name="comment"
          label="Why"
          help="For the others, and in each alert it holds back."
          autoComplete="off"
          required
        />
        <SelectField name="end" label="Ends" options={ENDS} defaultValue="1h" required />
        <TextField
          name="endsAt"
          label="At"
          type="datetime-local"
          help="By your own clock; only for “at the time below”."
        />
        <ZoneInput />
        <div className="flex gap-2">
          <SubmitButton>Create silence</SubmitButton>
          <ButtonLink href="/alerts/silences">Cancel</ButtonLink>
        </div>
      </ActionForm>
    </Card>
  );
}
