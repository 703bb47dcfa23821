import { ROOT } from "../root";
import { watchBundles } from "./watch-bundles";

/** The development mode's child: bundles on every change and tells the launcher which process is to be started again. */
process.on("disconnect", () => process.exit(0));
await watchBundles(ROOT, (changed) => process.send?.({ changed }));
