// Autosave: a form with data-draft="URL" sends itself there while it is written, so that no typed text is lost.
import { openRenewal } from "./idle";

const WAIT = 800;
const dirty = new WeakMap<HTMLFormElement, boolean>();

export function keepDrafts(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form[data-draft]:not([data-draft-on])").forEach(watch);
}

function watch(form: HTMLFormElement): void {
  form.dataset.draftOn = "1";
  const status = document.createElement("p");
  status.className = "draft-status";
  status.setAttribute("role", "status");
  (form.querySelector("[data-draft-status]") ?? form).append(status);
  let timer = 0;
  let rev = form.querySelector<HTMLInputElement>('input[name="rev"]');

  const save = async (leaving = false): Promise<void> => {
    if (!dirty.get(form)) return;
    dirty.set(form, false);
    if (!leaving) status.textContent = form.dataset.draftSaving ?? "Zapisuję szkic…";
    try {
      const answer = await fetch(form.dataset.draft as string, {
        method: "POST",
        body: withoutFiles(new FormData(form)),
        keepalive: leaving,
        redirect: "manual",
        headers: { "X-Requested-With": "fetch", Accept: "application/json" },
      });
      if (answer.status === 401 || answer.type === "opaqueredirect") {
        dirty.set(form, true);
        openRenewal(() => void save());
        return;
      }
      if (answer.status === 409) {
        const told = (await answer.json().catch(() => ({}))) as { sentence?: string; compare?: string };
        status.textContent = told.sentence ?? "Ktoś inny zapisał tę kartę. Zapisz, aby porównać obie wersje.";
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const told = (await answer.json().catch(() => ({}))) as { rev?: number; url?: string };
      rev = form.querySelector<HTMLInputElement>('input[name="rev"]') ?? rev;
      if (rev && told.rev !== undefined) rev.value = String(told.rev);
      if (told.url) form.dataset.draft = told.url;
      const time = new Date().toLocaleTimeString("pl-PL", { hour: "2-digit", minute: "2-digit" });
      status.textContent = `${form.dataset.draftSaved ?? "Zapisano szkic"} ${time}`;
    } catch {
      dirty.set(form, true);
      status.textContent =
        form.dataset.draftFailed ?? "Nie udało się zapisać szkicu. Tekst jest na ekranie; spróbuję ponownie za chwilę.";
      timer = window.setTimeout(() => void save(), 10_000);
    }
  };

  form.addEventListener("input", () => {
    dirty.set(form, true);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void save(), WAIT);
  });
  form.addEventListener("focusout", () => void save());
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    dirty.set(form, false);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void save(true);
  });
  window.addEventListener("pagehide", () => void save(true));
}

function withoutFiles(data: FormData): URLSearchParams {
  const plain = new URLSearchParams();
  data.forEach((value, key) => {
    if (typeof value === "string") plain.append(key, value);
  });
  return plain;
}
