import {
  Activity,
  BellRing,
  Bug,
  ChartSpline,
  CircleDot,
  MessageSquareText,
  PencilLine,
  Rocket,
  Send,
  ShieldAlert,
  UserCheck,
  type LucideIcon,
} from "lucide-react";

/** How a line of a timeline is marked, by what brought it. A source that is not here is shown by its own name. */
const LOOKS: Readonly<Record<string, { word: string; icon: LucideIcon }>> = {
  update: { word: "Update", icon: MessageSquareText },
  change: { word: "Change", icon: PencilLine },
  alert: { word: "Alert", icon: BellRing },
  check: { word: "Check", icon: Activity },
  anomaly: { word: "Anomaly", icon: ChartSpline },
  deploy: { word: "Deploy", icon: Rocket },
  notification: { word: "Notification", icon: Send },
  acknowledgement: { word: "Acknowledgement", icon: UserCheck },
  error: { word: "Error", icon: Bug },
  detection: { word: "Security", icon: ShieldAlert },
};

/** Pure. */
export function sourceLook(source: string): { word: string; icon: LucideIcon } {
  return LOOKS[source] ?? { word: source.charAt(0).toUpperCase() + source.slice(1), icon: CircleDot };
}
