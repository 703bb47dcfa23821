import { ButtonLink } from "@/app/_components/button";

/** Something that a page of the dashboard was asked for is not there. */
export default function NotFound() {
  return (
    <div className="mx-auto max-w-xl py-12">
      <h1 className="text-xl font-semibold tracking-tight text-ink">This is not here</h1>
      <p className="mt-2 mb-6 text-sm text-muted">It may have been deleted, or the address has a slip in it.</p>
      <ButtonLink href="/" look="primary">
        Overview
      </ButtonLink>
    </div>
  );
}
