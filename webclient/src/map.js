// The map: incidents as areas, as large as the report leaves the place open, on boundaries that lie beside the page.
import * as L from "leaflet";
import { feature } from "topojson-client";
import { QUADS, colour, onScheme, quadColours } from "./colours.js";

const held = document.getElementById("map");

function words(tag, text, more = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  return Object.assign(made, more);
}

function told(places) {
  const box = document.createElement("div");
  for (const place of places.slice(0, 6)) {
    box.append(words("b", place.name), words("p", place.precision));
    const list = document.createElement("ul");
    for (const one of place.incidents.slice(0, 12)) {
      const item = document.createElement("li");
      item.append(words("a", one.says, { href: `/incidents/${encodeURIComponent(one.id)}` }));
      list.append(item);
    }
    box.append(list);
    if (place.incidents.length > 12) box.append(words("p", `and ${place.incidents.length - 12} more`));
  }
  if (places.length > 6) box.append(words("p", `and ${places.length - 6} more places: look closer`));
  return box;
}

// Places in groups that lie within a finger's breadth of each other as the map is zoomed now.
function near(map, places) {
  const groups = [];
  for (const place of [...places].sort((a, b) => b.incidents.length - a.incidents.length)) {
    const at = map.latLngToLayerPoint([place.lat, place.lon]);
    const group = groups.find((one) => one.at.distanceTo(at) < 34);
    if (group) group.places.push(place);
    else groups.push({ at, places: [place] });
  }
  return groups.map((one) => one.places);
}

// A label's box beside a pin: to the right, else to the left, where no other pin or label stands; null where there is no room.
const LETTER = 7.6, LINE = 15, WIDEST = 170;
function room(map, at, title, taken) {
  const width = Math.min(WIDEST, title.length * LETTER) + 6;
  const height = LINE * Math.ceil((title.length * LETTER) / WIDEST) + 4;
  for (const side of ["right", "left"]) {
    const x = side === "right" ? at.x + 12 : at.x - 12 - width;
    const box = [x, at.y - height / 2, x + width, at.y + height / 2];
    const ends = [box[0], box[2]].map((end) => map.layerPointToContainerPoint([end, at.y]).x);
    if (ends[0] >= 0 && ends[1] <= map.getSize().x && taken.every((one) => apart(one, box))) return { side, box };
  }
  return null;
}

function apart(a, b) {
  return a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1];
}

function around(at, radius) {
  return [at.x - radius, at.y - radius, at.x + radius, at.y + radius];
}

// Where a country's name stands: the middle of its widest part, and how many pixels wide that is.
function middle(map, layer) {
  const rings = layer.getLatLngs().flat(layer.feature.geometry.type === "MultiPolygon" ? 1 : 0);
  let best = [null, 0];
  for (const ring of rings) {
    if (!ring.length || Array.isArray(ring[0])) continue;
    const bounds = L.latLngBounds(ring);
    if (bounds.getEast() - bounds.getWest() > 180) continue; // over the date line: its middle lies on the other side of the world
    const wide = map.latLngToLayerPoint(bounds.getNorthEast()).x - map.latLngToLayerPoint(bounds.getSouthWest()).x;
    if (wide > best[1]) best = [bounds.getCenter(), wide];
  }
  return best;
}

// Where most of it happened: the places nearest to the busiest one that have four of five incidents; a call to a capital far off
// would show the whole continent, and the war as one dot.
function chief(places) {
  const total = places.reduce((sum, place) => sum + place.incidents.length, 0);
  const busiest = places.reduce((one, other) => (other.incidents.length > one.incidents.length ? other : one));
  const from = L.latLng(busiest.lat, busiest.lon);
  const nearest = places.map((place) => [from.distanceTo([place.lat, place.lon]), place]).sort((a, b) => a[0] - b[0]);
  const found = [];
  let count = 0;
  for (const [, place] of nearest) {
    if (count >= 0.8 * total) break;
    found.push(place);
    count += place.incidents.length;
  }
  return found;
}

function fit(map, places) {
  map.fitBounds(L.latLngBounds(places.map((place) => [place.lat, place.lon])).pad(0.2), { maxZoom: 8 });
}

// One button that shows every place, where some lie outside.
function whole(map, places) {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const box = words("div", "", { className: "leaflet-bar" });
    const all = words("a", "Show all places", { href: "#map", role: "button", className: "all-places" });
    L.DomEvent.on(all, "click", (event) => {
      L.DomEvent.stop(event);
      fit(map, places);
    });
    box.append(all);
    return box;
  };
  control.addTo(map);
}

function countries(drawn) {
  if (drawn.type !== "Topology") return drawn;
  const [name] = Object.keys(drawn.objects);
  return feature(drawn, drawn.objects.countries ?? drawn.objects[name]);
}

async function show() {
  const [boundaries, places] = await Promise.all(
    [held.dataset.boundaries, held.dataset.places].map(async (path) => (await fetch(path)).json()),
  );
  const map = L.map(held, { worldCopyJump: true, minZoom: 1, maxZoom: 12, attributionControl: false, zoomSnap: 0.5 });
  const land = L.geoJSON(countries(boundaries), { interactive: false }).addTo(map);
  const areas = L.featureGroup().addTo(map);
  let boxes = [];
  const paint = () => {
    const inks = quadColours();
    land.setStyle({ color: colour("--dim"), weight: 0.6, fillColor: colour("--wash"), fillOpacity: 1 });
    areas.clearLayers();
    for (const place of places.places) {
      const ink = inks[QUADS.indexOf(place.quad)];
      const area = L.circle([place.lat, place.lon], {
        radius: place.radius * 1000,
        color: ink,
        weight: place.disputes ? 2.5 : 1,
        dashArray: place.radius > 30 ? "5 5" : null,
        fillColor: ink,
        fillOpacity: place.radius > 100 ? 0.06 : 0.2,
      });
      area.bindPopup(() => told([place])).addTo(areas);
    }
    // However far out one looks, a place can be seen and pressed; places that would cover each other are one pin.
    const pins = near(map, places.places);
    boxes = pins.map((held) => around(map.latLngToLayerPoint([held[0].lat, held[0].lon]), 11));
    for (const held of pins) {
      const graver = held.reduce((one, other) => (QUADS.indexOf(other.quad) > QUADS.indexOf(one.quad) ? other : one));
      const count = held.reduce((sum, place) => sum + place.incidents.length, 0);
      const ink = inks[QUADS.indexOf(graver.quad)];
      const pin = L.circleMarker([held[0].lat, held[0].lon], {
        radius: Math.min(16, 5 + Math.sqrt(count) * 2),
        color: ink,
        weight: held.some((place) => place.disputes) ? 3 : 1.5,
        fillColor: ink,
        fillOpacity: 0.55,
      });
      pin.bindPopup(() => told(held)).addTo(areas);
      const names = held.map((place) => place.name);
      const roomy = map.getSize().x > 700;
      const title = count === 1 && roomy ? held[0].incidents[0].says : count === 1 ? names[0] : `${names.slice(0, 2).join(", ")}${names.length > 2 ? " …" : ""}: ${count}`;
      // Where two titles would cover each other, the lesser shows on its pin's hover, and in the list below.
      const at = map.latLngToLayerPoint([held[0].lat, held[0].lon]);
      const free = room(map, at, title, boxes.filter((one) => apart(one, around(at, 1))));
      if (free) boxes.push(free.box);
      const side = free?.side ?? "right";
      pin.bindTooltip(title, { permanent: Boolean(free), direction: side, offset: [side === "right" ? 10 : -10, 0], className: "place-name" });
    }
  };
  const names = L.featureGroup().addTo(map);
  const name = () => {
    names.clearLayers();
    const view = map.getBounds();
    const taken = places.places.map((place) => map.latLngToLayerPoint([place.lat, place.lon]));
    land.eachLayer((layer) => {
      const called = layer.feature.properties?.name;
      const [at, wide] = called ? middle(map, layer) : [];
      if (!at || wide < 90 || !view.contains(at)) return;
      const point = map.latLngToLayerPoint(at), half = (called.length * LETTER) / 2 + 6;
      if (!boxes.every((one) => apart(one, [point.x - half, point.y - 9, point.x + half, point.y + 9]))) return;
      taken.push(map.latLngToLayerPoint(at));
      L.tooltip({ permanent: true, direction: "center", className: "country-name" }).setLatLng(at).setContent(words("span", called)).addTo(names);
    });
    // Large towns to find one's way by, where neither a place of an incident nor a larger town needs the room.
    let shown = 0;
    for (const town of places.towns ?? []) {
      const at = map.latLngToLayerPoint([town.lat, town.lon]);
      const box = [at.x - 4, at.y - 9, at.x + 8 + town.name.length * LETTER, at.y + 9];
      const free = boxes.every((one) => apart(one, box)) && taken.every((one) => Math.abs(one.x - at.x) > 110 || Math.abs(one.y - at.y) > 26);
      if (shown >= 18 || !free || !view.contains([town.lat, town.lon])) continue;
      taken.push(at);
      shown += 1;
      const ink = colour("--dim");
      L.circleMarker([town.lat, town.lon], { radius: 2, weight: 1, color: ink, fillColor: ink, fillOpacity: 1, interactive: false }).addTo(names);
      L.tooltip({ permanent: true, direction: "right", offset: [2, 0], className: "town-name" }).setLatLng([town.lat, town.lon]).setContent(words("span", town.name)).addTo(names);
    }
  };
  if (places.places.length) {
    const near = chief(places.places);
    fit(map, near);
    if (near.length < places.places.length) whole(map, places.places);
  } else map.fitWorld();
  paint();
  name();
  map.on("zoomend", paint);
  map.on("moveend", name);
  onScheme(() => {
    paint();
    name();
  });
  held.dataset.ready = "yes";
}

if (held) await show();
