// What a page can do a little better with script; nothing depends on it.
const main = document.getElementById("main");

// A form that came back with problems: read them out first.
document.querySelector("[data-focus]")?.focus();

// Addresses to copy: the button is only there where it can work.
if (navigator.clipboard) {
  for (const field of document.querySelectorAll("input[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${field.getAttribute("aria-label") || "address"}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    field.after(button);
  }
}

// Characters left, said politely while typing.
for (const area of document.querySelectorAll("textarea[data-longest]")) {
  const note = document.querySelector(`[data-limit-for="${area.id}"]`);
  if (!note) continue;
  const show = () => {
    const left = Number(area.dataset.longest) - area.value.length;
    const many = Math.abs(left) === 1 ? "character" : "characters";
    note.textContent = left < 0 ? `You have ${-left} ${many} too many` : `You have ${left} ${many} left`;
  };
  note.setAttribute("aria-live", "polite");
  area.addEventListener("input", show);
  show();
}

// "New since your last visit": kept in this browser and sent nowhere. A visit ends half an hour after its last page.
const since = document.querySelector("[data-since]");
if (since && main) {
  try {
    const now = Date.now();
    const last = JSON.parse(localStorage.getItem("visit") || "null");
    const before = last && now - last.seen > 30 * 60 * 1000 ? last.seen : last?.before;
    localStorage.setItem("visit", JSON.stringify({ seen: now, before: before ?? null }));
    if (before) {
      let count = 0;
      for (const post of main.querySelectorAll("[data-seen]")) {
        if (Number(post.dataset.seen) * 1000 <= before) continue;
        ++count;
        const mark = document.createElement("span");
        mark.className = "new-mark";
        mark.textContent = "New";
        post.querySelector("h3")?.append(mark);
      }
      since.textContent = count === 0 ? "Nothing on this page is new since your last visit."
        : `${count} ${count === 1 ? "post" : "posts"} on this page ${count === 1 ? "is" : "are"} new since your last visit.`;
      since.hidden = false;
    }
  } catch { /* A browser that keeps nothing has no last visit. */ }
}
