import { expect, test } from "./fixtures";

/** What no text of the database holds: a null character, and half of a surrogate pair. */
const NULL = "%00";

for (const address of [
  `/checks?query=${NULL}`,
  `/alerts?query=a${NULL}b`,
  `/incidents?query=${NULL}&check=${NULL}&lead=${NULL}`,
  `/incidents/new?check=${NULL}`,
  `/incidents/actions?owner=${NULL}`,
  `/errors?query=${NULL}`,
  `/logs?query=${NULL}`,
  `/explore/anomalies?query=${NULL}&metric=${NULL}`,
  `/checks/${NULL}`,
  `/incidents/${NULL}`,
  `/alerts/${NULL}`,
])
  test(`${address} is answered by its page`, async ({ viewerPage: page }) => {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      /^(Checks|Alerts|Incidents|Declare incident|Action items|Errors|Logs|Anomalies|There is no such \w+|This is not here)$/,
    );
  });
