import type { ReactNode } from "react";

/** A form at a card's foot that is folded away until somebody wants it. */
export function Disclosure({ words, children }: { words: string; children: ReactNode }) {
  return (
    <details className="border-t border-line">
      <summary className="cursor-pointer rounded-b-lg px-4 py-2.5 text-xs font-medium text-muted hover:bg-sunken hover:text-ink">
        {words}
      </summary>
      <div className="px-4 pt-2 pb-4">{children}</div>
    </details>
  );
}
