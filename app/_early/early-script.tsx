import { earlySearch } from "./early-search";
import { earlyTheme } from "./early-theme";

const SCRIPT = { __html: [earlyTheme, earlySearch].map((work) => `(${work.toString()})();`).join("\n") };

/** What cannot wait for the page's code, within the page itself: it costs no request and runs before the first paint. */
export function EarlyScript() {
  return <script dangerouslySetInnerHTML={SCRIPT} />;
}
