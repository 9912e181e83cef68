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

function told(place) {
  const box = document.createElement("div");
  box.append(words("b", place.name), words("p", place.precision));
  const list = document.createElement("ul");
  for (const one of place.incidents.slice(0, 12)) {
    const item = document.createElement("li");
    item.append(words("a", one.says, { href: `/incidents/${encodeURIComponent(one.id)}` }));
    list.append(item);
  }
  box.append(list);
  if (place.incidents.length > 12) box.append(words("p", `and ${place.incidents.length - 12} more`));
  return box;
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
      // However far out one looks, a place can be seen and pressed.
      const pin = L.circleMarker([place.lat, place.lon], {
        radius: Math.min(14, 4 + Math.sqrt(place.incidents.length) * 2),
        color: ink,
        weight: place.disputes ? 3 : 1.5,
        fillColor: ink,
        fillOpacity: 0.55,
      });
      for (const layer of [area, pin]) layer.bindPopup(() => told(place)).addTo(areas);
      pin.bindTooltip(`${place.name}: ${place.incidents.length}`);
    }
  };
  if (places.places.length) {
    map.fitBounds(L.latLngBounds(places.places.map((place) => [place.lat, place.lon])).pad(0.3), { maxZoom: 6 });
  } else map.fitWorld();
  paint();
  onScheme(paint);
  held.dataset.ready = "yes";
}

if (held) await show();
