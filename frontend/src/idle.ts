// Warns before the idle time-out and signs in again in place, so that the half-written form stays on the screen.
let waiting: (() => void)[] = [];

export function watchIdle(): void {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="session-status"]');
  if (!meta) return;
  const ask = async (): Promise<void> => {
    const answer = await fetch(meta.content, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    if (!answer) return;
    const left = answer.ok ? ((await answer.json()) as { seconds_left: number }).seconds_left : 0;
    if (left <= 0) openRenewal();
    else window.setTimeout(() => void ask(), Math.min(left, 300) * 1000 + 1000);
  };
  window.setTimeout(() => void ask(), Number(meta.dataset.after ?? "300") * 1000);
}

export async function openRenewal(then?: () => void): Promise<void> {
  if (then) waiting.push(then);
  const meta = document.querySelector<HTMLMetaElement>('meta[name="session-renew"]');
  if (!meta || document.querySelector("dialog[data-renew][open]")) return;
  const answer = await fetch(meta.content, { headers: { "HX-Request": "true" } });
  const dialog = document.createElement("dialog");
  dialog.dataset.renew = "1";
  dialog.className = "renew";
  dialog.innerHTML = await answer.text();
  document.body.append(dialog);
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("form")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const sent = await fetch(meta.content, {
      method: "POST",
      body: new FormData(form),
      headers: { "HX-Request": "true" },
    });
    if (sent.status === 204) {
      dialog.remove();
      const fresh = sent.headers.get("X-CSRFToken");
      if (fresh) {
        document.querySelectorAll<HTMLInputElement>('input[name="csrfmiddlewaretoken"]').forEach((i) => (i.value = fresh));
        document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.setAttribute("content", fresh);
      }
      const jobs = waiting;
      waiting = [];
      jobs.forEach((job) => job());
    } else {
      const problem = form.querySelector("[role=alert]") ?? form.insertBefore(document.createElement("p"), form.firstChild);
      problem.setAttribute("role", "alert");
      problem.textContent = "Hasło się nie zgadza. Spróbuj jeszcze raz; Twój tekst jest bezpieczny.";
    }
  });
}
