import type { z } from "zod";
import type { Context } from "@/lib/core/context";
import type { MessageContent } from "../message";

/** What a service calls a message that it has. */
export type Reference = Readonly<Record<string, string>>;

export interface Outgoing {
  /** Stays the same over all attempts: the key by which a service knows a message again. */
  id: string;
  target: string;
  content: MessageContent;
  /** When it was formed: a service is asked for messages since then. */
  createdAt: Date;
  /** The first message about the same alert to the same target: what comes later belongs to its thread. */
  first: Reference | undefined;
  /** The latest message to the same target that arrived, about whatever it was; known only to `find`. */
  latest?: Reference | undefined;
}

/** What a channel may use. `signal` aborts at the time-out. */
export interface ChannelContext extends Pick<Context, "env" | "now" | "log"> {
  signal: AbortSignal;
}

/** A message was not delivered, and what that means. */
export class DeliveryFailure extends Error {
  override name = "DeliveryFailure";
  constructor(
    message: string,
    readonly about: {
      /** `retry`: later it may work. `message`: never with this message. `channel`: never with this channel as it is set. */
      kind: "retry" | "message" | "channel";
      /** The service asks to wait so long. */
      retryAfterMs?: number;
      /** It may have arrived: the answer was lost. */
      isUncertain?: boolean;
    },
  ) {
    super(message);
  }
}

/** A kind of channel as the registry sees it: the config is parsed inside. */
export interface ChannelType<Config extends z.ZodObject = z.ZodObject> {
  label: string;
  description: string;
  config: Config;
  example: z.input<Config>;
  /** Why it can't send as things are set, in a sentence with what to do; undefined: it can. */
  findProblem: (config: unknown, env: Context["env"]) => string | undefined;
  /** Whom it tells: each target gets its own message. */
  listTargets: (config: unknown, env: Context["env"]) => readonly string[];
  /** Who was told, for an alert's story: "Slack", "ada@example.com by Email". @param label the channel's */
  nameTold: (label: string, target: string) => string;
  /** @throws DeliveryFailure; anything else that is thrown counts as `retry` */
  send: (config: unknown, message: Outgoing, context: ChannelContext) => Promise<Reference>;
  /** Asks the service whether a message whose answer was lost is there; left out where it can't be asked or knows by itself. */
  find?: (config: unknown, message: Outgoing, context: ChannelContext) => Promise<Reference | undefined>;
  /** Writes the first message anew, which tells nobody; left out where messages can't be changed. */
  update?: (config: unknown, reference: Reference, message: Outgoing, context: ChannelContext) => Promise<void>;
}

/**
 * Defines a kind of channel: one file in lib/alerting/channels, one line in its index, one test beside it. Fields of `config`
 * have titles and secrets as those of checks (lib/checks/define-check.ts); what is left out is read from the environment.
 */
export function defineChannel<Config extends z.ZodObject>(definition: {
  label: string;
  description: string;
  config: Config;
  example: z.input<Config>;
  findProblem: (config: z.output<Config>, env: Context["env"]) => string | undefined;
  listTargets: (config: z.output<Config>, env: Context["env"]) => readonly string[];
  /** Left out where the channel's own name says it. */
  nameTold?: (label: string, target: string) => string;
  send: (config: z.output<Config>, message: Outgoing, context: ChannelContext) => Promise<Reference>;
  find?: (config: z.output<Config>, message: Outgoing, context: ChannelContext) => Promise<Reference | undefined>;
  update?: (
    config: z.output<Config>,
    reference: Reference,
    message: Outgoing,
    context: ChannelContext,
  ) => Promise<void>;
}): ChannelType<Config> {
  const { find, update, nameTold = (label) => label, ...rest } = definition;
  const parse = (config: unknown): z.output<Config> => {
    const parsed = definition.config.safeParse(config);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new DeliveryFailure(`The channel's settings are not valid (${issues.join("; ")}).`, { kind: "channel" });
  };
  return {
    ...rest,
    nameTold,
    findProblem: (config, env) => {
      const parsed = definition.config.safeParse(config);
      return parsed.success
        ? definition.findProblem(parsed.data, env)
        : "Its settings are not valid: edit the channel.";
    },
    listTargets: (config, env) => definition.listTargets(parse(config), env),
    send: async (config, message, context) => definition.send(parse(config), message, context),
    ...(find && { find: async (config, message, context) => find(parse(config), message, context) }),
    ...(update && {
      update: async (config, reference, message, context) => update(parse(config), reference, message, context),
    }),
  };
}
