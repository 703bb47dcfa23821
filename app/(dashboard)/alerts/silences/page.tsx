import { BellOff } from "lucide-react";
import type { Metadata } from "next";
import { endSilenceAction } from "@/app/_actions/silences";
import { ClockTime, RelativeTime } from "@/app/_components/relative-time";
import { readSilences, type ShownSilence } from "@/app/_dal/alerting";
import { matcherText } from "@/lib/alerting/matchers";
import { ListFrame } from "../list-frame";
import { OneButton } from "../small-form";

export const metadata: Metadata = { title: "Silences" };

const WORDS = { active: "Active", planned: "Planned", over: "Over" } as const;

export default async function SilencesPage() {
  const { silences, mayEdit } = await readSilences();
  return (
    <ListFrame
      current="/alerts/silences"
      title="Silences"
      description="Alerts that fit are kept and shown, but tell nobody until the silence ends."
      make="New silence"
      mayEdit={mayEdit}
      empty={{
        icon: BellOff,
        title: "Nothing is silenced",
        text: "While something known is being mended, a silence keeps its alerts from telling people. Each will be here with its reason and its end.",
      }}
      count={silences.length}
    >
      <ul aria-label="Silences" className="divide-y divide-line rounded-lg border border-line bg-surface">
        {silences.map((silence) => (
          <li key={silence.id}>
            <SilenceRow silence={silence} mayEdit={mayEdit} />
          </li>
        ))}
      </ul>
    </ListFrame>
  );
}

function SilenceRow({ silence, mayEdit }: { silence: ShownSilence; mayEdit: boolean }) {
  const { id, matchers, comment, endsAt, createdBy, createdAt, state, fitting } = silence;
  const words = matchers.map(matcherText).join(" ");
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <code className="font-mono text-sm break-all text-ink">{words}</code>
        <p className="text-sm break-words text-ink">{comment}</p>
        <p className="text-xs text-muted">
          <strong className="font-medium text-ink">{WORDS[state]}</strong>, {state === "over" ? "ended" : "ends"}{" "}
          <ClockTime at={endsAt} /> (<RelativeTime at={endsAt} />) · by {createdBy}, <RelativeTime at={createdAt} />
        </p>
        {fitting === null ? null : <p className="text-xs text-muted">{holding(fitting)}</p>}
      </div>
      {mayEdit && state !== "over" ? (
        <OneButton action={endSilenceAction} id={id} label={`End the silence of ${words}: ${comment}`}>
          End now
        </OneButton>
      ) : null}
    </div>
  );
}

function holding(fitting: number): string {
  if (fitting === 0) return "No alert that fires now fits it.";
  return fitting === 1 ? "It holds back one alert now." : `It holds back ${fitting.toLocaleString("en")} alerts now.`;
}
