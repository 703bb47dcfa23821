import type { Metadata } from "next";
import { ButtonLink } from "./_components/button";
import { Logo } from "./_components/logo";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="max-w-md text-center">
        <div className="mb-4 flex justify-center">
          <Logo size={32} />
        </div>
        <h1 className="text-xl font-semibold tracking-tight text-ink">There is nothing at this address</h1>
        <p className="mt-2 mb-6 text-sm text-muted">
          What was here may have been deleted, or the address has a slip in it.
        </p>
        <ButtonLink href="/" look="primary">
          Overview
        </ButtonLink>
      </div>
    </main>
  );
}
