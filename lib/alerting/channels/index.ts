export { email } from "./email";
export { slack } from "./slack";
export { smtp } from "./smtp";
export { webhook } from "./webhook";
