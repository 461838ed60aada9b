// Repeated rows: the server renders spare ones; here they hide behind an "add" button.
export function wireRows(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-rows]:not([data-rows-on])").forEach((group) => {
    group.dataset.rowsOn = "1";
    const rows = [...group.querySelectorAll<HTMLElement>("[data-row]")];
    const spare = rows.filter((row) => "spare" in row.dataset && !filled(row));
    spare.slice(rows.length === spare.length ? 1 : 0).forEach((row) => (row.hidden = true));
    const button = group.querySelector<HTMLButtonElement>("[data-add-row]");
    if (!button) return;
    button.hidden = !spare.some((row) => row.hidden);
    button.addEventListener("click", () => {
      const next = spare.find((row) => row.hidden);
      if (next) {
        next.hidden = false;
        next.querySelector<HTMLElement>("input, select, textarea")?.focus();
      }
      button.hidden = !spare.some((row) => row.hidden);
    });
  });
}

// A select or radio still as the server set it says nothing: only what somebody wrote or chose fills a row.
function filled(row: HTMLElement): boolean {
  return [...row.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select, textarea")].some((field) => {
    if (field instanceof HTMLSelectElement) {
      return field.selectedIndex > 0 && !field.options[field.selectedIndex]?.defaultSelected && field.value !== "";
    }
    if (field.type === "checkbox" || field.type === "radio") return field.checked && field.value !== "";
    return field.type !== "hidden" && field.value !== "";
  });
}
