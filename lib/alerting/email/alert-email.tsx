import type { AlertWords, MoreAlerts } from "./describe-alert";
import { DARK_MODE, STYLES, TONES } from "./email-styles";
import type { Pieces } from "./load-pieces";

interface Email {
  subject: string;
  words: readonly AlertWords[];
  /** Alerts that are not shown one by one; null: there are none. */
  rest: MoreAlerts | null;
  footer: string;
}

/** An email about alerts as HTML that phones show well, light and dark. React escapes every text in it. */
export function AlertEmail({ pieces, subject, words, rest, footer }: Email & { pieces: Pieces }) {
  const { Html, Head, Preview, Body, Container, Section, Text, Link } = pieces;
  const [first] = words;
  return (
    <Html lang="en">
      <Head>
        <title>{subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK_MODE}</style>
      </Head>
      <Preview>{first && words.length === 1 ? first.summary : subject}</Preview>
      <Body className="wk-body" style={STYLES.body}>
        <Container style={STYLES.container}>
          {words.map((alert) => (
            <AlertCard key={alert.id} pieces={pieces} alert={alert} />
          ))}
          {rest && (
            <Section className="wk-card" style={STYLES.card}>
              <Text className="wk-text" style={STYLES.text}>
                And {rest.count} more: {rest.names}
              </Text>
              <Link className="wk-link" href={rest.url} style={{ ...STYLES.link, marginLeft: 0 }}>
                See all alerts
              </Link>
            </Section>
          )}
          <Text className="wk-muted" style={STYLES.footer}>
            {footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

function AlertCard({ pieces, alert }: { pieces: Pieces; alert: AlertWords }) {
  const { Section, Heading, Text, Hr, Button, Link } = pieces;
  const { tone, label, subject, summary, facts, effects, note, links } = alert;
  const [main, ...others] = links;
  return (
    <Section className="wk-card" style={{ ...STYLES.card, borderLeft: `4px solid ${TONES[tone]}` }}>
      <Text className={`wk-${tone}`} style={{ ...STYLES.label, color: TONES[tone] }}>
        {label}
      </Text>
      <Heading as="h1" style={STYLES.heading}>
        {subject}
      </Heading>
      <Text className="wk-text" style={STYLES.text}>
        {summary}
      </Text>
      {note !== null && (
        <Text className="wk-note" style={STYLES.note}>
          {note}
        </Text>
      )}
      {facts.map(([name, value]) => (
        <Text key={name} className="wk-text" style={STYLES.fact}>
          {name}: <strong>{value}</strong>
        </Text>
      ))}
      {effects.length > 0 && (
        <>
          <Hr className="wk-line" style={STYLES.line} />
          <Text className="wk-muted" style={STYLES.fact}>
            Because of it:
          </Text>
          {effects.map((effect) => (
            <Text key={effect} className="wk-text" style={STYLES.fact}>
              • {effect}
            </Text>
          ))}
        </>
      )}
      <Hr className="wk-line" style={STYLES.line} />
      {main && (
        <Button href={main.url} style={STYLES.button}>
          {main.label}
        </Button>
      )}
      {others.map((link) => (
        <Link key={link.label} className="wk-link" href={link.url} style={STYLES.link}>
          {link.label}
        </Link>
      ))}
    </Section>
  );
}
