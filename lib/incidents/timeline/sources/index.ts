export { alerts } from "./alerts";
export { checkFlips } from "./check-flips";
export { anomalies } from "./anomalies";
export { deploys } from "./deploys";
export { errors } from "./errors";
export { notifications } from "./notifications";
export { acknowledgements } from "./acknowledgements";
