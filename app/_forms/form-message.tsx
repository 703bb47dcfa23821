import type { FormState } from "@/app/_actions/form-state";
import { Banner } from "@/app/_components/banner";

/** What came of a submit, in a sentence that is read out. The polite region stands there before, so that it is heard. */
export function FormMessage({ state }: { state: FormState }) {
  const failed = state.status !== "idle" && state.status !== "done";
  return (
    <div aria-live={failed ? undefined : "polite"} className={state.status === "idle" ? "sr-only" : undefined}>
      {state.status === "idle" ? null : (
        <div key={state.attempt} tabIndex={-1} data-form-message className="appear rounded-lg">
          <Banner tone={failed ? "negative" : "positive"} urgent={failed}>
            {state.message}
          </Banner>
        </div>
      )}
    </div>
  );
}
