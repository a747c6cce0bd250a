// What the screens of a hall and of its windows share: the board that is heard of, a sign that nothing is heard any more, and the clock.
const hall = location.pathname.split('/')[2];
const silence = 40_000;

let watch;
let again;
let events;

export const by = (id) => document.getElementById(id);

export function element(name, text, properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...[text].flat());
  return made;
}

export const english = (text) => element('span', text, { lang: 'en' });

function alive() {
  if (!navigator.onLine) return;
  by('cut').hidden = true;
  clearTimeout(watch);
  watch = setTimeout(cutOff, silence);
}

function cutOff() {
  const at = by('cut');
  if (at.hidden) at.replaceChildren('连接中断，以下内容可能已过时，请留意现场叫号 ', english('Cut off: what is shown may be out of date. Listen for your number.'));
  at.hidden = false;
}

function listen(show) {
  clearTimeout(again);
  events?.close();
  events = new EventSource(`/v1/halls/${hall}/board`);
  events.addEventListener('board', (event) => { alive(); show(JSON.parse(event.data)); });
  events.addEventListener('alive', alive);
  events.onerror = () => {
    cutOff();
    // What the browser does not take up again by itself is asked anew.
    if (events.readyState === EventSource.CLOSED) again = setTimeout(listen, 3_000, show);
  };
}

/** Listens from now on, whatever becomes of the network. */
export function follow(show) {
  // Without a network the connection may seem to stand for long yet.
  addEventListener('offline', cutOff);
  addEventListener('online', () => listen(show));
  const tick = () => { by('clock').textContent = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(new Date()); };
  tick();
  setInterval(tick, 1_000);
  watch = setTimeout(cutOff, silence);
  listen(show);
}
