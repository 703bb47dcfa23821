import { createUser } from "@/lib/access/create-user";
import { defineCommand } from "./define-command";

export const adminCreate = defineCommand({
  summary: "Makes a user. The email is printed alone on a line, and a generated password on the next.",
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
