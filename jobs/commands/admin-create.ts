import { createUser } from "@/lib/access/create-user";
import { defineCommand } from "./define-command";

/** Makes a user; the email is printed alone on one line, and the password on the next where it was generated. */
export const adminCreate = defineCommand({
  usage: "--email ADDRESS [--password PASSWORD] [--role admin|editor|viewer] [--name NAME]",
  options: {
    email: { type: "string" },
    password: { type: "string" },
    role: { type: "string", default: "admin" },
    name: { type: "string" },
  },
  run: async ({ context, print, note }, { email, password, role, name }) => {
    const user = await createUser(context, { email, password, role, name });
    print(user.email);
    if (user.password !== undefined) {
      note("The password was generated and is shown only now:");
      print(user.password);
    }
    return 0;
  },
});
