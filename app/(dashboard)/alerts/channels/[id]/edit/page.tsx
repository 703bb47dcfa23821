import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { deleteChannelAction, updateChannelAction } from "@/app/_actions/channels";
import { Banner } from "@/app/_components/banner";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { readChannel } from "@/app/_dal/alerting";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { findChannelType } from "@/lib/alerting/channels/registry";
import { Refused } from "../../../refused";
import { DeleteCard } from "../../../small-form";
import { ChannelForm } from "../../channel-form";

export const metadata: Metadata = { title: "Edit channel" };

interface PageProps {
  params: Promise<{ id: string }>;
}

export default function EditChannelPage({ params }: PageProps) {
  return (
    <>
      <PageHeader title="Edit channel" above={<Link href="/alerts/channels">Alert channels</Link>} />
      <Suspense fallback={<FormSkeleton fields={3} />}>
        <EditChannel params={params} />
      </Suspense>
    </>
  );
}

async function EditChannel({ params }: PageProps) {
  const { id, label, type: kind, config, origin, mayEdit } = await readChannel((await params).id);
  if (!mayEdit) return <Refused needs="admin" />;
  const type = findChannelType(kind);
  if (origin === "file" || !type)
    return <Banner tone="neutral">This channel stands in monitoring.config.ts: change it there and restart.</Banner>;
  return (
    <div className="grid max-w-2xl gap-6">
      <Card>
        <ChannelForm
          action={updateChannelAction}
          hidden={{ name: "id", value: id }}
          type={type}
          label={label}
          config={config}
          submit="Save"
        />
      </Card>
      <DeleteCard
        action={deleteChannelAction}
        id={id}
        name={label}
        what="channel"
        lost="It tells nobody any more, and what was sent through it is lost. Switching it off can be undone."
      />
    </div>
  );
}
