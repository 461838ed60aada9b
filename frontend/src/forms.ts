// One click sends a form once; a half-written form without a draft asks before it is left; dependent questions hide.
export function guardForms(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form:not([data-guarded])").forEach((form) => {
    form.dataset.guarded = "1";
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      const question = (event as SubmitEvent).submitter?.dataset.confirm;
      if (question && !window.confirm(question)) {
        event.preventDefault();
        return;
      }
      if (form.method === "post" && !form.hasAttribute("hx-post")) {
        form.dataset.sent = "1";
        window.setTimeout(() => delete form.dataset.sent, 8000);
      }
      changed.delete(form);
    });
    if (form.method === "post" && !form.dataset.draft) form.addEventListener("input", () => changed.add(form));
    showWhatApplies(form);
    form.addEventListener("change", () => showWhatApplies(form));
    if (form.hasAttribute("data-submit-on-change")) form.addEventListener("change", () => form.requestSubmit());
  });
  root.querySelectorAll<HTMLElement>("[data-print]:not([data-wired])").forEach((button) => {
    button.dataset.wired = "1";
    button.addEventListener("click", () => window.print());
  });
  root.querySelectorAll<HTMLElement>("[data-set-value]:not([data-wired])").forEach((chip) => {
    chip.dataset.wired = "1";
    chip.addEventListener("click", () => {
      const field = document.getElementById(chip.dataset.setFor ?? "") as HTMLInputElement | null;
      if (!field) return;
      field.value = chip.dataset.setValue ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
}

const changed = new Set<HTMLFormElement>();
window.addEventListener("beforeunload", (event) => {
  for (const form of changed) if (form.isConnected) event.preventDefault();
});

// data-show-if="name=value|value2": the server decides the same when the form is sent.
function showWhatApplies(form: HTMLFormElement): void {
  const data = new FormData(form);
  form.querySelectorAll<HTMLElement>("[data-show-if]").forEach((part) => {
    const [name, values] = (part.dataset.showIf ?? "").split("=");
    if (!name || values === undefined) return;
    const wanted = values.split("|");
    part.hidden = !data.getAll(name).some((value) => wanted.includes(String(value)));
  });
}
