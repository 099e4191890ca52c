// What stands around the notebook, once it is there: its name, its tools, names for what has none.

import { offerContents } from "./contents.js";
import { nameThePage, tellTheWayOut } from "./header.js";
import { offerKeys } from "./keys-hint.js";
import { nameTheUnnamed } from "./names.js";
import { offerStartAfresh } from "./start-afresh.js";
import { leadBackToTheCell } from "./way-back.js";

export function furnish(app, panel) {
  nameThePage(panel);
  tellTheWayOut();
  leadBackToTheCell(panel);
  nameTheUnnamed(panel);
  offerContents(app, panel);
  offerStartAfresh(app, panel);
  offerKeys(app);
}
