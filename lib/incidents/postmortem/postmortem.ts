import type { Prisma } from "@/lib/db/generated/client";
import type { Incident } from "../incident";

export const POSTMORTEM_FIELDS = {
  impact: true,
  rootCause: true,
  causeCategory: true,
  contributingFactors: true,
  whys: true,
  wentWell: true,
  wentBadly: true,
  visibility: true,
  publishedAt: true,
  version: true,
  updatedBy: true,
  updatedAt: true,
} as const satisfies Prisma.PostmortemSelect;

/** What people write of an incident's lesson: Markdown, but for the category. */
export interface PostmortemText {
  impact: string;
  rootCause: string;
  /** A short name of the kind of cause: "deploy", "capacity". */
  causeCategory: string;
  contributingFactors: string;
  /** One answer to "why?" after the other, at most five. */
  whys: string[];
  wentWell: string;
  wentBadly: string;
}

export interface Postmortem extends PostmortemText {
  /** Who may read it once it is published. */
  visibility: Incident["visibility"];
  /** null: a draft. */
  publishedAt: Date | null;
  /** 0: nobody saved it yet, and the texts are the template's. */
  version: number;
  /** Who saved it last; null: nobody yet. */
  updatedBy: string | null;
  updatedAt: Date | null;
}

/** The fields that people write. */
export const TEXT_FIELDS = [
  "impact",
  "rootCause",
  "causeCategory",
  "contributingFactors",
  "whys",
  "wentWell",
  "wentBadly",
] as const satisfies readonly (keyof PostmortemText)[];

export const NO_TEXT: PostmortemText = {
  impact: "",
  rootCause: "",
  causeCategory: "",
  contributingFactors: "",
  whys: [],
  wentWell: "",
  wentBadly: "",
};
