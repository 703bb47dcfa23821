"use client";

import { Button, ButtonLink } from "@/app/_components/button";
import { RetryByItself } from "@/app/_components/retry-by-itself";

/** A page broke; the frame around it still works. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
  return (
    <div role="alert" className="mx-auto max-w-xl py-12">
      <RetryByItself retry={retry} />
      <h1 className="text-xl font-semibold tracking-tight text-ink">This page could not be shown</h1>
      <p className="mt-2 text-sm text-muted">
        Something broke while it was made, most often because the database did not answer. It is tried again every few
        seconds; the other pages may still work.
      </p>
      {digest ? (
        <p className="mt-2 text-sm text-muted">
          Reference <code className="rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-xs text-ink">{digest}</code>; the
          log has the cause beside it.
        </p>
      ) : null}
      <div className="mt-6 flex gap-2">
        <Button look="primary" onClick={() => retry()}>
          Try again
        </Button>
        <ButtonLink href="/">Overview</ButtonLink>
      </div>
    </div>
  );
}
