// The four classes of events in the colours of the style sheet, light or dark as the page is.
export const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function quadColours() {
  return QUADS.map((quad) => colour(`--q-${quad.replace(" ", "-")}`));
}

// A chart is drawn again where the page turns dark or light.
export function onScheme(draw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
