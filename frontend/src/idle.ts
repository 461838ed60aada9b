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
    }).catch(() => null);
    if (sent?.status === 204) {
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
      await tellWhy(form, sent);
    }
  });
}

/** What the server says of the attempt: its own form with its own sentences, or one sentence when there is no form. */
async function tellWhy(form: HTMLFormElement, sent: Response | null): Promise<void> {
  const page = sent && new DOMParser().parseFromString(await sent.text(), "text/html");
  const fresh = sent?.status === 422 ? page?.querySelector("form") : null;
  if (fresh) {
    form.replaceChildren(...fresh.childNodes);
    form.querySelector<HTMLInputElement>("[aria-invalid=true], input[type=password]")?.focus();
    return;
  }
  const said = { 0: form.dataset.offline, 429: form.dataset.tooMany, 200: form.dataset.signedOut }[sent?.status ?? 0];
  const problem = form.querySelector("[data-problem]") ?? form.insertBefore(document.createElement("p"), form.firstChild);
  problem.setAttribute("data-problem", "");
  problem.setAttribute("role", "alert");
  problem.textContent = said ?? form.dataset.failed ?? "";
}
