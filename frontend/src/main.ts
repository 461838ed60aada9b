// Everything the pages do beyond HTML. Each part improves a page that already works without it.
import "htmx.org";
import { keepDrafts } from "./drafts";
import { guardForms } from "./forms";
import { watchIdle } from "./idle";
import { wireKeys } from "./keys";
import { tellKeyTrouble } from "./passkeys";
import { wireRows } from "./rows";

function start(root: ParentNode): void {
  keepDrafts(root);
  guardForms(root);
  wireRows(root);
}

document.addEventListener("DOMContentLoaded", () => {
  start(document);
  wireKeys();
  tellKeyTrouble();
  watchIdle();
});
document.addEventListener("htmx:load", (event) => start((event as CustomEvent).detail.elt as ParentNode));
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  if (token) (event as CustomEvent).detail.headers["X-CSRFToken"] = token;
});
