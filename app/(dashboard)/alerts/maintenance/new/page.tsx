import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { createMaintenanceAction } from "@/app/_actions/maintenance";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requireActor } from "@/app/_dal/session";
import { ActionForm } from "@/app/_forms/action-form";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { may } from "@/lib/core/actor";
import { Refused } from "../../refused";
import { WindowFields } from "../window-fields";

export const metadata: Metadata = { title: "New maintenance window" };

export default function NewWindowPage() {
  return (
    <>
      <PageHeader title="New maintenance window" above={<Link href="/alerts/maintenance">Maintenance</Link>} />
      <Suspense fallback={<FormSkeleton fields={6} />}>
        <NewWindow />
      </Suspense>
    </>
  );
}

async function NewWindow() {
  if (!may(await requireActor(), "alerts:write")) return <Refused needs="editor" />;
  return (
    <Card className="max-w-2xl">
      <ActionForm action={createMaintenanceAction} label="Maintenance window">
        <WindowFields values={{}} submit="Plan it" />
      </ActionForm>
    </Card>
  );
}
