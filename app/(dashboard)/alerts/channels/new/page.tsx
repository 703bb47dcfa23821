import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { createChannelAction } from "@/app/_actions/channels";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requireActor } from "@/app/_dal/session";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { CHANNEL_TYPES } from "@/lib/alerting/channels/registry";
import { may } from "@/lib/core/actor";
import { KindChoice } from "../../kind-choice";
import { Refused } from "../../refused";
import { ChannelForm } from "../channel-form";

export const metadata: Metadata = { title: "New channel" };

export default function NewChannelPage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <>
      <PageHeader title="New channel" above={<Link href="/alerts/channels">Alert channels</Link>} />
      <Suspense fallback={<FormSkeleton fields={3} />}>
        <NewChannel searchParams={searchParams} />
      </Suspense>
    </>
  );
}

async function NewChannel({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const id = firstOf((await searchParams)["type"]) ?? "";
  if (!may(actor, "admin")) return <Refused needs="admin" />;
  const type = CHANNEL_TYPES.get(id);
  if (!type) return <KindChoice path="/alerts/channels/new" parameter="type" kinds={CHANNEL_TYPES} />;
  return (
    <Card className="max-w-2xl" title={type.label} description={type.description}>
      <ChannelForm
        key={id}
        action={createChannelAction}
        hidden={{ name: "type", value: id }}
        type={type}
        config={{}}
        submit="Create channel"
      />
    </Card>
  );
}
