export const SEVERITIES = ["info", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Is `a` worse than `b`? Pure. */
export const isWorse = (a: Severity, b: Severity): boolean => SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b);

/** The worst of them; `info` of none. Pure. */
export const worstOf = (severities: Iterable<Severity>): Severity => {
  let worst: Severity = "info";
  for (const severity of severities) if (isWorse(severity, worst)) worst = severity;
  return worst;
};
