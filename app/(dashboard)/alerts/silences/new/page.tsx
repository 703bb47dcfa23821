import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { createSilenceAction } from "@/app/_actions/silences";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requireActor } from "@/app/_dal/session";
import { ActionForm } from "@/app/_forms/action-form";
import { TextareaField, TextField } from "@/app/_forms/fields";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { SubmitButton } from "@/app/_forms/submit-button";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { may } from "@/lib/core/actor";
import { Refused } from "../../refused";
import { SilenceEnd } from "./silence-end";

export const metadata: Metadata = { title: "New silence" };

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
        <SilenceEnd />
        <div className="flex gap-2">
          <SubmitButton>Create silence</SubmitButton>
          <ButtonLink href="/alerts/silences">Cancel</ButtonLink>
        </div>
      </ActionForm>
    </Card>
  );
}
