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
writeFileSync(`${out}/main.css`, css.css.replace(/@import url\([^)]*\);?/g, ""));

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
