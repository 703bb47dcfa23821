import type { CheckAnswer } from "./define-check";

/** One thing that a check noticed, with its sentence. */
export interface Finding {
  status: "warning" | "failed";
  message: string;
}

/** A warning and a failed limit, each may be absent. */
export interface Limits {
  warning?: number | undefined;
  failed?: number | undefined;
}

/**
 * Is a value above its limits? Pure.
 * @param sentence says what is wrong, given the limit that was passed
 */
export function above(value: number, limits: Limits, sentence: (limit: number) => string): Finding | undefined {
  if (limits.failed !== undefined && value > limits.failed)
    return { status: "failed", message: sentence(limits.failed) };
  if (limits.warning !== undefined && value > limits.warning)
    return { status: "warning", message: sentence(limits.warning) };
  return undefined;
}

/** The same for a value that must not fall below its limits. Pure. */
export function below(value: number, limits: Limits, sentence: (limit: number) => string): Finding | undefined {
  if (limits.failed !== undefined && value < limits.failed)
    return { status: "failed", message: sentence(limits.failed) };
  if (limits.warning !== undefined && value < limits.warning)
    return { status: "warning", message: sentence(limits.warning) };
  return undefined;
}

export function failed(message: string): Finding {
  return { status: "failed", message };
}

/** The answer that the findings make: the worst one's status, every sentence, the worst first. Pure. */
export function conclude(
  findings: readonly (Finding | undefined)[],
  facts: Omit<CheckAnswer, "status" | "message">,
): CheckAnswer {
  const found = findings.filter((finding) => finding !== undefined);
  if (found.length === 0) return { status: "ok", ...facts };
  const worstFirst = [
    ...found.filter(({ status }) => status === "failed"),
    ...found.filter(({ status }) => status === "warning"),
  ];
  return {
    status: worstFirst[0]?.status ?? "ok",
    message: worstFirst.map(({ message }) => message).join(" "),
    ...facts,
  };
}
