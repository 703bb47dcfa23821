import { ButtonLink } from "./button";
import { Banner } from "./banner";

interface ChannelBannersProps {
  channels: readonly { id: string; label: string; reason: string }[];
  /** Whoever may not mend it is told whom to ask. */
  isAdmin: boolean;
}

/** Says which channels a failure switched off, and what to do: until then they tell nobody. */
export function ChannelBanners({ channels, isAdmin }: ChannelBannersProps) {
  if (channels.length === 0) return null;
  return (
    <div className="grid gap-2">
      {channels.map(({ id, label, reason }) => (
        <Banner
          key={id}
          tone="negative"
          action={
            <ButtonLink href="/alerts/channels" small prefetch={false}>
              {isAdmin ? "Mend it" : "See channels"}
            </ButtonLink>
          }
        >
          <p>
            <strong className="font-semibold">{label} is off</strong>: {sentence(reason)}{" "}
            {isAdmin
              ? "Mend what it says, then send a test: that switches it on again."
              : "It tells nobody until an admin mends it."}
          </p>
        </Banner>
      ))}
    </div>
  );
}

const sentence = (reason: string): string => (/[.!?]$/.test(reason.trim()) ? reason.trim() : `${reason.trim()}.`);
