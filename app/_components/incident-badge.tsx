import {
  CircleAlert,
  CircleCheck,
  Eye,
  Info,
  OctagonAlert,
  Search,
  Target,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import { Badge } from "./badge";
import { classNames } from "./class-names";
import {
  INCIDENT_SEVERITY_LOOKS,
  INCIDENT_STATUS_LOOKS,
  type IncidentSeverity,
  type IncidentStatus,
} from "./incident-looks";
import { TONE_TEXT } from "./state";

const SEVERITY_ICONS: Record<IncidentSeverity, LucideIcon> = {
  critical: OctagonAlert,
  high: CircleAlert,
  medium: TriangleAlert,
  low: Info,
};
const STATUS_ICONS: Record<IncidentStatus, LucideIcon> = {
  investigating: Search,
  identified: Target,
  monitoring: Eye,
  resolved: CircleCheck,
};

/** How bad, as icon and word. Of what is over it is grey: colour says how things are now. */
export function IncidentSeverityBadge({ severity, over = false }: { severity: IncidentSeverity; over?: boolean }) {
  const { word, tone } = INCIDENT_SEVERITY_LOOKS[severity];
  return <Badge icon={SEVERITY_ICONS[severity]} word={word} tone={over ? "neutral" : tone} />;
}

/** Where it is, as icon and word. */
export function IncidentStatusBadge({ status }: { status: IncidentStatus }) {
  return <Badge icon={STATUS_ICONS[status]} {...INCIDENT_STATUS_LOOKS[status]} />;
}

/** The icon of a status in its colour. Decoration: the word must stand beside it. */
export function IncidentStatusIcon({ status, size }: { status: IncidentStatus; size: number }) {
  const Icon = STATUS_ICONS[status];
  return (
    <Icon aria-hidden size={size} className={classNames("shrink-0", TONE_TEXT[INCIDENT_STATUS_LOOKS[status].tone])} />
  );
}
