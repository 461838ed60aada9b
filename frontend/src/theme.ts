// Chooses light or dark before the first paint when the user leaves the choice to the system.
const root = document.documentElement;
root.classList.add("js");
if (root.dataset.theme === "auto") {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  apply();
  dark.addEventListener("change", apply);
}
