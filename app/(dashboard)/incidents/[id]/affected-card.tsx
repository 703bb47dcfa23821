import Link from "next/link";
import { setAffectedAction } from "@/app/_actions/incidents";
import { Card } from "@/app/_components/card";
import { classNames } from "@/app/_components/class-names";
import { IMPACT_LOOKS } from "@/app/_components/incident-looks";
import { STATES, TONE_TEXT } from "@/app/_components/state";
import { StateIcon } from "@/app/_components/state-icon";
import type { IncidentDetail } from "@/app/_dal/incidents";
import { ActionForm } from "@/app/_forms/action-form";
import { CheckPicker } from "@/app/_forms/check-picker";
import { SubmitButton } from "@/app/_forms/submit-button";
import { VersionInput } from "@/app/_forms/version-input";
import { toPicked } from "../to-picked";
import { Disclosure } from "./disclosure";

type AffectedCardProps = Pick<IncidentDetail, "incident" | "checks" | "mayEdit">;

/** What it affects, how badly, and how each is now. */
export function AffectedCard({ incident: { id, version }, checks, mayEdit }: AffectedCardProps) {
  return (
    <Card title="Affected checks" aside={checks.length > 0 ? checks.length : undefined} flush>
      {checks.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted">None is named yet.</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {checks.map((check) => (
            <li
              key={check.checkId ?? check.label}
              className="relative flex items-center gap-3 px-4 py-2 hover:bg-sunken"
            >
              <Affected check={check} />
            </li>
          ))}
        </ul>
      )}
      {mayEdit ? (
        <Disclosure words={checks.length > 0 ? "Change" : "Name the affected checks"}>
          <ActionForm action={setAffectedAction} label="Affected checks" className="gap-3">
            <input type="hidden" name="id" value={id} />
            <VersionInput version={version} />
            <CheckPicker label="Affected checks" help="And how badly each." checks={toPicked(checks)} />
            <div>
              <SubmitButton small>Save affected checks</SubmitButton>
            </div>
          </ActionForm>
        </Disclosure>
      ) : null}
    </Card>
  );
}

function Affected({ check: { checkId, label, impact, state } }: { check: IncidentDetail["checks"][number] }) {
  const { word, tone } = IMPACT_LOOKS[impact];
  return (
    <>
      <span className="min-w-0 flex-1">
        {checkId === null ? (
          <span className="block truncate text-sm text-muted">{label}</span>
        ) : (
          <Link
            href={`/checks/${checkId}`}
            prefetch={false}
            className="block truncate text-sm font-medium text-ink after:absolute after:inset-0"
          >
            {label}
          </Link>
        )}
        <span className={classNames("text-xs", TONE_TEXT[tone])}>{word}</span>
      </span>
      <span className="flex shrink-0 items-center gap-1.5 text-xs text-muted">
        {state === null ? (
          "Deleted"
        ) : (
          <>
            <StateIcon state={state} size={14} />
            <span>
              <span className="sr-only">Now: </span>
              {STATES[state].word}
            </span>
          </>
        )}
      </span>
    </>
  );
}
