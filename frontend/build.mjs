// Bundles scripts and styles and gathers icons into the folder given as the first argument. Run by hatch_build.py.
import { build } from "esbuild";
import { readFileSync, writeFileSync, mkdirSync, rmSync } from "node:fs";
import { compile } from "sass";

const out = process.argv[2];
rmSync(out, { recursive: true, force: true }); // a stale bundle beside a new one has bitten others
mkdirSync(out, { recursive: true });

const css = compile("src/main.scss", {
  loadPaths: ["node_modules"],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
});

// Paper is white whatever the screen is, also without scripts: every rule of the dark theme holds on screens only.
function darkOnScreensOnly(text) {
  let depth = 0, start = 0, quote = "", made = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quote) { if (sign === "\\") at++; else if (sign === quote) quote = ""; }
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "{") depth++;
    else if ((sign === "}" && --depth === 0) || (sign === ";" && depth === 0)) {
      const rule = text.slice(start, at + 1);
      const selector = rule.slice(0, rule.indexOf("{"));
      const isDark = /\[data-bs-theme="?dark"?\]/.test(selector) && !selector.startsWith("@") && !selector.includes(":not(");
      made += isDark ? `@media screen{${rule}}` : rule;
      start = at + 1;
    }
  }
  return made + text.slice(start);
}
writeFileSync(`${out}/main.css`, darkOnScreensOnly(css.css.replace(/@import url\([^)]*\);?/g, "")));

await build({
  entryPoints: { main: "src/main.ts", theme: "src/theme.ts" },
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  outdir: out,
  logLevel: "warning",
});

const names = readFileSync("src/icons.txt", "utf8").split(/\s+/).filter(Boolean);
const symbols = names.map((name) => {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const body = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/<svg[\s\S]*?>/, "").replace("</svg>", "").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
});
writeFileSync(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
