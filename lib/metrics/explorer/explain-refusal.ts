import type { Problem } from "@/lib/core/errors";
import { type PanelQuery, writeMatcher } from "./panel-query";

/** A refused query in sentences for whoever looks at its chart: without paths into the input. Pure. */
export function explainRefusal(problem: Problem, { matchers }: PanelQuery): string {
  if (problem.issues.length === 0) return problem.message;
  return problem.issues
    .map(({ path, message }) => {
      const place = /matchers\.(\d+)/.exec(path)?.[1];
      const matcher = place === undefined ? undefined : matchers[Number(place)];
      const patterns = matchers.filter(({ op }) => op === "=~" || op === "!~");
      // PostgreSQL, which has the last word on patterns, does not say which one it is about.
      const about = matcher ?? (path === "matchers" && patterns.length === 1 ? patterns[0] : undefined);
      // JavaScript's own message begins with the pattern, which is named already.
      const reason = about ? message.replace(`/${about.value}/: `, "") : message;
      return sentence(about ? `The filter ${writeMatcher(about)} ${reason}` : reason);
    })
    .join(" ");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;
}
