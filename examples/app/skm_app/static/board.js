// Keeps the board fresh while it is looked at. Without JavaScript the page reloads itself every minute.
"use strict";
const board = document.getElementById("papan");
const fresh = document.getElementById("segar");
let seen = `"${board.dataset.etag}"`;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(board.dataset.from);
  const now = answer.headers.get("ETag");
  if (!answer.ok || now === seen) return;
  const told = board.querySelector(".whole .ikm") !== null;
  board.innerHTML = await answer.text();
  seen = now;
  if (!told) location.reload(); // the first number: the downloads come with it
  const time = new Date().toLocaleTimeString("id", { hour: "2-digit", minute: "2-digit" });
  fresh.textContent = `Papan diperbarui pukul ${time}.`;
}

setInterval(() => look().catch(() => {}), 3000); // offline for a while: the next look may succeed
