// A row of tabs that does not fit is scrolled to the chosen one: [data-tabs].

import { attach } from "./elements.js";

attach("[data-tabs]", (row) => {
  const chosen = row.querySelector("[aria-current]");
  if (!chosen || row.scrollWidth <= row.clientWidth) return;
  const [whole, part] = [row.getBoundingClientRect(), chosen.getBoundingClientRect()];
  row.scrollLeft += part.left + part.width / 2 - (whole.left + whole.width / 2);
});
