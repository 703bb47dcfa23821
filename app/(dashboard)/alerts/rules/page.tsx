import { Scale } from "lucide-react";
import type { Metadata } from "next";
import { classNames } from "@/app/_components/class-names";
import { SeverityBadge } from "@/app/_components/severity-badge";
import { readRules } from "@/app/_dal/alerting";
import { RowLink, Table, WIDE } from "@/app/_lists/table";
import type { RuleWithCounts } from "@/lib/alerting/rules/list-rules";
import { SOURCE_TYPES } from "@/lib/alerting/source-registry";
import { formatDuration } from "@/lib/core/format";
import { ListFrame } from "../list-frame";
import { RuleState } from "./rule-state";

export const metadata: Metadata = { title: "Alert rules" };

export default async function RulesPage() {
  const { rules, mayEdit } = await readRules();
  return (
    <ListFrame
      current="/alerts/rules"
      title="Alert rules"
      description="What fires, when, and how badly. Looked at each minute, and at once when a check flips or an error is new."
      make="New rule"
      mayEdit={mayEdit}
      empty={{
        icon: Scale,
        title: "No rule yet",
        text: "A rule says what fires: a check that fails, a metric past a limit, data that stays away. Each will be a line here.",
      }}
      count={rules.length}
    >
      <Table label="Alert rules" columns={["Rule", { wide: "Looks at" }, "Severity", { wide: "Fires after" }, "Now"]}>
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} />
        ))}
      </Table>
    </ListFrame>
  );
}

function RuleRow({ rule }: { rule: RuleWithCounts }) {
  const { id, label, origin, source, severity, forSeconds } = rule;
  return (
    <tr className="relative border-t border-line hover:bg-sunken">
      <td className="px-4 py-3 sm:min-w-48">
        <RowLink href={`/alerts/rules/${id}`}>{label}</RowLink>
        {origin === "file" ? <span className="block text-xs text-muted">from monitoring.config.ts</span> : null}
      </td>
      <td className={classNames("px-4 py-3 whitespace-nowrap text-muted", WIDE)}>
        {SOURCE_TYPES.get(source)?.label ?? source}
      </td>
      <td className="px-4 py-3">
        <SeverityBadge severity={severity} />
      </td>
      <td className={classNames("px-4 py-3 whitespace-nowrap text-muted", WIDE)}>
        {forSeconds === 0 ? "at once" : formatDuration(forSeconds)}
      </td>
      <td className="px-4 py-3 whitespace-nowrap">
        <RuleState rule={rule} />
      </td>
    </tr>
  );
}
