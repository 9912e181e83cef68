// The overview's charts: a lane per party with what it is said to have done, and what each account tells over time.
import { axisX, axisY, dot, gridX, gridY, lineY, plot, ruleY } from "@observablehq/plot";
import { QUADS, colour, onScheme, quadColours } from "./colours.js";

const TELLINGS = ["by itself", "by the other side", "by third parties"];
const SHAPES = ["circle", "triangle", "diamond2"];

function ticks(data, most) {
  const days = (day(data.until) - day(data.since)) / 86_400_000;
  return days <= most ? "day" : most;
}

function day(text) {
  return new Date(`${text}T00:00:00Z`);
}

// Plot brings a style element, which the page's policy refuses; what it says stands in standoff.css.
function put(into, chart, label) {
  for (const style of chart.querySelectorAll("style")) style.remove();
  for (const part of chart.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
  for (const link of chart.querySelectorAll("a")) link.setAttribute("aria-label", link.textContent);
  chart.setAttribute("role", "group");
  chart.setAttribute("aria-label", label);
  into.replaceChildren(chart);
}

function lanes(into, data) {
  const points = data.points.map((point) => ({ ...point, at: day(point.day) }));
  const names = data.lanes.map((lane) => lane.name);
  const width = Math.max(320, into.clientWidth);
  const most = Math.max(1, ...points.map((point) => point.claims));
  const steps = new Set(points.map((point) => point.day)).size;
  const apart = Math.min(8, (width - 170) / Math.max(1, steps) / 4);
  put(
    into,
    plot({
      width,
      height: 44 + names.length * 50,
      marginLeft: Math.min(150, 16 + 7 * Math.max(...names.map((name) => Math.min(name.length, 19)))),
      marginTop: 8,
      marginRight: 32,
      marginBottom: 36,
      x: { type: "utc", domain: [day(data.since), day(data.until)], nice: true },
      y: { domain: names, label: null, padding: 0.6 },
      color: { domain: QUADS, range: quadColours() },
      symbol: { domain: TELLINGS, range: SHAPES },
      r: { domain: [0, most], range: [2, Math.min(9, 3 + Math.sqrt(most) * 2)] },
      marks: [
        ruleY(names, { stroke: colour("--line") }),
        axisX({ ticks: ticks(data, width < 600 ? 4 : 8), label: null }),
        axisY({ tickSize: 0, label: null, tickFormat: (name) => (name.length > 19 ? `${name.slice(0, 18)}…` : name) }),
        // The three tellings stand one above the other and the classes side by side: none hides another of the same day.
        ...TELLINGS.flatMap((telling, row) => QUADS.map((quad, column) =>
          dot(points.filter((point) => point.telling === telling && point.quad === quad), {
            x: "at",
            y: "name",
            r: "claims",
            symbol: "telling",
            stroke: "quad",
            fill: "quad",
            fillOpacity: 0.25,
            strokeWidth: 1.5,
            dx: (column - 1.5) * apart,
            dy: (row - 1) * 14,
            href: "href",
            title: "says",
          }),
        )),
      ],
    }),
    `What each party is said to have done, ${data.since} to ${data.until}; the table below says the same`,
  );
}

function accounts(into, data, value, label) {
  const rows = data.accounts_over_time
    .map((row) => ({ ...row, at: day(row.day) }))
    .filter((row) => row[value] !== null);
  const names = data.accounts.map((account) => account.name);
  const styles = ["--q-verbal-cooperation", "--q-material-conflict", "--q-material-cooperation", "--where", "--q-verbal-conflict", "--party"];
  const dashes = ["", "6 3", "2 3", "8 3 2 3", "1 3", "10 4"];
  const inks = styles.map(colour);
  const lines = names.map((name, index) =>
    lineY(rows.filter((row) => row.name === name), {
      x: "at",
      y: value,
      stroke: inks[index % inks.length],
      strokeWidth: 1.8,
      strokeDasharray: dashes[index % dashes.length],
    }),
  );
  put(
    into,
    plot({
      width: Math.max(300, into.clientWidth),
      height: 210,
      marginLeft: 40,
      marginBottom: 36,
      x: { type: "utc", domain: [day(data.since), day(data.until)], nice: true },
      y: { nice: true, zero: value === "claims" },
      marks: [
        gridX({ strokeOpacity: 0 }),
        gridY({ stroke: colour("--line"), strokeOpacity: 1 }),
        axisX({ ticks: ticks(data, 5), label: null }),
        axisY({ ticks: value === "claims" ? Math.min(5, Math.max(1, ...rows.map((row) => row.claims))) : 5, label: null }),
        ...(value === "score" ? [ruleY([0], { stroke: colour("--dim") })] : []),
        ...lines,
        dot(rows, {
          x: "at",
          y: value,
          r: 3,
          fill: (row) => inks[names.indexOf(row.name) % inks.length],
          href: "href",
          title: "says",
        }),
      ],
    }),
    label,
  );
}

const held = document.querySelector("[data-series]");
if (held) {
  const answer = await fetch(held.dataset.series);
  const data = await answer.json();
  const draw = () => {
    if (!data.points.length) return;
    held.hidden = false;
    lanes(document.getElementById("lanes"), data);
    accounts(document.getElementById("volume"), data, "claims", "How much each account tells over time");
    accounts(document.getElementById("tension"), data, "score", "How hostile the events are that each account tells");
  };
  draw();
  onScheme(draw);
  let again = 0;
  addEventListener("resize", () => {
    clearTimeout(again);
    again = setTimeout(draw, 150);
  });
}
