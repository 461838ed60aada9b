// Chooses light or dark before the first paint when the user leaves the choice to the system; paper is always light.
const root = document.documentElement;
root.classList.add("js");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paper = window.matchMedia("print");
const chosen = root.getAttribute("data-bs-theme") ?? "light";
const apply = (printing: boolean): void => {
  const onScreen = root.dataset.theme === "auto" ? (dark.matches ? "dark" : "light") : chosen;
  root.setAttribute("data-bs-theme", printing ? "light" : onScreen);
};
apply(paper.matches);
dark.addEventListener("change", () => apply(paper.matches));
paper.addEventListener("change", () => apply(paper.matches));
window.addEventListener("beforeprint", () => apply(true));
window.addEventListener("afterprint", () => apply(false));
