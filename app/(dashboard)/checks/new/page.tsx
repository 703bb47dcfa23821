import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { createCheckAction } from "@/app/_actions/checks";
import { Banner } from "@/app/_components/banner";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requireActor } from "@/app/_dal/session";
import { ActionForm } from "@/app/_forms/action-form";
import { FormSkeleton } from "@/app/_forms/form-skeleton";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { configFields } from "@/lib/checks/config-fields";
import { checkTiming } from "@/lib/config";
import { configFormValues } from "@/lib/checks/config-form";
import { CHECK_TYPES } from "@/lib/checks/registry";
import { may } from "@/lib/core/actor";
import { CheckFields } from "../check-fields";

/** As the API has it where nothing is said. */
const DEFAULT_TIMING = {
  intervalSeconds: String(checkTiming.intervalSeconds.parse(undefined)),
  timeoutSeconds: String(checkTiming.timeoutSeconds.parse(undefined)),
  failureThreshold: String(checkTiming.failureThreshold.parse(undefined)),
};

export const metadata: Metadata = { title: "New check" };

export default function NewCheckPage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <Suspense fallback={<FormSkeleton title="New check" fields={6} />}>
      <NewCheck searchParams={searchParams} />
    </Suspense>
  );
}

async function NewCheck({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const id = firstOf((await searchParams)["type"]) ?? "";
  const type = CHECK_TYPES.get(id);
  if (!may(actor, "checks:write")) {
    return (
      <>
        <PageHeader title="New check" above={<Link href="/checks">Checks</Link>} />
        <Banner tone="neutral">
          Making a check needs the role editor; yours is {actor.role}. An admin can change that.
        </Banner>
      </>
    );
  }
  if (!type) return <TypeChoice />;
  return (
    <>
      <PageHeader
        title={`New ${type.label} check`}
        description={type.description}
        above={<Link href="/checks/new">All types</Link>}
      />
      <Card className="max-w-2xl">
        {/* One form a type: a draft of one must not stand in the fields of another. */}
        <ActionForm key={id} action={createCheckAction} label="New check">
          <input type="hidden" name="type" value={id} />
          <CheckFields
            fields={configFields(type)}
            config={configFormValues(type, {})}
            timing={DEFAULT_TIMING}
            submit="Create check"
            cancel="/checks"
          />
        </ActionForm>
      </Card>
    </>
  );
}

/** What to look at? The form follows from the answer. */
function TypeChoice() {
  return (
    <>
      <PageHeader title="New check" description="What should it look at?" above={<Link href="/checks">Checks</Link>} />
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {[...CHECK_TYPES].map(([id, { label, description }]) => (
          <li
            key={id}
            className="relative rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong"
          >
            <h2 className="text-sm font-semibold">
              <Link
                href={`/checks/new?type=${id}`}
                className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
              >
                {label}
              </Link>
            </h2>
            <p className="mt-1 text-xs text-pretty text-muted">{description}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
