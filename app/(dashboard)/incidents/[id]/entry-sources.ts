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
  alerts: { word: "Alert", icon: BellRing },
  "check-flips": { word: "Check", icon: Activity },
  anomalies: { word: "Anomaly", icon: ChartSpline },
  deploys: { word: "Deploy", icon: Rocket },
  notifications: { word: "Notification", icon: Send },
  acknowledgements: { word: "Acknowledgement", icon: UserCheck },
  errors: { word: "Error", icon: Bug },
  detections: { word: "Security", icon: ShieldAlert },
};

/** Pure. */
export function sourceLook(source: string): { word: string; icon: LucideIcon } {
  const words = source.replaceAll("-", " ");
  return LOOKS[source] ?? { word: words.charAt(0).toUpperCase() + words.slice(1), icon: CircleDot };
}
