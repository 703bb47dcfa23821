import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { deleteRuleAction, updateRuleAction } from "@/app/_actions/alert-rules";
import { Banner } from "@/app/_components/banner";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { readChannels, readRule } from "@/app/_dal/alerting";
import { ActionForm } from "@/app/_forms/action-form";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { getSourceType } from "@/lib/alerting/source-registry";
import { Refused } from "../../../refused";
import { DeleteCard } from "../../../small-form";
import { RuleFields } from "../../rule-fields";

export const metadata: Metadata = { title: "Edit rule" };

interface PageProps {
  params: Promise<{ id: string }>;
}

export default function EditRulePage({ params }: PageProps) {
  return (
    <>
      <PageHeader title="Edit rule" above={<Link href="/alerts/rules">Alert rules</Link>} />
      <Suspense fallback={<FormSkeleton fields={6} />}>
        <EditRule params={params} />
      </Suspense>
    </>
  );
}

async function EditRule({ params }: PageProps) {
  const rule = await readRule((await params).id);
  const { id, label, mayEdit, origin, source } = rule;
  if (!mayEdit) return <Refused needs="editor" />;
  if (origin === "file")
    return <Banner tone="neutral">This rule follows from monitoring.config.ts: change it there and restart.</Banner>;
  const { channels } = await readChannels();
  return (
    <div className="grid max-w-2xl gap-6">
      <Card>
        <ActionForm action={updateRuleAction} label="Rule">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="source" value={source} />
          <RuleFields
            source={getSourceType(source)}
            rule={rule}
            channels={channels}
            submit="Save"
            cancel={`/alerts/rules/${id}`}
          />
        </ActionForm>
      </Card>
      <DeleteCard
        action={deleteRuleAction}
        id={id}
        name={label}
        what="rule"
        lost="Its open alerts resolve, and nothing fires for it any more. This cannot be undone; pausing can."
      />
    </div>
  );
}
