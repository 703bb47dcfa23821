export { http } from "./http";
