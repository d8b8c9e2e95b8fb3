// The one entry: every page loads this, and each behaviour finds its own hooks. See README.md.

import "./requests.js";
import "./dialogs.js";
import "./confirm.js";
import "./submitting.js";
import "./guard.js";
import "./autosave.js";
import "./picker.js";
import "./search.js";
import "./filters.js";
import "./rows.js";
import "./menu.js";
import "./toasts.js";
import "./tree.js";
import "./tabs.js";
import "./polling.js";
import "./times.js";
import "./copy.js";
import "./theme.js";
import "./counter.js";
