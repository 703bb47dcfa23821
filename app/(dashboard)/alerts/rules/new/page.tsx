import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { createRuleAction } from "@/app/_actions/alert-rules";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { readChannels } from "@/app/_dal/alerting";
import { requireActor } from "@/app/_dal/session";
import { ActionForm } from "@/app/_forms/action-form";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { SOURCE_TYPES } from "@/lib/alerting/source-registry";
import { may } from "@/lib/core/actor";
import { KindChoice } from "../../kind-choice";
import { Refused } from "../../refused";
import { RuleFields } from "../rule-fields";

export const metadata: Metadata = { title: "New rule" };

export default function NewRulePage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <>
      <PageHeader title="New rule" above={<Link href="/alerts/rules">Alert rules</Link>} />
      <Suspense fallback={<FormSkeleton fields={6} />}>
        <NewRule searchParams={searchParams} />
      </Suspense>
    </>
  );
}

async function NewRule({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const id = firstOf((await searchParams)["source"]) ?? "";
  if (!may(actor, "alerts:write")) return <Refused needs="editor" />;
  const source = SOURCE_TYPES.get(id);
  if (!source) return <KindChoice path="/alerts/rules/new" parameter="source" kinds={SOURCE_TYPES} />;
  const { channels } = await readChannels();
  return (
    <Card className="max-w-2xl" title={source.label} description={source.description}>
      <ActionForm key={id} action={createRuleAction} label="Rule">
        <input type="hidden" name="source" value={id} />
        <RuleFields source={source} channels={channels} submit="Create rule" cancel="/alerts/rules" />
      </ActionForm>
    </Card>
  );
}
