// What time it is where the browser is, when that differs from the page's time zone: time[data-local].

import { attach } from "./elements.js";
import { clock, meta, say } from "./words.js";

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

attach("time[data-local][datetime]", (element) => {
  const zone = meta("time-zone");
  if (!zone || zone === here || !element.dateTime.includes("T")) return;
  const [there, local] = [clock(element.dateTime, zone), clock(element.dateTime, here)];
  if (there !== local) element.title = say("local-time", { time: local, zone: here });
});
