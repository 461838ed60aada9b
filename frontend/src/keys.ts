// "/" goes to the search box, Escape leaves it.
export function wireKeys(): void {
  const box = document.querySelector<HTMLInputElement>("[data-global-search]");
  document.addEventListener("keydown", (event) => {
    const at = event.target as HTMLElement;
    const typing = at.matches("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
    if (event.key === "Escape" && at === box) box?.blur();
    if (event.key === "Escape") document.querySelectorAll("details[data-menu][open]").forEach((m) => m.removeAttribute("open"));
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll<HTMLElement>("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target as Node)) menu.removeAttribute("open");
    });
  });
}
