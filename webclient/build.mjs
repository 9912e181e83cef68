// Bundles what the pages draw with into the package: run by hatch_build.py, or by hand with `npm run build`.
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";

const here = new URL("./", import.meta.url);
const into = new URL("../src/standoff/web/static/built/", here);
await rm(into, { recursive: true, force: true });
await mkdir(into, { recursive: true });
await build({
  entryPoints: ["src/charts.js", "src/map.js", "src/map.css"].map((path) => new URL(path, here).pathname),
  outdir: into.pathname,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "linked",
  // Leaflet's pictures are for markers and layers that the map does not use.
  loader: { ".png": "dataurl" },
  logLevel: "warning",
});
await copyFile(new URL("node_modules/world-atlas/countries-50m.json", here), new URL("boundaries.json", into));
