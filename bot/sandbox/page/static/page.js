// The page is drawn by the server; this asks for it anew when there is news, and carries what is done on it back.
"use strict";

const find = (what, root = document) => root.querySelector(what);
const narrow = matchMedia("(max-width: 64rem)");
const fold = () => document.querySelectorAll("details.tour, details.log").forEach((one) => { one.open = false; });
const busy = new Set();

// Drawing anew: the new page is laid over the old one, so that focus, scroll and half-typed words stay.

const OWN = new Set(["DETAILS open", "DIALOG open"]); // the reader's, not the server's

function overlay(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
    old.replaceWith(fresh);
  } else if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
  } else if (!("keep" in old.dataset)) {
    const { version } = old.dataset;
    overlayAttributes(old, fresh);
    if (old.dataset.version !== version) busy.delete(old); // a form that took another's place may be sent at once
    overlayChildren(old, fresh);
  }
}

function overlayAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !OWN.has(`${old.nodeName} ${name}`)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !OWN.has(`${old.nodeName} ${name}`)) old.setAttribute(name, value);
  }
}

// Children with an id are the same as before, others the same in turn. What is gone goes first, so that nothing that
// stays is moved: moving takes the focus away.
function overlayChildren(old, fresh) {
  const key = (child) => child.id || child.nodeName;
  const before = Map.groupBy(old.childNodes, key);
  const pairs = [...fresh.childNodes].map((child) => [before.get(key(child))?.shift(), child]);
  for (const gone of [...before.values()].flat()) gone.remove();
  let place = old.firstChild;
  for (const [known, child] of pairs) {
    if (known && known === place) place = place.nextSibling;
    else old.insertBefore(known ?? child, place);
    if (known) overlay(known, child);
  }
}

let drawing = null, again = false, opener = null;

function refresh() {
  again = true;
  drawing ??= drawAll();
  return drawing;
}

async function drawAll() {
  try {
    while (again) {
      again = false;
      await draw();
    }
  } finally {
    drawing = null; // at once: what is asked for in between must not be lost
  }
}

async function draw() {
  const asked = location.href;
  const answer = await fetch(asked);
  const text = await answer.text();
  if (location.href !== asked) return; // the reader went elsewhere meanwhile, and that is drawn next
  if (answer.url !== asked) history.replaceState(null, "", answer.url);
  const fresh = new DOMParser().parseFromString(text, "text/html");
  document.title = fresh.title;
  overlay(document.body, fresh.body);
  settle();
}

function settle() {
  const modal = find("[data-modal]");
  if (modal && !modal.open) {
    opener ??= document.activeElement;
    modal.showModal();
    (find("[autofocus]", modal) ?? find(".scroll :is(input, select, textarea)", modal) ?? find("footer button", modal)).focus();
  } else if (!modal && opener) {
    if (opener.isConnected) opener.focus();
    opener = null;
  }
  const wrong = find("[data-modal] .wrong :is(input, select, textarea)");
  if (wrong && find("[data-modal]").dataset.sent) wrong.focus();
  if (modal) delete modal.dataset.sent;
}

async function go(address, types = "") {
  history.pushState(null, "", address);
  const at = new URL(location).searchParams;
  await (at.get("at") === "home" ? post("home", {}, at.get("as")) : refresh());
  if (types) find("main .composer textarea").value = types;
  if (types) find("main .composer").requestSubmit();
}

// What is done here

async function post(verb, fields, as = document.body.dataset.as) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  body.set("as", as);
  const answer = await fetch(`/page/do/${verb}`, { method: "POST", body });
  tell(answer.ok ? (await answer.json()).said : "That did not work; the terminal says why.");
  await refresh();
}

async function once(element, work) {
  if (busy.has(element)) return;
  busy.add(element);
  element.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    tell("The sandbox does not answer. Was it stopped?");
  } finally {
    busy.delete(element);
    element.removeAttribute("aria-busy");
  }
}

let hush = 0;
function tell(words) {
  const said = find("#said");
  clearTimeout(hush);
  said.hidePopover();
  if (!words) return;
  said.textContent = words;
  said.showPopover(); // above an open dialog
  hush = setTimeout(() => said.hidePopover(), 4000);
}

function agreed(asked) {
  if (!asked) return Promise.resolve(true);
  const [title, text, yes, no] = JSON.parse(asked);
  const dialog = find("#confirm");
  const make = (name, words, value) => Object.assign(document.createElement(name), { textContent: words, value });
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  const buttons = [make("button", no, "no"), make("button", yes, "yes")];
  buttons.forEach((button) => button.classList.add("btn"));
  buttons[1].classList.add("primary");
  const heading = Object.assign(make("h2", title), { id: "confirm-title" });
  form.append(heading, make("p", text), ...buttons);
  dialog.replaceChildren(form);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

const on = (element) => element.closest("[data-on]").dataset.on;

const CLICKS = {
  "[data-go]": (link) => {
    if (narrow.matches) fold();
    return go(link.href, link.dataset.types);
  },
  "[data-press]": (button) => post("press", { on: on(button), key: button.dataset.press }),
  "[data-choose]": (button) => post("set", { on: on(button), key: button.dataset.choose, value: button.value }),
  "[data-close]": (button) => post("close", { everything: button.dataset.close }),
  "[data-shortcut]": (button) => post("shortcut", { callback_id: button.dataset.shortcut }),
};

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.matches(".sheet > button")) menu.open = false;
  }
  if (event.ctrlKey || event.metaKey) return;
  for (const [what, does] of Object.entries(CLICKS)) {
    const pressed = event.target.closest(what);
    if (!pressed) continue;
    if (!pressed.matches("[data-press][href]")) event.preventDefault();
    once(pressed, async () => { if (await agreed(pressed.dataset.confirm)) await does(pressed); });
    return;
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-who]")) go(`/?as=${event.target.value}`);
  if (event.target.matches("[data-upload]")) {
    const file = new FormData();
    file.set("file", event.target.files[0]);
    return once(event.target, () => post("upload", file));
  }
  const changed = event.target.closest("[data-set]");
  if (!changed) return;
  const values = changed.matches("span")
    ? [...changed.querySelectorAll(":checked")].map((one) => one.value)
    : [changed.value];
  once(changed, () => post("set", [
    ["on", on(changed)], ["key", changed.dataset.key], ...values.map((value) => ["value", value]),
  ]));
});

const SUBMITS = {
  "[data-submit]": (form) => {
    form.closest("dialog").dataset.sent = "yes";
    return post("submit", [...new FormData(form), ["on", on(form)]]);
  },
  "[data-control]": (form) => {
    const menu = form.closest("details");
    if (menu) menu.open = false;
    return post("control", [...new FormData(form), ["number", form.dataset.control]]);
  },
  "[data-say]": (form) => {
    const { value } = form.elements.text;
    form.elements.text.value = "";
    offer(form.elements.text);
    return post("say", { text: value, at: document.body.dataset.at, thread: form.dataset.thread });
  },
};

document.addEventListener("submit", (event) => {
  for (const [what, does] of Object.entries(SUBMITS)) {
    if (!event.target.matches(what)) continue;
    event.preventDefault();
    once(event.target, () => does(event.target));
  }
});

document.addEventListener("cancel", (event) => {
  if (!event.target.matches("[data-modal]")) return;
  event.preventDefault();
  once(event.target, () => post("close", { everything: "no" }));
}, true);

// The composer: Enter sends; commands and names complete themselves

let picked = 0;

function offer(box) {
  const list = find(".offers", box.form);
  const typed = box.value.slice(0, box.selectionStart).match(/^\/\S*$|@[^@\n]{0,30}$/)?.[0]?.toLowerCase();
  const known = [...box.form.querySelectorAll(".completions li")];
  const fitting = typed ? known.filter((one) => one.dataset.word.toLowerCase().startsWith(typed)).slice(0, 8) : [];
  picked = Math.min(picked, Math.max(0, fitting.length - 1));
  list.replaceChildren(...fitting.map((one, number) => {
    const row = one.cloneNode(true);
    row.id = `offer-${number}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(number === picked));
    row.addEventListener("mousedown", (event) => { event.preventDefault(); complete(box, one.dataset.word, typed); });
    return row;
  }));
  if (fitting.length) box.setAttribute("aria-activedescendant", `offer-${picked}`);
  else box.removeAttribute("aria-activedescendant");
  return fitting.length ? () => complete(box, fitting[picked].dataset.word, typed) : null;
}

function complete(box, word, typed) {
  box.setRangeText(`${word} `, box.selectionStart - typed.length, box.selectionStart, "end");
  picked = 0;
  offer(box);
}

document.addEventListener("input", (event) => {
  if (!event.target.matches(".composer textarea")) return;
  picked = 0;
  offer(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; });
  const box = event.target;
  if (!box.matches?.(".composer textarea") || event.isComposing) return;
  const accept = offer(box);
  const exact = accept && find(`#offer-${picked}`).dataset.word === box.value.trim();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (accept && step) {
    event.preventDefault();
    picked = Math.max(0, picked + step);
    offer(box);
  } else if (accept && (event.key === "Tab" || (event.key === "Enter" && !exact))) {
    event.preventDefault();
    accept();
  } else if (event.key === "Escape" && accept) {
    find(".offers", box.form).replaceChildren();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});

addEventListener("popstate", () => { refresh(); });

if (narrow.matches) fold();
settle();
if (new URL(location).searchParams.get("at") === "home") post("home", {});

const news = new EventSource("/page/news");
news.onmessage = () => { refresh().catch(() => {}); };
news.onopen = () => document.documentElement.classList.remove("cut-off");
news.onerror = () => document.documentElement.classList.add("cut-off");
