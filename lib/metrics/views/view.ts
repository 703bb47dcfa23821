import { z } from "zod";
import { readAddress, writeAddress } from "../explorer/address";

/** Most views there are: they are listed whole. */
export const MAX_VIEWS = 200;
/** Most of them on the overview. */
export const MAX_PINNED = 6;

/** Charts of the explorer under a name. */
export interface View {
  id: string;
  name: string;
  /** The explorer's address without ?. */
  query: string;
  /** Shown on the overview. */
  pinned: boolean;
  /** null: whoever made it is gone, or it was no person. */
  createdBy: string | null;
}

export const VIEW_FIELDS = { id: true, name: true, query: true, pinned: true, createdBy: true } as const;

/** A view's name: what people read in the list and over its charts. */
export const viewName = z.string("is required").trim().min(1, "is required").max(80, "must have at most 80 characters");

/** An address of the explorer; stored the way the explorer itself writes it. */
export const viewQuery = z
  .string("is required")
  .max(8_000, "must have at most 8,000 characters")
  .transform((text, refinement) => {
    const address = readAddress(text);
    if (address.panels.length === 0) refinement.addIssue({ code: "custom", message: "has no chart to save" });
    for (const panel of address.panels)
      if ("problem" in panel)
        refinement.addIssue({
          code: "custom",
          message: `has a chart that can't be read (${panel.text}): ${panel.problem}`,
        });
    return writeAddress(address);
  });
