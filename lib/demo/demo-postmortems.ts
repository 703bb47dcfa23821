import type { PostmortemText } from "@/lib/incidents/postmortem/postmortem";

const DAY_MS = 86_400_000;

interface DemoLesson {
  text: PostmortemText;
  isPublic: boolean;
  /** `due`: days from now, of an open one long enough that no demo reminds anybody; null: at no time. */
  actions: readonly { title: string; due: number | null; isDone: boolean }[];
}

/** The lessons of the demo's incidents, by the incident's title. */
const LESSONS: Readonly<Record<string, DemoLesson>> = {
  "Payments fail with 503": {
    isPublic: true,
    text: {
      impact:
        "For **33 minutes** every card payment was refused, and checkout timed out.\n\n- 1,204 people saw an error\n- 312 of them came back and paid later\n\nNo money was lost, and no data.",
      rootCause:
        "The new version reads the card processor's credential from `PROCESSOR_TOKEN`; production has it under its old name. The program started all the same, and failed at the first payment.",
      causeCategory: "deploy",
      contributingFactors: "- Staging has both names.\n- The deploy looks at the port, and at no payment.",
      whys: [
        "Every call to the card processor was refused.",
        "It had no credential.",
        "The new version looks for it under another name.",
        "The name was changed for one environment only.",
        "Nothing compares what a version needs with what an environment has.",
      ],
      wentWell: "- The alert came within a minute.\n- Going back took 5 min.",
      wentBadly: "- It took 11 min until the deploy was suspected.",
    },
    actions: [
      { title: "Refuse to start without a credential that is needed", due: 21, isDone: false },
      { title: "Make a test payment after each deploy", due: -6, isDone: true },
    ],
  },
  "Errors on all pages: database connections exhausted": {
    isPublic: false,
    text: {
      impact: "One request in five failed for about 40 minutes, on every page.",
      rootCause: "A report job opened a connection for each customer and kept it until the job's end.",
      causeCategory: "capacity",
      contributingFactors: "- No limit of connections for each program.",
      whys: [],
      wentWell: "- Stopping the job was enough.",
      wentBadly: "- Nobody was told at 70 of 80 connections.",
    },
    actions: [
      { title: "Alert at 80 % of the database's connections", due: 30, isDone: false },
      { title: "Give each program a pool of its own size", due: null, isDone: false },
    ],
  },
};

/** The lesson of an incident that has one, as it is stored. Pure. @param resolvedAt it was written a day after that, but not later than now */
export function demoLesson(title: string, resolvedAt: Date | null, now: Date) {
  const lesson = LESSONS[title];
  if (!lesson || !resolvedAt) return {};
  const at = new Date(Math.min(resolvedAt.getTime() + DAY_MS, now.getTime()));
  const dayOf = (days: number) => new Date(new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10));
  return {
    postmortem: {
      create: {
        ...lesson.text,
        visibility: lesson.isPublic ? ("public" as const) : ("internal" as const),
        publishedAt: lesson.isPublic ? at : null,
        updatedBy: "demo",
        createdAt: at,
        updatedAt: at,
      },
    },
    actions: {
      create: lesson.actions.map(({ title: action, due, isDone }, index) => ({
        title: action,
        dueOn: due === null ? null : dayOf(due),
        // In the order in which they stand here.
        createdAt: new Date(at.getTime() + index),
        ...(isDone && { doneAt: now, doneBy: "demo" }),
      })),
    },
  };
}
