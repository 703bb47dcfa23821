export { checkState } from "./check-state";
export { metric } from "./metric";
export { errorRate } from "./error-rate";
export { anomaly } from "./anomaly";
export { queueGrowth } from "./queue-growth";
export { noData } from "./no-data";
export { workerSilent } from "./worker-silent";
export { actionItem } from "./action-item";
