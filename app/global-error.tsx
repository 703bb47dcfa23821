"use client";

import { RetryByItself } from "./_components/retry-by-itself";
import "./globals.css";

/** Even the frame broke. Renders its own document, without anything that could break again. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
  return (
    <html lang="en">
      <body className="bg-canvas font-sans text-ink">
        <RetryByItself retry={retry} />
        <title>Something broke · Watchkeeper</title>
        <main role="alert" className="mx-auto max-w-xl px-6 py-24">
          <h1 className="text-xl font-semibold tracking-tight text-ink">Watchkeeper could not show its pages</h1>
          <p className="mt-2 text-sm text-muted">
            Making the page broke, most often because the database does not answer. It is tried again every few seconds.
            {digest ? ` Reference ${digest}; the log has the cause beside it.` : null}
          </p>
          <button
            type="button"
            onClick={() => retry()}
            className="mt-6 h-9 cursor-pointer rounded-md bg-ink px-3.5 text-sm font-medium text-canvas"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
