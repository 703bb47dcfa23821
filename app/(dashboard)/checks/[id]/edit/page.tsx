import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { deleteCheckAction, updateCheckAction } from "@/app/_actions/checks";
import { Banner } from "@/app/_components/banner";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { type CheckDetail, readCheck } from "@/app/_dal/check";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { SubmitButton } from "@/app/_forms/submit-button";
import { configFields } from "@/lib/checks/config-fields";
import { configFormValues } from "@/lib/checks/config-form";
import { getCheckType } from "@/lib/checks/registry";
import { CheckFields } from "../../check-fields";

export const metadata: Metadata = { title: "Edit check" };

interface PageProps {
  params: Promise<{ id: string }>;
}

export default function EditCheckPage({ params }: PageProps) {
  return (
    <Suspense fallback={<FormSkeleton title="Edit check" fields={6} />}>
      <EditCheck params={params} />
    </Suspense>
  );
}

async function EditCheck({ params }: PageProps) {
  const check = await readCheck((await params).id);
  const refusal = refusalOf(check);
  return (
    <>
      <PageHeader title={`Edit ${check.label}`} above={<Link href={`/checks/${check.id}`}>{check.label}</Link>} />
      {refusal ? <Banner tone="neutral">{refusal}</Banner> : <EditForms check={check} />}
    </>
  );
}

/** Why there is no form; said here, and refused beside the data too. */
function refusalOf({ origin, mayEdit }: CheckDetail): string | undefined {
  if (!mayEdit) return "Changing a check needs the role editor. An admin can change yours.";
  return origin === "file"
    ? "This check stands in monitoring.config.ts: change it there and restart. It can be paused and run here."
    : undefined;
}

function EditForms({ check }: { check: CheckDetail }) {
  const type = getCheckType(check.type);
  const timing = {
    intervalSeconds: String(check.intervalSeconds),
    timeoutSeconds: String(check.timeoutSeconds),
    failureThreshold: String(check.failureThreshold),
  };
  return (
    <div className="grid max-w-2xl gap-6">
      <Card>
        <ActionForm action={updateCheckAction} label="Check">
          <input type="hidden" name="id" value={check.id} />
          <CheckFields
            fields={configFields(type)}
            config={configFormValues(type, check.config)}
            label={check.label}
            dependsOn={check.dependsOn}
            timing={timing}
            stored
            submit="Save"
            cancel={`/checks/${check.id}`}
          />
        </ActionForm>
      </Card>
      <div id="delete" className="scroll-mt-20">
        <Card
          title="Delete this check"
          description="Its results, history and uptime are lost, and nothing watches what it watched. This cannot be undone; pausing can."
        >
          <ActionForm action={deleteCheckAction} label="Delete check" className="max-w-sm">
            <input type="hidden" name="id" value={check.id} />
            <TextField name="confirm" label={`Type ${check.label} to confirm`} autoComplete="off" required />
            <div>
              <SubmitButton look="danger" pending="Deleting…">
                Delete check
              </SubmitButton>
            </div>
          </ActionForm>
        </Card>
      </div>
    </div>
  );
}
