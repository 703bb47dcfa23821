/** Whether a rule's alerts open an incident, in words; the empty one is null. */
const WORDS: Readonly<Record<string, string>> = {
  "": "By severity: critical ones do",
  true: "Always",
  false: "Never",
};

export const INCIDENT_OPTIONS = ["", "true", "false"].map((value) => ({ value, label: WORDS[value] ?? value }));

export const opensIncidentText = (opens: boolean | null): string => WORDS[String(opens ?? "")] ?? "";
