// Signing in with a passkey may fail (window closed, no key on this device): the page then says so instead of staying silent.
export function tellKeyTrouble(): void {
  document.addEventListener("allauth.error", (event) => {
    const told = document.querySelector<HTMLElement>("[data-key-trouble]");
    if (!told) return;
    event.preventDefault();
    told.hidden = true; // a second failure is announced again
    requestAnimationFrame(() => {
      told.hidden = false;
      told.scrollIntoView({ block: "nearest" });
    });
  });
}
