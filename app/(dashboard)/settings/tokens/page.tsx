import { KeyRound, Plus } from "lucide-react";
import type { Metadata } from "next";
import { revokeTokenAction } from "@/app/_actions/tokens";
import { ButtonLink } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";
import { EmptyState } from "@/app/_components/empty-state";
import { RelativeTime } from "@/app/_components/relative-time";
import { readTokens } from "@/app/_dal/users";
import { PageLinks } from "@/app/_lists/page-links";
import { Table, WIDE } from "@/app/_lists/table";
import { AdminOnly } from "../admin-only";
import { RevokeForm } from "./revoke-form";

export const metadata: Metadata = { title: "API tokens" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function TokensPage({ searchParams }: PageProps) {
  const { cursor } = await searchParams;
  return (
    <AdminOnly>
      <TokenList cursor={typeof cursor === "string" ? cursor : undefined} />
    </AdminOnly>
  );
}

async function TokenList({ cursor }: { cursor: string | undefined }) {
  const { items, next } = await readTokens(cursor);
  const create = (
    <ButtonLink href="/settings/tokens/new" look="primary">
      <Plus aria-hidden size={16} />
      New token
    </ButtonLink>
  );
  if (items.length === 0) {
    return (
      <EmptyState icon={KeyRound} title="No API tokens" action={create}>
        A program that reads states or changes checks over HTTP needs a token. Each has scopes, is shown once, and can
        be revoked here.
      </EmptyState>
    );
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex items-center justify-between gap-4">
        <p className="text-sm text-muted">What programs send as “Authorization: Bearer …”.</p>
        {create}
      </div>
      <Table
        label="API tokens"
        columns={["Token", { wide: "Scopes" }, { wide: "Made" }, { wide: "Last used" }, "State"]}
      >
        {items.map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </Table>
      <PageLinks path="/settings/tokens" query={{}} cursor={cursor} next={next} />
    </div>
  );
}

function TokenRow({ token }: { token: Awaited<ReturnType<typeof readTokens>>["items"][number] }) {
  const scopes = token.scopes.join(", ");
  const lastUsed = token.lastUsedAt && <RelativeTime at={token.lastUsedAt} />;
  return (
    <tr className="border-t border-line align-top">
      <td className="px-4 py-3">
        <span className="font-medium text-ink">{token.name}</span>
        <code className="block font-mono text-xs text-muted">{token.prefix}…</code>
        {/* A phone has no room for more columns than the one to revoke it in. */}
        <span className="block text-xs text-muted sm:hidden">
          {scopes} · {token.lastUsedAt ? "used " : "never used"}
          {lastUsed}
        </span>
      </td>
      <td className={classNames("px-4 py-3 text-muted", WIDE)}>{scopes}</td>
      <td className={classNames("px-4 py-3 whitespace-nowrap text-muted", WIDE)}>
        <RelativeTime at={token.createdAt} />
        {token.creator ? <span className="block text-xs">by {token.creator.name}</span> : null}
      </td>
      <td className={classNames("px-4 py-3 whitespace-nowrap text-muted", WIDE)}>{lastUsed ?? "never"}</td>
      <td className="px-4 py-3 text-muted">
        {token.revokedAt ? (
          "Revoked"
        ) : (
          <>
            {token.expiresAt ? (
              <span className="mb-2 block whitespace-nowrap">
                Ends <RelativeTime at={token.expiresAt} />
              </span>
            ) : null}
            <RevokeForm id={token.id} name={token.name} action={revokeTokenAction} />
          </>
        )}
      </td>
    </tr>
  );
}
