import { DEFAULT_SETTINGS } from "@/lib/status-page/settings";
import type { CheckFacts, ComponentFacts, DayFacts, IncidentFacts, StatusFacts } from "@/lib/status-page/status-facts";

/** Facts of a status page for pure tests: all is well at NOW; what is given takes the place of the usual. */
export const NOW = new Date("2028-03-01T12:00:00Z");

const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

let made = 0;
const nextId = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, "0")}`;

export const checkFacts = (given: Partial<CheckFacts> = {}): CheckFacts => ({
  id: nextId(),
  key: `check-${made}`,
  type: "http",
  status: "ok",
  pausedAt: null,
  lastResultAt: ago(0.5),
  intervalSeconds: 60,
  ...given,
});

export const componentFacts = (given: Partial<ComponentFacts> = {}): ComponentFacts => ({
  id: nextId(),
  label: "Payments",
  description: "",
  groupName: "",
  showResponseTime: false,
  createdAt: ago(200_000),
  updatedAt: ago(200_000),
  checks: [checkFacts()],
  ...given,
});

export const dayFacts = (given: Partial<DayFacts> = {}): DayFacts => ({
  checkId: "",
  day: "2028-03-01",
  up: 1_440,
  total: 1_440,
  downSeconds: 0,
  ...given,
});

export const incidentFacts = (given: Partial<IncidentFacts> = {}): IncidentFacts => ({
  id: nextId(),
  number: made,
  title: "Payments fail",
  status: "investigating",
  severity: "high",
  visibility: "public",
  startedAt: ago(60),
  resolvedAt: null,
  createdAt: ago(60),
  checks: [],
  updates: [],
  postmortem: null,
  ...given,
});

export const updateFacts = (given: Partial<IncidentFacts["updates"][number]> = {}) => ({
  id: nextId(),
  source: "update",
  at: ago(30),
  status: "investigating" as const,
  message: "We are looking at it.",
  isPublic: true,
  ...given,
});

export const windowFacts = (
  given: Partial<StatusFacts["windows"][number]["window"]> = {},
  isPublic = true,
): StatusFacts["windows"][number] => ({
  isPublic,
  window: {
    id: nextId(),
    label: "Database move",
    description: "Payments stop for a while.",
    matchers: [],
    recurrence: "once",
    timezone: "UTC",
    startsAt: ago(10),
    endsAt: ago(-50),
    weekdays: [],
    startTime: null,
    cron: null,
    durationMinutes: null,
    createdBy: "Ada",
    createdAt: ago(10_000),
    ...given,
  },
});

export const statusFacts = (given: Partial<StatusFacts> = {}): StatusFacts => ({
  settings: DEFAULT_SETTINGS,
  url: "https://status.example.com",
  workerLastSeenAt: ago(0.1),
  components: [],
  days: [],
  durations: { from: ago(1_440), pieceMs: 15 * 60_000, byCheck: new Map() },
  incidents: [],
  windows: [],
  ...given,
});
