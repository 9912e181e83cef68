// What pages do beyond reading: marks and cards show each other, keys step and decide, times are the reader's own.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// -- times in the reader's zone, UTC on hover ---------------------------------------------------------------------
for (const time of all("time[datetime*=T]")) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.valueOf())) continue;
  time.title = time.textContent.trim();
  time.textContent = at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

// -- an address that points into a fold opens it ---------------------------------------------------------------------
function unfold() {
  for (let part = document.getElementById(location.hash.slice(1)); part; part = part.parentElement) {
    if (part.localName === "details") part.open = true;
  }
}
unfold();
addEventListener("hashchange", unfold);

// -- on paper nothing is folded ------------------------------------------------------------------------------------------
let opened = [];
addEventListener("beforeprint", () => {
  opened = all("main details:not([open], .hand, .hand *)");
  for (const part of opened) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
});

// -- what is being read, while it is ---------------------------------------------------------------------------------------
async function refresh(part) {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
  if (!fresh) return;
  // Where it is over, the whole page has more to say: what failed, what is to be drawn anew.
  if (!fresh.dataset.refresh) location.reload();
  else {
    if (fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
    setTimeout(refresh, Number(fresh.dataset.refresh), part);
  }
}
for (const part of all("[data-refresh]")) setTimeout(refresh, Number(part.dataset.refresh), part);

// -- the reader -------------------------------------------------------------------------------------------------------
const cards = all(".card[data-claim]");
const marks = all("mark[data-claims]");
const of = (mark) => mark.dataset.claims.split(" ");

function show(claims) {
  for (const card of cards) card.classList.toggle("on", claims.includes(card.dataset.claim));
  for (const mark of marks) mark.classList.toggle("on", of(mark).some((claim) => claims.includes(claim)));
}

function beside() {
  const margin = document.querySelector(".cards");
  if (!margin || !cards.length) return;
  margin.classList.remove("placed");
  margin.style.minHeight = "";
  if (matchMedia("(max-width: 60rem), print").matches) return;
  const top = margin.getBoundingClientRect().top;
  const wanted = cards.map((card) => {
    const anchor = document.getElementById(`c-${card.dataset.claim}`);
    return [card, anchor ? anchor.getBoundingClientRect().top - top : Infinity, card.offsetHeight];
  });
  wanted.sort((a, b) => a[1] - b[1]);
  margin.classList.add("placed");
  let free = 0;
  for (const [card, at, height] of wanted) {
    const y = Math.max(free, Number.isFinite(at) ? at : free);
    card.style.top = `${y}px`;
    free = y + height + 8;
  }
  margin.style.minHeight = `${free}px`;
}

for (const card of cards) {
  for (const event of ["mouseenter", "focusin"]) card.addEventListener(event, () => show([card.dataset.claim]));
  card.addEventListener("mouseleave", () => show([]));
}
for (const mark of marks) {
  if (!mark.dataset.claims) continue;
  mark.addEventListener("mouseenter", () => show(of(mark)));
  mark.addEventListener("mouseleave", () => show([]));
}
beside();
addEventListener("resize", beside);

// -- words marked in the text become the evidence of a claim that is added ------------------------------------------------
const adding = document.querySelector("#add-claim form");
const text = document.querySelector(".reader .text");
if (adding && text) {
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
    adding.closest("details").open = true;
    adding.elements.words.value = chosen.toString().trim();
    // The words are found in the report's own text by the server: offsets of a page are not its offsets.
    adding.elements.start.value = adding.elements.end.value = "";
  });
}

// -- tables wider than the page can be scrolled by keys too ----------------------------------------------------------------
function reachable() {
  for (const part of all(".scroll")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}
reachable();
addEventListener("resize", reachable);
document.fonts?.ready.then(beside);

// -- keys ---------------------------------------------------------------------------------------------------------------
let at = -1;
function step(by) {
  const order = [...cards].sort((a, b) => (parseFloat(a.style.top) || 0) - (parseFloat(b.style.top) || 0));
  if (!order.length) return;
  at = Math.min(Math.max(at + by, 0), order.length - 1);
  order[at].focus({ preventScroll: true });
  const anchor = document.getElementById(`c-${order[at].dataset.claim}`) ?? order[at];
  anchor.scrollIntoView({ block: "center" });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
  } else {
    const chosen = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!chosen) return;
    event.preventDefault();
    if (chosen.hash) document.querySelector(chosen.hash)?.focus();
    else chosen.click();
  }
});

