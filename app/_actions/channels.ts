"use server";

import {
  createChannel,
  deleteChannel,
  disableChannel,
  enableChannel,
  getChannel,
  updateChannel,
} from "@/lib/alerting/channels/channel-verbs";
import { findChannelType } from "@/lib/alerting/channels/registry";
import { sendTest } from "@/lib/alerting/delivery/send-test";
import { authorize } from "@/lib/core/actor";
import { runAction } from "./action";
import { readConfig } from "./check-form-values";
import { confirmName } from "./confirm-name";
import type { FormState } from "./form-state";

const PATH = "/alerts/channels";

export async function createChannelAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    const { type = "", label = "" } = values;
    await createChannel(context, { type, label, config: readConfig(findChannelType(type), values) });
    return { redirectTo: PATH };
  });
}

/** The kind of a channel does not change: it is read from the database, not from the form. */
export async function updateChannelAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "admin");
    const { id = "", label = "" } = values;
    const { type } = await getChannel(context, { id });
    await updateChannel(context, { id, label, config: readConfig(findChannelType(type), values) });
    return { redirectTo: PATH };
  });
}

export async function deleteChannelAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", confirm }) => {
    authorize(context.actor, "admin");
    confirmName(confirm, (await getChannel(context, { id })).label);
    await deleteChannel(context, { id });
    return { redirectTo: PATH };
  });
}

export async function enableChannelAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    const { label } = await enableChannel(context, { id });
    return { message: `${label} is on.` };
  });
}

export async function disableChannelAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    const { label } = await disableChannel(context, { id });
    return { message: `${label} is off: it tells nobody.` };
  });
}

/** By the way that alerts go. */
export async function sendTestAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await sendTest(context, { id });
    return { message: "The test is on its way." };
  });
}
