// The overview's charts: a lane per party with what it is said to have done, and what each account tells over time.
import { areaY, axisX, axisY, dot, gridX, gridY, lineY, plot, ruleX, ruleY } from "@observablehq/plot";
import { QUADS, colour, onScheme, quadColours } from "./colours.js";

const TELLINGS = ["by itself", "by the other side", "by third parties"];
const DASHES = ["", "6 3", "2 3", "8 3 2 3", "1 3", "10 4"];
const STYLES = ["--q-verbal-cooperation", "--q-material-conflict", "--q-material-cooperation", "--where", "--q-verbal-conflict", "--party"];
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
  const inks = STYLES.map(colour);
  const lines = names.map((name, index) =>
    lineY(rows.filter((row) => row.name === name), {
      x: "at",
      y: value,
      stroke: inks[index % inks.length],
      strokeWidth: 1.8,
      strokeDasharray: DASHES[index % DASHES.length],
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
        ...(value === "tension" ? [ruleY([0], { stroke: colour("--dim") })] : []),
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

function frame(into, data, height) {
  const ends = [...data.rows, ...data.ahead].map((row) => day(row.end ?? row.day));
  return {
    width: Math.max(300, into.clientWidth),
    height,
    marginLeft: 40,
    marginBottom: 36,
    // A period is drawn where it begins: one more at each end, and no bar lies over an axis.
    x: { type: "utc", domain: [day(data.rows[0].day), ends[ends.length - 1]], insetLeft: 14, insetRight: 14 },
  };
}

function daysOrSo(data, most) {
  return ticks({ since: data.rows[0].day, until: (data.ahead.at(-1) ?? data.rows.at(-1)).day }, most);
}

// Days without reports are breaks of the line: nothing is known of them.
function studied(into, data) {
  const rows = data.rows.map((row) => ({ ...row, at: day(row.day) }));
  const ahead = data.ahead.map((row) => ({ ...row, at: day(row.day) }));
  put(
    into,
    plot({
      ...frame(into, data, 260),
      y: { nice: true },
      marks: [
        gridX({ strokeOpacity: 0 }),
        gridY({ stroke: colour("--line"), strokeOpacity: 1 }),
        axisX({ ticks: daysOrSo(data, into.clientWidth < 600 ? 4 : 8), label: null }),
        axisY({ ticks: 5, label: null }),
        ruleY([0], { stroke: colour("--dim") }),
        areaY(rows, { x: "at", y1: "low", y2: "high", fill: colour("--where"), fillOpacity: 0.2 }),
        lineY(rows, { x: "at", y: "tension", stroke: colour("--ink"), strokeWidth: 1.8 }),
        areaY(ahead, { x: "at", y1: "low", y2: "high", fill: colour("--where"), fillOpacity: 0.12 }),
        lineY(ahead, { x: "at", y: "level", stroke: colour("--ink"), strokeWidth: 1.5, strokeDasharray: "2 3" }),
        ruleX(data.changes, { x: (change) => day(change.day), stroke: colour("--alarm"), strokeDasharray: "4 3", title: (change) => `${change.day}: tension ${change.rises ? "rises" : "falls"}` }),
        dot(rows.filter((row) => !row.gap), {
          x: "at",
          y: "tension",
          r: rows.length > 60 ? 2 : 3,
          fill: colour("--ink"),
          href: "href",
          title: (row) => `${row.day}: tension ${row.tension}, ${row.low} to ${row.high}; ${row.reports} reports`,
        }),
      ],
    }),
    "Tension over time; the table below says the same",
  );
}

function tellers(into, data) {
  const inks = STYLES.map(colour);
  const rows = data.accounts.map(({ key, name }) =>
    data.rows.map((row) => ({ at: day(row.day), told: row.gap ? null : row.told[key], says: `${row.day}: ${name} tells of ${row.told[key]}`, href: row.href })),
  );
  const most = Math.max(1, ...rows.flat().map((row) => row.told ?? 0));
  put(
    into,
    plot({
      ...frame(into, data, 230),
      y: { nice: true, zero: true },
      marks: [
        gridX({ strokeOpacity: 0 }),
        gridY({ stroke: colour("--line"), strokeOpacity: 1 }),
        axisX({ ticks: daysOrSo(data, into.clientWidth < 600 ? 4 : 8), label: null }),
        axisY({ ticks: Math.min(5, most), label: null }),
        ...rows.map((line, index) => lineY(line, { x: "at", y: "told", stroke: inks[index], strokeWidth: 1.8, strokeDasharray: DASHES[index] })),
        ...(data.rows.length > 60 ? [] : rows.map((line, index) => dot(line.filter((row) => row.told !== null), { x: "at", y: "told", r: 3, fill: inks[index], href: "href", title: "says" }))),
      ],
    }),
    "How much each account tells over time; the table below says the same",
  );
}

function came(into, data) {
  const most = Math.max(1, ...data.rows.map((row) => row.reports));
  const rows = data.rows
    .filter((row) => row.reports)
    .map((row) => ({ at: day(row.day), reports: row.reports, says: `${row.day}: ${row.reports} reports` }));
  put(
    into,
    plot({
      ...frame(into, data, 120),
      y: { nice: true, zero: true },
      marks: [
        gridX({ strokeOpacity: 0 }),
        axisX({ ticks: daysOrSo(data, into.clientWidth < 600 ? 4 : 8), label: null }),
        axisY({ ticks: Math.min(3, most), label: null }),
        ruleX(rows, {
          x: "at",
          y1: 0,
          y2: "reports",
          stroke: colour("--dim"),
          strokeWidth: Math.min(24, Math.max(1, (0.7 * into.clientWidth) / data.rows.length)),
          title: "says",
        }),
        ruleY([0], { stroke: colour("--dim") }),
      ],
    }),
    "How many reports were published over time; the table below says the same",
  );
}

async function show(held, draw) {
  const answer = await fetch(held.dataset.series ?? held.dataset.study);
  const data = await answer.json();
  const again = () => draw(data);
  again();
  onScheme(again);
  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(again, 150);
  });
}

const overview = document.querySelector("[data-series]");
if (overview) {
  await show(overview, (data) => {
    if (!data.points.length) return;
    overview.hidden = false;
    lanes(document.getElementById("lanes"), data);
    accounts(document.getElementById("volume"), data, "claims", "How much each account tells over time");
    accounts(document.getElementById("tension"), data, "tension", "How hostile the events are that each account tells");
  });
}

const study = document.querySelector("[data-study]");
if (study) {
  await show(study, (data) => {
    if (!data.rows.length) return;
    study.hidden = false;
    studied(document.getElementById("index"), data);
    tellers(document.getElementById("told"), data);
    came(document.getElementById("came"), data);
  });
}
