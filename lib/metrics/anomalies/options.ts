/** What can be set. The defaults serve every series; docs/anomalies.md shows that none of them matters much by itself. */
export interface DetectorOptions {
  /** Width of a slot of the day and of the week: what is usual is learned for each. */
  slotSeconds: number;
  /** A slot forgets after so many visits: days for the day's profile, weeks for the week's. */
  visits: number;
  /** The level follows a shift within about so many slots. */
  levelSlots: number;
  /** A profile is used once its error is below this share of the simpler one's. */
  profileGain: number;
  /** Points that the short and the long smoothing look back over. */
  shortPoints: number;
  longPoints: number;
  /** Points over which the usual size of a residual is averaged. */
  scalePoints: number;
  /** Points of an episode: only its peak is remembered. */
  episodePoints: number;
  /** So many of the largest peaks are remembered for each view. */
  peaks: number;
  /** An earlier peak counts in full from a share e^-marginFull of the present size on, and not at all below e^-marginNone. */
  marginFull: number;
  marginNone: number;
  /** A point is an anomaly when fewer earlier episodes than this were as large: there its score is 0.5. */
  oddCount: number;
  /** A remembered peak shrinks by this share a day, so that what was long ago stops mattering. */
  fadePerDay: number;
  /** After an alarm only something clearly odder alarms, for this share of the time seen so far … */
  quietShare: number;
  /** … but never for longer than this. */
  quietSeconds: number;
  /** So many fewer earlier peaks make something clearly odder. */
  quietMargin: number;
  /** Nothing is judged before so much time and so many episodes are known. */
  warmUpSeconds: number;
  warmUpEpisodes: number;
}

export const DEFAULT_OPTIONS: DetectorOptions = {
  slotSeconds: 1800,
  visits: 8,
  levelSlots: 48,
  profileGain: 0.9,
  shortPoints: 6,
  longPoints: 24,
  scalePoints: 2000,
  episodePoints: 24,
  peaks: 16,
  marginFull: 0.1,
  marginNone: 0.4,
  oddCount: 4,
  fadePerDay: 0.002,
  quietShare: 0.03,
  quietSeconds: 86_400,
  quietMargin: 1,
  warmUpSeconds: 86_400,
  warmUpEpisodes: 6,
};
