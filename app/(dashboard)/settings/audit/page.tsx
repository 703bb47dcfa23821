import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { verifyAuditAction } from "@/app/_actions/audit";
import { Button } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Input } from "@/app/_components/inputs";
import { readAudit } from "@/app/_dal/audit";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";
import { PageLinks } from "@/app/_lists/page-links";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { Table } from "@/app/_lists/table";
import { AdminOnly } from "../admin-only";
import { AuditRow } from "./audit-row";

export const metadata: Metadata = { title: "Audit trail" };

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const { query, cursor } = await searchParams;
  return (
    <AdminOnly>
      <AuditTrail query={(firstOf(query) ?? "").replaceAll("\0", "").trim()} cursor={firstOf(cursor)} />
    </AdminOnly>
  );
}

async function AuditTrail({ query, cursor }: { query: string; cursor: string | undefined }) {
  const { items, next } = await readAudit(query, cursor);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-prose text-sm text-muted">
          Who changed what, when and from where. Entries can only be added; each holds the hash of the one before, so
          that a change made in the database itself is found.
        </p>
        <ActionForm action={verifyAuditAction} label="Verify the audit trail" className="justify-items-end gap-2">
          <SubmitButton look="secondary" pending="Verifying…">
            Verify
          </SubmitButton>
        </ActionForm>
      </div>
      <form action="/settings/audit" role="search" aria-label="Audit trail" className="flex gap-2">
        <Input
          type="search"
          name="query"
          defaultValue={query}
          aria-label="Search by person, action, subject or address"
          placeholder="Search by person, action, subject or address"
          maxLength={200}
        />
        <Button type="submit">Search</Button>
      </form>
      {items.length === 0 ? (
        <EmptyState icon={ScrollText} title={query === "" ? "Nothing was changed yet" : "Nothing fits"}>
          {query === "" ? "Whatever people and programs change here is written down." : "Try fewer or other words."}
        </EmptyState>
      ) : (
        <Table label="Audit trail" columns={[{ wide: "When" }, "Who", "What"]}>
          {items.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </Table>
      )}
      <PageLinks path="/settings/audit" query={query === "" ? {} : { query }} cursor={cursor} next={next} />
    </div>
  );
}
