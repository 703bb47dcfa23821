"use client";

import { useEffect, useRef, useState } from "react";
import { type WindowPreview, loadPreview } from "./load-preview";

/** After the last key. */
const PAUSE_MS = 250;
const UNKNOWN: WindowPreview = { lines: undefined, problems: [] };

/** The next times of the window in the form around it, read from the server while one types. */
export function NextTimes() {
  const place = useRef<HTMLElement>(null);
  const [{ lines, problems }, setPreview] = useState(UNKNOWN);
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked: AbortController | undefined;
    const ask = () => {
      asked?.abort();
      const { signal } = (asked = new AbortController());
      loadPreview(new FormData(form), signal).then(setPreview, () => {
        if (!signal.aborted) setPreview({ lines: undefined, problems: ["The server cannot be reached."] });
      });
    };
    const askSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE_MS);
    };
    askSoon();
    form.addEventListener("input", askSoon);
    return () => {
      form.removeEventListener("input", askSoon);
      clearTimeout(timer);
      asked?.abort();
    };
  }, []);
  return (
    <section
      ref={place}
      aria-labelledby="next-times"
      className="grid gap-2 rounded-lg border border-line bg-sunken p-4"
    >
      <h2 id="next-times" className="text-sm font-medium text-ink">
        Next times
      </h2>
      <div aria-live="polite" className="text-sm text-ink">
        {lines === undefined ? (
          <Missing problems={problems} />
        ) : lines.length === 0 ? (
          <p className="text-muted">None: it would be over already.</p>
        ) : (
          <ol className="grid gap-1">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

function Missing({ problems }: Pick<WindowPreview, "problems">) {
  if (problems.length === 0) return <p className="text-muted">They will be here once it is said when.</p>;
  return (
    <ul className="grid gap-1 text-muted">
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}
