import { Send } from "lucide-react";
import type { Metadata } from "next";
import { readChannelsWithLast } from "@/app/_dal/alerting";
import { CardGrid, GridCard, ListFrame } from "../list-frame";
import { ChannelCard } from "./channel-card";

export const metadata: Metadata = { title: "Alert channels" };

export default async function ChannelsPage() {
  const { channels, mayEdit } = await readChannelsWithLast();
  return (
    <ListFrame
      current="/alerts/channels"
      title="Alert channels"
      description="Where alerts go. A rule without channels of its own tells all that are on."
      make="New channel"
      mayEdit={mayEdit}
      empty={{
        icon: Send,
        title: "Nobody is told yet",
        text: "Each way to people (email, Slack, a webhook) will be here with whether it works.",
      }}
      count={channels.length}
    >
      <CardGrid label="Alert channels">
        {channels.map((channel) => (
          <GridCard key={channel.id}>
            <ChannelCard channel={channel} mayEdit={mayEdit} />
          </GridCard>
        ))}
      </CardGrid>
    </ListFrame>
  );
}
