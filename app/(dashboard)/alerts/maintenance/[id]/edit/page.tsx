import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { deleteMaintenanceAction, updateMaintenanceAction } from "@/app/_actions/maintenance";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { readWindow } from "@/app/_dal/alerting";
import { ActionForm } from "@/app/_forms/action-form";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { toLocalInput } from "@/app/_forms/local-input";
import { matcherText } from "@/lib/alerting/matchers";
import { Refused } from "../../../refused";
import { DeleteCard } from "../../../small-form";
import { WindowFields } from "../../window-fields";

export const metadata: Metadata = { title: "Edit maintenance window" };

interface PageProps {
  params: Promise<{ id: string }>;
}

export default function EditWindowPage({ params }: PageProps) {
  return (
    <>
      <PageHeader title="Edit maintenance window" above={<Link href="/alerts/maintenance">Maintenance</Link>} />
      <Suspense fallback={<FormSkeleton fields={6} />}>
        <EditWindow params={params} />
      </Suspense>
    </>
  );
}

async function EditWindow({ params }: PageProps) {
  const window = await readWindow((await params).id);
  if (!window.mayEdit) return <Refused needs="editor" />;
  const { id, label, description, matchers, recurrence, timezone, weekdays, startTime, cron, durationMinutes } = window;
  const values = {
    label,
    description,
    matchers: matchers.map(matcherText).join("\n"),
    recurrence,
    timezone,
    startsAt: toLocalInput(window.startsAt, timezone),
    endsAt: toLocalInput(window.endsAt, timezone),
    weekdays: weekdays.join("\n"),
    startTime: startTime ?? "",
    cron: cron ?? "",
    durationMinutes: String(durationMinutes ?? ""),
    isPublic: window.isPublic ? "on" : "",
  };
  return (
    <div className="grid max-w-2xl gap-6">
      <Card>
        <ActionForm action={updateMaintenanceAction} label="Maintenance window">
          <input type="hidden" name="id" value={id} />
          <WindowFields values={values} submit="Save" />
        </ActionForm>
      </Card>
      <DeleteCard
        action={deleteMaintenanceAction}
        id={id}
        name={label}
        what="window"
        lost="What is planned no longer holds: alerts tell people again."
      />
    </div>
  );
}
